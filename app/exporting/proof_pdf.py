"""The packet that proves a sending, as one PDF: what was sent and how, and the proof behind it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

from app.domain.bundle import BoundBundle, CallRow, ExhibitPlan
from app.domain.lettering import letter_of
from app.domain.proof_packet import ProofPlan, ProvedFile
from app.exporting.binding import OwnPages, bind_behind
from app.exporting.plain_text import shortened
from app.exporting.sheets import said
from app.jobs import Progress
from app.workers import WorkerPool

TITLE: Final = "Proof that this was sent"
_LONGEST_NAME: Final = 90


def bind_proof(
    plan: ProofPlan,
    papers: Sequence[ExhibitPlan],
    target: Path,
    pool: WorkerPool,
    progress: Progress,
) -> BoundBundle:
    """Make the packet at `target`; `papers` are the receipts and confirmations, as exhibits.

    A paper that cannot go in is a gap, and a page names it and says why.

    Raises:
        UserError: the target cannot be written, or the finished file failed its check.
        Cancelled: the person asked to stop; nothing is left behind.
    """
    marks = tuple(letter_of(position) for position in range(len(papers)))
    bookmarks = tuple(
        f"Exhibit {mark}: {shortened(paper.title, _LONGEST_NAME)}"
        for mark, paper in zip(marks, papers, strict=True)
    )
    own = OwnPages(
        template="proof.typ",
        title=TITLE,
        made_on=plan.made_on,
        front=_front(plan, papers, marks, bookmarks),
        marks=marks,
        bookmarks=bookmarks,
    )
    return bind_behind(own, papers, target, pool, progress, allow_gaps=True)


def _front(
    plan: ProofPlan, papers: Sequence[ExhibitPlan], marks: Sequence[str], bookmarks: Sequence[str]
) -> dict[str, Any]:
    """Return what is printed, but for the `pages` of each exhibit (see `assemble`)."""
    return {
        "made": f"Made on {said(plan.made_on)}",
        "summary": plan.summary,
        "case": [list(row) for row in plan.case],
        "sent": [list(row) for row in plan.sent],
        "files": [_file(file) for file in plan.files],
        "kept": said(plan.kept_on),
        "whole": all(file.is_beside for file in plan.files),
        "calls": [_call(call) for call in plan.calls],
        "exhibits": [
            {
                "letter": mark,
                "name": shortened(paper.title, _LONGEST_NAME),
                "kind": paper.kind if paper.kind != paper.title else "",
                "on": said(paper.on),
                "bookmark": bookmark,
            }
            for mark, bookmark, paper in zip(marks, bookmarks, papers, strict=True)
        ],
    }


def _file(file: ProvedFile) -> dict[str, str]:
    """Return a file in words; its fingerprint stands in groups, so that it can be compared."""
    groups = [file.sha256[at : at + 8] for at in range(0, len(file.sha256), 8)]
    pages = "1 page" if file.pages == 1 else f"{file.pages} pages"
    return {
        "name": shortened(file.name, _LONGEST_NAME),
        "size": f"{file.size:,} bytes",
        "pages": pages if file.pages else "",
        "sha256": " ".join(groups),
        "remark": file.remark,
    }


def _call(call: CallRow) -> dict[str, str]:
    promise = call.promised
    if promise and call.promised_by:
        promise = f"{promise} (by {said(call.promised_by)})"
    return {
        "on": " ".join(filter(None, (said(call.on), call.at))),
        "who": call.with_whom,
        "reference": call.reference,
        "said": call.said,
        "promised": promise,
    }
