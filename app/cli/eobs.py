"""Commands on explanations of benefits: eob, eob-change, eobs."""

from __future__ import annotations

import shlex
from argparse import Namespace
from dataclasses import fields, replace
from datetime import date
from typing import Any, Final

from app.cli.answer import Answer, table
from app.cli.care import said, said_links, said_texts
from app.cli.dates import iso
from app.cli.desk import Desk, with_binder
from app.cli.naming import id_of, id_or_none, kept_claim_or_none, record_of
from app.cli.words_of_owed import EOB_AMOUNTS
from app.domain.eob import Eob, EobLine
from app.domain.eob_read import AMOUNTS, draft_of
from app.domain.eob_versions import Explained, Versions, versions_of
from app.domain.errors import UserError
from app.domain.money import Money
from app.domain.person import Person
from app.operations.eob_entry import change_eob, enter_eob
from app.operations.owed import money_case
from app.storage.queries.facts import paper_facts
from app.storage.queries.records import all_people

_TEXTS: Final = ("provider", "number", "note", "network", "status")
_LINKS: Final = {
    "person_id": ("patient", "person"),
    "claim_id": ("claim", "claim"),
    "plan_id": ("plan", "plan"),
    "document_id": ("paper", "document"),
    "follows_id": ("follows", "eob"),
    "provider_id": ("provider_id", "provider"),
}
_LINE_TEXTS: Final = ("code", "modifiers", "service", "reasons")


@with_binder
def eob_new(desk: Desk, words: Namespace) -> Answer:
    """Enter an explanation, typed or as it was read in a paper."""
    kept_claim_or_none(desk.binder, words.claim)
    known = _words(desk, words)
    lines = _lines(words)
    if words.from_paper:
        drafted, drawn = _from_paper(desk, words.from_paper)
        known, lines = {**drafted, **known}, lines or drawn
    made = enter_eob(
        desk.binder, lines, to_ledger=words.to_ledger, is_new_claim=words.new_claim, **known
    )
    return _kept(desk, made)


@with_binder
def eob_change(desk: Desk, words: Namespace) -> Answer:
    """Change an explanation; what is not named stays. Lines are given anew all together."""
    before: Eob = record_of(desk.binder, "eob", words.eob)
    lines = _lines(words) if words.lines is not None else None
    return _kept(desk, change_eob(desk.binder, replace(before, **_words(desk, words)), lines))


@with_binder
def eobs(desk: Desk, words: Namespace) -> Answer:
    """List the explanations in force, or every version."""
    claim_id = id_or_none(desk.binder, "claim", words.claim)
    rows = [
        _row(desk, versions, each)
        for versions in _all(desk)
        for each in (versions.all if words.all else (versions.newest,))
        if claim_id is None or each.eob.claim_id == claim_id
    ]
    rows.sort(key=lambda row: (row["processed_on"] or "", row["eob"]), reverse=True)
    columns = ("eob", "processed_on", "provider", "number", "billed", "plan_paid", "share")
    header = ("id", "processed", "provider", "number", "billed", "plan paid", "you owe")
    return Answer(rows, table(header, ([row[name] for name in columns] for row in rows)))


def _all(desk: Desk) -> tuple[Versions, ...]:
    facts = money_case(desk.binder, desk.today).facts
    return versions_of(facts.eobs, facts.eob_lines)


def _words(desk: Desk, words: Namespace) -> dict[str, Any]:
    return {
        **said_texts(words, _TEXTS),
        **said(words, ("processed_on", *EOB_AMOUNTS)),
        **said_links(desk.binder, words, _LINKS),
    }


def _from_paper(desk: Desk, called: str) -> tuple[dict[str, Any], list[EobLine]]:
    document_id = id_of(desk.binder, "document", called)
    facts = desk.binder.ask(paper_facts, document_id)
    draft = draft_of(facts.rows)
    amounts = dict(draft.totals.items())
    if not amounts and not draft.lines:
        raise UserError(
            "No amounts of an explanation of benefits were read in this paper. Enter them by hand: "
            "“claimbinder eob --paper DOCUMENT --billed A --owes A”."
        )
    people: tuple[Person, ...] = desk.binder.ask(all_people)
    named = [one.id for one in people if one.name.casefold() == draft.patient.casefold()]
    known: dict[str, Any] = {
        "document_id": document_id, "provider": draft.provider, "number": draft.number,
        "processed_on": draft.processed_on, **amounts,
    }  # fmt: skip
    if draft.patient and len(named) == 1:
        known["person_id"] = named[0]
    return known, list(draft.lines)


def _lines(words: Namespace) -> list[EobLine]:
    return [_line(text, at) for at, text in enumerate(words.lines or (), start=1)]


def _line(text: str, at: int) -> EobLine:
    """Read one line as it is typed: `code=96365 billed=600 service="Infusion, first hour"`."""
    try:
        parts = [part.partition("=") for part in shlex.split(text)]
    except ValueError:
        raise UserError(f"Line {at} has a quotation mark without its pair.") from None
    known: dict[str, Any] = {}
    for name, _, value in parts:
        key = {"owes": "patient_owes", "served": "served_on"}.get(name, name.replace("-", "_"))
        known[key] = _value(key, value, at)
    return EobLine(id=str(at), eob_id="", position=at, **known)


def _value(key: str, value: str, at: int) -> Any:
    if key in AMOUNTS:
        return Money.parse(value)
    if key in _LINE_TEXTS:
        return value.replace(",", " ") if key in {"modifiers", "reasons"} else value
    if key == "served_on":
        try:
            return date.fromisoformat(value)
        except ValueError:
            raise UserError(f"“{value}” is not a date like 2026-03-31 (line {at}).") from None
    if key == "units" and value.isdigit() and len(value) < 7:
        return int(value)
    raise UserError(
        f"“{key}” with “{value}” is not part of a line. Write like served=2026-03-02 code=96365 "
        "billed=600 owes=112."
    )


def _kept(desk: Desk, made: Eob) -> Answer:
    found = next(versions for versions in _all(desk) if made.id in versions.ids)
    mine = next(each for each in found.all if each.eob.id == made.id)
    row = _row(desk, found, mine)
    lines = [f"An explanation from {made.provider or 'nobody'}: {made.id}"]
    return Answer(row, lines + ([row["change"]] if row["change"] else []))


def _row(desk: Desk, versions: Versions, each: Explained) -> dict[str, Any]:
    names = {person.id: person.name for person in desk.binder.ask(all_people)}
    eob = each.eob
    told = {name: getattr(eob, name) for name in EOB_AMOUNTS}
    return {
        "eob": eob.id,
        "claim": eob.claim_id,
        "plan": eob.plan_id,
        "patient": names.get(eob.person_id or ""),
        "provider": eob.provider or None,
        "number": eob.number or None,
        "processed_on": iso(eob.processed_on),
        "network": eob.network or None,
        "status": eob.status or None,
        **{name: money and money.plain for name, money in told.items()},
        "share": each.share and each.share.plain,
        "in_force": versions.current is each,
        "follows": eob.follows_id,
        "versions": len(versions.all),
        "change": versions.change or None,
        "paper": eob.document_id,
        "source": eob.source,
        "lines": [_line_row(line) for line in each.lines],
    }


def _line_row(line: EobLine) -> dict[str, Any]:
    shown = {
        field.name: getattr(line, field.name)
        for field in fields(line)
        if field.name not in {"eob_id", "position"}
    }
    return {
        name: value.plain if isinstance(value, Money) else iso(value)
        if isinstance(value, date) else value or None
        for name, value in shown.items()
    }  # fmt: skip
