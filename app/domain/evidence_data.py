"""Reading `evidence.json`: what an appeal usually needs, for any denial and by the kind of “no”."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, Final

from app.domain.document import KINDS
from app.domain.rule_rows import RulesDataError, check_law, check_row
from app.domain.verification import Verification

_ITEM: Final = "The evidence item"
_NEEDED: Final = frozenset(
    {"id", "title", "text", "why", "for", "when", "papers"} | {"source", "sources", "verification"}
)
_OPTIONAL: Final = frozenset(
    {"also", "records", "letters", "least", "fresh", "ask", "request", "law", "law_verification"}
)
_WORDS: Final = ("title", "text", "why")
WHEN: Final = ("always", "applies", "sent")
"""Whether an item is needed always, only where it fits the case, or once the appeal was sent."""

RECORDS: Final = frozenset(
    {"denial_letter", "letter", "treatments", "failed_oral", "reactions", "infusion_reactions"}
    | {"commercial_reactions", "calls", "story", "representative", "proof", "bundle", "points"}
    | {"authorization"}
)
"""What of the binder's own records can tick an item."""


@dataclass(frozen=True, slots=True)
class KindNote:
    """Something to know about a kind of “no”, with its source."""

    text: str
    source: str
    verification: Verification


@dataclass(frozen=True, slots=True, kw_only=True)
class EvidenceItem:
    """One thing that an appeal usually needs.

    `title` names it in few words, as the packet and the calendar show it; `text` says to the person
    what it is and `why` how it helps. `denials` are the kinds of “no”
    it is for, none for any; `also` those for which it may apply. `papers` are the kinds of paper
    that say exactly this, `least` how many are needed, `fresh` that
    none may be older than the denial; `records` tick it too. `ask` is who usually
    has it, `request` the rule of the time that whoever was asked has for it. `law` is a rule that
    it rests on.
    """

    id: str
    title: str
    text: str
    why: str
    denials: frozenset[str]
    also: frozenset[str]
    when: str
    papers: frozenset[str]
    records: frozenset[str]
    letters: frozenset[str]
    least: int
    fresh: bool
    ask: str
    request: str
    law: str
    law_verification: Verification | None
    source: str
    sources: tuple[str, ...]
    verification: Verification

    def needed_when(self, reasons: frozenset[str]) -> str | None:
        """Return when the item is needed for these kinds of “no”; None for not at all."""
        if not self.denials or self.denials & reasons:
            return self.when
        return "applies" if self.also & reasons else None


@dataclass(frozen=True, slots=True)
class EvidenceBook:
    """All items in their order, the kinds of “no” by all their names, and notes by kind."""

    items: Mapping[str, EvidenceItem]
    names: Mapping[str, str]
    notes: Mapping[str, tuple[KindNote, ...]]

    def kind_of(self, word: str) -> str | None:
        """Return the kind of “no” that a word means, None for one that is not known."""
        return self.names.get("_".join(word.casefold().replace("-", " ").replace("_", " ").split()))


def parse_evidence(data: Mapping[str, Any]) -> EvidenceBook:
    """Return the book of `evidence.json`.

    Raises:
        RulesDataError: an item has an unknown word or no source, or stands there twice.
    """
    kinds: Mapping[str, Any] = data["kinds"]
    items: dict[str, EvidenceItem] = {}
    for row in data["rows"]:
        item = _item(row, data["sources"], frozenset(kinds))
        if item.id in items:
            raise RulesDataError(f"{_ITEM} {item.id} is there twice.")
        items[item.id] = item
    return EvidenceBook(
        MappingProxyType(items),
        MappingProxyType(_names(kinds)),
        MappingProxyType({kind: _notes(kind, about) for kind, about in kinds.items()}),
    )


def _names(kinds: Mapping[str, Any]) -> dict[str, str]:
    names: dict[str, str] = {}
    for kind, about in kinds.items():
        for name in (kind, *about["aliases"]):
            if name in names:
                raise RulesDataError(f"“{name}” means two kinds of “no”.")
            names[name] = kind
    return names


def _notes(kind: str, about: Mapping[str, Any]) -> tuple[KindNote, ...]:
    try:
        return tuple(
            KindNote(note["text"], note["source"], Verification(note["verification"]))
            for note in about["notes"]
        )
    except (KeyError, ValueError) as error:
        raise RulesDataError(f"A note on {kind} cannot be read: {error}.") from error


def _item(row: Mapping[str, Any], texts: Mapping[str, Any], kinds: frozenset[str]) -> EvidenceItem:
    check_row(_ITEM, row, _NEEDED, _OPTIONAL)
    check_law(_ITEM, row, texts)
    for name, known in (
        ("for", kinds),
        ("also", kinds),
        ("papers", frozenset(KINDS)),
        ("records", RECORDS),
    ):
        if unknown := frozenset(row.get(name, ())) - known:
            words = ", ".join(sorted(unknown))
            raise RulesDataError(
                f"{_ITEM} {row['id']} names in “{name}” what nobody knows: {words}."
            )
    if row["when"] not in WHEN or not all(row[name].strip() for name in _WORDS):
        raise RulesDataError(f"{_ITEM} {row['id']} does not say what, why or when.")
    try:
        return _built(row)
    except (ValueError, TypeError) as error:
        raise RulesDataError(f"{_ITEM} {row['id']} cannot be read: {error}.") from error


def _built(row: Mapping[str, Any]) -> EvidenceItem:
    law = row.get("law", "")
    return EvidenceItem(
        id=row["id"],
        title=row["title"],
        text=row["text"],
        why=row["why"],
        denials=frozenset(row["for"]),
        also=frozenset(row.get("also", ())),
        when=row["when"],
        papers=frozenset(row["papers"]),
        records=frozenset(row.get("records", ())),
        letters=frozenset(row.get("letters", ())),
        least=int(row.get("least", 1)),
        fresh=bool(row.get("fresh", False)),
        ask=row.get("ask", ""),
        request=row.get("request", ""),
        law=law,
        law_verification=Verification(row.get("law_verification")) if law else None,
        source=row["source"],
        sources=tuple(row["sources"]),
        verification=Verification(row["verification"]),
    )
