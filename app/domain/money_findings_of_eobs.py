"""What stands out in explanations of benefits: M04, M07, M08, M09, M12, M15 and M19."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from decimal import ROUND_HALF_UP, Decimal
from itertools import pairwise
from typing import Final

from app.domain.accumulators import PlanYears
from app.domain.calendar_days import spoken
from app.domain.eob import Eob, EobLine
from app.domain.eob_sums import EobAmounts, sums
from app.domain.eob_versions import Explained
from app.domain.matters import Matter, provider_key
from app.domain.money import Money
from app.domain.money_finding import MoneyCase, Noted, about_eob
from app.domain.patient_share import share_of_line

APART: Final = frozenset(
    ("25", "50", "59", "76", "77", "91", "XE", "XS", "XP", "XU", "26", "TC")
)  # fmt: skip
"""Additions to a code that say why the same service stands twice."""

PREVENTIVE: Final = "33"
"""The addition to a code that says: preventive, so without a share (45 CFR 147.130)."""

_NOTHING: Final = Money()
_MOST_SUMS: Final = 50
_CENT: Final = 1


def findings_of_eobs(case: MoneyCase) -> Iterator[Noted]:
    """Yield what stands out in the versions that hold."""
    years = PlanYears(case.facts)
    for each in case.holding:
        yield from _sums(each)
        yield from _rate(case, years, each)
        yield from _preventive(case, each)
        yield from _absorbed(each)
    yield from _twice(case)
    for owing in case.owings:
        yield from _sent_to_patient(owing.matter)


def _sums(each: Explained) -> Iterator[Noted]:
    """M04: the paper's own arithmetic; one whose every line is wrong is not told line by line."""
    lines = [line.amounts for line in each.lines]
    found = sums(lines, each.eob.totals)
    for finding in found[:_MOST_SUMS]:
        row = "total" if finding.row is None else str(finding.row)
        more = abs(finding.said.cents - finding.parts.cents)
        text = f"{finding.text} They are {Money(more)} apart. Ask the plan, or mark it as printed."
        yield about_eob("M04", each.eob, text, finding.equation, row, finding.said.cents)
    if len(found) > _MOST_SUMS:
        text = (
            f"{len(found)} sums of this paper do not add up; the first {_MOST_SUMS} are listed. "
            "Compare it with the paper, or ask the plan for a corrected one."
        )
        yield about_eob("M04", each.eob, text, "many")


def _rate(case: MoneyCase, years: PlanYears, each: Explained) -> Iterator[Noted]:
    """M07: the coinsurance of each line against the plan's rate, within a cent."""
    day = each.days[0] if each.days else each.eob.processed_on
    year = years.year_of(each, day)
    plans = {plan.id: plan for plan in case.facts.plans}
    plan = plans.get(year.plan_id if year else each.eob.plan_id or "")
    percent = year.coinsurance_percent if year else None
    if percent is None and plan is not None:
        percent = plan.coinsurance_percent
    if percent is None or each.eob.network == "out":
        return
    rows = [line.amounts for line in each.standing] or [each.eob.totals]
    parts = [(row, expected) for row in rows if (expected := _expected(row, percent)) is not None]
    said = Money(sum((row.coinsurance or _NOTHING).cents for row, _ in parts))
    right = Money(sum(expected.cents for _, expected in parts))
    wrong = any(
        abs((row.coinsurance or _NOTHING).cents - expected.cents) > _CENT for row, expected in parts
    )
    if wrong:
        yield about_eob(
            "M07",
            each.eob,
            f"Your plan's coinsurance is {percent} %, which comes to {right} here. The paper says "
            f"{said}. Ask the plan which rate it used, and why.",
        )


def _expected(row: EobAmounts, percent: int) -> Money | None:
    """Return what coinsurance should be; None where there is none or the parts are not told."""
    if row.allowed is None or row.coinsurance is None or row.coinsurance <= _NOTHING:
        return None
    base = row.allowed - (row.deductible or _NOTHING) - (row.copay or _NOTHING)
    cents = (Decimal(base.cents) * percent / 100).quantize(Decimal(1), ROUND_HALF_UP)
    return Money(int(cents))


def _preventive(case: MoneyCase, each: Explained) -> Iterator[Noted]:
    for at, line in enumerate(each.standing, start=1):
        share = share_of_line(line) or _NOTHING
        known = PREVENTIVE in line.modifiers.split() or line.code in case.facts.preventive_codes
        if known and share > _NOTHING and each.eob.network != "out":
            yield about_eob(
                "M08",
                each.eob,
                f"Line {at}, {line.code or line.service}, is preventive care, and you are asked "
                f"for {share}. Most plans pay such care in full in their network. Ask the plan "
                "why not.",
                line.id,
            )


