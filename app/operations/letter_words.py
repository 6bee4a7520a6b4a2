"""The values of every letter: what the binder knows, in words; empty for what it does not."""

from __future__ import annotations

from datetime import date

from app.domain.calendar_days import spoken
from app.domain.provider import Provider
from app.domain.representative import Representative
from app.operations import letter_lists as lists
from app.operations.letter_case import LetterCase
from app.operations.letter_law import law_words
from app.operations.letter_lists import lines_of, one_line


def letter_words(case: LetterCase) -> dict[str, str]:
    """Return the value of every name that a template may hold."""
    return {
        "today": spoken(case.known.today),
        **_who_signs(case),
        **_plan(case),
        **_claim(case),
        **_denial(case),
        **_doctor(case),
        **_helper(case),
        **_lists(case),
        **law_words(case),
    }


def _who_signs(case: LetterCase) -> dict[str, str]:
    """Return who writes: the patient, or the helper at the desk whose form holds."""
    patient, speaker = case.patient, case.speaker
    name = one_line(patient.name) if patient else ""
    if speaker and not case.patient_writes:
        return {
            "signer": one_line(speaker.name),
            "signer_role": f"Authorized representative of {name}" if name else "",
            "sender_address": lines_of(speaker.address),
            "sender_phone": one_line(speaker.phone),
            **_form_words(speaker, "I act for the patient."),
        }
    is_child = case.is_of_a_child
    return {
        "signer": "" if is_child else name,
        "signer_role": f"Parent or guardian of {name}" if is_child else "",
        "sender_address": lines_of(patient.address) if patient else "",
        "sender_phone": one_line(patient.phone) if patient else "",
        **(_form_words(speaker, _may_speak(speaker)) if speaker else {}),
    }


def _may_speak(form: Representative) -> str:
    relation = f" ({one_line(form.relation)})" if form.relation.strip() else ""
    phone = f", phone {one_line(form.phone)}" if form.phone.strip() else ""
    return f"You may also speak with {one_line(form.name)}{relation}{phone}."


def _form_words(form: Representative, begin: str) -> dict[str, str]:
    """Return who may speak and by which form; only the plan is told when it was sent there."""
    both = max(filter(None, (form.signed_on, form.accepted_on)))
    plain = f"{begin} A form with both signatures, of {spoken(both)}, allows it."
    sent = f" It was sent to you on {spoken(form.sent_on)}." if form.sent_on else ""
    return {"speaker_plain": plain, "speaker_words": plain + sent}


def _plan(case: LetterCase) -> dict[str, str]:
    plan = case.plan
    if plan is None:
        return {}
    subscriber = one_line(plan.subscriber)
    patient = one_line(case.patient.name) if case.patient else ""
    insurer = one_line(plan.insurer) or one_line(plan.name)
    address = [line for line in lines_of(plan.appeal_address).splitlines() if line != insurer]
    return {
        "insurer": insurer,
        "plan_name": one_line(plan.name),
        "plan_address": "\n".join(address),
        "plan_fax": one_line(plan.appeal_fax),
        "plan_phone": one_line(plan.phone),
        "member_id": one_line(plan.member_id),
        "group_number": one_line(plan.group_number),
        "subscriber": "" if subscriber.casefold() == patient.casefold() else subscriber,
        "regulator": lines_of(plan.regulator),
    }


def _claim(case: LetterCase) -> dict[str, str]:
    claim, patient = case.claim, case.patient
    number = one_line(claim.number)
    references = ", ".join(_references(case))
    return {
        "patient": one_line(patient.name) if patient else "",
        "born_on": _day(patient.born_on if patient else None),
        "claim_number": number,
        "references": references,
        "any_number": number or references,
        "care": one_line(claim.title),
        "service_on": _day(claim.service_on),
        "provider": _with_npi(case.known.provider) or one_line(claim.provider),
        "facility": _with_npi(case.known.facility),
        "service_codes": ", ".join(claim.service_codes.split()),
        "diagnosis_codes": ", ".join(claim.diagnosis_codes.split()),
        "is_minor": "yes" if case.is_of_a_child else "",
        "approval": _approval(case),
    }


