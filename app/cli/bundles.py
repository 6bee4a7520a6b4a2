"""The commands around a bundle: what is blacked out, which were made, and their exact bytes."""

from __future__ import annotations

from argparse import Namespace
from typing import Any

from app.cli.answer import Answer, table
from app.cli.desk import Desk, with_binder
from app.cli.naming import id_or_none, kept, kept_claim
from app.cli.sending import wishes_of
from app.domain.bundle import BlackBox
from app.operations.black_outs import black_boxes, set_black_outs
from app.operations.bundle_originals import hand_out_originals
from app.operations.bundle_plan import plan_bundle
from app.operations.saved_bundles import take_bundle_file_out
from app.storage.queries.bundles import MadeBundle, made_bundles


@with_binder
def black_out(desk: Desk, words: Namespace) -> Answer:
    """Black out parts of a page of a paper, or show what is blacked out."""
    document_id = kept(desk.binder, "document", words.document)
    boxes = _boxes(desk, document_id)
    if words.none:
        boxes = [box for box in boxes if box.page != words.page]
    for x0, y0, x1, y1 in words.box:
        boxes.append(BlackBox(page=words.page, x0=x0, y0=y0, x1=x1, y1=y1))
    if words.none or words.box:
        set_black_outs(desk.binder, document_id, boxes)
        boxes = _boxes(desk, document_id)
    value = {
        "document": document_id,
        "boxes": [
            {"page": box.page, "box": [box.x0, box.y0, box.x1, box.y1]} for box in boxes
        ],
    }  # fmt: skip
    lines = [f"Page {box.page}: {box.x0}, {box.y0}, {box.x1}, {box.y1}" for box in boxes]
    return Answer(value, lines or ["Nothing is blacked out on this paper."])


def _boxes(desk: Desk, document_id: str) -> list[BlackBox]:
    return list(black_boxes(desk.binder, [document_id]).get(document_id, ()))


@with_binder
def bundles(desk: Desk, words: Namespace) -> Answer:
    """List the bundles that were made, the newest first."""
    claim_id = id_or_none(desk.binder, "claim", words.claim)
    found = desk.binder.ask(made_bundles, claim_id)
    rows = [
        (made.bundle.id, f"{made.bundle.made_at.astimezone():%Y-%m-%d}", made.bundle.title,
         made.bundle.profile, made.pages, "sent" if made.is_sent else "")
        for made in found
    ]  # fmt: skip
    header = ("Bundle", "Made", "Title", "For", "Pages", "")
    return Answer(
        [_row(made) for made in found],
        table(header, rows) if rows else ["No bundle was made yet."],
    )


def _row(made: MadeBundle) -> dict[str, Any]:
    return {
        "bundle": made.bundle.id,
        "claim": made.bundle.claim_id,
        "denial": made.bundle.denial_id,
        "title": made.bundle.title,
        "profile": made.bundle.profile,
        "made_at": made.bundle.made_at.isoformat(),
        "sent": made.is_sent,
        "files": [
            {"name": file.name, "pages": file.pages, "bytes": file.size, "sha256": file.sha256}
            for file in made.files
        ],
    }


@with_binder
def bundle_file(desk: Desk, words: Namespace) -> Answer:
    """Copy out the exact bytes of a bundle that was made."""
    ids = [made.bundle.id for made in desk.binder.ask(made_bundles)]
    fitting = [key for key in ids if words.bundle and key.startswith(words.bundle)]
    bundle_id = fitting[0] if len(fitting) == 1 else words.bundle
    taken = take_bundle_file_out(desk.binder, bundle_id, desk.outside(words.output))
    value = [{"path": str(each.path), "bytes": each.size, "sha256": each.sha256} for each in taken]
    lines = [f"Wrote {each.path}, {each.size} bytes, SHA-256 {each.sha256}" for each in taken]
    return Answer({"bundle": bundle_id, "files": value}, lines)


@with_binder
def originals(desk: Desk, words: Namespace) -> Answer:
    """Copy the originals of a bundle out in their order, with a plain cover."""
    claim_id = kept_claim(desk.binder, words.claim)
    plan = plan_bundle(
        desk.binder, claim_id, today=desk.today, wishes=wishes_of(desk, words),
        denial_id=id_or_none(desk.binder, "denial", words.denial),
    )  # fmt: skip
    handed = hand_out_originals(desk.binder, plan, desk.outside(words.output))
    left = [
        {"document": gap.document_id, "name": gap.name, "reason": gap.reason}
        for gap in handed.left_out
    ]
    lines = [f"Wrote {path}" for path in handed.files]
    lines += [f"Left out: {gap.name}. {gap.reason}" for gap in handed.left_out]
    return Answer({"files": [str(path) for path in handed.files], "left_out": left}, lines)
