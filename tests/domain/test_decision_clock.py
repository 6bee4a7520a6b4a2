"""When an answer was due: generous to who must answer, silent where the law has no number."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.calendar_days import DAY
from app.domain.deadline_rule import Verification
from app.domain.decision_clock import (
    AnswerDue,
    AnswerState,
    Began,
    DecisionClock,
    Limit,
    LimitUnit,
    answer_due,
    answer_state,
)
from app.operations.rules import clock_book

BOOK = clock_book()
HOLIDAYS = BOOK.holidays
EVERY = tuple(
    one
    for clock in (*BOOK.clocks.values(), *BOOK.requests.values())
    for one in (clock, *clock.variants, *filter(None, [clock.earlier]))
)
DATED = tuple(clock for clock in EVERY if clock.gives_dates)
UNDATED = tuple(clock for clock in EVERY if not clock.gives_dates)
NEW_YORK = ZoneInfo("America/New_York")
days = st.dates(date(1995, 1, 1), date(2040, 12, 31))


def due(clock: str | DecisionClock, on: str | date, **known: object) -> AnswerDue:
    chosen = BOOK.find(clock) if isinstance(clock, str) else clock
    assert chosen is not None
    day = date.fromisoformat(on) if isinstance(on, str) else on
    return answer_due(chosen, Began(on=day, **known), HOLIDAYS)


def span(clock: str, on: str, **known: object) -> tuple[str, str]:
    found = due(clock, on, **known)
    assert found.about
    assert found.at_latest
    return found.about.isoformat(), found.at_latest.isoformat()


@pytest.mark.parametrize(
    ("clock", "on", "about", "at_latest"),
    [
        ("c.com.app.post.1", "2026-03-05", "2026-05-04", "2026-05-04"),
        ("c.com.app.pre.1", "2026-03-05", "2026-04-04", "2026-04-06"),  # a Saturday moves on
        ("c.com.app.pre.2", "2026-03-05", "2026-03-20", "2026-03-20"),
        ("c.com.app.post.1", "2026-11-02", "2027-01-01", "2027-01-04"),  # New Year, a weekend
        ("c.com.app.pre.1", "2026-06-03", "2026-07-03", "2026-07-06"),  # free for July 4
        ("c.ma.rec.svc", "2026-03-05", "2026-04-04", "2026-04-20"),  # 14 more days; a Saturday
        ("c.ma.rec.partb", "2026-03-05", "2026-03-12", "2026-03-12"),
        ("c.mcd.app.std", "2026-03-02", "2026-04-01", "2026-04-15"),
        ("c.ext.prelim", "2026-11-20", "2026-11-30", "2026-11-30"),  # Thanksgiving between
        ("c.ext.prelim", "2026-12-21", "2026-12-29", "2026-12-29"),  # Christmas is a Friday
        ("c.com.init.urgent", "2026-03-06", "2026-03-09", "2026-03-09"),
        ("c.com.deemed", "2026-03-05", "2026-03-15", "2026-03-16"),
        ("c.om.l3", "2026-02-01", "2026-05-02", "2026-05-04"),
        ("c.fehb.rec", "2024-01-31", "2024-03-01", "2024-03-01"),  # over a leap day
    ],
)
def test_the_day_follows_the_limit_and_the_latest_day_is_generous(clock, on, about, at_latest):
    assert span(clock, on, is_known=True) == (about, at_latest)


def test_mail_days_are_a_courtesy_only_while_the_day_of_arrival_is_unknown():
    sent, got = {"by_mail": True}, {"by_mail": True, "is_known": True}
    assert span("c.com.app.post.1", "2026-03-05", **sent) == ("2026-05-04", "2026-05-11")
    assert span("c.com.app.post.1", "2026-03-05", **got) == ("2026-05-04", "2026-05-04")
    note = due("c.com.app.post.1", "2026-03-05", **sent).note
    assert "a courtesy of this program, no rule" in note
    assert "in the mail" not in due("c.com.app.post.1", "2026-03-05").note


def test_an_outside_review_may_first_be_checked_before_its_own_time_begins():
    # 5 and then 1 business days from March 5 lead to March 13; 45 days on is April 27.
    assert span("c.ext.std", "2026-03-05", is_known=True) == ("2026-04-19", "2026-04-27")


def test_hours_run_by_the_clock_where_the_time_of_day_is_known():
    found = due("c.com.app.urgent", "2026-03-06", is_known=True, at=time(15), zone=NEW_YORK)
    # the clocks go forward on March 8: 72 hours after Friday 3 PM is Monday 4 PM
    assert found.moment == datetime(2026, 3, 9, 20, 0, tzinfo=UTC)
    assert (found.about, found.at_latest) == (date(2026, 3, 9), date(2026, 3, 9))
    assert "whole days" not in found.note


def test_hours_that_end_after_midnight_end_on_the_next_day():
    found = due(
        "c.com.init.concurrent", "2026-03-07", is_known=True, at=time(23, 30), zone=NEW_YORK
    )
    assert found.about == date(2026, 3, 9)  # 24 hours later it is 00:30, one hour was skipped


def test_a_clock_time_that_comes_twice_gives_them_the_later_reading():
    found = due("c.com.app.urgent", "2026-11-01", is_known=True, at=time(1, 30), zone=NEW_YORK)
    assert found.moment == datetime(2026, 11, 4, 6, 30, tzinfo=UTC)  # from 1:30 standard time


def test_hours_are_whole_days_where_the_clock_time_or_the_arrival_is_unknown():
    without = due("c.com.app.urgent", "2026-03-05", is_known=True)
    assert (without.about, without.moment) == (date(2026, 3, 8), None)
    assert "whole days" in without.note
    posted = due("c.com.app.urgent", "2026-03-05", by_mail=True, at=time(15), zone=NEW_YORK)
    assert posted.moment is None
    assert (posted.about, posted.at_latest) == (date(2026, 3, 8), date(2026, 3, 13))


def test_an_expedited_answer_is_not_put_off_over_a_weekend_but_a_longer_time_is():
    assert span("c.com.app.urgent", "2026-03-05", is_known=True) == ("2026-03-08", "2026-03-08")
    assert span("c.ma.rec.exp", "2026-03-05", is_known=True) == ("2026-03-08", "2026-03-23")


@pytest.mark.parametrize("clock", UNDATED, ids=lambda clock: clock.id)
def test_what_is_not_known_well_enough_never_leads_to_a_date(clock):
    found = due(clock, "2026-03-05", is_known=True)
    assert (found.about, found.at_latest, found.moment) == (None, None, None)
    assert found.ask
    assert found.note


def test_a_number_from_memory_is_only_named_as_common():
    assert due("r.spd", "2026-03-05").note.startswith("Commonly 30 calendar days: ask (29 U.S.C.")
    assert due("c.om.l1", "2026-03-05").note.startswith("Commonly 60 calendar days: ask (42 CFR")


def test_a_thing_without_a_set_time_says_so_once():
    said = due("r.claimfile", "2026-03-05").note
    assert said.startswith("The law sets no number of days for this (29 CFR 2560.503-1")
    assert "as soon as they can" in due("r.codes", "2026-03-05").note


def test_a_number_that_is_hardly_known_is_not_even_named():
    weak = replace(BOOK.clocks["c.om.l1"], verification=Verification.M_MED)
    found = due(weak, "2026-03-05")
    assert found.about is None
    assert "60" not in found.note
    assert (weak.limit_words, BOOK.clocks["c.om.l1"].limit_words) == (
        "not known",
        "60 calendar days",
    )


def test_nothing_says_that_a_law_was_broken():
    for clock in EVERY:
        said = due(clock, "2026-03-05", by_mail=True).note.casefold()
        assert not {"broke", "broken", "violat", "illegal", "against the law"} & {
            word for word in ("broke", "broken", "violat", "illegal", "against the law")
            if word in said
        }  # fmt: skip


@pytest.mark.parametrize("on", [date(1926, 3, 5), date(9999, 12, 30), date(9999, 12, 31)])
def test_a_day_that_cannot_be_right_is_asked_about(on):
    for clock in DATED:
        found = due(clock, on, by_mail=True, at=time(9), zone=NEW_YORK)
        if found.about is None:
            assert found.ask
        else:
            assert found.about > on
    assert due("c.com.app.post.1", on).about is None


@given(on=days, place=st.integers(0, len(DATED) - 1), by_mail=st.booleans(), known=st.booleans())
def test_the_latest_day_is_never_before_the_day_itself_nor_on_a_closed_day(
    on, place, by_mail, known
):
    clock = DATED[place]
    found = due(clock, on, by_mail=by_mail, is_known=known)
    assert found.about
    assert found.at_latest
    assert on < found.about <= found.at_latest
    if clock.limit.unit is not LimitUnit.HOURS:
        assert not HOLIDAYS.is_closed(found.at_latest)
    if clock.limit.unit is LimitUnit.CALENDAR_DAYS:
        assert found.about == on + timedelta(days=clock.limit.amount or 0)
    unsure = due(clock, on, by_mail=True)
    assert unsure.at_latest
    assert found.at_latest <= unsure.at_latest
    assert not found.ask


def test_an_answer_is_waited_for_then_may_be_asked_for_and_only_then_appears_late():
    about, latest = date(2026, 5, 4), date(2026, 5, 11)
    assert answer_state(about, latest, about) is AnswerState.WAITING
    assert answer_state(about, latest, about + DAY) is AnswerState.DUE
    assert answer_state(about, latest, latest) is AnswerState.DUE
    assert answer_state(about, latest, latest + DAY) is AnswerState.LATE
    assert AnswerState.LATE == "appears late: ask"


@pytest.mark.parametrize(
    ("amount", "unit"), [(None, "hours"), (0, "hours"), (-1, "calendar_days"), (3, "duty")]
)
def test_a_limit_without_sense_is_refused(amount, unit):
    with pytest.raises(ValueError, match="no time to answer"):
        Limit(amount, LimitUnit(unit))


def test_limits_speak():
    assert str(Limit(1, LimitUnit.BUSINESS_DAYS)) == "1 business day"
    assert str(Limit(72, LimitUnit.HOURS)) == "72 hours"
    assert str(Limit(None, LimitUnit.AS_SOON_AS_PRACTICABLE)) == "as soon as they can"
