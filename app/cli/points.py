"""Commands on the points to answer: why it should be approved."""

from __future__ import annotations

from argparse import Namespace
from typing import Any

from app.cli.answer import Answer
from app.cli.desk import Desk, with_binder
from app.cli.evidence import denial_of
from app.cli.naming import id_of, kept, kept_claim, kept_or_none
from app.domain.errors import UserError
from app.operations import criteria
from app.operations.criteria import Proof, suggested_reasons
from app.storage.queries.evidence import PointRow, criteria_of


@with_binder
def points(desk: Desk, words: Namespace) -> Answer:
    """List the points of a denial; with `--suggest` its own reasons that are no point yet."""
    claim_id = id_of(desk.binder, "claim", words.claim)
    denial_id = denial_of(desk, claim_id, words.denial)
    if words.suggest:
        found = suggested_reasons(desk.binder, denial_id)
        rows = [
            {"quote": each.quote, "document": each.document_id, "page": each.page} for each in found
        ]
        return Answer(rows, [each.quote for each in found])
    shown = desk.binder.ask(criteria_of, denial_id)
    return Answer([_row(point) for point in shown], [_line(point) for point in shown])


@with_binder
def point_new(desk: Desk, words: Namespace) -> Answer:
    """Add a point to answer."""
    claim_id = kept_claim(desk.binder, words.claim)
    denial_id = denial_of(desk, claim_id, words.denial)
    known = {"kind": words.kind, **_said(desk, words)}
    made = criteria.add_point(
        desk.binder, denial_id, words.quote, proofs=_proofs(desk, words) or (), **known
    )
    return _told(desk, denial_id, made.id)


@with_binder
def point_change(desk: Desk, words: Namespace) -> Answer:
    """Change a point: its words, its place, its answer or its proofs."""
    known = _said(desk, words)
    known |= {"kind": words.kind} if words.kind else {}
    known |= {"quote": words.quote} if words.quote is not None else {}
    proofs = () if words.no_proof else _proofs(desk, words)
    if words.no_proof and words.proof:
        raise UserError("Say either --proof or --no-proof.")
    point = criteria.change_point(desk.binder, words.point, proofs=proofs, **known)
    if words.position:
        criteria.move_point(desk.binder, point.id, words.position)
    return _told(desk, point.denial_id, point.id)


@with_binder
def point_remove(desk: Desk, words: Namespace) -> Answer:
    """Remove a point."""
    criteria.remove_point(desk.binder, words.point)
    return Answer({"point": words.point}, ["Removed the point."])


def _said(desk: Desk, words: Namespace) -> dict[str, Any]:
    """Return what was said of the place of the quote and of the answer; the rest stays."""
    known: dict[str, Any] = {}
    if words.source:
        known["source_document_id"] = kept_or_none(desk.binder, "document", words.source)
    if words.page:
        known["source_page"] = words.page
    if words.answer is not None:
        known["answer"] = words.answer
    return known


def _proofs(desk: Desk, words: Namespace) -> tuple[Proof, ...] | None:
    """Return the papers that prove it; DOCUMENT:PAGE names a page."""
    if not words.proof:
        return None
    return tuple(_proof(desk, typed) for typed in words.proof)


def _proof(desk: Desk, typed: str) -> Proof:
    called, _, page = typed.rpartition(":")
    if called and page.isascii() and page.isdigit() and len(page) <= 6:
        return kept(desk.binder, "document", called), int(page)
    return kept(desk.binder, "document", typed), None


def _told(desk: Desk, denial_id: str, point_id: str) -> Answer:
    shown = desk.binder.ask(criteria_of, denial_id)
    point = next(each for each in shown if each.id == point_id)
    return Answer(_row(point), [_line(point)])


def _row(point: PointRow) -> dict[str, Any]:
    return {
        "point": point.id,
        "kind": point.kind,
        "position": point.position,
        "quote": point.quote,
        "document": point.source_document_id,
        "page": point.source_page,
        "answer": point.answer or None,
        "proofs": [{"document": one.document_id, "page": one.page} for one in point.proofs],
        "answered": point.is_answered,
        "denial": point.denial_id,
    }


def _line(point: PointRow) -> str:
    sign = "[x]" if point.is_answered else "[ ]"
    return f"{sign} {point.position}. “{point.quote}”  {point.answer}  ({point.id})"
