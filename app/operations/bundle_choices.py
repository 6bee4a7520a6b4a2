"""What a person chooses for the bundle of a claim, and what is chosen for it until they do."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Final

from app.binder import Binder
from app.domain.bundle_choice import INKS, BundleChoice
from app.domain.choice import Choice
from app.domain.claim import Claim
from app.domain.document import is_private
from app.domain.errors import UserError
from app.operations.bundle_words import place_of
from app.operations.ids import new_id
from app.storage.queries.bundles import paid_by_papers
from app.storage.queries.care import speakers
from app.storage.queries.papers import PaperRow, paper_rows
from app.storage.queries.records import claim_records, record
from app.storage.unit_of_work import UnitOfWork

OWN_PARTS: Final = ("diary", "remarks", "notes", "dates", "payments", "costs")
"""What is kept for oneself and can be put in: the diary, what was remarked in calls, notes, dates
of one's own, what was paid in the story, and a table of what was paid while fighting."""

PATIENT_SIGNS: Final = "patient_signs"
"""Chosen where the patient signs although somebody is named who may speak for them."""

PARTS: Final = (*OWN_PARTS, PATIENT_SIGNS)

_MOST_PAGES: Final = 100_000
_RANGE: Final = re.compile(r"([0-9]{1,6})(?:\s*[-–]\s*([0-9]{1,6}))?")


@dataclass(frozen=True, kw_only=True, slots=True)
class PaperChoice:
    """How one paper goes into the bundle; `pages` as “1-3, 5”, empty for all of them."""

    document_id: str
    goes_in: bool
    pages: str = ""
    ink: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Chosen:
    """The papers of a claim in the order of the bundle, each with its choice; the parts put in."""

    papers: tuple[PaperRow, ...] = ()
    choices: Mapping[str, PaperChoice] = field(default_factory=dict[str, PaperChoice])
    parts: frozenset[str] = frozenset()

    @property
    def going_in(self) -> tuple[PaperRow, ...]:
        """The papers that go in, in their order."""
        return tuple(paper for paper in self.papers if self.choices[paper.id].goes_in)


def chosen_for(binder: Binder, claim_id: str) -> Chosen:
    """Return what goes into the bundle of a claim as it was chosen last.

    A paper that nobody chose for goes in, but for what shows money: receipts, card slips, checks,
    and papers without a kind that an expense was entered from. Papers stand as they were put, and
    else as a reviewer reads: what they said, our answer, the doctors, the proof, the rules.
    """
    kept: dict[str, BundleChoice] = {
        each.document_id: each for each in binder.ask(claim_records, "bundle_choice", claim_id)
    }
    private = binder.ask(paid_by_papers, claim_id)
    papers = _papers(binder, claim_id)

    def place(paper: PaperRow) -> tuple[Any, ...]:
        choice = kept.get(paper.id)
        put = choice.position if choice else None
        return (put is None, put or 0, *usual_place(paper))

    return Chosen(
        papers=tuple(sorted(papers, key=place)),
        choices={paper.id: _choice(paper, kept.get(paper.id), private) for paper in papers},
        parts=_parts_of(binder, claim_id),
    )


def _papers(binder: Binder, claim_id: str) -> tuple[PaperRow, ...]:
    """Return the papers of a claim, and the forms of those who may speak for its patient."""
    claim: Claim | None = binder.ask(record, "claim", claim_id)
    own = binder.ask(paper_rows, claim_id=claim_id)
    if claim is None or claim.person_id is None:
        return own
    forms = {
        each.representative.document_id
        for each in binder.ask(speakers, claim.person_id)
        if each.paper is not None and each.representative.plan_id in (None, claim.plan_id)
    }
    elsewhere = forms - {None, *(paper.id for paper in own)}
    return (*own, *binder.ask(paper_rows, only=sorted(filter(None, elsewhere))))


def usual_place(paper: PaperRow) -> tuple[Any, ...]:
    """Return where a paper stands unless a person puts it elsewhere: by kind, then by date."""
    day = paper.dated_on or paper.received_on
    return (place_of(paper.kind), day is None, day or paper.added_at.date(), paper.name, paper.id)


def with_wishes(
    chosen: Chosen,
    *,
    left_out: Sequence[str] = (),
    put_in: Sequence[str] = (),
    order: Sequence[str] = (),
    pages: Mapping[str, str] | None = None,
    parts: Collection[str] | None = None,
) -> Chosen:
    """Return a choice with the wishes for one bundle laid over it; all are ids of papers.

    Papers that `order` names come first, in that order.

    Raises:
        UserError: a paper is named that is not among those of the claim.
    """
    named = (*left_out, *put_in, *order, *(pages or {}))
    if missing := [key for key in named if key not in chosen.choices]:
        raise UserError(f"The paper “{missing[0]}” is not filed under this claim. File it first.")
    rank = {key: number for number, key in enumerate(order)}
    wished = dict(chosen.choices)
    for key, choice in chosen.choices.items():
        goes_in = (choice.goes_in or key in put_in) and key not in left_out
        some = (pages or {}).get(key, choice.pages)
        wished[key] = replace(choice, goes_in=goes_in, pages=some)
    papers = sorted(chosen.papers, key=lambda paper: rank.get(paper.id, len(rank)))
    kept = chosen.parts if parts is None else frozenset(parts)
    return replace(chosen, papers=tuple(papers), choices=wished, parts=kept)


