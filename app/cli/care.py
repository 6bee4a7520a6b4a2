"""Commands on approvals, treatments tried and the diary."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any, Final

from app.binder import Binder
from app.cli.answer import Answer, table
from app.cli.dates import due_row, iso
from app.cli.desk import Desk, with_binder
from app.cli.naming import id_of, kept, kept_claim, kept_claim_or_none, record_of
from app.cli.words_of_care import FORGET
from app.domain.authorization import Authorization
from app.domain.cut_series import cut_rules, cut_sentence, denial_of, is_cut, says_so
from app.domain.diary_line import DiaryLine
from app.domain.due_item import DueItem
from app.domain.errors import UserError
from app.domain.treatment import Treatment
from app.operations.authorizations import (
    KeptAuthorization,
    add_authorization,
    change_authorization,
)
from app.operations.diary import add_line, remove_line
from app.operations.rules import rule_book
from app.operations.treatments import add_treatment, change_treatment
from app.storage.queries.care import Approval, TreatmentTried, approvals, diary_of, treatments_of
from app.storage.queries.clocks import claim_denials
from app.storage.queries.dates import due_rows
from app.storage.queries.records import record

_AUTHORIZATION_TEXTS: Final = ("service", "number", "codes", "status", "unit", "note")
_AUTHORIZATION_DAYS: Final = (
    "asked_on", "answered_on", "from_on", "until_on", "last_session_on", "renew_by",
)  # fmt: skip
_AUTHORIZATION_NUMBERS: Final = ("asked_units", "units", "used")
_AUTHORIZATION_LINKS: Final = {
    "claim_id": ("claim", "claim"),
    "plan_id": ("plan", "plan"),
    "provider_id": ("provider", "provider"),
    "document_id": ("letter", "document"),
    "denial_id": ("denial", "denial"),
}
_TREATMENT_TEXTS: Final = (
    "what", "route", "product", "dose", "began", "ended", "outcome", "reaction", "note",
)  # fmt: skip
_TREATMENT_LINKS: Final = {
    "provider_id": ("provider", "provider"),
    "document_id": ("proof", "document"),
}


def said(words: Namespace, names: Iterable[str]) -> dict[str, Any]:
    """Return only what was said, so that the rest stays as it is; “unknown” becomes None."""
    found = {name: getattr(words, name, None) for name in names}
    return {name: None if value == "" else value for name, value in found.items()
            if value is not None}  # fmt: skip


def said_texts(words: Namespace, names: Iterable[str]) -> dict[str, str]:
    """Return the texts that were said, an empty one too."""
    found = {name: getattr(words, name, None) for name in names}
    return {name: value for name, value in found.items() if value is not None}


def said_links(
    binder: Binder, words: Namespace, links: dict[str, tuple[str, str]]
) -> dict[str, str | None]:
    """Return the ids of the records that were named; “unknown” takes a link off.

    `links` gives for each field the word that names it and the kind of the record.
    """
    found: dict[str, str | None] = {}
    for field, (word, kind) in links.items():
        called = getattr(words, word)
        if called is not None:
            found[field] = None if called in FORGET else kept(binder, kind, called)
    return found


# ---------------------------------------------------------------------- approvals


@with_binder
def authorization_new(desk: Desk, words: Namespace) -> Answer:
    """Add an authorization; the answer is its row with the entries it has in the calendar."""
    kept_claim_or_none(desk.binder, words.claim)
    return _kept(desk, add_authorization(desk.binder, **_authorization_words(desk, words)))


@with_binder
def authorization_change(desk: Desk, words: Namespace) -> Answer:
    """Change an authorization; what is not named stays. The answer is that of making one."""
    before: Authorization = record_of(desk.binder, "authorization", words.authorization)
    changed = replace(before, **_authorization_words(desk, words))
    return _kept(desk, change_authorization(desk.binder, changed))


def _authorization_words(desk: Desk, words: Namespace) -> dict[str, Any]:
    return {
        **said_texts(words, _AUTHORIZATION_TEXTS),
        **said(words, (*_AUTHORIZATION_DAYS, *_AUTHORIZATION_NUMBERS)),
        **said_links(desk.binder, words, _AUTHORIZATION_LINKS),
    }


@with_binder
def authorizations(desk: Desk, words: Namespace) -> Answer:
    """List the authorizations, those that end soonest first."""
    claim_id = id_of(desk.binder, "claim", words.claim) if words.claim else None
    rows = [_authorization_row(desk, each) for each in desk.binder.ask(approvals, claim_id)]
    columns = ("authorization", "service", "number", "status", "used_words", "until", "renew_by")
    header = ("id", "what", "number", "status", "used", "until", "renew by")
    return Answer(rows, table(header, ([row[name] for name in columns] for row in rows)))


def _kept(desk: Desk, kept: KeptAuthorization) -> Answer:
    made = kept.authorization
    found = [each for each in desk.binder.ask(approvals) if each.authorization.id == made.id]
    row: dict[str, Any] = {"authorization": made.id}
    if found:
        row = _authorization_row(desk, found[0])
    ids = {item.id for item in kept.items}
    due = [due_row(each, desk.today) for each in desk.binder.ask(due_rows) if each.id in ids]
    lines = [f"{made.service or made.number}: {made.id}", *_calendar_lines(kept.items)]
    lines += [told["text"] for told in row.get("told", ())]
    lines += [row["ask"]] if row.get("ask") else []
    return Answer({**row, "deadlines": due}, lines)


def _calendar_lines(items: Sequence[DueItem]) -> list[str]:
    return [f"In the calendar on {item.last_day}: {item.title}" for item in items]


def _authorization_row(desk: Desk, each: Approval) -> dict[str, Any]:
    one = each.authorization
    left = None if one.units is None else one.units - (one.used or 0)
    return {
        "authorization": one.id,
        "claim": one.claim_id,
        "claim_title": each.claim,
        "plan": each.plan,
        "provider": each.provider,
        "service": one.service,
        "number": one.number or None,
        "codes": one.codes.split(),
        "status": one.status,
        "asked_units": one.asked_units,
        "units": one.units,
        "unit": one.unit or None,
        "used": one.used,
        "left": left,
        "used_words": _used_words(one),
        **{name.removesuffix("_on"): iso(getattr(one, name)) for name in _AUTHORIZATION_DAYS},
        "document": one.document_id if each.paper else None,
        "denial": one.denial_id,
        "note": one.note or None,
        "told": _told(desk, one),
        "ask": _ask(desk, one),
    }


def _used_words(one: Authorization) -> str | None:
    """Return “18 of 24 infusions used”, as far as it is known."""
    if one.units is None:
        return None
    return " ".join(filter(None, (f"{one.used or 0} of {one.units}", one.unit, "used")))


def _told(desk: Desk, one: Authorization) -> list[dict[str, str | None]]:
    """Return what is said of a series that is cut short, each with its source."""
    if not is_cut(one):
        return []
    plan = desk.binder.ask(record, "plan", one.plan_id) if one.plan_id else None
    found = [{"text": cut_sentence(one, desk.today), "source": None, "verification": None}]
    return found + [
        {"text": law.text, "source": law.source or None, "verification": law.verification or None}
        for law in cut_rules(rule_book(), plan)
    ]


def _ask(desk: Desk, one: Authorization) -> str | None:
    """Return what brings the short dates into the calendar, where nobody has said it yet."""
    if not is_cut(one):
        return None
    denial = denial_of(one, desk.binder.ask(claim_denials, one.claim_id or ""))
    if says_so(denial):
        return None
    words = f"--continuing-treatment --effective {iso(one.last_session_on)}"
    if denial:
        return f"Say that this treatment is running: claimbinder denial-change {denial.id} {words}"
    claim = one.claim_id or "CLAIM"
    return f"Record the denial, and that treatment is running: claimbinder denial {claim} {words}"


# ---------------------------------------------------------------------- treatments


@with_binder
def treatment_new(desk: Desk, words: Namespace) -> Answer:
    """Add a treatment that was tried; the answer is its row."""
    claim_id = kept_claim(desk.binder, words.claim)
    made = add_treatment(desk.binder, claim_id, **_treatment_words(desk, words))
    return _treatment(desk, made)


@with_binder
def treatment_change(desk: Desk, words: Namespace) -> Answer:
    """Change a treatment; what is not named stays. The answer is its row."""
    before: Treatment = record_of(desk.binder, "treatment", words.treatment)
    known = _treatment_words(desk, words)
    if known.get("document_id", before.document_id) is None:
        known["page"] = None
    return _treatment(desk, change_treatment(desk.binder, replace(before, **known)))


def _treatment_words(desk: Desk, words: Namespace) -> dict[str, Any]:
    texts = said_texts(words, _TREATMENT_TEXTS)
    for name in ("began", "ended"):
        if texts.get(name) in FORGET:
            texts[name] = ""
    links = said_links(desk.binder, words, _TREATMENT_LINKS)
    return {**texts, **said(words, ("page",)), **links}


@with_binder
def treatments(desk: Desk, words: Namespace) -> Answer:
    """List the treatments of a claim by when they began."""
    claim_id = id_of(desk.binder, "claim", words.claim)
    rows = [_treatment_row(each) for each in desk.binder.ask(treatments_of, claim_id)]
    columns = ("treatment", "what", "dose", "from", "until", "outcome", "proof_name")
    header = ("id", "what", "dose", "from", "until", "outcome", "proof")
    return Answer(rows, table(header, ([row[name] for name in columns] for row in rows)))


def _treatment(desk: Desk, made: Treatment) -> Answer:
    found = desk.binder.ask(treatments_of, made.claim_id)
    rows = [_treatment_row(each) for each in found if each.treatment.id == made.id]
    value = rows[0] if rows else {"treatment": made.id}
    return Answer(value, [f"{made.what}: {made.id}"])


def _treatment_row(tried: TreatmentTried) -> dict[str, Any]:
    one = tried.treatment
    return {
        "treatment": one.id,
        "claim": one.claim_id,
        "what": one.what,
        "route": one.route or None,
        "product": one.product or None,
        "dose": one.dose or None,
        "from": one.began or None,
        "until": one.ended or None,
        "outcome": one.outcome or None,
        "reaction": one.reaction or None,
        "provider": tried.provider,
        "document": one.document_id if tried.paper else None,
        "proof_name": tried.paper,
        "page": one.page if tried.paper else None,
        "note": one.note or None,
    }


# ---------------------------------------------------------------------- diary


@with_binder
def diary(desk: Desk, words: Namespace) -> Answer:
    """List the diary, the oldest day first; or write or remove a line: its row is the answer."""
    claim_id = id_of(desk.binder, "claim", words.claim)
    if words.remove is not None:
        return _removed(desk, claim_id, words.remove)
    if words.add is not None or words.score is not None:
        made = add_line(
            desk.binder, kept_claim(desk.binder, words.claim), words.add or "", on=words.on,
            score=words.score, kind=words.kind or "symptom",
        )  # fmt: skip
        return Answer(_line_row(made), [f"Written on {made.on}: {made.id}"])
    if words.on or words.kind:
        raise UserError("What shall the diary say on that day? Write it with --add “…”.")
    rows = [_line_row(each) for each in desk.binder.ask(diary_of, claim_id)]
    columns = ("line", "on", "kind", "score", "text")
    return Answer(rows, table(columns, ([row[name] for name in columns] for row in rows)))


def _removed(desk: Desk, claim_id: str, called: str) -> Answer:
    found = [each.id for each in desk.binder.ask(diary_of, claim_id)]
    fitting = [key for key in found if called and key.startswith(called)]
    if len(fitting) != 1:
        raise UserError(f"The diary of this claim has no line “{called}”. List it to see the ids.")
    remove_line(desk.binder, fitting[0])
    return Answer({"removed": fitting[0]}, ["Removed. “claimbinder undo” brings it back."])


def _line_row(line: DiaryLine) -> dict[str, Any]:
    return {
        "line": line.id,
        "on": line.on.isoformat(),
        "kind": line.kind,
        "score": line.score,
        "text": line.text,
    }
