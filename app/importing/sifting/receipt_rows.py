"""The rows of a receipt: what each amount is, and which of them is the one that was paid."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from itertools import combinations
from typing import Any, Final

from app.domain.money import Money
from app.importing.sifting.amount_roles import folded
from app.importing.sifting.amounts import Amount
from app.importing.sifting.pieces import PieceRow
from app.resources import resource_json

_LONGEST: Final = 60  # characters of a label
_DIGITS: Final = str.maketrans("015", "ols")
_ORDER: Final = (
    "total", "subtotal", "tip", "change", "cash", "amount", "balance", "tax", "less", "card",
)  # fmt: skip
_SURE: Final = 0.97
_FAIR: Final = 0.86
_DOUBTFUL: Final = 0.72
_FOREIGN: Final = re.compile(r"\b(?:CAD|AUD|EUR|GBP|MXN)\b|CA\$|[€£¥]")


@dataclass(frozen=True, slots=True)
class ReceiptRow:
    """An amount of a receipt, what its label makes it, and the number of its row."""

    role: str
    amount: Amount
    at: int

    @property
    def money(self) -> Money:
        """How much it is."""
        return self.amount.money


@dataclass(frozen=True, slots=True)
class TotalRead:
    """The amount that was paid or is to be paid, and how sure that is."""

    amount: Amount
    score: float
    note: str = ""


def receipt_rows(rows: Sequence[PieceRow]) -> tuple[ReceiptRow, ...]:
    """Return the last amount of each row; one that no label explains has the role `item`."""
    found: list[ReceiptRow] = []
    for at, row in enumerate(rows):
        if row.amounts:
            last = row.amounts[-1]
            label = " ".join(piece.text for piece in row.pieces if piece.start < last.start)
            assert last.amount
            found.append(ReceiptRow(role_of_row(label) or "item", last.amount, at))
    return tuple(found)


def role_of_row(label: str) -> str | None:
    """Return what an amount after this label is: `total`, `subtotal`, `tax`, `card` and others."""
    text = _mended(folded(re.sub(r"[\d.,]{1,8}\s?%|\$", " ", label[:_LONGEST])))
    for role in _ORDER:
        if any(pattern.fullmatch(text) for _, pattern in _patterns()[role]):
            if role == "card" and re.search(data()["not_payment"], text):
                return None
            return role
    return None


def total_of(rows: Sequence[ReceiptRow], text: str) -> TotalRead | None:
    """Return the total of a receipt, or None where its amounts leave it open."""
    named = [row for row in rows if row.role == "total"]
    values = {row.money for row in named if row.money > Money()} or {row.money for row in named}
    agreed = [row for row in rows if row.money in _agreed(rows)]
    chosen = _with_tip(rows, named) or _chosen(named, agreed, values)
    if not chosen:
        chosen = _without_a_name(rows, agreed)
    if not chosen:
        return None
    row, score = chosen
    foreign = _FOREIGN.search(text[max(row.amount.start - 12, 0) : row.amount.end + 5])
    note = row.amount.note
    if foreign and not note:
        note, score = f"The total seems to be in another currency ({foreign[0]}).", _DOUBTFUL
    return TotalRead(row.amount, score * row.amount.score, note)


_Chosen = tuple[ReceiptRow, float]


def _chosen(
    named: Sequence[ReceiptRow], agreed: Sequence[ReceiptRow], values: set[Money]
) -> _Chosen | None:
    """Choose among the amounts that are called total: the one that the others add up to."""
    backed = [row for row in named if row in agreed]
    if len({row.money for row in backed}) == 1:
        return backed[-1], _SURE
    if len(values) != 1 or backed:
        return None
    row = next(row for row in reversed(named) if row.money in values)
    if not agreed:
        return row, _FAIR
    return None


def _with_tip(rows: Sequence[ReceiptRow], named: Sequence[ReceiptRow]) -> _Chosen | None:
    """Return the amount that is a total with its tip, if one was written and charged."""
    tips = [row for row in rows if row.role == "tip" and row.money > Money()]
    for tip in tips:
        for total in named:
            whole = total.money + tip.money
            for row in rows:
                if (
                    row.money == whole
                    and row.role in {"total", "amount", "card", "item"}
                    and (row.at > tip.at)
                ):
                    return row, _SURE
    return None


def _without_a_name(rows: Sequence[ReceiptRow], agreed: Sequence[ReceiptRow]) -> _Chosen | None:
    """Choose where nothing is called total: an amount that is paid, and that the others confirm."""
    if any(row.role == "total" for row in rows):
        return None
    paid = [
        row for row in rows if row.role in {"amount", "card", "balance"} and row.money > Money()
    ]
    backed = [row for row in paid if row in agreed]
    if len({row.money for row in backed}) == 1:
        return backed[-1], _FAIR
    amounts = [row for row in paid if row.role == "amount"]
    if amounts and len({row.money for row in paid}) == 1:
        return amounts[-1], _FAIR if len(paid) > 1 else _DOUBTFUL
    return None


def _agreed(rows: Sequence[ReceiptRow]) -> frozenset[Money]:
    """Return the amounts that follow from the others: subtotal and what is added, or payments."""
    return frozenset(_added_up(rows)) | frozenset(_paid(rows))


def _added_up(rows: Sequence[ReceiptRow]) -> set[Money]:
    """Return the sums of a subtotal and all that stands between it and a total."""
    sums: set[Money] = set()
    for at, row in enumerate(rows):
        if row.role != "subtotal":
            continue
        whole = row.money
        for after in rows[at + 1 :]:
            if after.role == "total" and after.money == whole:
                sums.add(whole)
            if after.role in {"tax", "tip", "item"}:
                whole += after.money
            elif after.role == "less":
                whole -= Money(abs(after.money.cents))
            elif after.role != "subtotal":
                break
    return sums


def _paid(rows: Sequence[ReceiptRow]) -> set[Money]:
    """Return what was paid: each payment, and all together, less the change."""
    change = {row.money for row in rows if row.role == "change"} or {Money()}
    cash = [row.money for row in rows if row.role == "cash"]
    cards = {row.money for row in rows if row.role in {"card", "amount"} and row.money > Money()}
    paid = {money - back for money in cash for back in change}
    if len(cash) + len(cards) < 5:
        for first, second in combinations((*cash, *cards), 2):
            paid |= {first + second - back for back in change}
    return {money for money in paid | cards if money > Money()}


def _mended(label: str) -> str:
    return " ".join(_mended_word(word) for word in label.split())


@cache
def _mended_word(word: str) -> str:
    """Return a word of receipts where one letter of it was misread."""
    letters = word.translate(_DIGITS)
    if not 5 <= len(letters) <= 12 or word.isdigit():
        return word
    near = [known for known in data()["words"] if _one_off(letters, known)]
    return letters if letters in data()["words"] else near[0] if len(near) == 1 else word


def _one_off(word: str, known: str) -> bool:
    """Say whether a word differs from a known one in one letter, missing, added or wrong."""
    if abs(len(word) - len(known)) > 1 or word[0] != known[0]:
        return False
    start = next(
        (at for at, pair in enumerate(zip(word, known, strict=False)) if pair[0] != pair[1]), -1
    )
    if start < 0:
        return True
    rests = ((word[start + 1 :], known[start + 1 :]), (word[start:], known[start + 1 :]))
    return any(one == other for one, other in (*rests, (word[start + 1 :], known[start:])))


@cache
def data() -> dict[str, Any]:
    """Return the words and patterns of receipts."""
    return resource_json("reading", "receipts.json")


@cache
def _patterns() -> dict[str, tuple[tuple[str, re.Pattern[str]], ...]]:
    return {
        role: tuple((item["name"], re.compile(item["pattern"])) for item in items)
        for role, items in data()["rows"].items()
    }
