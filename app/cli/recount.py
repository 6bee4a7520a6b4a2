"""Commands that correct what deadlines hang on; without --yes they only show what would move."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

from app.cli.answer import Answer
from app.cli.care_people import care_of_claim
from app.cli.dates import answer_from, iso, told_of
from app.cli.desk import Desk, with_binder
from app.cli.naming import id_of, id_or_none, kept, record_of
from app.domain.claim import Claim
from app.domain.denial import Denial
from app.domain.plan import Plan
from app.domain.recount import Recounted
from app.operations.claims import change_claim
from app.operations.denials import (
    answer_of,
    appeal_after_all,
    change_denial,
    do_not_appeal,
    note_fast_appeal,
    note_kept_care,
)
from app.operations.people import change_plan
from app.operations.recounting import (
    preview_claim_change,
    preview_denial_change,
    preview_plan_change,
)
from app.operations.reserve import buffer_days, preview_buffer_days, set_buffer_days
from app.operations.rules import rule_book

_PLAN_WORDS = (
    "name", "program", "member_id", "group_number", "insurer", "appeal_address", "appeal_fax",
    "phone", "from_on", "until_on", "subscriber", "portal", "regulator",
)  # fmt: skip
_CLAIM_WORDS = ("title", "number", "provider", "asks_for", "note", "status")
_SAY_YES = "Nothing was changed. Say it again with --yes to accept this."
UNKNOWN = "unknown"
"""The word that takes a state, a funding or a plan back to “not known”."""


@with_binder
def plan_change(desk: Desk, words: Namespace) -> Answer:
    """Correct a plan: `{"plan", "applied", "recounted": [rows of `recounted_row`]}`."""
    before: Plan = record_of(desk.binder, "plan", words.plan)
    plan = replace(before, **_said(words, _PLAN_WORDS))
    for name in ("funding", "state"):
        said = getattr(words, name)
        if said is not None:
            plan = replace(plan, **{name: None if said in {UNKNOWN, ""} else said})
    if words.person:
        plan = replace(plan, person_id=id_of(desk.binder, "person", words.person))
    rows = preview_plan_change(desk.binder, rule_book(), plan)
    if words.yes:
        change_plan(desk.binder, plan)
    return _told({"plan": plan.id}, rows, applied=words.yes)


@with_binder
def claim_change(desk: Desk, words: Namespace) -> Answer:
    """Correct a claim: `{"claim", "applied", "recounted": [rows of `recounted_row`]}`."""
    before: Claim = record_of(desk.binder, "claim", words.claim)
    claim = replace(before, **_said(words, _CLAIM_WORDS), **care_of_claim(desk.binder, words))
    if words.service_date:
        claim = replace(claim, service_on=words.service_date)
    if words.patient:
        claim = replace(claim, person_id=id_of(desk.binder, "person", words.patient))
    if words.plan is not None:
        plan_id = None if words.plan == UNKNOWN else id_or_none(desk.binder, "plan", words.plan)
        claim = replace(claim, plan_id=plan_id)
    rows = preview_claim_change(desk.binder, rule_book(), claim)
    if words.yes:
        change_claim(desk.binder, claim)
    return _told({"claim": claim.id}, rows, applied=words.yes)


@with_binder
def denial_change(desk: Desk, words: Namespace) -> Answer:
    """Correct a denial; with --yes its dates are confirmed by that.

    The answer is that of `denial` with `applied` and `recounted`; without --yes it is
    `{"denial", "applied", "recounted"}`.
    """
    denial = _denial(desk, words)
    answer = answer_from(words, answer_of(denial))
    if words.letter:
        answer = replace(answer, document_id=kept(desk.binder, "document", words.letter))
    rows = preview_denial_change(desk.binder, rule_book(), denial.id, answer)
    told = _told({"denial": denial.id}, rows, applied=words.yes)
    if not words.yes:
        return told
    recorded = change_denial(desk.binder, rule_book(), denial.id, answer, confirmed=True)
    after = told_of(desk, recorded, "Changed the denial")
    return Answer({**after.value, **told.value}, [*told.lines, *after.lines])


@with_binder
def not_appealing(desk: Desk, words: Namespace) -> Answer:
    """Let a denial stand: `{"denial", "standing"}`."""
    denial = do_not_appeal(desk.binder, _denial(desk, words).id)
    return _standing(denial, "You let this denial stand. Its dates left the calendar.")


@with_binder
def after_all(desk: Desk, words: Namespace) -> Answer:
    """Take “not appealing” back: `{"denial", "standing"}`."""
    denial = appeal_after_all(desk.binder, _denial(desk, words).id)
    return _standing(denial, "This denial stands open again and needs its date.")


@with_binder
def fast(desk: Desk, words: Namespace) -> Answer:
    """Note what became of a fast appeal: `{"denial", "fast", "fast_on"}`."""
    denial_id = _denial(desk, words).id
    denial = note_fast_appeal(
        desk.binder, denial_id, asked_on=words.asked_on, needed=not words.not_needed
    )
    value = {"denial": denial.id, "fast": denial.fast, "fast_on": iso(denial.fast_on)}
    return Answer(value, ["Noted."])


@with_binder
def keep_care(desk: Desk, words: Namespace) -> Answer:
    """Note what became of keeping the care: `{"denial", "keep", "keep_on"}`."""
    denial_id = _denial(desk, words).id
    denial = note_kept_care(
        desk.binder, denial_id, asked_on=words.asked_on, needed=not words.not_needed
    )
    value = {"denial": denial.id, "keep": denial.keep, "keep_on": iso(denial.keep_on)}
    return Answer(value, ["Noted."])


@with_binder
def reserve(desk: Desk, words: Namespace) -> Answer:
    """Show or choose the days in reserve: `{"buffer_days", "applied", "recounted"}`.

    `was` and `would_be` of the rows are days to file by.
    """
    if words.days is None:
        days = buffer_days(desk.binder)
        return Answer({"buffer_days": days}, [f"Days kept in reserve: {days}"])
    if words.yes:
        rows = set_buffer_days(desk.binder, rule_book(), words.days)
    else:
        rows = preview_buffer_days(desk.binder, rule_book(), words.days)
    return _told({"buffer_days": buffer_days(desk.binder)}, rows, applied=words.yes)


def recounted_row(row: Recounted) -> dict[str, Any]:
    """Return one line of a preview: both days, why, and the whole in a sentence."""
    return {
        "deadline": row.due_id,
        "denial": row.denial_id,
        "clock": row.clock_id,
        "claim_title": row.claim,
        "title": row.title,
        "was": iso(row.was),
        "would_be": iso(row.would_be),
        "because": row.because,
        "keeps": row.keeps,
        "by_rule": iso(row.by_rule),
        "source": row.source or None,
        "sentence": row.sentence,
    }


def _told(named: dict[str, Any], rows: Sequence[Recounted], *, applied: bool) -> Answer:
    value = {**named, "applied": applied, "recounted": [recounted_row(row) for row in rows]}
    lines = [f"{row.claim}: {row.title} {row.sentence}" for row in rows]
    lines = lines or ["No deadline hangs on this."]
    return Answer(value, [*lines, "Changed." if applied else _SAY_YES])


def _denial(desk: Desk, words: Namespace) -> Denial:
    found: Denial = record_of(desk.binder, "denial", words.denial)
    return found


def _standing(denial: Denial, line: str) -> Answer:
    return Answer({"denial": denial.id, "standing": denial.standing}, [line])


def _said(words: Namespace, names: Iterable[str]) -> dict[str, Any]:
    return {name: value for name in names if (value := getattr(words, name)) is not None}
