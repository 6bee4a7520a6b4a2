"""The versions of an explanation: which one holds, what is taken back, what changed."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.eob import Eob, EobLine
from app.domain.eob_versions import Versions, versions_of
from app.domain.money import Money
from app.domain.patient_share import share_of_claim
from tests.domain.money_makers import a_line, an_eob


def only(*eobs: Eob, lines: tuple[EobLine, ...] = ()) -> Versions:
    (found,) = versions_of(eobs, lines)
    return found


def test_the_newest_day_of_processing_holds_and_the_change_is_told() -> None:
    first = an_eob(patient_owes="412.00", processed_on=date(2026, 3, 20))
    second = an_eob(patient_owes="75.00", processed_on=date(2026, 7, 1), follows_id=first.id)
    found = only(second, first)
    assert found.current is not None
    assert found.current.eob == second
    assert found.share == Money(75_00)
    assert found.change == "What you owe changed from $412.00 to $75.00."


def test_an_older_paper_that_comes_later_does_not_hold() -> None:
    new = an_eob(patient_owes="75.00", processed_on=date(2026, 7, 1))
    old = an_eob(patient_owes="412.00", processed_on=date(2026, 3, 20), follows_id=new.id)
    assert only(new, old).share == Money(75_00)


def test_without_days_the_one_that_follows_holds() -> None:
    first = an_eob(patient_owes=10)
    second = an_eob(patient_owes=5, follows_id=first.id)
    assert only(second, first).share == Money(5_00)


def test_links_in_a_circle_or_to_nothing_do_no_harm() -> None:
    one, two = an_eob(id="a", patient_owes=1), an_eob(id="b", patient_owes=2, follows_id="a")
    assert only(replace(one, follows_id="b"), two).share in {Money(1_00), Money(2_00)}
    assert only(replace(one, follows_id="a")).share == Money(1_00)
    assert only(replace(one, follows_id="gone")).share == Money(1_00)


def test_a_version_in_the_middle_that_is_gone_does_not_part_the_others() -> None:
    first = an_eob(number="CLM-1", patient_owes=412, processed_on=date(2026, 3, 1))
    gone = an_eob(number="CLM-1", follows_id=first.id)
    last = an_eob(number="clm-1", patient_owes=75, processed_on=date(2026, 9, 1),
                  follows_id=gone.id)  # fmt: skip
    assert only(first, last).share == Money(75_00)


def test_thousands_of_versions_are_put_in_order_at_once() -> None:
    chain = [an_eob(id="0", patient_owes=0)]
    chain += [an_eob(id=str(n), follows_id=str(n - 1), patient_owes=n) for n in range(1, 4000)]
    assert only(*reversed(chain)).share == Money(3999_00)


def test_a_reversal_cancels_its_pair_and_the_version_before_holds() -> None:
    first = an_eob(billed=100, patient_owes=30, processed_on=date(2026, 1, 1))
    second = an_eob(billed=200, patient_owes=60, processed_on=date(2026, 2, 1), follows_id=first.id)
    third = an_eob(billed=-200, patient_owes=-60, processed_on=date(2026, 3, 1),
                   follows_id=second.id)  # fmt: skip
    assert only(first, second, third).share == Money(30_00)


def test_a_reversal_that_comes_late_takes_back_the_version_of_its_amounts() -> None:
    first = an_eob(id="a", processed_on=date(2026, 1, 1))
    newer = an_eob(id="b", processed_on=date(2026, 2, 1), follows_id="a")
    back = an_eob(id="c", processed_on=date(2026, 2, 1), follows_id="b")
    shares = ((first, 500, 400), (newer, 500, 75), (back, -500, -400))
    lines = [a_line(eob, billed=billed, deductible=share) for eob, billed, share in shares]
    assert only(first, newer, back, lines=tuple(lines)).share == Money(75_00)


def test_where_everything_was_taken_back_nothing_is_owed() -> None:
    first = an_eob(billed=100, patient_owes=30)
    back = an_eob(status="reversed", follows_id=first.id)
    found = only(first, back)
    assert found.current is None
    assert found.share == Money()
    assert found.newest.eob == back


def test_lines_that_cancel_each_other_do_not_stand() -> None:
    eob = an_eob()
    paid = a_line(eob, code="99213", billed="68.80", patient_owes="10.00")
    back = a_line(eob, position=2, code="99213", billed="-68.80", patient_owes="-10.00")
    other = a_line(eob, position=3, code="99214", billed="90.00", patient_owes="5.00")
    (standing,) = only(eob, lines=(paid, back, other)).newest.standing
    assert standing == other
    assert only(eob, lines=(paid, back, other)).share == Money(5_00)


def test_a_line_below_zero_without_its_pair_stands() -> None:
    eob = an_eob()
    lines = (a_line(eob, billed=50), a_line(eob, position=2, billed=-40))
    assert only(eob, lines=lines).newest.standing == lines


def test_while_the_plan_has_not_decided_nothing_is_told() -> None:
    assert only(an_eob(status="pending", patient_owes=80)).share is None


@pytest.mark.parametrize(
    ("totals", "lines", "share"),
    [
        ({"patient_owes": 12}, [{"patient_owes": 99}], 12),
        ({}, [{"patient_owes": 4}, {"copay": 3}], 7),
        ({"copay": 20}, [{"deductible": 5}], 25),
        ({"copay": 20}, [{"patient_owes": 5}], 5),
        ({}, [{"not_covered": 9, "reasons": "PR-96 N30"}], 9),
        ({}, [{"not_covered": 9, "reasons": "CO-45"}], None),
        ({"cost_share": 8}, [], 8),
        ({"billed": 100}, [{"billed": 100}], None),
    ],
)
def test_what_the_patient_owes_follows_from_what_is_printed(totals, lines, share) -> None:
    eob = an_eob(**totals)
    told = [a_line(eob, position=at, **line) for at, line in enumerate(lines)]
    assert share_of_claim(eob, told) == (None if share is None else Money(share * 100))


@given(
    st.lists(
        st.tuples(
            st.integers(0, 6), st.none() | st.integers(0, 6), st.none() | st.integers(1, 28),
            st.integers(-9, 9) | st.none(),
        ),
        max_size=7,
        unique_by=lambda each: each[0],
    )
)  # fmt: skip
def test_every_version_is_in_exactly_one_group_and_one_of_them_holds(told) -> None:
    eobs = [
        an_eob(id=str(key), follows_id=None if before is None else str(before), billed=amount,
               patient_owes=amount, processed_on=day and date(2026, 1, day))
        for key, before, day, amount in told
    ]  # fmt: skip
    groups = versions_of(eobs, ())
    assert sorted(key for each in groups for key in each.ids) == sorted(eob.id for eob in eobs)
    for each in groups:
        assert each.current is None or each.current in each.all
        if each.current is None:
            assert each.share == Money()
