"""Letters and calls that are ready to use: where does it stand, and when will you answer?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from string import Template
from typing import Final, Literal

from app.binder import Binder
from app.domain.calendar_days import spoken
from app.domain.claim import Claim
from app.domain.clock import Clock
from app.domain.denial import Denial
from app.domain.due_item import DueItem
from app.domain.errors import UserError
from app.domain.person import Person
from app.domain.plan import Plan
from app.domain.sending import Sending
from app.resources import resource
from app.storage.queries.clocks import clock_rows
from app.storage.queries.records import record

BLANK: Final = "________"
"""Stands for what is not known, so that a person sees what to fill in by hand."""

_BY: Final = {
    "certified_mail": " by certified mail",
    "mail": " by mail",
    "fax": " by fax",
    "portal": " through your website",
    "by_hand": " by hand",
}


@dataclass(frozen=True, slots=True)
class StatusRequest:
    """The same question in two forms: a letter, and what to say on the phone, line by line."""

    letter: str
    phone: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Case:
    """All that is known about what is waited for; None and "" are “not known”."""

    clock: Clock
    item: DueItem | None
    claim: Claim | None
    patient: Person | None
    plan: Plan | None
    denial: Denial | None
    sending: Sending | None


def status_request(binder: Binder, clock_id: str) -> StatusRequest:
    """Return a letter and a call that ask where an answer stands; nothing is stored or sent.

    Both hold only what the binder knows. What it does not know is left blank to be filled in.

    Raises:
        UserError: there is no such time, or it is the person's own.
    """
    case = _case(binder, clock_id)
    words = _words(case, binder.today())
    return StatusRequest(
        _filled("status_request.txt", words), tuple(_filled("status_call.txt", words).splitlines())
    )


def _case(binder: Binder, clock_id: str) -> _Case:
    clock: Clock | None = binder.ask(record, "clock", clock_id)
    if clock is None:
        raise UserError(f"There is no running time “{clock_id}” in this binder.")
    if clock.kind == "step":
        raise UserError("This time is your own: nobody else owes an answer.")
    rows = binder.ask(clock_rows, claim_id=clock.claim_id, include_settled=True)
    item = next((row.item for row in rows if row.clock.id == clock.id), None)
    claim: Claim | None = binder.ask(record, "claim", clock.claim_id or "")
    return _Case(
        clock,
        item,
        claim,
        binder.ask(record, "person", (claim and claim.person_id) or ""),
        binder.ask(record, "plan", (claim and claim.plan_id) or ""),
        binder.ask(record, "denial", clock.denial_id or ""),
        binder.ask(record, "sending", clock.sending_id or ""),
    )


def _words(case: _Case, today: date) -> dict[str, str]:
    """Return the value of every blank of the templates."""
    plan, claim, clock = case.plan, case.claim, case.clock
    is_appeal = clock.kind == "decision"
    of_plan = not clock.asked_of
    what = "an appeal" if is_appeal else f"a request for papers ({_line(clock.title)})"
    noticed_on = case.denial.notice_on if case.denial else None
    return {
        "today": spoken(today),
        "payer": _line(clock.asked_of or (plan and (plan.insurer or plan.name))),
        "address": (plan and of_plan and plan.appeal_address.strip()) or BLANK,
        "phone": _line(plan and of_plan and plan.phone),
        "subject": "the status of my appeal" if is_appeal else "the status of my request",
        "what": what,
        "patient": _line(case.patient and case.patient.name),
        "member_id": _line(plan and plan.member_id),
        "group_number": _line(plan and plan.group_number),
        "claim_number": _line(claim and claim.number),
        "care": _care(claim),
        "letter_line": f"Your letter of: {spoken(noticed_on)}\n" if noticed_on else "",
        "sent": _sent(case),
        "due": _due(case.item, today, f"By {case.item.source}" if case.item else ""),
        "due_said": _due(case.item, today, "As far as we know"),
    }


def _care(claim: Claim | None) -> str:
    if claim is None:
        return BLANK
    on = f" on {spoken(claim.service_on)}" if claim.service_on else ""
    by = f", {_line(claim.provider)}" if claim.provider.strip() else ""
    return f"{_line(claim.title)}{by}{on}"


def _sent(case: _Case) -> str:
    clock, sending = case.clock, case.sending
    sent_on = sending.sent_on if sending else clock.started_on
    on = spoken(sent_on) if sent_on else BLANK
    if clock.kind == "request":
        return f"On {on} I asked for: {_line(clock.title)}."
    by = _BY.get(sending.way, "") if sending else ""
    tracking = _line(sending.tracking) if sending and sending.tracking.strip() else ""
    proof = f" The tracking or confirmation number is {tracking}." if tracking else ""
    arrived = f" It arrived on {spoken(clock.received_on)}." if clock.received_on else ""
    return f"On {on} the appeal was sent to you{by}.{proof}{arrived}"


def _due(item: DueItem | None, today: date, by_what: str) -> str:
    if item is None:
        return "It is not known here by what day an answer is due."
    verb = "was" if item.last_day < today else "is"
    return f"{by_what}, an answer {verb} due about {spoken(item.last_day)}."


def _line(value: str | Literal[False] | None) -> str:
    """Return a value on one line, or the blank where it is not known."""
    return " ".join(value.split()) or BLANK if value else BLANK


def _filled(name: str, words: Mapping[str, str]) -> str:
    return Template(resource("letters", name).read_text(encoding="utf-8")).substitute(words)
