"""The plan of a bundle: everything the record has to say, and the papers that were chosen."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from app.binder import Binder
from app.domain.bundle import BundlePlan, ExhibitPlan
from app.domain.errors import UserError
from app.domain.letter import Letter
from app.domain.lettering import letter_of
from app.domain.saved_bundle import PROFILES
from app.operations.black_outs import black_boxes
from app.operations.bundle_case import Case, case_of
from app.operations.bundle_choices import (
    PATIENT_SIGNS,
    Chosen,
    chosen_for,
    parsed_pages,
    with_wishes,
)
from app.operations.bundle_plan_cover import cover_of
from app.operations.bundle_plan_rows import (
    call_log,
    criterion_rows,
    diary_rows,
    evidence_rows,
    story_rows,
    treatment_rows,
)
from app.operations.checklist import checklist
from app.operations.exhibits import exhibit_of
from app.operations.fighting_costs import fighting_costs_of
from app.operations.letter_lists import with_enclosures
from app.operations.papers import wanted
from app.storage.queries.records import claim_records

_SCALE: Final = 10_000  # of the corners of a black box as they are kept
PAPER_SIZES: Final = ("letter", "a4")
APPEAL_LETTERS: Final = frozenset({"appeal", "second_appeal", "external_review"})
"""The templates of letters that are an appeal themselves."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Form:
    """How a bundle goes out: for whom, on which paper, in parts of at most which size."""

    profile: str = "print"
    paper: str = "letter"
    max_bytes: int | None = None
    max_pages: int | None = None
    pdf_a: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class Wishes:
    """What is wanted of one bundle beyond what was chosen for its claim; ids of papers.

    `pages` are the pages of papers as “1-3, 5”; papers in `order` come first, in that order.
    `parts` are the parts that go in, None for those that were chosen.
    """

    left_out: Sequence[str] = ()
    put_in: Sequence[str] = ()
    order: Sequence[str] = ()
    pages: Mapping[str, str] | None = None
    parts: Sequence[str] | None = None


NO_WISHES: Final = Wishes()
PRINTED: Final = Form()


def plan_bundle(
    binder: Binder,
    claim_id: str,
    *,
    today: date,
    denial_id: str | None = None,
    wishes: Wishes = NO_WISHES,
    form: Form = PRINTED,
) -> BundlePlan:
    """Choose and order what goes into the bundle of a claim; nothing is opened or written yet.

    It answers the newest open denial, unless another is named. What is kept for oneself stays out
    until it is chosen: receipts and what else shows money, the diary, notes, remarks on calls.

    Raises:
        UserError: the claim or denial does not exist, or a wish cannot be understood.
    """
    _check(form)
    wanted(binder, "claim", claim_id)
    chosen = chosen_with(binder, claim_id, wishes)
    case = case_of(binder, claim_id, today, denial_id, patient_signs=PATIENT_SIGNS in chosen.parts)
    exhibits = planned_exhibits(binder, chosen)
    shown = {exhibit.document_id: exhibit for exhibit in exhibits}
    denial = case.denial
    evidence = checklist(binder, claim_id, denial.id if denial else None)
    return BundlePlan(
        title=f"Appeal: {case.claim.title}",
        made_on=today,
        cover=cover_of(case),
        exhibits=exhibits,
        story=tuple(story_rows(binder, claim_id, shown, chosen.parts)),
        calls=tuple(call_log(binder, claim_id, chosen.parts)),
        letter=_letter(binder, case, chosen, exhibits),
        criteria=tuple(criterion_rows(binder, denial.id, shown)) if denial else (),
        treatments=tuple(treatment_rows(binder, claim_id, shown)),
        evidence=tuple(evidence_rows(evidence, shown)),
        diary=tuple(diary_rows(binder, claim_id)) if "diary" in chosen.parts else (),
        costs=fighting_costs_of(binder, claim_id, today=today) if "costs" in chosen.parts else None,
        profile=form.profile,
        paper=form.paper,
        max_bytes=form.max_bytes,
        max_pages=form.max_pages,
        pdf_a=form.pdf_a,
    )


def chosen_with(binder: Binder, claim_id: str, wishes: Wishes) -> Chosen:
    """Return what was chosen for a claim, with the wishes for one bundle laid over it."""
    return with_wishes(
        chosen_for(binder, claim_id), left_out=wishes.left_out, put_in=wishes.put_in,
        order=wishes.order, pages=wishes.pages, parts=wishes.parts,
    )  # fmt: skip


def planned_exhibits(binder: Binder, chosen: Chosen) -> tuple[ExhibitPlan, ...]:
    """Return the chosen papers as exhibits: their pages, their ink, and what is blacked out."""
    papers = chosen.going_in
    boxes = black_boxes(binder, [paper.id for paper in papers])
    made: list[ExhibitPlan] = []
    for paper in papers:
        choice = chosen.choices[paper.id]
        made.append(
            replace(
                exhibit_of(paper),
                pages=parsed_pages(choice.pages),
                ink=choice.ink,
                black_outs=boxes.get(paper.id, ()),
            )
        )
    return tuple(made)


def newest_appeal_letter(binder: Binder, case: Case) -> Letter | None:
    """Return the letter with which this denial is appealed, the one that was changed last."""
    letters: Sequence[Letter] = binder.ask(claim_records, "letter", case.claim.id)
    denial_id = case.denial.id if case.denial else None
    fitting = [
        letter
        for letter in letters
        if letter.kind in APPEAL_LETTERS and letter.denial_id in (None, denial_id)
    ]
    return max(fitting, key=lambda letter: (letter.changed_at, letter.id), default=None)


def _letter(binder: Binder, case: Case, chosen: Chosen, exhibits: Sequence[ExhibitPlan]) -> str:
    """Return the text of the appeal letter; one that was kept among the papers is an exhibit.

    Where it still has a blank for what goes along, the exhibits fill it, unless it is signed.
    """
    letter = newest_appeal_letter(binder, case)
    if letter is None or any(paper.id == letter.document_id for paper in chosen.papers):
        return ""
    if letter.signed_on is not None:
        return letter.body
    return with_enclosures(letter.body, _enclosed(exhibits))


def _enclosed(exhibits: Sequence[ExhibitPlan]) -> str:
    """Return what a letter within the bundle says is enclosed: the cover lists it by name."""
    last = letter_of(max(len(exhibits) - 1, 0))
    which = "Exhibit A" if last == "A" else f"Exhibits A to {last}"
    return f"{which}, as listed on the first page."


def exhibit_names(exhibits: Sequence[ExhibitPlan]) -> list[str]:
    """Return how a letter lists the exhibits, in their order."""
    return [
        f"Exhibit {letter_of(number)}: {exhibit.title}" for number, exhibit in enumerate(exhibits)
    ]


def _check(form: Form) -> None:
    if form.profile not in PROFILES:
        raise UserError(f"“{form.profile}” is no profile. Choose {', '.join(PROFILES)}.")
    if form.paper not in PAPER_SIZES:
        raise UserError(f"“{form.paper}” is no size of paper. Choose letter or a4.")