def _references(case: LetterCase) -> list[str]:
    """Return the numbers under which they find the case, beside the claim's own."""
    found = (
        *case.known.confirmed("reference_number"),
        *(each.number for each in case.authorizations),
        *case.known.confirmed("authorization_number"),
    )
    numbers = dict.fromkeys(map(one_line, found))
    return [number for number in numbers if number and number != one_line(case.claim.number)]


def _with_npi(provider: Provider | None) -> str:
    if provider is None:
        return ""
    npi = one_line(provider.npi)
    return f"{one_line(provider.name)}, NPI {npi}" if npi else one_line(provider.name)


def _approval(case: LetterCase) -> str:
    """Return the newest approval in words: its number, how many, and from when to when."""
    approved = [each for each in case.authorizations if each.status in {"approved", "partly"}]
    if not approved:
        return ""
    newest = approved[-1]
    units = f"{newest.units} {one_line(newest.unit)}".strip() if newest.units else ""
    span = " ".join(
        f"{word} {spoken(day)}"
        for word, day in (("from", newest.from_on), ("until", newest.until_on))
        if day
    )
    number = f"number {one_line(newest.number)}" if newest.number.strip() else ""
    return ", ".join(filter(None, (number, one_line(newest.service), units, span)))


def _denial(case: LetterCase) -> dict[str, str]:
    denial, before = case.denial, case.before
    asks = one_line(denial.asks if denial else "") or one_line(case.claim.asks_for)
    if denial is None:
        return {"asks": asks}
    running = [each for each in case.authorizations if each.last_session_on]
    due = case.due
    return {
        "asks": asks,
        "step": case.rule.title if case.rule else "",
        "review_step": case.rule.title if case.rule and case.is_outside else "",
        "denied_on": _day(denial.notice_on),
        "of_letter": f" in its letter of {spoken(denial.notice_on)}" if denial.notice_on else "",
        "denial_words": lists.stated_reason(case),
        "news": one_line(denial.news),
        "fast": "yes" if denial.urgent == "yes" or denial.fast == "asked" else "",
        "continuing": "yes" if denial.continuing == "yes" else "",
        "action_on": _day(denial.action_on),
        "peer_by": _day(denial.peer_by),
        "first_denied_on": _day(before.notice_on) if before else "",
        "appealed_on": _day(_appealed_on(case)),
        "answered_on": _day(denial.answered_on),
        "last_day": _day(due.last_day if due else denial.letter_date),
        "appeal_by": _day(due.last_day) if due and due.is_open else "",
        "last_session": _day(running[-1].last_session_on) if running else "",
    }


def _appealed_on(case: LetterCase) -> date | None:
    """Return the day on which the appeal went out that this denial answers."""
    before = case.before
    sent = [each.sent_on for each in case.sendings if before and each.denial_id == before.id]
    return max(sent, default=None)


def _doctor(case: LetterCase) -> dict[str, str]:
    doctor = case.addressed
    if doctor is None:
        return {"doctor": one_line(case.claim.provider)}
    field = (one_line(doctor.credentials), one_line(doctor.specialty))
    return {
        "doctor": one_line(doctor.name),
        "doctor_address": lines_of(doctor.address),
        "doctor_phone": one_line(doctor.phone),
        "doctor_fax": one_line(doctor.fax),
        "doctor_npi": one_line(doctor.npi),
        "doctor_credentials": ", ".join(filter(None, field)),
    }


def _helper(case: LetterCase) -> dict[str, str]:
    form = case.helper
    if form is None:
        return {}
    return {
        "helper": one_line(form.name),
        "helper_relation": one_line(form.relation),
        "helper_address": lines_of(form.address).replace("\n", ", "),
        "helper_phone": one_line(form.phone),
        "helper_until": _day(form.valid_until),
    }


def _lists(case: LetterCase) -> dict[str, str]:
    return {
        "arguments": lists.arguments(case),
        "points": lists.doctor_points(case),
        "treatments": lists.treatments(case),
        "payments": lists.payments(case),
        "payments_here": lists.payments(case, to=_doctor(case)["doctor"]),
        "enclosures": lists.enclosures(case),
        "history": lists.history(case),
    }


def _day(day: date | None) -> str:
    return spoken(day) if day else ""