def _absorbed(each: Explained) -> Iterator[Noted]:
    """M19: a denial whose cost the provider bears."""
    lines = [line for line in each.standing if _is_absorbed(line)]
    if lines and each.share is not None and each.share <= _NOTHING:
        codes = ", ".join(dict.fromkeys(code for line in lines for code in line.reasons.split()))
        yield about_eob(
            "M19",
            each.eob,
            f"The plan did not pay ({codes}), but you owe nothing by this paper: the provider "
            "bears the cost. You need not pay, and may still appeal if you want the care.",
        )


def _is_absorbed(line: EobLine) -> bool:
    unpaid = (line.plan_paid or _NOTHING) <= _NOTHING
    groups = {reason[:3] for reason in line.reasons.split() if reason[2:3] == "-"}
    refused = (line.not_covered or _NOTHING) > _NOTHING or (line.allowed or _NOTHING) <= _NOTHING
    return (
        unpaid and refused and groups == {"CO-"} and (share_of_line(line) or _NOTHING) <= _NOTHING
    )


def _twice(case: MoneyCase) -> Iterator[Noted]:
    """M09 the same service twice at one provider; M12 at two, which is mostly right."""
    alike: defaultdict[object, list[tuple[Explained, EobLine]]] = defaultdict(list)
    for each in case.holding:
        person = case.facts.person_of(each.eob)
        for line in each.standing:
            if line.code and line.served_on:
                alike[person, line.served_on, line.code.casefold()].append((each, line))
    for found in alike.values():
        if len(found) > 1:
            yield from _same_provider(case, found)
            yield from _two_providers(case, found)


def _same_provider(case: MoneyCase, found: Sequence[tuple[Explained, EobLine]]) -> Iterator[Noted]:
    groups: defaultdict[object, list[tuple[Explained, EobLine]]] = defaultdict(list)
    for each, line in found:
        if not APART & set(line.modifiers.upper().split()) and not _is_refused(line):
            provider = provider_key(case.facts.provider_of(each.eob))
            groups[provider, line.units or 1].append((each, line))
    for same in groups.values():
        for (_, first), (each, line) in pairwise(same):
            share = share_of_line(line) or _NOTHING
            yield about_eob(
                "M09",
                each.eob,
                f"{line.code} on {_day(line)} stands twice for the same provider. The second one "
                f"costs you {share}. Was it done twice? If not, ask the provider to take it back.",
                first.id,
                line.id,
            )


def _is_refused(line: EobLine) -> bool:
    """Say whether a line costs nobody anything: the plan has seen to it already."""
    unpaid = line.plan_paid is not None and line.plan_paid <= _NOTHING
    return unpaid and (share_of_line(line) or _NOTHING) <= _NOTHING


def _two_providers(case: MoneyCase, found: Sequence[tuple[Explained, EobLine]]) -> Iterator[Noted]:
    names: dict[str, tuple[Eob, EobLine, str]] = {}
    for each, line in found:
        name = case.facts.provider_of(each.eob)
        names.setdefault(provider_key(name), (each.eob, line, name))
    names.pop("", None)
    if len(names) < 2:
        return
    (_, first, one), (eob, line, other), *_ = names.values()
    yield about_eob(
        "M12",
        eob,
        f"{one} and {other} both have {line.code} on {_day(line)}. A place and a doctor often "
        "each send a bill for the same care, so this is mostly right.",
        first.id,
        line.id,
    )


def _day(line: EobLine) -> str:
    return spoken(line.served_on) if line.served_on else ""


def _sent_to_patient(matter: Matter) -> Iterator[Noted]:
    """M15: the plan's check to the patient, who has to pass it on."""
    for versions in matter.explained:
        current = versions.current
        sent = current.eob.paid_to_patient if current else None
        if current is None or sent is None or sent <= _NOTHING:
            continue
        came = sum((one.amount for one in matter.refunds if one.giver == "insurer"), _NOTHING)
        passed = sum((line.amount for line in matter.paid), _NOTHING)
        if passed >= sent and came >= sent:
            continue
        next_step = (
            "Pay the provider with it."
            if passed < sent
            else "Enter it as money back when it has come, or ask the plan where the check is."
        )
        yield about_eob(
            "M15",
            current.eob,
            f"The plan says it sent {sent} to you and not to the provider. {next_step}",
        )
