"""From FHIR resources to explanations of benefits: R4, and the older STU3 where it is certain.

A lenient mapper on plain JSON: real files break the profiles they claim to follow (CMS's own
samples lack required parts), so what is missing stays missing. What would make a wrong amount
(another currency, no number, a name twice) refuses the one resource, in words.
"""

from __future__ import annotations

import hashlib
from datetime import date
from decimal import Decimal
from typing import Any, Final

from app.importing.benefits import Benefit, BenefitLine
from app.importing.fhir_codes import (
    NotUsableError,
    Sums,
    codings_of,
    name_of,
    network_of,
    reason_words,
    reasons_of,
    service_codes,
    state_of,
)
from app.importing.fhir_json import a_list, an_object, flaw_in, objects, words
from app.importing.fhir_names import Directory, Party, contained_parties, day

EOB: Final = "ExplanationOfBenefit"

_MOST_LINES: Final = 2000
_MOST_UNITS: Final = 1_000_000
_MOST_TOLD: Final = 40  # diagnoses, reasons and remarks of one claim
_STOPPED: Final = {
    "cancelled": "This explanation of benefits was cancelled by the insurer, so nothing is owed "
    "by it. Look for a newer one of the same claim.",
    "entered-in-error": "The insurer marked this explanation of benefits as entered in error, so "
    "nothing is owed by it. Look for a newer one of the same claim.",
    "draft": "This explanation of benefits is a draft: the insurer has not finished it. "
    "Download it again later.",
}
_BEFORE_CARE: Final = {
    "preauthorization": "This is a prior authorization, not a bill: it says what the plan agreed "
    "to, and nobody owes anything by it. It is kept as a paper; the ledger has no line of it.",
    "predetermination": "This is an estimate that the plan made before the care (a "
    "predetermination), not a bill. It is kept as a paper; the ledger has no line of it.",
}
_OLD_WITHOUT_AMOUNTS: Final = (
    "This explanation of benefits is in an older form (STU3), and its amounts cannot be read for "
    "certain. Ask for it in the form FHIR R4, or enter what you owe by hand."
)
_TOO_MANY_LINES: Final = (
    "This explanation of benefits has more than {most:,} lines, too many to take in. "
    "Ask the sender for it in parts."
)
_NO_EOB: Final = "This is no explanation of benefits, so nothing was taken from it."
_PENDING: Final = {"queued": "pending"}
_GROUP: Final = "claim-group"  # CMS: one number for a whole group of claims
_CLAIM_NUMBERS: Final = ("clm_id", "pde_id")
_LONGEST_KEY: Final = 160
_BEFORE: Final = frozenset(("prior", "replaces"))
_AFTER: Final = frozenset(("replacedby", "replaced-by"))
"""Relationships of claims: HL7's `ex-relatedclaimrelationship`, and those of CARIN."""


def benefit_from(resource: Any, row: int, directory: Directory) -> Benefit:
    """Map one resource.

    Raises:
        NotUsableError: it cannot be taken; the sentence says why.
    """
    told = an_object(resource)
    if told.get("resourceType") != EOB:
        raise NotUsableError(_NO_EOB)
    if flaw := flaw_in(told):
        raise NotUsableError(flaw)
    lines, sums = _lines(told), _header(told)
    if _is_old(told) and not sums.amounts and not any(line.amounts for line in lines):
        raise NotUsableError(_OLD_WITHOUT_AMOUNTS)
    parties = contained_parties(told)
    patient = directory.party(told.get("patient"), parties)
    status, use = words(told.get("status"), 40), words(told.get("use"), 40).lower()
    period = an_object(told.get("billablePeriod"))
    number, key = _names(told)
    adjudications = objects(told.get("adjudication"))
    items = [*objects(told.get("item")), *objects(told.get("addItem"))]
    every = [*adjudications, *(one for item in items for one in objects(item.get("adjudication")))]
    return Benefit(
        row=row,
        key=key or f"content {_print(lines, sums)}",
        version=_version(told),
        print=_print(lines, sums),
        claim_number=number,
        kind=_kind(told),
        status=status,
        is_authorization=use in _BEFORE_CARE,
        stopped=_BEFORE_CARE.get(use) or _STOPPED.get(status.lower(), ""),
        insurer=_insurer(told, directory, parties),
        provider=_provider(told, directory, parties),
        patient=patient.name,
        born_on=patient.born_on,
        member_id=_member_id(told, directory, parties),
        created_on=day(told.get("created")),
        period_start=day(period.get("start")),
        period_end=day(period.get("end")),
        diagnoses=tuple(_diagnoses(told))[:_MOST_TOLD],
        reasons=tuple(dict.fromkeys(reasons_of(adjudications)))[:_MOST_TOLD],
        remarks=tuple(_remarks(told))[:_MOST_TOLD],
        amounts=sums.amounts,
        others=tuple(sums.others)[:_MOST_TOLD],
        lines=lines,
        network=network_of(every),
        state=_PENDING.get(words(told.get("outcome"), 20).lower()) or state_of(every),
        follows=_related(told, _BEFORE),
        followed_by=_related(told, _AFTER),
    )


