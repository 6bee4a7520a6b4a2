"""The amounts of a claim or bill by what they are: from tables, labels and sentences."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Final

from app.domain.money import Money
from app.importing.sifting.amount_prose import prose_amounts
from app.importing.sifting.amount_roles import (
    FACT_ROLES,
    RUNNING_BALANCE,
    Named,
    is_running,
    roles_for,
    row_role,
)
from app.importing.sifting.amounts import Amount
from app.importing.sifting.claim_prose import charge_in_question
from app.importing.sifting.claim_tables import ClaimRow, ClaimTable, claim_tables
from app.importing.sifting.found import Found
from app.importing.sifting.misread_amounts import DOUBT, misread_amounts
from app.importing.sifting.paper import Paper
from app.importing.sifting.pieces import Piece, PieceRow, piece_rows
from app.importing.sifting.receipts import is_receipt_like

_SIGNED: Final = frozenset({"billed", "allowed", "patient_owes", "total"})
"""What may be less than nothing: a credit, a claim that was taken back."""
_SHARES: Final = frozenset({"deductible", "copay", "coinsurance"})
_AROUND: Final = 3  # rows above and below a label that may tell that it is about a year
_SAME_LEFT: Final = 3.0  # points
_WIDE: Final = 120.0
_TOP_ROWS: Final = 15
_TITLE_WORDS: Final = 9
_ESTIMATE: Final = re.compile(
    r"\bestimat(?:e|es|ed|ion)\b|\bestimado de\b|\w[oe]s? estimad[oa]s?\b|\bpresupuesto\b", re.I
)
"""In a title; “Estimado Luis” greets."""
_GOES_ON: Final = re.compile(
    r"^(?:of|per|each|every|a|an|/|de|por|cada|al|for each|to|or|y|is|are|was|were|has|have|had"
    r"|will|can|cannot|could|may|does|did|es|fue|ha|han|sera|no)\b|^/",
    re.I,
)
_DAY: Final = re.compile(r"\d{1,2}[/.-]\d{1,2}(?:[/.-]\d{2,4})?")
"""Before the words of a ledger, which may name in a cell of its own who paid."""
_QUIET_END: Final = re.compile(r"[\s.,;:)*†]*")
_LIKE_A_RECEIPT: Final = 0.5
_COPAY_PAID: Final = "copay_at_counter"
"""The pattern of what is a copay and was paid as well."""
_SUPERBILL: Final = "superbill"
"""All that was charged is the total of such a bill: it has nothing but charges."""
_LABEL_SCORE: Final = 0.93
_TABLE_SCORE: Final = 0.95


def amount_facts(paper: Paper, kind: str | None) -> tuple[Found, ...]:
    """Return the amounts of the claims on a paper of this kind.

    Those of the lines of a table carry the number of their line as `row`; totals, and amounts
    that stand alone, have none and come first. What describes a plan, sums up a year or only
    estimates gives nothing.
    """
    if kind is None and is_receipt_like(paper) >= _LIKE_A_RECEIPT:
        kind = "receipt"
    wanted = roles_for(kind) & frozenset(FACT_ROLES)
    rows = piece_rows(paper)
    if not wanted or _is_estimate(rows):
        return ()
    tables = claim_tables(rows, kind)
    used = {
        amount.start for table in tables for row in table.rows for amount in row.amounts.values()
    }
    doubts = misread_amounts(paper, tables)
    found = [
        *_doubted(_of_tables(tables), doubts),
        *_of_labels(rows, used, kind),
        *prose_amounts(paper.text),
    ]
    if not any(item.name == "billed" for item in found):
        found += charge_in_question(paper.text, kind)
    if kind == _SUPERBILL and not any(item.name == "total" for item in found):
        found += [
            replace(item, name="total")
            for item in found
            if item.name == "billed" and item.row is None
        ]
    return _once(item for item in found if item.name in wanted)


def _once(found: Iterator[Found]) -> tuple[Found, ...]:
    """Return each value of a name once a row, those without a row first."""
    best: dict[tuple[str, object, int | None], Found] = {}
    for item in found:
        key = item.name, item.value, item.row
        if key not in best or item.score > best[key].score:
            best[key] = item
    return tuple(sorted(best.values(), key=lambda item: (item.row or 0, item.start)))


def _of_tables(tables: Sequence[ClaimTable]) -> Iterator[Found]:
    rows = [row for table in tables for row in table.rows]
    number = 0
    for row in rows:
        number += not row.is_total
        yield from _of_row(row, None if row.is_total or len(rows) == 1 else number)


def _doubted(found: Iterator[Found], doubts: Mapping[int, str]) -> Iterator[Found]:
    """Yield what was found; what was misread loses so much of its score that it is not given."""
    for item in found:
        note = doubts.get(item.start)
        yield replace(item, score=item.score * DOUBT, note=note) if note else item


def _of_row(row: ClaimRow, number: int | None) -> Iterator[Found]:
    for role, amount in row.amounts.items():
        yield _found(role, amount, _TABLE_SCORE, number)


def _found(role: str, amount: Amount, score: float, row: int | None = None) -> Found:
    return Found(
        role, amount.value, amount.start, amount.end, score * amount.score, amount.note, row
    )


def _of_labels(rows: Sequence[PieceRow], used: set[int], kind: str | None) -> Iterator[Found]:
    for at, row in enumerate(rows):
        texts = " ".join(piece.text for piece in row.pieces if not piece.amount)
        if not row.amounts or is_running(texts):
            continue
        below = rows[at + 1] if at + 1 < len(rows) else None
        for role, amount in _labelled(row, below, kind):
            if amount.start in used or (role in _SHARES and _about_a_year(rows, at)):
                continue
            money = amount.money if role in _SIGNED else Money(abs(amount.money.cents))
            yield _found(role, replace(amount, money=money), _LABEL_SCORE)


def _labelled(
    row: PieceRow, below: PieceRow | None, kind: str | None
) -> Iterator[tuple[str, Amount]]:
    """Yield each amount of a row that follows its own label, with what the label makes it."""
    pieces = row.pieces
    for at, piece in enumerate(pieces):
        before = pieces[at - 1] if at else None
        if not piece.amount or before is None or before.amount:
            continue
        after = pieces[at + 1] if at + 1 < len(pieces) else None
        if after and (after.amount or (after.cell == piece.cell and _goes_on(after.text))):
            continue
        named = _named(_labels(row, at, below), kind)
        if named and (named.name not in RUNNING_BALANCE or piece.amount.money.cents):
            yield named.role, piece.amount
            if named.name == _COPAY_PAID:
                yield "patient_paid", piece.amount


def _named(labels: Iterator[str], kind: str | None) -> Named | None:
    return next((named for label in labels if (named := row_role(label, kind))), None)


def _labels(row: PieceRow, at: int, below: PieceRow | None) -> Iterator[str]:
    """Yield what may be the label of an amount, the longest first; a sentence is none."""
    texts = _texts_before(row, at)
    last = texts[-1]
    whole = " ".join(piece.text for piece in texts)
    if len(texts) == at == 1 and whole[:1].islower():
        return
    wrapped = below and _wrapped(last, row, below)
    if wrapped:
        yield f"{last.text} {wrapped}"
    yield whole
    yield last.text
    yield last.text.rsplit(": ", 1)[-1]
    if len(texts) > 2 and _DAY.fullmatch(texts[0].text):
        yield texts[1].text


def _wrapped(label: Piece, row: PieceRow, below: PieceRow) -> str:
    """Return the second line of a label whose amount stands beside the first; nothing beside it."""
    near = below.page == row.page and below.top - row.bottom < row.height
    under = [piece for piece in below.pieces if abs(piece.left - label.left) <= _SAME_LEFT]
    if below.amounts or len(under) != 1 or not near:
        return ""
    beside = below.pieces[below.pieces.index(under[0]) + 1 :]
    return under[0].text if not beside or beside[0].left > label.right + _WIDE else ""


def _texts_before(row: PieceRow, at: int) -> list[Piece]:
    first = at
    while first and not row.pieces[first - 1].amount:
        first -= 1
    return list(row.pieces[first:at])


def _goes_on(text: str) -> bool:
    """Say whether a text makes an amount before it a rate, a limit or a part of a sentence."""
    bare = text.lstrip(" .,;)*")
    if _QUIET_END.fullmatch(text):
        return False
    return bool(_GOES_ON.match(bare)) or is_running(bare) or len(bare.split()) > 4


def _about_a_year(rows: Sequence[PieceRow], at: int) -> bool:
    """Say whether the rows around speak of a year's limits and sums."""
    near = rows[max(at - _AROUND, 0) : at + _AROUND + 1]
    return any(
        is_running(" ".join(piece.text for piece in row.pieces if not piece.amount))
        for row in near
        if row.page == rows[at].page and _is_short(row)
    )


def _is_short(row: PieceRow) -> bool:
    """Say whether a row is a title, a label or a row of a table rather than a line of prose."""
    return sum(len(piece.words) for piece in row.pieces if not piece.amount) <= _TITLE_WORDS


def _is_estimate(rows: Sequence[PieceRow]) -> bool:
    """Say whether a title calls the paper an estimate."""
    titles = (" ".join(piece.text for piece in row.pieces) for row in rows[:_TOP_ROWS])
    return any(
        _ESTIMATE.search(title)
        and len(title.split()) <= _TITLE_WORDS
        and not any(map(str.isdigit, title))
        for title in titles
    )
