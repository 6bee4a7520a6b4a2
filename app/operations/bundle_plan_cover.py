"""The cover of a bundle, filled from the record: what is not known stays empty."""

from __future__ import annotations

from collections.abc import Iterator

from app.domain.bundle import Cover
from app.domain.plan import Plan
from app.domain.provider import Provider
from app.operations.bundle_case import Case
from app.operations.bundle_words import appeal_name


def cover_of(case: Case) -> Cover:
    """Return what the first page says of a case."""
    claim, plan, patient, denial = case.claim, case.plan, case.patient, case.denial
    program = plan.program if plan else "unknown"
    return Cover(
        sender=_sender(case),
        recipient=_recipient(plan) if plan else (),
        patient=patient.name if patient else "",
        born_on=patient.born_on if patient else None,
        plan=plan.name if plan else "",
        member_id=plan.member_id if plan else "",
        group_number=plan.group_number if plan else "",
        subscriber=plan.subscriber if plan else "",
        claim_numbers=(claim.number,) if claim.number else (),
        reference_numbers=tuple(_reference_numbers(case)),
        service_dates=(claim.service_on,) if claim.service_on else (),
        level=appeal_name(program, denial.level) if denial else "",
        expedited=bool(denial and denial.fast == "asked"),
        asked=(denial.asks if denial else "") or claim.asks_for,
        denial_words=_denial_words(case),
        denied_on=denial.notice_on if denial else None,
        provider=_named(case.provider) or claim.provider,
        provider_npi=case.provider.npi if case.provider else "",
        facility=_named(case.facility),
        service_codes=tuple(claim.service_codes.split()),
        diagnosis_codes=tuple(claim.diagnosis_codes.split()),
        representative=_representative(case),
        signer=signer_of(case),
    )


def signer_of(case: Case) -> str:
    """Return who signs: whoever is named to speak for the patient, else the patient."""
    if case.speaker:
        return case.speaker.representative.name
    return case.patient.name if case.patient else ""


def _sender(case: Case) -> tuple[str, ...]:
    patient = case.patient
    if patient is None:
        return ()
    lines = (patient.name, *patient.address.splitlines(), patient.phone)
    return tuple(line.strip() for line in lines if line.strip())


def _recipient(plan: Plan) -> tuple[str, ...]:
    """Return the address as the letter has it, below the insurer's name unless that is in it."""
    address = plan.appeal_address.splitlines()
    named = any(plan.insurer in line for line in address)
    lines = [*([] if named else [plan.insurer]), *address]
    lines += [f"Fax {plan.appeal_fax}"] if plan.appeal_fax else []
    return tuple(line for line in lines if line.strip())


def _reference_numbers(case: Case) -> Iterator[str]:
    """Yield the numbers under which they find the case, beside the claim's own."""
    known = {case.claim.number}
    for number in case.confirmed("reference_number"):
        if number not in known:
            known.add(number)
            yield number
    approved = [each.number for each in case.authorizations]
    for number in dict.fromkeys((*approved, *case.confirmed("authorization_number"))):
        if number and number not in known:
            known.add(number)
            yield f"Authorization {number}"


def _denial_words(case: Case) -> str:
    """Return the denial's own words: as they were typed, else as they were confirmed on paper."""
    if case.denial and case.denial.reason:
        return case.denial.reason
    found = (
        row.text for row in case.letter_facts if row.name == "denial_reason" and row.is_confirmed
    )
    return next((" ".join(text.split()) for text in found if text.strip()), "")


def _named(provider: Provider | None) -> str:
    if provider is None:
        return ""
    return ", ".join(filter(None, (provider.name, provider.credentials)))


def _representative(case: Case) -> tuple[str, ...]:
    if case.speaker is None:
        return ()
    who = case.speaker.representative
    name = f"{who.name} ({who.relation})" if who.relation else who.name
    lines = (name, *who.address.splitlines(), who.phone)
    return tuple(line.strip() for line in lines if line.strip())
