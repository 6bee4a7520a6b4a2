"""Whose paper it is, where no label says so: letterhead, closing, what a payer says of itself."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from functools import cache
from typing import Final

from app.importing.sifting.evidence import Evidence
from app.importing.sifting.folding import folded
from app.importing.sifting.names import Name, has_words, is_known_insurer, name_at
from app.importing.sifting.pairs import Cell
from app.importing.sifting.paper import Paper
from app.importing.sifting.roles import pays
from app.resources import resource_json

_PAYERS: Final = frozenset(
    {"medical_policy", "denial", "appeal_decision", "information_request", "approval", "eob", "msn",
     "insurance_card", "check"}
)  # fmt: skip
_PROVIDERS: Final = frozenset(
    {"itemized_bill", "superbill", "necessity_letter", "medical_record", "treatment_order",
     "infusion_record", "imaging"}
)  # fmt: skip
_LISTING_PROVIDERS: Final = frozenset({"msn", "eob"})
_TO_PAYERS: Final = frozenset({"appeal_letter", "necessity_letter"})
_NOBODYS: Final = frozenset(
    {"receipt", "card_slip", "plan_document", "study", "trial_paper",
     "genetic_test", "certificate_of_analysis", "accreditation", "lab_result", "assistance_letter"}
)  # fmt: skip
_HEAD_ROWS: Final = 9
_HEAD_LINES: Final = 3  # that a name may run over
_LEAD: Final = re.compile(  # a date or claim number before the name of who gave the care
    r"(?:[A-Z][a-z]{2,8}\.? \d{1,2}, \d{4} |\d{1,2}/\d{1,2}/\d{2,4} |[^\n]{1,60}? - )"
)
_ADDRESS_ROWS: Final = 22
_LEAST_LETTERS: Final = 4
_WRAPPED_WORDS: Final = 4
_FOOT_ROWS: Final = 6  # after “Sincerely”
_STRONG, _WEAK, _NEUTRAL, _PROVIDER, _SUBJECT, _CLOSING, _SIGNED = (
    0.88,
    0.8,
    0.65,
    0.75,
    0.72,
    0.72,
    0.8,
)
_AFTER_NAME: Final = re.compile(r"\s*(?:$|[-–—|•·(,]|®|™)")
_NOT_HEAD: Final = re.compile(r"^(?:dear|estimad|hello|hola|to:|re:|date|fecha)\b")
_WORD_BACK: Final = re.compile(r"(\S{1,40})[ \n]?$")
_BACK: Final = 9  # words that a name before a verb may have
_CLOSINGS: Final = re.compile(r"\b(?:sincerely|regards|respectfully|atentamente|cordialmente)\b")
_WIDE: Final = 90


def whose_paper(paper: Paper, kind: str | None) -> Iterator[Evidence]:
    """Yield insurers and providers from the head, the closing and the sentences of a paper."""
    plain = folded(paper.text)
    payer, bill = _count("payer_talk", plain), _count("bill_talk", plain)
    if kind in _PAYERS or (kind is None and payer > bill):
        yield from _of_payer(paper, plain)
    elif kind in _PROVIDERS or (kind is None and bill > 1):
        yield from _of_provider(paper, plain, kind)
    if kind in _TO_PAYERS:
        heads = _heads(paper, _ADDRESS_ROWS)
        yield from (Evidence("insurer", name, _SUBJECT) for name in heads if _may_be_payer(name))
    if kind in _LISTING_PROVIDERS:
        yield from _alone(paper)
    if kind not in _NOBODYS:
        yield from _subjects(paper.text, plain)


def _of_payer(paper: Paper, plain: str) -> Iterator[Evidence]:
    for number, name in enumerate(_heads(paper)):
        yield from _payer(name, first=number == 0)
    for name in _signatures(paper, plain):
        if _may_be_payer(name):
            yield Evidence("insurer", name, _CLOSING)


def _of_provider(paper: Paper, plain: str, kind: str | None) -> Iterator[Evidence]:
    for name in _heads(paper):
        if has_words(name.value, "provider_words") and not name.is_agency:
            yield Evidence("provider", name, _PROVIDER)
    if kind == "necessity_letter":
        for name in _signatures(paper, plain):
            if name.has_credentials:
                yield Evidence("provider", name, _SIGNED)


def _alone(paper: Paper) -> Iterator[Evidence]:
    """Yield the doctors and clinics that are cells of their own, as in a list of claims."""
    for row in paper.rows[_HEAD_ROWS // 2 :]:
        for cell in row:
            lead = _LEAD.match(cell.text)
            name = name_at(paper.text, cell.start + (lead.end() if lead else 0), cell.end)
            if name and name.end == cell.end and len(name.words) > 1 and not _may_be_payer(name):
                treats = name.has_credentials or has_words(name.value, "provider_words")
                if treats and not name.is_agency:
                    yield Evidence("provider", name, _NEUTRAL)


def _heads(paper: Paper, rows: int = _HEAD_ROWS) -> Iterator[Name]:
    """Yield what may be names of organisations in the first rows of the paper."""
    for number, row in enumerate(paper.rows[:rows]):
        below = [other[0] for other in paper.rows[number + 1 : number + _HEAD_LINES]]
        for cell in row:
            if rows == _HEAD_ROWS and _NOT_HEAD.match(folded(cell.text)):
                return
            name = _organisation(paper.text, cell, below)
            if name:
                yield name


def _organisation(text: str, cell: Cell, below: Iterable[Cell] = ()) -> Name | None:
    """Return the name that a cell is, or that goes on in the cells `below` it."""
    name = name_at(text, cell.start, cell.end)
    if name is None or not _AFTER_NAME.match(text, name.end, cell.end) or name.is_title:
        return None
    above = cell
    for other in below if name.end == cell.end else ():
        if not _continues(above, other):
            break
        name = Name(f"{name.value} {other.text}", name.start, name.end)
        above = other
    return None if len(name.key) < _LEAST_LETTERS or name.is_agency else name


def _continues(cell: Cell, below: Cell) -> bool:
    """Say whether a cell holds the rest of the name in the cell above it."""
    height = cell.bottom - cell.top
    centred = abs((cell.left + cell.right) - (below.left + below.right)) <= 2 * height
    edges = min(abs(cell.left - below.left), abs(cell.right - below.right))
    aligned = edges <= height or centred
    return aligned and below.top - cell.bottom <= height and _is_wrapped(below.text)


def _is_wrapped(line: str) -> bool:
    """Say whether a line holds only words with which names of organisations end."""
    words = [word.strip(",.()") for word in folded(line).split()]
    return 0 < len(words) <= _WRAPPED_WORDS and all(
        word in _words("wrapped") or line.lower().startswith("of ") for word in words
    )


def _payer(name: Name, *, first: bool) -> Iterator[Evidence]:
    if is_known_insurer(name.value) or has_words(name.value, "strong_insurer_words"):
        yield Evidence("insurer", name, _STRONG if first else _WEAK)
    elif has_words(name.value, "provider_words") or name.has_credentials:
        return
    elif has_words(name.value, "insurer_words"):
        yield Evidence("insurer", name, _WEAK if first else _SUBJECT)
    elif first and not name.is_person and len(name.words) > 1:
        yield Evidence("insurer", name, _NEUTRAL)


def _signatures(paper: Paper, plain: str) -> Iterator[Name]:
    """Yield the names under “Sincerely”."""
    starts = [row[0].start for row in paper.rows]
    for match in _CLOSINGS.finditer(plain):
        at = bisect_right(starts, match.start())
        for row in paper.rows[at : at + _FOOT_ROWS]:
            name = _organisation(paper.text, row[0])
            if name:
                yield name


def _subjects(text: str, plain: str) -> Iterator[Evidence]:
    """Yield the insurers that a sentence says something of: “Acme Health Plan has denied”."""
    for match in _verbs().finditer(plain):
        name = name_before(text, match.start())
        if name and _may_be_payer(name):
            yield Evidence("insurer", name, _SUBJECT)


def name_before(text: str, end: int, least: int = 0) -> Name | None:
    """Return the name that ends right before `end` and begins at `least` or later."""
    start = end
    least = max(end - _WIDE, least)
    found = None
    for _ in range(_BACK):
        word = _WORD_BACK.search(text, least, start)
        if word is None:
            break
        start = word.start(1)
        if not (word[1][:1].isupper() or word[1].lower() in {"of", "the", "and", "&"}):
            break
        name = name_at(text, start, end)
        if name and not text[name.end : end].strip(" \n") and word[1][:1].isupper():
            found = name
    return found


def _may_be_payer(name: Name) -> bool:
    return pays(name) and not (name.is_titled or name.has_credentials)


def _count(kind: str, plain: str) -> int:
    return sum(phrase in plain for phrase in _words(kind))


@cache
def _words(kind: str) -> frozenset[str]:
    return frozenset(resource_json("reading", "parties.json")[kind])


@cache
def _verbs() -> re.Pattern[str]:
    says = sorted(_words("payer_says"), key=len, reverse=True)
    spaced = "|".join(re.escape(words).replace(r"\ ", r"\s") for words in says)
    return re.compile(rf"(?<=[ \n])(?:{spaced})\b")