def choose(
    binder: Binder,
    claim_id: str,
    choices: Sequence[PaperChoice],
    parts: Collection[str] | None = None,
) -> None:
    """Remember what goes into the bundle of a claim, in this order; one step to undo.

    What is as usual is not written down, so that a paper whose kind is said later still finds its
    place. `parts` are some of `PARTS`; None leaves them as they are.

    Raises:
        UserError: the claim or a paper is not there, or pages, ink or a part cannot be understood.
    """
    for choice in choices:
        parsed_pages(choice.pages)
        if choice.ink not in INKS:
            raise UserError(f"“{choice.ink}” is no ink. Choose color or black.")
    if unknown := set(parts or ()) - set(PARTS):
        raise UserError(f"“{min(unknown)}” is no part of a bundle. Choose {', '.join(PARTS)}.")
    papers = {paper.id: paper for paper in _papers(binder, claim_id)}
    if missing := [one.document_id for one in choices if one.document_id not in papers]:
        raise UserError(f"The paper “{missing[0]}” is not filed under this claim. File it first.")
    private = binder.ask(paid_by_papers, claim_id)
    order = [choice.document_id for choice in choices]
    is_usual = order == sorted(order, key=lambda key: usual_place(papers[key]))
    with binder.operation("Choose what goes in") as work:
        work.claims.get(claim_id)
        for number, choice in enumerate(choices):
            usual = _is_usual(papers[choice.document_id], private)
            _keep(work, claim_id, choice, usual=usual, position=None if is_usual else number)
        if parts is not None:
            _keep_parts(work, claim_id, parts)


def parsed_pages(text: str) -> tuple[int, ...] | None:
    """Return the pages that “1-3, 5” names, in their order and each once; None for all pages.

    Raises:
        UserError: it names no pages.
    """
    if not text.strip():
        return None
    pages: dict[int, None] = {}
    for piece in text.split(","):
        match = _RANGE.fullmatch(piece.strip())
        first = int(match[1]) if match else 0
        last = int(match[2] or first) if match else 0
        if not 0 < first <= last <= _MOST_PAGES:
            raise UserError(f"“{text.strip()}” names no pages. Write them like 1-3, 5.")
        pages |= dict.fromkeys(range(first, last + 1))
    return tuple(pages)


def _is_usual(paper: PaperRow, private: frozenset[str]) -> bool:
    """Return whether a paper usually goes in."""
    return not is_private(paper.kind, was_paid=paper.id in private)


def _choice(paper: PaperRow, kept: BundleChoice | None, private: frozenset[str]) -> PaperChoice:
    usual = _is_usual(paper, private)
    if kept is None:
        return PaperChoice(document_id=paper.id, goes_in=usual)
    goes_in = kept.included == "in" if kept.included else usual
    return PaperChoice(document_id=paper.id, goes_in=goes_in, pages=kept.pages, ink=kept.ink)


def _keep(
    work: UnitOfWork, claim_id: str, choice: PaperChoice, *, usual: bool, position: int | None
) -> None:
    included = "" if choice.goes_in == usual else ("in" if choice.goes_in else "out")
    found = work.bundle_choices.where(claim_id=claim_id, document_id=choice.document_id)
    wanted = BundleChoice(
        id=found[0].id if found else new_id(),
        claim_id=claim_id,
        document_id=choice.document_id,
        included=included,
        position=position,
        pages=choice.pages.strip(),
        ink=choice.ink,
    )
    says_nothing = (included, position, wanted.pages, wanted.ink) == ("", None, "", "")
    if found and says_nothing:
        work.bundle_choices.remove(found[0].id)
    elif found:
        work.bundle_choices.save(wanted)
    elif not says_nothing:
        work.bundle_choices.add(wanted)


def _parts_key(claim_id: str) -> str:
    return f"bundle_parts {claim_id}"


def _parts_of(binder: Binder, claim_id: str) -> frozenset[str]:
    kept: Choice | None = binder.ask(record, "choice", _parts_key(claim_id))
    return frozenset(kept.value.split()) & frozenset(PARTS) if kept else frozenset()


def _keep_parts(work: UnitOfWork, claim_id: str, parts: Collection[str]) -> None:
    key = _parts_key(claim_id)
    wanted = Choice(id=key, value=" ".join(part for part in PARTS if part in parts))
    found = work.choices.find(key)
    if found and not wanted.value:
        work.choices.remove(key)
    elif found:
        work.choices.save(wanted)
    elif wanted.value:
        work.choices.add(wanted)
