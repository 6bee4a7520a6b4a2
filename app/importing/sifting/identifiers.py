"""Claim, reference, authorization, member, group and Medicare numbers, and NPIs."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Final

from app.domain.npi import is_npi
from app.importing.sifting.code_book import shape
from app.importing.sifting.folding import folded
from app.importing.sifting.found import Found
from app.importing.sifting.labelled import How, Label, Lexicon, Room, Spot, lexicon, spots
from app.importing.sifting.mbi import is_mbi, mbi_pattern, repaired_mbi
from app.importing.sifting.npi import repaired_npi
from app.importing.sifting.number_shape import Number, letters_at, number_at
from app.importing.sifting.paper import Paper

_SCORES: Final[dict[How, float]] = {"marked": 0.97, "plain": 0.95}
_BELOW: Final = 0.94
_BARE: Final = 0.9  # of the score, where the label is a common word
_UNCERTAIN: Final = 0.8  # of the score, where the label may name something else
_NEXT_IN_LIST: Final = re.compile(r" ?(?:,? ?(?:and|y|e|&|or) |[,;/] ?|\n)(?=[A-Za-z]{0,6}-?\d)")
_UNLABELLED: Final = 0.8
_HIDDEN_SCORE: Final = 0.6
_HIDDEN: Final = "Part of this number is covered on the paper."
_REPAIRED: Final = "A letter was read as the digit that must stand there. Please check it."
_DIGITS_WHEN_BARE: Final = 4
_CARD_SLIP: Final = re.compile(  # whose authorization is the bank's
    r"\b(?:customer|merchant|cardholder) copy\b|\b(?:chip read|contactless|entry method)\b"
)
_TILL: Final = re.compile(r"\b(?:items sold|change due|clerk|cashier)\b")  # numbers payments
_POLICY_PAPER: Final = re.compile(  # whose policies are rules of medicine, with numbers
    r"\b(?:medical|clinical|coverage|reimbursement|payment) (?:policy|policies|guidelines?)\b"
    r"|\bpolicy bulletin\b"
)
_RECORD_IS_MEMBER: Final = re.compile(r"\bkaiser\b")  # numbers its members by their record
_TRIAL: Final = re.compile(  # which numbers those who take part in it
    r"\b(?:screening for trial|clinical trial|this trial|trial id"
    r"|study (?:id|visit|infusion|drug|team"
    r"|site|doctor|staff)|nct ?\d{6,8}|informed consent|ensayo clinico)\b"
)
_LIST: Final = 12  # numbers that one label may announce
_DASHED_MBI: Final = re.compile(rf"(?<![A-Z0-9-]){mbi_pattern()}(?![A-Z0-9-])")
_GROUPS: Final = re.compile(r"\d{2,6}(?: \d{2,6}){0,3}")
_WRAPPED_GROUP: Final = re.compile(r"\n(0\d|\d{3,4})(?=[\n.,;)]|$)")
_REST_OF_CELL: Final = re.compile(r"\s*(?:$|[(),;|*†]|[-–—] )")
_DOUBTFUL: Final = {
    "claim_or_reference": ("claim_number", "reference_number"),
    "policy_as_member": ("member_id", None),
    "employee_as_member": ("member_id", None),
    "participant_as_member": ("member_id", "member_id"),
    "drug_group": ("group_number", None),
    "record_as_member": ("member_id", None),
}
"""Labels whose fact depends on the others: the first name if nothing else has it, or the second."""


@dataclass(frozen=True, slots=True)
class _Seen:
    name: str
    number: Number
    score: float
    note: str = ""


def identifier_facts(paper: Paper) -> tuple[Found, ...]:
    """Return the numbers by which papers, people and providers are known, each once.

    Numbers that belong to accounts, invoices, prescriptions, checks and taxes are left out.
    """
    seen = [*_labelled(paper, lexicon("labels.json")), *_unlabelled_medicare(paper.text)]
    if _POLICY_PAPER.search(folded(paper.text)):
        seen = [item for item in seen if item.name != "policy_as_member"]
    if not _RECORD_IS_MEMBER.search(folded(paper.text)):
        seen = [item for item in seen if item.name != "record_as_member"]
    if _TRIAL.search(folded(paper.text)):
        seen = [item for item in seen if item.name != "participant_as_member"]
    if _CARD_SLIP.search(folded(paper.text)):
        seen = [item for item in seen if item.name != "authorization_number"]
    if _TILL.search(folded(paper.text)):
        seen = [item for item in seen if item.name != "reference_number"]
    kept = _once(_with_member_numbers(_settled(seen)))
    return tuple(
        Found(
            item.name, item.number.value, item.number.start, item.number.end, item.score, item.note
        )
        for item in sorted(kept, key=lambda item: item.number.start)
    )


def _labelled(paper: Paper, labels: Lexicon) -> Iterator[_Seen]:
    for spot in spots(paper, labels):
        if spot.label.pattern == "group-alone" and _ends_a_name(paper.text, spot):
            continue
        found = [seen for room in spot.rooms for seen in _in_room(paper.text, room)]
        yield from found or _in_column(paper.text, spot)


def _ends_a_name(text: str, spot: Spot) -> bool:
    """Say whether “Group” is the last word of a clinic in its cell, as in “Bay Medical Group”."""
    start = max(text.rfind("\n", 0, spot.start), text.rfind("\t", 0, spot.start)) + 1
    before = text[start : spot.start].split()
    return text[spot.end : spot.end + 1] == "\t" and bool(before) and before[-1][:1].isupper()


def _in_room(text: str, room: Room) -> Iterator[_Seen]:
    """Yield the number that a room begins with, and those listed after it."""
    number = _with_rest(text, room, number_at(text, room.start, room.end))
    if number is None and room.label.name == "group_number":
        yield from _group_of_letters(text, room)
    if number is None or not _strong_enough(room.label, room.how, number):
        return
    score = _SCORES[room.how] * (_BARE if room.label.bare else 1)
    yield from _seen(room.label, number, score)
    for _ in range(_LIST):
        parting = _NEXT_IN_LIST.match(text, number.end)
        following = parting and number_at(text, parting.end(), room.limit)
        if not following or not _alike(number, following):
            return
        yield from _seen(room.label, following, score)
        number = following


def _group_of_letters(text: str, room: Room) -> Iterator[_Seen]:
    """Yield the group whose number is letters alone, where nothing else stands in its place."""
    line = text.find("\n", room.start)
    line = len(text) if line < 0 else line
    label = text[text.rfind("\n", 0, room.start) + 1 : room.start]
    if room.how == "plain" and (room.end != line or label.isupper()):
        return
    if number := letters_at(text, room.start, room.end):
        yield _Seen("group_number", number, _SCORES[room.how] * _UNCERTAIN)


def _with_rest(text: str, room: Room, number: Number | None) -> Number | None:
    """Put the last groups of a number to it that did not fit into its cell or line."""
    if number is not None and room.how == "plain" and number.end == room.end:
        wrapped = _WRAPPED_GROUP.match(text, number.end)
        if wrapped and (" " in number.value or wrapped[1].startswith("0")):
            return Number(f"{number.value} {wrapped[1]}", number.start, wrapped.end(1))
        return number
    if number is None or number.end < room.end or room.onward is None or " " not in number.value:
        return number
    rest = room.onward.text
    return replace(number, value=f"{number.value} {rest}") if _GROUPS.fullmatch(rest) else number


def _in_column(text: str, spot: Spot) -> Iterator[_Seen]:
    for cell in spot.under:
        number = number_at(text, cell.start, cell.end)
        whole = number and _REST_OF_CELL.match(text, number.end, cell.end)
        if not (number and whole and _strong_enough(spot.label, "marked", number)):
            return
        yield from _seen(spot.label, number, _BELOW)


def _strong_enough(label: Label, how: How, number: Number) -> bool:
    if len(number.key) < label.least or not number.digits:
        return False
    if label.bare and how == "plain":
        if shape("procedure").fullmatch(number.value):
            return False
        return number.digits >= _DIGITS_WHEN_BARE and (
            len(number.key) > label.least or not number.key.isdigit()
        )
    return True


def _alike(one: Number, other: Number) -> bool:
    return one.form == other.form and abs(len(one.key) - len(other.key)) <= 1


def _seen(label: Label, number: Number, score: float) -> Iterator[_Seen]:
    """Yield a labelled number as what it is by its label and its shape."""
    name = label.name
    if name in {"npi", "npi_if_valid"}:
        yield from _npi(number, score if name == "npi" else score * _UNCERTAIN)
    elif is_mbi(number.key) and name:
        yield _Seen("medicare_number", number, score)
    elif name == "medicare_number":
        if meant := repaired_mbi(number.key):
            yield _Seen(name, _as_printed(number, meant), score * _BARE, _REPAIRED)
    elif name and number.hidden:
        yield _Seen(name, number, _HIDDEN_SCORE, _HIDDEN)
    elif name:
        yield _Seen(name, number, score)


def _npi(number: Number, score: float) -> Iterator[_Seen]:
    if is_npi(number.key):
        yield _Seen("npi", replace(number, value=number.key), score)
    elif meant := repaired_npi(number.value):
        yield _Seen("npi", replace(number, value=meant), score * _BARE, _REPAIRED)


def _as_printed(number: Number, meant: str) -> Number:
    """Put repaired letters and digits back between the dashes and spaces of a number."""
    letters = iter(meant)
    return replace(
        number,
        value="".join(next(letters) if mark.isalnum() else mark for mark in number.value),
    )


def _unlabelled_medicare(text: str) -> Iterator[_Seen]:
    """Yield Medicare numbers whose shape, with its dashes, leaves no doubt."""
    for match in _DASHED_MBI.finditer(text):
        yield _Seen("medicare_number", Number(match[0], *match.span()), _UNLABELLED)


def _settled(seen: Iterable[_Seen]) -> list[_Seen]:
    """Decide what the doubtful labels name, from what the others named."""
    seen = list(seen)
    named = {item.name for item in seen}
    settled: list[_Seen] = []
    for item in seen:
        first, second = _DOUBTFUL.get(item.name, (item.name, None))
        name = second if item.name in _DOUBTFUL and first in named else first
        if name:
            score = item.score if name == item.name else item.score * _UNCERTAIN
            settled.append(replace(item, name=name, score=score))
    return settled


def _with_member_numbers(seen: list[_Seen]) -> list[_Seen]:
    """Give Medicare numbers as member IDs too: they are what Medicare knows its members by."""
    medicare = [item for item in seen if item.name == "medicare_number"]
    return [*seen, *(replace(item, name="member_id") for item in medicare)]


def _once(seen: Iterable[_Seen]) -> list[_Seen]:
    """Keep each number once under each name, and a reference only if it is nothing else."""
    best: dict[tuple[str, str], _Seen] = {}
    for item in seen:
        key = (item.name, item.number.key)
        if key not in best or item.score > best[key].score:
            best[key] = item
    known = {key for name, key in best if name != "reference_number"}
    providers = {key for name, key in best if name == "npi"}
    return [
        item
        for (name, key), item in best.items()
        if name == "npi"
        or (key not in providers and (name != "reference_number" or key not in known))
    ]
