"""Receipts, card slips and what a pharmacy prints: who sold, how much it was, how it was paid."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from statistics import median
from typing import Final

from app.importing.sifting.amount_roles import folded, plain
from app.importing.sifting.checks import check_amount, is_check
from app.importing.sifting.found import Found
from app.importing.sifting.paper import Paper
from app.importing.sifting.pieces import PieceRow, piece_rows
from app.importing.sifting.receipt_rows import ReceiptRow, data, receipt_rows, total_of

_TOP_ROWS: Final = 9
_FIRST_ROWS: Final = 4  # among which a name begins
_NAME_WORDS: Final = 7
_NAME_LETTERS: Final = 3
_MAILED: Final = "mail_receipt"
_LEAST_LIKE: Final = 0.5
_ALIKE: Final = 1.35  # times the height of a line is that of another in the same letters
_LARGER: Final = 1.3
_MOST_ROWS: Final = 400  # of the longest receipts
_NO_BRAND: Final = frozenset({"Debit card", "Credit card"})
_PHONE: Final = re.compile(r"\(?\d{3}\)?[ .-]{1,2}\d{3}[ .-]\d{4}|\d{3}[ .-]\d{4}")
_SITE: Final = re.compile(r"\b[\w-]{2,40}\.(?:com|net|org|us|co|ca|biz|health)\b", re.IGNORECASE)
_ZIP: Final = re.compile(r"\b[A-Z]{2}\.?,? \d{5}(?:-\d{4})?\b")
_STORE_NUMBER: Final = re.compile(r"#\s?\d{1,6}")
_FAX: Final = re.compile(r"\bP\.? ?\d{1,3} ?/ ?\d{1,3}|FROM:? ?\d{3}", re.IGNORECASE)
_KIND_OF_PHARMACY: Final = re.compile(r"\s503[AB]$")
_IN_BRACKETS: Final = re.compile(r"(?<=\w) ?\([a-z ]{3,30}\)$")
"""What a name is said to be: “(online store)”."""
_COMPANY: Final = re.compile(r"\b(?:llc|inc|pc|pllc|p\.c|llp|corp|ltd)\.?$", re.IGNORECASE)
_SENDER: Final = re.compile(r"From:\s{0,4}(?P<name>[^<>@]{3,60}?)\s{0,2}<")
_STREET: Final = re.compile(r"^\d{1,6}\s+(?:[NSEW]\.?\s+)?[A-Za-z]{2,}\.?\s+[A-Za-z]")


@dataclass(frozen=True, slots=True)
class _Name:
    start: int
    end: int
    text: str
    score: float


def receipt_facts(paper: Paper, kind: str | None) -> tuple[Found, ...]:
    """Return merchant, total and payment of a paper that is, or looks like, a receipt.

    `payment` is the kind of card with its last four digits, `Cash` or `Check`. What the amounts
    leave open is left out. Of a check, and of what the post office prints, only the total is given.
    """
    if kind == "check" or (kind is None and is_check(paper)):
        return check_amount(paper)
    if kind == _MAILED:
        return tuple(_total(paper, receipt_rows(piece_rows(paper)[:_MOST_ROWS])))
    if kind not in data()["kinds"] and (kind is not None or is_receipt_like(paper) < _LEAST_LIKE):
        return ()
    rows = piece_rows(paper)[:_MOST_ROWS]
    amounts = receipt_rows(rows)
    return (*_merchant(paper, rows), *_total(paper, amounts), *_payment(rows, amounts))


def is_receipt_like(paper: Paper) -> float:
    """Say how much a paper looks like a receipt or a card slip, from 0 to 1."""
    text = plain(paper.text)
    points = sum(item["weight"] for item in data()["like"] if re.search(item["pattern"], text))
    roles = {row.role for row in receipt_rows(piece_rows(paper)[:_MOST_ROWS])}
    points += sum(weight for role, weight in data()["like_rows"].items() if role in roles)
    return min(max(points, 0), 100) / 100


def _total(paper: Paper, amounts: Sequence[ReceiptRow]) -> Iterator[Found]:
    total = total_of(amounts, paper.text)
    if total:
        amount = total.amount
        yield Found("total", amount.value, amount.start, amount.end, total.score, total.note)


def _merchant(paper: Paper, rows: Sequence[PieceRow]) -> Iterator[Found]:
    names = list(_names(rows))
    if not names:
        return
    first = names[0]
    longer = (name for name in names[1:] if len(name.text) > len(first.text))
    full = _repeated(paper, first) or next((name for name in longer if _same(name, first)), None)
    two = _in_two_lines(rows, first)
    best = full or (two and _in_two_lines(rows, two)) or two or first
    score = max(best.score, first.score) + (0.15 if _known_by(paper, rows, best) else 0.0)
    if score >= _LEAST_LIKE and (full or sum(map(str.isalpha, best.text)) >= _NAME_LETTERS):
        yield Found("merchant", best.text, best.start, best.end, min(score, 0.95))


def _in_two_lines(rows: Sequence[PieceRow], name: _Name) -> _Name | None:
    """Return a name that goes on in the next row, in the same large letters."""
    at = next(at for at, row in enumerate(rows) if row.pieces and row.pieces[-1].end >= name.end)
    second, rest = (*rows[at + 1 : at + 2],), rows[at + 2 : at + 5]
    if not second or not second[0].pieces or not rest or name.end != rows[at].pieces[-1].end:
        return None
    if _STORE_NUMBER.fullmatch(second[0].pieces[0].text):
        number = second[0].pieces[0]
        return _Name(name.start, number.end, f"{name.text} {number.text}", name.score)
    large = min(rows[at].height, second[0].height)
    alike = max(rows[at].height, second[0].height) <= _ALIKE * large
    more = _name(second[0])
    if more and alike and _COMPANY.search(more.text) and not _COMPANY.search(name.text):
        return _Name(name.start, more.end, f"{name.text} {more.text}", name.score)
    if not more or not alike or median(row.height for row in rest) * _LARGER > large:
        return None
    return _Name(name.start, more.end, f"{name.text} {more.text}", name.score)


def _names(rows: Sequence[PieceRow]) -> Iterator[_Name]:
    """Yield what may be the name of a shop; below its address it may only be said in full."""
    first: _Name | None = None
    for at, row in enumerate(rows[:_TOP_ROWS]):
        if _FAX.search(_text(row)):
            continue
        name = _name(row)
        if name and (first is None or _same(name, first)):
            first = first or name
            yield name
        if first is None and (at + 1 >= _FIRST_ROWS or _is_address(_text(row))):
            return


def _name(row: PieceRow) -> _Name | None:
    """Return the name of a shop that a row at the top may be."""
    if row.amounts or not row.pieces:
        return None
    start, text = row.pieces[0].start, row.pieces[0].text
    sender = _SENDER.match(text)
    if sender:
        return _cut(sender["name"], start + sender.start("name"), 0.75)
    for item in data()["merchant"]["greetings"]:
        greeting = re.match(item["pattern"], text, re.IGNORECASE)
        if greeting:
            text = text[greeting.end() :]
            return _cut(text, start + greeting.end(), 0.75)
    if _skipped(text) or not all(_skipped(piece.text) for piece in row.pieces[1:]):
        return None
    business = re.search(data()["merchant"]["business"], folded(text))
    return _cut(text, start, 0.6 if business else 0.45)


def _cut(text: str, start: int, score: float) -> _Name | None:
    """Return a name without the signs that are printed around it."""
    bare = _KIND_OF_PHARMACY.sub("", _IN_BRACKETS.sub("", text)).strip(" *-=_.,:!|")
    start += text.index(bare) if bare else 0
    if sum(map(str.isalpha, bare)) < 2 or len(bare.split()) > _NAME_WORDS:
        return None
    return _Name(start, start + len(bare), bare, score)


def _skipped(text: str) -> bool:
    """Say whether a row is an address, a number, a notice: anything but a name."""
    if _is_address(text):
        return True
    letters, digits = sum(map(str.isalpha, text)), sum(map(str.isdigit, text))
    if digits * 2 > letters or ":" in text or text[:1].islower():
        return True
    bare = folded(text)
    return any(re.fullmatch(item["pattern"], bare) for item in data()["merchant"]["skip"])


def _is_address(text: str) -> bool:
    """Say whether a row is a phone number, a site, a town with its ZIP or a street."""
    return bool(
        _PHONE.search(text) or _SITE.search(text) or _ZIP.search(text) or _STREET.match(text)
    )


def _same(one: _Name, other: _Name) -> bool:
    return folded(one.text).startswith(folded(other.text))


def _repeated(paper: Paper, first: _Name) -> _Name | None:
    """Return the name in “Thank you for shopping at …” if it is that of the top, said in full."""
    for found in _thanks().finditer(paper.text):
        text = found["name"].strip(" !.,*")
        if folded(text).startswith(folded(first.text)) and len(text.split()) <= _NAME_WORDS:
            start = found.start("name") + found["name"].index(text)
            return _Name(start, start + len(text), text, 0.8)
    return None


@cache
def _thanks() -> re.Pattern[str]:
    return re.compile(
        r"\bthank(?:s| you) for (?:shopping|visiting|choosing)\W{1,3}(?:(?:at|with) )?"
        r"(?P<name>[^\n\t\f]{3,50})",
        re.IGNORECASE,
    )


def _known_by(paper: Paper, rows: Sequence[PieceRow], name: _Name) -> bool:
    """Say whether an address, phone or site follows, or the name stands elsewhere on the paper."""
    joined = folded(name.text).replace(" ", "")
    below = [
        row for row in rows[: _TOP_ROWS + 2] if row.pieces and row.pieces[0].start > name.start
    ]
    if any(_is_address(_text(row)) for row in below):
        return True
    rest = paper.text[: name.start] + paper.text[name.end :]
    return len(joined) >= _NAME_LETTERS and joined in re.sub(r"[^a-z0-9]", "", plain(rest))


def _payment(rows: Sequence[PieceRow], amounts: Sequence[ReceiptRow]) -> Iterator[Found]:
    paid = [row for row in amounts if row.role in {"cash", "card"}]
    lines = [rows[row.at] for row in paid if row.role == "card"]
    card = _card(rows, lines)
    if card:
        yield card
        return
    cash = next((row for row in paid if row.role == "cash"), None)
    if cash and not lines:
        piece = rows[cash.at].pieces[0]
        yield Found("payment", "Cash", piece.start, piece.end, 0.85)
    elif lines and re.match(r"(?:personal )?(?:check|cheque)\b", folded(_text(lines[0]))):
        piece = lines[0].pieces[0]
        yield Found("payment", "Check", piece.start, piece.end, 0.85)


def _card(rows: Sequence[PieceRow], lines: Sequence[PieceRow]) -> Found | None:
    """Return the one card that a receipt names, with its last four digits if they stand there."""
    last = _last_four(rows)
    named = _method(lines)
    if last and (not named or named[0] in _NO_BRAND):
        elsewhere = _method(rows)
        named = elsewhere if elsewhere and elsewhere[0] not in _NO_BRAND else named or elsewhere
    if not named:
        return None
    word, row = named
    digits = f" {last}" if last else ""
    return Found("payment", word + digits, row.pieces[0].start, row.pieces[0].end, 0.85)


def _method(rows: Sequence[PieceRow]) -> tuple[str, PieceRow] | None:
    """Return the one way to pay that some rows name, and where; a brand says more than “debit”."""
    kinds: dict[str, PieceRow] = {}
    for row in rows:
        text = plain(_text(row))
        for method in data()["methods"]:
            if re.search(method["pattern"], text):
                kinds.setdefault(method["word"], row)
                break
    brands = [word for word in kinds if word not in _NO_BRAND] or list(kinds)
    return (brands[0], kinds[brands[0]]) if len(brands) == 1 else None


def _last_four(rows: Sequence[PieceRow]) -> str:
    """Return the last four digits of the one card that is printed masked."""
    found = {
        match["last"]
        for row in rows
        for item in data()["last_four"]
        for match in re.finditer(item["pattern"], plain(_text(row))[:200])
    }
    return found.pop() if len(found) == 1 else ""


def _text(row: PieceRow) -> str:
    return " ".join(piece.text for piece in row.pieces)
