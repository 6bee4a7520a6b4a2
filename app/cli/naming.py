"""What a person calls a record: its id, the beginning of its id, or exactly its name."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial
from typing import Any, Final

from app.binder import Binder
from app.domain.errors import UserError
from app.storage.queries.calls import call_rows
from app.storage.queries.claims import claim_rows
from app.storage.queries.clocks import clock_rows
from app.storage.queries.money import expense_rows
from app.storage.queries.papers import paper_rows
from app.storage.queries.records import (
    all_people,
    all_plans,
    date_names,
    denial_names,
    record,
    record_names,
)
from app.storage.queries.trash import trash_rows

Named = tuple[str, str]
"""The id and the name of a record."""

_SHORTEST: Final = 3
_MOST_NAMED: Final = 5
_WORDS: Final = {
    "document": "paper", "due_item": "date", "clock": "step", "hsa_account": "HSA",
    "necessity_letter": "letter of medical necessity", "eob": "explanation of benefits",
    "aid": "program or quote",
}  # fmt: skip
_TITLED: Final = (
    "provider", "representative", "treatment", "authorization", "letter", "sending",
    "hsa_account", "withdrawal", "contribution", "necessity_letter", "eob", "bill", "aid",
)  # fmt: skip
"""What people call a kind of record, where it has another name here."""
_LISTS: Final = {
    "document": "claimbinder documents",
    "claim": "claimbinder claims",
    "call": "claimbinder calls",
    "expense": "claimbinder expenses",
    "due_item": "claimbinder deadlines --all",
    "denial": "claimbinder deadlines",
    "clock": "claimbinder deadlines",
}


def id_of(binder: Binder, kind: str, called: str) -> str:
    """Return the id of the one record that is called this.

    Raises:
        UserError: there is none, or more than one; `ask` then lists them.
    """
    if binder.ask(record, kind, called) is not None:
        return called
    return _chosen(kind, called, _NAMES[kind](binder))


def record_of(binder: Binder, kind: str, called: str) -> Any:
    """Return the one record that is called this.

    Raises:
        UserError: there is none, or more than one.
    """
    return binder.ask(record, kind, id_of(binder, kind, called))


def id_or_none(binder: Binder, kind: str, called: str | None) -> str | None:
    """Return the id of the record that is called this, or None where nothing was said."""
    return id_of(binder, kind, called) if called else None


def kept(binder: Binder, kind: str, called: str) -> str:
    """Return the id of the one record that is called this, to write something down about it.

    Raises:
        UserError: there is none, or more than one, or it lies in the trash: what is written there
            would be seen nowhere.
    """
    key = id_of(binder, kind, called)
    if any((row.kind, row.id) == (kind, key) for row in binder.ask(trash_rows)):
        word = _WORDS.get(kind, kind)
        raise UserError(
            f"The {word} “{called}” is in the trash. Take it out first: “claimbinder untrash "
            f"{kind} {key}”.",
            ask=f"Is it this {word}, or another one that you mean?",
        )
    return key


def kept_or_none(binder: Binder, kind: str, called: str | None) -> str | None:
    """Return the id of the record that is called this, or None where nothing was said."""
    return kept(binder, kind, called) if called else None


def kept_claim(binder: Binder, called: str) -> str:
    """Return the id of the one claim that is called this, to write something down about it."""
    return kept(binder, "claim", called)


def kept_claim_or_none(binder: Binder, called: str | None) -> str | None:
    """Return the id of the claim that is called this, or None where nothing was said."""
    return kept_claim(binder, called) if called else None


def id_in_trash(binder: Binder, kind: str, called: str) -> str:
    """Return the id of the one record in the trash that is called this."""
    rows = [row for row in binder.ask(trash_rows) if row.kind == kind]
    return _chosen(kind, called, ((row.id, row.title) for row in rows))


def _chosen(kind: str, called: str, records: Iterable[Named]) -> str:
    known = list(records)
    folded = " ".join(called.split()).casefold()
    fitting = [key for key, name in known if folded and name.casefold() == folded]
    if not fitting and len(called) >= _SHORTEST:
        fitting = [key for key, _ in known if key.startswith(called.casefold())]
    if len(fitting) == 1:
        return fitting[0]
    word = _WORDS.get(kind, kind)
    if fitting:
        some = ", ".join(fitting[:_MOST_NAMED])
        raise UserError(
            f"{len(fitting)} {word}s are called “{called}”. Name one by its id.",
            ask=f"Which of these do you mean: {some}?",
        )
    listed = f" “{_LISTS[kind]}” lists them." if kind in _LISTS else ""
    raise UserError(f"There is no {word} “{called}” in this binder.{listed}")


def _documents(binder: Binder) -> list[Named]:
    return [(row.id, row.name) for row in binder.ask(paper_rows)]


def _claims(binder: Binder) -> list[Named]:
    return [(row.id, row.title) for row in binder.ask(claim_rows)]


def _people(binder: Binder) -> list[Named]:
    return [(person.id, person.name) for person in binder.ask(all_people)]


def _plans(binder: Binder) -> list[Named]:
    return [(plan.id, plan.name) for plan in binder.ask(all_plans)]


def _calls(binder: Binder) -> list[Named]:
    return [(row.id, "") for row in binder.ask(call_rows)]


def _expenses(binder: Binder) -> list[Named]:
    return [(row.id, "") for row in binder.ask(expense_rows)]


def _dates(binder: Binder) -> list[Named]:
    return list(binder.ask(date_names))


def _denials(binder: Binder) -> list[Named]:
    return list(binder.ask(denial_names))


def _clocks(binder: Binder) -> list[Named]:
    rows = binder.ask(clock_rows, include_settled=True)
    return [(row.clock.id, row.clock.title) for row in rows]


def _titles(kind: str, binder: Binder) -> list[Named]:
    return list(binder.ask(record_names, kind))


_NAMES: Final[dict[str, Callable[[Binder], list[Named]]]] = {
    "document": _documents,
    "claim": _claims,
    "person": _people,
    "plan": _plans,
    "call": _calls,
    "expense": _expenses,
    "due_item": _dates,
    "denial": _denials,
    "clock": _clocks,
    **{kind: partial(_titles, kind) for kind in _TITLED},
}