def _is_old(told: dict[str, Any]) -> bool:
    """Say whether a resource has the shape of STU3, which R4 does not share."""
    items = objects(told.get("item"))
    return (
        "totalCost" in told
        or "information" in told
        or any("service" in item and "productOrService" not in item for item in items)
    )


def _lines(told: dict[str, Any]) -> tuple[BenefitLine, ...]:
    items = [*objects(told.get("item")), *objects(told.get("addItem"))]
    if len(items) > _MOST_LINES:
        raise NotUsableError(_TOO_MANY_LINES.format(most=_MOST_LINES))
    return tuple(_line(item, number) for number, item in enumerate(items, start=1))


def _line(item: dict[str, Any], number: int) -> BenefitLine:
    sums = Sums()
    sums.add_all(item.get("adjudication"))
    if "billed" not in sums.amounts and "net" in item:
        sums.add({"coding": [{"code": "submitted"}]}, item["net"])
    period = an_object(item.get("servicedPeriod"))
    service = item.get("productOrService", item.get("service"))
    sequence = item.get("sequence")
    return BenefitLine(
        number=str(sequence) if isinstance(sequence, Decimal) else str(number),
        served_on=day(item.get("servicedDate")) or day(period.get("start")),
        served_until=day(period.get("end")),
        service=name_of(service) or name_of(item.get("revenue")),
        codes=tuple(dict.fromkeys(service_codes(item)))[:_MOST_TOLD],
        reasons=tuple(dict.fromkeys(reasons_of(objects(item.get("adjudication")))))[:_MOST_TOLD],
        units=_units(an_object(item.get("quantity")).get("value")),
        amounts=sums.amounts,
        others=tuple(sums.others)[:_MOST_TOLD],
    )


def _units(quantity: Any) -> int | None:
    """Return a quantity that is a whole number and not absurd."""
    if not isinstance(quantity, Decimal) or not quantity.is_finite():
        return None
    is_whole = 0 < quantity < _MOST_UNITS and quantity == quantity.to_integral_value()
    return int(quantity) if is_whole else None


def _header(told: dict[str, Any]) -> Sums:
    """Gather the amounts of the whole claim; the first place that tells a role decides.

    The same amount may stand in `total`, `adjudication`, a balance and, in STU3, an extension.
    """
    places = (
        [(item.get("category"), item.get("amount")) for item in objects(told.get("total"))],
        [(item.get("category"), item.get("amount")) for item in objects(told.get("adjudication"))],
        _balances(told),
        _extensions(told),
    )
    merged = Sums()
    for place in places:
        sums = Sums()
        for category, money in place:
            sums.add(category, money)
        merged.amounts = {**sums.amounts, **merged.amounts}
        merged.others += sums.others
    if "totalCost" in told:
        merged.amounts.setdefault("billed", _only(told["totalCost"]))
    return merged


def _only(money: Any) -> int:
    sums = Sums()
    sums.add({"coding": [{"code": "submitted"}]}, money)
    return sums.amounts.get("billed", 0)


def _balances(told: dict[str, Any]) -> list[tuple[Any, Any]]:
    """CMS tells what the patient owes for a hospital stay among the benefit balances."""
    return [
        (item.get("type"), item.get("usedMoney"))
        for balance in objects(told.get("benefitBalance"))
        for item in objects(balance.get("financial"))
        if _is_of_cms(item.get("type"))
    ]


def _is_of_cms(concept: Any) -> bool:
    return any("bluebutton.cms.gov" in code for code in codings_of(concept))


def _extensions(told: dict[str, Any]) -> list[tuple[Any, Any]]:
    """CMS's STU3 keeps the totals of a claim in extensions, named by their address."""
    return [
        ({"coding": [{"code": words(more.get("url"), 300)}]}, money)
        for more in objects(told.get("extension"))
        if (money := more.get("valueMoney", more.get("valueQuantity")))
        and "bluebutton.cms.gov" in words(more.get("url"), 300)
        and words(more.get("url"), 300).endswith(("_amt", "prpayamt"))
    ]


def _names(told: dict[str, Any]) -> tuple[str, str]:
    """Return the number of the claim as a person knows it, and the key of this explanation."""
    listed = [
        (words(item.get("system")), words(item.get("value")), codings_of(item.get("type")))
        for item in objects(told.get("identifier"))
    ]
    own = [item for item in listed if item[1] and not item[0].endswith(_GROUP)]
    best = next(
        (item for item in own if item[0].endswith(_CLAIM_NUMBERS) or "uc" in item[2]),
        own[0] if own else ("", "", []),
    )
    resource_id = words(told.get("id"))
    key = " ".join(part for part in (best[0], best[1], resource_id) if part)
    if len(key) > _LONGEST_KEY:
        key = f"sha256 {hashlib.sha256(key.encode()).hexdigest()}"
    return best[1] or resource_id, key


