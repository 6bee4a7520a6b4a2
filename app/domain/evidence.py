"""The evidence checklist of a denial: what an appeal needs, what is there, and what lacks."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final, Literal

from app.domain.denial import Denial
from app.domain.evidence_data import EvidenceBook, EvidenceItem, KindNote
from app.domain.evidence_known import EvidenceKnown, FiledPaper
from app.domain.evidence_mark import EvidenceMark
from app.domain.treatment import Treatment

State = Literal["missing", "asked", "have", "not_needed"]
STATES: Final[tuple[State, ...]] = ("missing", "asked", "have", "not_needed")

_FAILED: Final = frozenset({"no_effect", "reaction", "not_tolerated"})
_REACTED: Final = frozenset({"reaction", "not_tolerated"})
_APPROVED: Final = frozenset({"approved", "partly", "ended"})
_GONE: Final = frozenset({"appealed", "answered"})
"""Where a denial stands once its appeal was sent."""


@dataclass(frozen=True, slots=True)
class Asked:
    """Who was asked for an item and when, and the open day to ask again, if there is one.

    `is_request` tells that it is no mark on the list but a request with a time of its own.
    """

    of: str
    on: date | None
    again_on: date | None
    is_request: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ChecklistItem:
    """One item as it stands now. `when` is one of `evidence_data.WHEN` for this denial.

    `papers` tick it, alone or as the proof of records; `records` says in plain words which of the
    binder's own records do. Neither is there unless the item is ticked, but for `papers` of an
    item that takes more of them. `marked` are the papers that a person named.
    """

    item: EvidenceItem
    when: str
    state: State
    papers: tuple[FiledPaper, ...] = ()
    records: str = ""
    asked: Asked | None = None
    marked: frozenset[str] = frozenset()

    @property
    def is_needed(self) -> bool:
        """Return whether the appeal should have it: by itself, or because somebody asked for it."""
        if self.state == "not_needed":
            return False
        return self.when == "always" or self.asked is not None

    @property
    def lacks(self) -> bool:
        """Return whether it is needed and not there."""
        return self.is_needed and self.state in {"missing", "asked"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Checklist:
    """The list of one denial; without a known reason it has only what every appeal needs.

    `reasons` are the kinds of “no” it is for, `unknown` the words that are none of them.
    """

    claim_id: str
    denial_id: str | None
    reasons: tuple[str, ...]
    unknown: tuple[str, ...]
    items: tuple[ChecklistItem, ...]
    notes: tuple[KindNote, ...]

    @property
    def counted(self) -> tuple[ChecklistItem, ...]:
        """What counts for “9 of 13 there”: what is needed, and what is there beyond that."""
        return tuple(each for each in self.items if each.is_needed or each.state == "have")

    @property
    def there(self) -> int:
        """How many of `counted` are there."""
        return sum(each.state == "have" for each in self.counted)

    def item(self, key: str) -> ChecklistItem | None:
        """Return an item by its id, None if it is not on this list."""
        return next((each for each in self.items if each.item.id == key), None)


def checklist_of(book: EvidenceBook, known: EvidenceKnown, today: date) -> Checklist:
    """Return the checklist of a denial, or of a claim to which nobody said no yet."""
    words = [known.denial.kind] if known.denial and known.denial.kind.strip() else []
    words += [word for word in known.reasons if word not in words]
    named = [(word, book.kind_of(word)) for word in words]
    reasons = tuple(dict.fromkeys(kind for _, kind in named if kind))
    items = tuple(
        _checked(item, when, known, today)
        for item in book.items.values()
        if (when := item.needed_when(frozenset(reasons)))
    )
    return Checklist(
        claim_id=known.claim_id,
        denial_id=known.denial.id if known.denial else None,
        reasons=reasons,
        unknown=tuple(word for word, kind in named if kind is None),
        items=items,
        notes=tuple(note for kind in reasons for note in book.notes[kind]),
    )


def _checked(item: EvidenceItem, when: str, known: EvidenceKnown, today: date) -> ChecklistItem:
    if when == "sent" and (known.sent or (known.denial and known.denial.standing in _GONE)):
        when = "always"
    marks = [mark for mark in known.marks if mark.item == item.id]
    named = {mark.document_id for mark in marks if mark.state == "proved" and mark.document_id}
    marked = [paper for paper in known.papers if paper.id in named]
    by_kind = [paper for paper in known.papers if _says(paper, item, known.denial)]
    from_records, told = _by_records(item, known, today)
    enough = by_kind if len(by_kind) >= item.least else []
    papers = tuple(dict.fromkeys((*marked, *enough, *from_records)))
    asked = _asked(marks, known) or _requested(item, known)
    state = _state(marks, is_there=bool(papers or told), is_asked=asked is not None)
    return ChecklistItem(
        item=item,
        when=when,
        state=state,
        papers=papers or (tuple(by_kind) if state != "not_needed" else ()),
        records=told,
        asked=asked,
        marked=frozenset(paper.id for paper in marked),
    )


def _says(paper: FiledPaper, item: EvidenceItem, denial: Denial | None) -> bool:
    """Return whether the kind of a paper says that it is the item, for this denial."""
    if paper.kind not in item.papers:
        return False
    notice_on = denial.notice_on if denial and item.fresh else None
    return notice_on is None or paper.on is None or paper.on >= notice_on


def _state(marks: Iterable[EvidenceMark], *, is_there: bool, is_asked: bool) -> State:
    """A person's “does not apply” stands before all; what is there needs no asking."""
    if any(mark.state == "not_needed" for mark in marks):
        return "not_needed"
    if is_there:
        return "have"
    return "asked" if is_asked else "missing"


