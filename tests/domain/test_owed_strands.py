"""What is owed, worked out strand by strand, is what it is worked out as a whole."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from app.domain.matters import OwedFacts
from app.domain.owed import Owing, owings_of, shares_of
from app.domain.owed_strands import owings_in_order, strands_of
from tests.domain.money_makers import CARE, a_bill, a_line, a_payment, a_refund, an_eob

CLINICS = ("Lakeside, LLC", "LAKESIDE", "Harbor Dental", "Dr. Ito", "")
RECORDS = st.tuples(
    st.sampled_from(("eob", "bill", "paid", "open", "back", "again")),
    st.sampled_from(CLINICS),
    st.integers(0, 7),
)


def households(steps: list[tuple[str, str, int]]) -> Iterator[OwedFacts]:
    """Yield what a household has at first, nothing, and after each step.

    The records of some clinics name one another, now and then across clinics.
    """
    yield OwedFacts()
    eobs, services, bills, lines, refunds = [], [], [], [], []
    for kind, clinic, at in steps:
        day = None if at == 6 else CARE + timedelta(days=at % 3)
        if kind in {"eob", "again"}:
            before = eobs[at % len(eobs)].id if kind == "again" and eobs else None
            number = f"n{at}" if at % 2 else ""
            follows = "gone" if before and at == 7 else before
            eobs.append(an_eob(provider=clinic, patient_owes=at, number=number, follows_id=follows))
            services.append(a_line(eobs[-1], served_on=day, patient_owes=at))
        elif kind == "bill":
            bills.append(a_bill(at, provider=clinic, served_on=day, number=str(at % 2)))
        elif kind == "back" and lines:
            refunds.append(a_refund(lines[at % len(lines)], 1, giver="provider"))
        else:
            links = {
                1: {"eob_line_id": services[0].id if services else None},
                2: {"bill_id": bills[0].id if bills else None},
                3: {"origin_id": lines[0].id if lines else None},
            }
            known = {"provider": clinic, "served_on": day, **links.get(at, {})}
            paid = {} if kind == "paid" else {"paid_on": None}
            lines.append(a_payment(at + 1, **known, **paid))
        yield OwedFacts(
            expenses=tuple(lines), refunds=tuple(refunds), eobs=tuple(eobs),
            eob_lines=tuple(services), bills=tuple(bills),
        )  # fmt: skip


def told(owings: tuple[Owing, ...]) -> list[object]:
    """Return all that matters of what is owed, in its order."""
    return [
        (
            each.matter.provider, each.asked, each.balance, each.state, each.matter.bills,
            each.matter.lines, each.matter.refunds,
            [versions.ids for versions in each.matter.explained],
        )
        for each in owings
    ]  # fmt: skip


@given(st.lists(RECORDS, min_size=1, max_size=14), st.data())
def test_strands_tell_what_the_whole_tells_also_after_a_change(steps, data) -> None:
    every = list(households(steps))
    before, facts = data.draw(st.tuples(*[st.sampled_from(every)] * 2))
    first = strands_of(before)
    assert told(owings_in_order(first, before)) == told(owings_of(before))
    strands = strands_of(facts, first)
    assert told(owings_in_order(strands, facts)) == told(owings_of(facts))
    shares = {key: share for strand in strands for key, share in strand.shares.items()}
    assert shares == shares_of(facts)


def test_only_the_strand_of_a_change_is_worked_out_anew() -> None:
    *_, facts = households([("eob", clinic, 1) for clinic in CLINICS[1:4]])
    first = strands_of(facts)
    now = replace(facts, expenses=(a_payment(10, provider="Harbor Dental"),))
    kept = [strand.name for strand in strands_of(now, first) if strand in first]
    assert len(first) == 3
    assert sorted(kept) == ["ito", "lakeside"]


def test_an_appeal_bears_on_every_strand() -> None:
    *_, facts = households([("eob", "Dr. Ito", 1)])
    first = strands_of(facts)
    fought = replace(facts, fought_claims=frozenset({"c"}))
    assert not set(strands_of(fought, first)) & set(first)
