"""The span of dates in which a rule holds."""

from __future__ import annotations

from datetime import date

import pytest

from app.domain.rule_rows import ALWAYS, RuleSpan, span_of

ONE_DAY = RuleSpan(date(2026, 5, 1), date(2026, 5, 1))
UNTIL = RuleSpan(last=date(2026, 4, 30))
SINCE = RuleSpan(first=date(2026, 5, 2))


def test_both_ends_of_a_span_belong_to_it():
    assert ONE_DAY.covers(date(2026, 5, 1))
    assert not ONE_DAY.covers(date(2026, 4, 30))
    assert not ONE_DAY.covers(date(2026, 5, 2))
    assert UNTIL.covers(date(2026, 4, 30))
    assert SINCE.covers(date(2026, 5, 2))


def test_on_an_unknown_day_a_rule_holds_if_it_has_not_ended():
    assert ALWAYS.covers(None)
    assert SINCE.covers(None)
    assert not UNTIL.covers(None)


def test_spans_that_only_touch_do_not_overlap():
    assert not UNTIL.overlaps(ONE_DAY)
    assert not ONE_DAY.overlaps(SINCE)
    assert not SINCE.overlaps(ONE_DAY)
    assert ONE_DAY.overlaps(RuleSpan(date(2026, 5, 1)))
    assert RuleSpan(last=date(2026, 5, 1)).overlaps(ONE_DAY)
    assert ONE_DAY.overlaps(RuleSpan(last=date(2026, 5, 1)))
    assert ALWAYS.overlaps(UNTIL)
    assert SINCE.overlaps(ALWAYS)


def test_a_span_ends_after_it_begins():
    with pytest.raises(ValueError, match="before it begins"):
        RuleSpan(date(2026, 5, 2), date(2026, 5, 1))


def test_a_row_without_dates_holds_always():
    assert span_of({}) == ALWAYS
    assert span_of({"effective_from": "2026-05-02"}) == SINCE
    assert span_of({"effective_until": "2026-04-30"}) == UNTIL
