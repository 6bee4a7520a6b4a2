"""The story of a claim: which lines others get, and the story on paper."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from pathlib import Path
from typing import Any, Final

from app.binder import Binder
from app.domain.bundle_choice import HiddenLine
from app.domain.errors import UserError
from app.exporting.exhibit_pages import ExhibitHead
from app.exporting.story_pdf import StoryEntry, story_pdf
from app.operations.bundle_words import exhibit_title, kind_name, story_word
from app.operations.ids import new_id
from app.operations.outputs import Written, write_file
from app.storage.queries.papers import paper_rows
from app.storage.queries.records import record
from app.storage.queries.story import Named, StoryLine, claim_story, public_story

_OWN_COPY: Final = "Your own copy, with private and hidden lines. It is not for others."


def hide_line(binder: Binder, claim_id: str, what: str, record_id: str) -> None:
    """Keep a line of a claim's story out of what others get; twice is as good as once.

    Raises:
        UserError: the claim's story has no such line.
    """
    line = _line(binder, claim_id, what, record_id)
    if line.is_hidden:
        return
    hidden = HiddenLine(id=new_id(), claim_id=claim_id, what=what, record_id=record_id)
    with binder.operation("Leave a line out of the story") as work:
        work.hidden_lines.add(hidden)


def show_line(binder: Binder, claim_id: str, what: str, record_id: str) -> None:
    """Let others get a line that was hidden; a private one stays private all the same.

    Raises:
        UserError: the claim's story has no such line.
    """
    _line(binder, claim_id, what, record_id)
    with binder.operation("Take a line into the story") as work:
        for hidden in work.hidden_lines.where(claim_id=claim_id, what=what, record_id=record_id):
            work.hidden_lines.remove(hidden.id)


def _line(binder: Binder, claim_id: str, what: str, record_id: str) -> StoryLine:
    for line in binder.ask(claim_story, claim_id):
        if (line.what, line.id) == (what, record_id):
            return line
    raise UserError(
        f"The story of this claim has no line “{what}/{record_id}”.",
        ask="Which line do you mean? “claimbinder story” lists them.",
    )


def line_word(line: StoryLine) -> str:
    """Return what a line is called on paper; a paper is called by its kind."""
    return kind_name(line.detail) if line.what == "document" else story_word(line.what)


def write_story(
    binder: Binder,
    claim_id: str,
    target: Path,
    *,
    today: date,
    everything: bool = False,
    put_in: Collection[Named] = (),
) -> Written:
    """Print the story of a claim as a PDF: what others may read, and what `put_in` names.

    With `everything` it is the person's own copy, with private and hidden lines.

    Raises:
        UserError: the place cannot be written to.
    """
    made = story_bytes(binder, claim_id, today=today, everything=everything, put_in=put_in)
    return write_file(target, made)


def story_bytes(
    binder: Binder,
    claim_id: str,
    *,
    today: date,
    everything: bool = False,
    put_in: Collection[Named] = (),
) -> bytes:
    """Return the PDF that `write_story` writes."""
    if everything:
        lines = binder.ask(claim_story, claim_id)
    else:
        lines = binder.ask(public_story, claim_id, put_in=put_in)
    cited = {line.document_id for line in lines if line.document_id}
    titles = {
        paper.id: exhibit_title(paper.name, paper.kind)
        for paper in binder.ask(paper_rows, only=cited)
    }
    entries = [_entry(line, titles) for line in lines]
    note = _OWN_COPY if everything else ""
    return story_pdf(exhibit_head(binder, claim_id, today), entries, note=note)


def _entry(line: StoryLine, titles: dict[str, str]) -> StoryEntry:
    paper = titles.get(line.document_id or "", "")
    text = paper if line.what == "document" and paper else line.text
    return StoryEntry(
        day=line.day,
        year=line.on.year,
        what=line_word(line),
        text=text,
        paper="" if line.what == "document" else paper,
        page=line.page,
    )


def exhibit_head(binder: Binder, claim_id: str, today: date) -> ExhibitHead:
    """Return whose pages these are, as far as it is known."""
    claim: Any = binder.ask(record, "claim", claim_id)
    if claim is None:
        raise UserError("This claim is not in the binder. Choose another one.")
    patient: Any = binder.ask(record, "person", claim.person_id) if claim.person_id else None
    plan: Any = binder.ask(record, "plan", claim.plan_id) if claim.plan_id else None
    return ExhibitHead(
        claim=claim.title,
        patient=patient.name if patient else "",
        born_on=patient.born_on if patient else None,
        plan=plan.name if plan else "",
        member_id=plan.member_id if plan else "",
        claim_number=claim.number,
        made_on=today,
    )