def _asked(marks: Iterable[EvidenceMark], known: EvidenceKnown) -> Asked | None:
    mark = next((mark for mark in marks if mark.state == "asked"), None)
    if mark is None:
        return None
    again = known.asks_again.get(mark.id)
    return Asked(mark.asked_of, mark.asked_on, again.last_day if again and again.is_open else None)


def _requested(item: EvidenceItem, known: EvidenceKnown) -> Asked | None:
    """Return a request for papers that still runs and would bring the item."""
    for clock in known.requests:
        if item.request and clock.rule_id == item.request:
            of = clock.asked_of or item.ask
            return Asked(of, clock.started_on, None, is_request=True)
    return None


Ticked = tuple[Sequence[FiledPaper], str]
"""The papers of the records that tick an item, and these records in words."""


def _by_records(item: EvidenceItem, known: EvidenceKnown, today: date) -> Ticked:
    papers: list[FiledPaper] = []
    told: list[str] = []
    for name in sorted(item.records):
        found, words = _RECORDS[name](item, known, today)
        papers += found
        told += [words] if words else []
    return papers, "; ".join(told)


def _filed(known: EvidenceKnown, ids: Iterable[str | None]) -> list[FiledPaper]:
    wanted = set(ids)
    return [paper for paper in known.papers if paper.id in wanted]


def _denial_letter(_item: EvidenceItem, known: EvidenceKnown, _today: date) -> Ticked:
    return _filed(known, [known.denial.document_id] if known.denial else []), ""


def _letter(item: EvidenceItem, known: EvidenceKnown, _today: date) -> Ticked:
    is_written = bool(item.letters & set(known.letters))
    return (), "the letter is written here" if is_written else ""


def _treatments(_item: EvidenceItem, known: EvidenceKnown, _today: date) -> Ticked:
    count = len(known.treatments)
    words = f"{count} {'treatment' if count == 1 else 'treatments'} listed" if count else ""
    return _filed(known, (each.document_id for each in known.treatments)), words


def _proved(fits: Callable[[Treatment], bool]) -> Callable[..., Ticked]:
    """Return what asks for treatments of a sort: only those count whose paper is there."""

    def ask(_item: EvidenceItem, known: EvidenceKnown, _today: date) -> Ticked:
        return _filed(known, (each.document_id for each in known.treatments if fits(each))), ""

    return ask


def _calls(_item: EvidenceItem, known: EvidenceKnown, _today: date) -> Ticked:
    return (), f"{known.calls} {'call' if known.calls == 1 else 'calls'} logged" * bool(known.calls)


def _story(_item: EvidenceItem, known: EvidenceKnown, _today: date) -> Ticked:
    is_told = known.denial is not None and bool(known.papers)
    return (), "the story of the claim goes into the bundle" if is_told else ""


def _representative(_item: EvidenceItem, known: EvidenceKnown, today: date) -> Ticked:
    level = known.denial.level if known.denial else 1
    holding = [each for each in known.representatives if each.holds(today, known.plan_id, level)]
    return _filed(known, (each.document_id for each in holding)), ""


def _authorization(_item: EvidenceItem, known: EvidenceKnown, _today: date) -> Ticked:
    given = (each for each in known.authorizations if each.status in _APPROVED)
    return _filed(known, (each.document_id for each in given)), ""


def _proof(_item: EvidenceItem, known: EvidenceKnown, _today: date) -> Ticked:
    return _filed(known, known.proof_papers), ""


def _bundle(_item: EvidenceItem, known: EvidenceKnown, _today: date) -> Ticked:
    return (), "the bundle has them" if known.bundles else ""


def _points(_item: EvidenceItem, known: EvidenceKnown, _today: date) -> Ticked:
    is_whole = known.points > 0 and known.answered_points == known.points
    return (), f"all {known.points} points are answered" if is_whole else ""


_RECORDS: Final[Mapping[str, Callable[[EvidenceItem, EvidenceKnown, date], Ticked]]] = {
    "denial_letter": _denial_letter,
    "letter": _letter,
    "treatments": _treatments,
    "failed_oral": _proved(lambda each: each.route == "oral" and each.outcome in _FAILED),
    "reactions": _proved(lambda each: bool(each.reaction) or each.outcome in _REACTED),
    "infusion_reactions": _proved(
        lambda each: each.route == "infusion" and (bool(each.reaction) or each.outcome in _REACTED)
    ),
    "commercial_reactions": _proved(
        lambda each: (
            each.product == "commercial" and (bool(each.reaction) or each.outcome in _REACTED)
        )
    ),
    "calls": _calls,
    "story": _story,
    "representative": _representative,
    "authorization": _authorization,
    "proof": _proof,
    "bundle": _bundle,
    "points": _points,
}