def _related(told: dict[str, Any], kinds: frozenset[str]) -> tuple[str, ...]:
    """Return the names of the claims that stand in such a relationship to this one."""
    names: list[str] = []
    for item in objects(told.get("related")):
        if kinds & {code.lower() for code in codings_of(item.get("relationship"))}:
            claim = an_object(item.get("claim"))
            names += [
                words(an_object(item.get("reference")).get("value")),
                words(an_object(claim.get("identifier")).get("value")),
                words(claim.get("reference")).rpartition("/")[2],
            ]
    return tuple(dict.fromkeys(name for name in names if name))[:_MOST_TOLD]


def _version(told: dict[str, Any]) -> str:
    """Return a text that sorts by the time of making: the day or moment as it is written."""
    created = words(told.get("created"), 40)
    if day(created) is None:
        created = ""
    counted = words(an_object(told.get("meta")).get("versionId"), 12)
    return f"{created} {counted.rjust(12) if counted.isdigit() else ''}".rstrip()


def _print(lines: tuple[BenefitLine, ...], sums: Sums) -> str:
    """Return what tells two versions of one explanation apart: what matters for the ledger."""
    content = [
        [line.number, str(line.served_on), sorted(line.amounts.items()), line.codes]
        for line in lines
    ]
    return hashlib.sha256(repr((content, sorted(sums.amounts.items()))).encode()).hexdigest()[:16]


def _kind(told: dict[str, Any]) -> str:
    """Return what kind of claim it is, in a word of the standard, else as CMS names it."""
    codes = codings_of(told.get("type"))
    known = ("institutional", "professional", "pharmacy", "oral", "vision")
    kind = next((code for code in codes if code in known), "") or name_of(told.get("type"))
    more = codings_of(told.get("subType"))
    return " ".join(part for part in (more[0] if more else "", kind) if part)


def _insurer(told: dict[str, Any], directory: Directory, parties: dict[str, Party]) -> str:
    named = directory.party(told.get("insurer", told.get("organization")), parties)
    return named.name or named.number


def _provider(told: dict[str, Any], directory: Directory, parties: dict[str, Party]) -> str:
    """Return who gave the care: the billing provider, the facility, else who was in the team."""
    team = [an_object(member).get("provider") for member in objects(told.get("careTeam"))]
    asked = [told.get("provider"), told.get("facility"), told.get("organization"), *team]
    found = [directory.party(reference, parties) for reference in asked]
    named = [party.name for party in found if party.name]
    return next((name for name in named if not name.startswith("NPI ")), named[0] if named else "")


def _member_id(told: dict[str, Any], directory: Directory, parties: dict[str, Party]) -> str:
    for insurance in a_list(told.get("insurance")) or [told.get("insurance")]:
        found = directory.party(an_object(insurance).get("coverage"), parties)
        if found.number:
            return found.number
    return ""


def _diagnoses(told: dict[str, Any]) -> list[str]:
    """Return each diagnosis by its ICD code; CMS tells the same code under two systems."""
    found: list[str] = []
    for item in objects(told.get("diagnosis")):
        concept = item.get("diagnosisCodeableConcept")
        found += codings_of(concept)[:1]
    return list(dict.fromkeys(found))


def _remarks(told: dict[str, Any]) -> list[str]:
    notes = [words(note.get("text"), 500) for note in objects(told.get("processNote"))]
    disposition = told.get("disposition")
    said = words(disposition, 500) if isinstance(disposition, str) else name_of(disposition)
    related = [
        f"{name_of(item.get('relationship')) or (codings_of(item.get('relationship')) or [''])[0]}"
        f" {words(an_object(item.get('reference')).get('value'))}".strip()
        for item in objects(told.get("related"))
    ]
    payment = an_object(told.get("payment"))
    paid = day(payment.get("date"))
    state = name_of(payment.get("type")) or " ".join(codings_of(payment.get("type"))[:1])
    items = [*objects(told.get("item")), *objects(told.get("addItem")), told]
    reasons = reason_words(each for item in items for each in objects(item.get("adjudication")))
    return [
        *([f"Outcome: {said}"] if said else []),
        *([f"Payment: {state}"] if state else []),
        *([f"Paid by the plan on {_us(paid)}"] if paid else []),
        *(f"Related claim: {text}" for text in related if text),
        *dict.fromkeys(reasons),
        *(f"Note: {note}" for note in notes if note),
    ]


def _us(on: date) -> str:
    return f"{on:%m/%d/%Y}"
