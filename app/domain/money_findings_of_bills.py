"""What stands out in bills: M01, M02, M03, M16, M17, M18 and M20."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Final

from app.domain.bill import Bill
from app.domain.calendar_days import spoken
from app.domain.eob_versions import Explained
from app.domain.matters import Matter, OwedFacts, provider_key
from app.domain.money import Money
from app.domain.money_finding import MoneyCase, Noted, about_bill, about_eob
from app.domain.owed import Owing, known_to

ESTIMATE_EXCESS: Final = Money(400_00)
ESTIMATE_DAYS: Final = 120
"""So much above a good faith estimate a bill may be disputed, for so many days (45 CFR 149.620)."""

_NOTHING: Final = Money()
_LATE: Final = 365
_EMERGENCY: Final = frozenset(("99281", "99282", "99283", "99284", "99285"))
_PLACES: Final = ("hospital", "medical center", "surgery center", "surgical center")


def findings_of_bills(case: MoneyCase) -> Iterator[Noted]:
    """Yield what stands out in the bills, and in care outside the network."""
    hints = _Alike(case)
    for owing in case.owings:
        for bill in owing.matter.live_bills:
            if bill.state == "settled" or bill.amount <= _NOTHING:
                continue
            yield from _against_explanation(owing, bill)
            yield from _without_explanation(case, owing, bill, hints)
            yield from _unlike(case.facts, owing.matter, bill)
        yield from _late(owing.matter)
    yield from _outside(case)


def _against_explanation(owing: Owing, bill: Bill) -> Iterator[Noted]:
    if owing.asked is None or not owing.matter.explained:
        return
    others = (one.amount for one in owing.matter.live_bills if one.id != bill.id)
    left = max(owing.asked - owing.waived - known_to(bill, owing.matter), _NOTHING)
    more = bill.amount + sum(others, _NOTHING) - left
    if more > _NOTHING:
        yield about_bill(
            "M01",
            bill,
            f"This bill asks for {bill.amount}, but the plan's newest paper leaves you {left}. "
            f"That is {min(more, bill.amount)} too much. Ask the provider to correct it before "
            "you pay.",
        )
        yield from _balance_billed(owing, bill, more)


def _balance_billed(owing: Owing, bill: Bill, more: Money) -> Iterator[Noted]:
    for versions in owing.matter.explained:
        current = versions.current
        if current is None or current.eob.network != "in":
            continue
        billed, discount = current.amount("billed"), current.amount("discount")
        asks_all = billed is not None and billed > _NOTHING and _is_near(bill, billed)
        asks_discount = discount is not None and discount > _NOTHING and more >= discount
        if asks_all or asks_discount:
            yield about_bill(
                "M03",
                bill,
                f"The provider is in the plan's network, and the bill asks for {more} more than "
                "your share. A provider in the network has agreed to let the discount go. Ask "
                "the plan to tell the provider so.",
            )
            return


def _is_near(bill: Bill, billed: Money) -> bool:
    """Say whether a bill asks for the full charges, give or take one in a hundred."""
    return abs(bill.amount.cents - billed.cents) * 100 <= billed.cents


def _without_explanation(
    case: MoneyCase, owing: Owing, bill: Bill, hints: _Alike
) -> Iterator[Noted]:
    if owing.matter.explained:
        if owing.asked is None:
            yield about_bill(
                "M02",
                bill,
                f"A bill of {bill.amount} came, but the plan has not decided yet what you owe. "
                "Wait for its explanation before you pay, and tell the provider so.",
            )
        return
    estimates = tuple(_over_estimate(case, bill))
    yield from estimates
    if alike := hints.of(bill):
        yield about_bill("M20", bill, alike)
    elif not estimates:
        yield about_bill(
            "M02",
            bill,
            f"There is no explanation of benefits for this bill of {bill.amount}. If you have a "
            "plan, wait for its explanation before you pay.",
        )


def _over_estimate(case: MoneyCase, bill: Bill) -> Iterator[Noted]:
    facts = case.facts
    mine = provider_key(facts.provider_of(bill))
    for aid in facts.aids:
        if aid.kind != "estimate" or aid.amount is None:
            continue
        theirs = {provider_key(facts.provider_of(aid)), provider_key(aid.name)}
        same_claim = aid.claim_id is not None and aid.claim_id == bill.claim_id
        more = bill.amount - aid.amount
        if more < ESTIMATE_EXCESS or not (mine in theirs if mine else same_claim):
            continue
        until = bill.billed_on and bill.billed_on + timedelta(days=ESTIMATE_DAYS)
        when = f" until {spoken(until)}" if until else f" for {ESTIMATE_DAYS} days from the bill"
        yield about_bill(
            "M17",
            bill,
            f"The bill is {more} above the good faith estimate of {aid.amount}. Without a plan, "
            f"or if you did not use it, you may dispute it{when}. Check this at "
            "cms.gov/nosurprises.",
            aid.id,
        )


class _Alike:
    """Finds the explanation that a bill seems to be about, but for one thing that differs."""

    def __init__(self, case: MoneyCase) -> None:
        self._facts = case.facts
        self._by_claim: defaultdict[str, list[Explained]] = defaultdict(list)
        for each in case.holding:
            if each.eob.claim_id:
                self._by_claim[each.eob.claim_id].append(each)

    def of(self, bill: Bill) -> str:
        """Return a sentence where amounts agree and just one of day, patient, provider differs."""
        for each in self._by_claim[bill.claim_id or ""]:
            agrees = each.share == bill.amount or (
                bill.charges is not None and each.amount("billed") == bill.charges
            )
            differing = _differences(self._facts, bill, each)
            if agrees and len(differing) == 1:
                return differing[0]
        return ""


def _unlike(facts: OwedFacts, matter: Matter, bill: Bill) -> Iterator[Noted]:
    if not matter.explained or not any(line.bill_id == bill.id for line in matter.lines):
        return
    told = [
        _differences(facts, bill, versions.current)
        for versions in matter.explained
        if versions.current
    ]
    if told and all(told):
        yield about_bill("M20", bill, " ".join(told[0]))


def _differences(facts: OwedFacts, bill: Bill, explained: Explained) -> list[str]:
    """Return a sentence for each of day, patient and provider that both have and that differs."""
    eob, days = explained.eob, explained.days
    found: list[str] = []
    if bill.served_on and days and not days[0] <= bill.served_on <= days[-1]:
        found.append(
            f"The bill is for care on {spoken(bill.served_on)}, the plan's paper for "
            f"{spoken(days[0])}. Is it the same care? Ask the provider."
        )
    one, other = facts.person_of(bill), facts.person_of(eob)
    if one and other and one != other:
        found.append("The bill and the plan's paper name different patients. Ask the provider.")
    name, its = facts.provider_of(bill), facts.provider_of(eob)
    if name and its and provider_key(name) != provider_key(its):
        found.append(
            f"The bill is from {name}, the plan's paper names {its}. Are they the same? Ask the "
            "provider."
        )
    return found


def _late(matter: Matter) -> Iterator[Noted]:
    sent = [bill for bill in matter.bills if bill.billed_on]
    days = [day for versions in matter.explained for day in versions.newest.days]
    days += [bill.served_on for bill in matter.bills if bill.served_on]
    if not sent or not days:
        return
    first = min(sent, key=lambda bill: (bill.billed_on or date.max, bill.id))
    service = min(days)
    if first.billed_on and (first.billed_on - service).days > _LATE:
        yield about_bill(
            "M16",
            first,
            f"This bill came more than a year after the care of {spoken(service)}. Many plans and "
            "some states set a last day for a bill. Ask the provider when it was first sent.",
        )


def _outside(case: MoneyCase) -> Iterator[Noted]:
    """M18: care outside the network that the No Surprises Act may protect (45 CFR 149.110-120)."""
    facilities = {
        (case.facts.person_of(each.eob), day)
        for each in case.holding
        if each.eob.network == "in" and _is_place(case.facts, each)
        for day in each.days
    }
    for owing in case.owings:
        for versions in owing.matter.explained:
            each = versions.current
            if each is None or each.eob.network != "out":
                continue
            person = case.facts.person_of(each.eob)
            at_place = any((person, day) in facilities for day in each.days)
            more = _beyond(owing, each)
            if more > _NOTHING and (at_place or _is_emergency(each)):
                why = "emergency care" if _is_emergency(each) else "care in a place of the network"
                yield about_eob(
                    "M18",
                    each.eob,
                    f"This looks like {why} by a provider outside the network, who may ask for "
                    f"{more} more than your share. The No Surprises Act may forbid that. Ask the "
                    "plan before you pay.",
                )


def _beyond(owing: Owing, each: Explained) -> Money:
    """Return what a provider outside the network asks, or may ask, beyond the patient's share."""
    billed, allowed = each.amount("billed"), each.amount("allowed")
    open_charges = _NOTHING
    if billed is not None and allowed is not None:
        open_charges = billed - allowed - (each.amount("not_covered") or _NOTHING)
    bills = sum((bill.amount for bill in owing.matter.live_bills), _NOTHING)
    over = bills - owing.asked if owing.asked is not None else _NOTHING
    return max(open_charges, over, _NOTHING)


def _is_emergency(each: Explained) -> bool:
    return any(
        line.code in _EMERGENCY or "emergency" in line.service.casefold() for line in each.standing
    )


def _is_place(facts: OwedFacts, each: Explained) -> bool:
    listed = {provider.id: provider.kind for provider in facts.providers}
    name = facts.provider_of(each.eob).casefold()
    is_listed = listed.get(each.eob.provider_id or "") == "facility"
    return is_listed or any(word in name for word in _PLACES)
