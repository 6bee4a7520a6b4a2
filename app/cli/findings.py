"""Commands on what stands out in the money: findings, finding-mark."""

from __future__ import annotations

from argparse import Namespace
from typing import Any

from app.cli.answer import Answer
from app.cli.desk import Desk, with_binder
from app.cli.naming import id_or_none
from app.cli.owed import records_of
from app.domain.errors import UserError
from app.domain.money_finding import Noted
from app.operations.findings import all_findings
from app.operations.owed import mark_finding, money_case, unmark_finding


@with_binder
def findings(desk: Desk, words: Namespace) -> Answer:
    """List what stands out, the gravest first; what was answered only if asked for."""
    claim_id = id_or_none(desk.binder, "claim", words.claim)
    noted = all_findings(desk.binder, desk.today, year=words.year)
    if not words.all:
        noted = tuple(each for each in noted if each.mark is None)
    if claim_id:
        mine = records_of(money_case(desk.binder, desk.today), claim_id)
        noted = tuple(
            each for each in noted if each.claim_id == claim_id or each.finding.record in mine
        )
    rows = [_row(each) for each in noted]
    lines = [f"{row['id']} {row['severity']:<4}  {row['text']}  [{row['about']}]" for row in rows]
    return Answer(rows, lines or ["Nothing stands out."])


def _row(noted: Noted) -> dict[str, Any]:
    finding = noted.finding
    kind, key = finding.record or (None, None)
    return {
        "id": finding.id,
        "severity": finding.severity,
        "expense": finding.expense,
        "text": finding.text,
        "claim": noted.claim_id,
        "about": noted.about,
        "record": key and {"kind": kind, "id": key},
        "source": finding.source or None,
        "answer": noted.mark.state if noted.mark else None,
        "note": (noted.mark.note or None) if noted.mark else None,
    }


@with_binder
def finding_mark(desk: Desk, words: Namespace) -> Answer:
    """Keep or take back the answer to a finding."""
    if words.clear:
        unmark_finding(desk.binder, words.about)
        return Answer({"about": words.about, "answer": None}, ["It is asked again."])
    if not words.state:
        raise UserError(
            "What do you say to it? Name --state as_printed, settled or not_so.",
            ask="Does the paper say so, is it seen to, or is it no fault?",
        )
    known = {each.about for each in all_findings(desk.binder, desk.today)}
    about = " ".join(words.about.split())
    if about not in known:
        raise UserError(
            f"There is no finding “{words.about}”. “claimbinder findings” lists them all."
        )
    mark = mark_finding(desk.binder, about, words.state, words.note)
    return Answer({"about": mark.id, "answer": mark.state}, [f"Kept: {mark.state}"])
