"""The command that makes the envelope's contents: bundle."""

from __future__ import annotations

from argparse import Namespace
from typing import Any

from app.cli.answer import DONE, REFUSED, Answer
from app.cli.desk import Desk, with_binder
from app.cli.naming import id_of
from app.domain.bundle import BoundBundle
from app.domain.errors import UserError
from app.operations.bundles import bind_bundle, plan_bundle

_MEGABYTE = 1_000_000


@with_binder
def bundle(desk: Desk, words: Namespace) -> Answer:
    """Bind the appeal bundle of a claim."""
    if words.profile != "print":
        raise UserError(
            f"The profile “{words.profile}” comes with a later version. "
            "Use the profile “print”, which is one PDF."
        )
    claim_id = id_of(desk.binder, "claim", words.claim)
    plan = plan_bundle(
        desk.binder,
        claim_id,
        today=desk.today,
        put_in=[id_of(desk.binder, "document", called) for called in words.put_in],
        left_out=[id_of(desk.binder, "document", called) for called in words.left_out],
    )
    bound = bind_bundle(
        desk.binder,
        desk.workers,
        plan,
        desk.outside(words.output),
        desk.progress,
        allow_gaps=words.allow_gaps,
    )
    value = _value(bound)
    value["warnings"] += _too_large(bound, words)
    stopped = bool(bound.gaps) and not bound.files
    return Answer(value, _lines(bound, value), REFUSED if stopped else DONE)


def _too_large(bound: BoundBundle, words: Namespace) -> list[str]:
    """Return what to say where the one file of this profile is beyond the limits asked for."""
    said: list[str] = []
    for file in bound.files:
        if words.max_mb and file.bytes > words.max_mb * _MEGABYTE:
            said.append(
                f"The file has {file.bytes / _MEGABYTE:.1f} MB, more than {words.max_mb}. "
                "The profile “print” is always one file."
            )
        if words.max_pages and file.pages > words.max_pages:
            said.append(
                f"The file has {file.pages} pages, more than {words.max_pages}. "
                "The profile “print” is always one file."
            )
    return said


def _value(bound: BoundBundle) -> dict[str, Any]:
    return {
        "files": [
            {
                "path": str(file.path),
                "pages": file.pages,
                "bytes": file.bytes,
                "sha256": file.sha256,
            }
            for file in bound.files
        ],
        "exhibits": [
            {
                "letter": exhibit.letter,
                "title": exhibit.title,
                "document": exhibit.document_id,
                "first_page": exhibit.first_page,
                "pages": exhibit.pages,
            }
            for exhibit in bound.exhibits
        ],
        "gaps": [
            {"document": gap.document_id, "name": gap.name, "reason": gap.reason}
            for gap in bound.gaps
        ],
        "warnings": list(bound.warnings),
        "removed": [
            {"document": item.document_id, "what": item.what, "count": item.count}
            for item in bound.removed
        ],
    }


def _lines(bound: BoundBundle, value: dict[str, Any]) -> list[str]:
    lines = [f"Wrote {file.path}: {file.pages} pages" for file in bound.files]
    if bound.gaps and not bound.files:
        lines.append("Nothing was written: these papers cannot go in.")
    lines += [f"  {gap.name}: {gap.reason}" for gap in bound.gaps]
    if bound.gaps and not bound.files:
        lines.append("Leave them to --allow-gaps, and a page will say what is missing.")
    lines += [
        f"  Exhibit {exhibit.letter}, page {exhibit.first_page}: {exhibit.title}"
        for exhibit in bound.exhibits
    ]
    return lines + [f"Note: {warning}" for warning in value["warnings"]]
