"""Who is who: insurer and administrator, provider and facility, patient."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Final

from app.importing.sifting.evidence import Evidence
from app.importing.sifting.folding import folded
from app.importing.sifting.found import Found
from app.importing.sifting.grid import Grid
from app.importing.sifting.labelled import Room, Spot, lexicon, spots
from app.importing.sifting.letterhead import name_before, whose_paper
from app.importing.sifting.mentioned import cared_for_at, ends_line_of_prose, runs_on
from app.importing.sifting.names import (
    Name,
    has_words,
    name_at,
    name_in,
    says_on,
    without_label_words,
    without_tail,
)
from app.importing.sifting.paper import Paper
from app.importing.sifting.roles import is_private, pays, role_of
from app.importing.sifting.tampering import is_tampered

_FILE: Final = "parties.json"
_LETTERS: Final = frozenset({"denial", "appeal_decision", "information_request", "approval"})
_PAYMENTS: Final = frozenset({"check", "eob", None})
_ONLY_ON: Final = {"payee": _PAYMENTS, "sent_to": _LETTERS}
_LISTING: Final = frozenset({"eob", "msn"})
_BELOW: Final = 0.97  # of the score, where the name stands under its label
_WORDS_ALONE: Final = 0.93  # of the score, where no colon or cell announces the name
_ADDRESSED: Final = 0.55
_WIDE: Final = 100  # letters of a name in running text
_PER_AGREEING: Final = 0.03  # to the score for each further place that says the same
_MOST: Final = 0.98
_LEAST: Final = 0.5
_REST_OF_CELL: Final = re.compile(r"\s*(?:$|[(,;|*†/]|[-–—] )")
_CITY: Final = re.compile(r"[A-Za-z .'’]{2,40},? [A-Za-z]{2}\.? \d{5}(?:-\d{4})?$")
_CITY_AFTER: Final = re.compile(r", [A-Za-z .'’]{2,30},? [A-Z]{2} \d{5}(?:-\d{4})?$")
_STREET: Final = re.compile(r"\d{1,6}[a-z]? [a-z\d]|p\.? ?o\.? ?box|rr \d|apartado", re.IGNORECASE)
_PATIENT_PAPERS: Final = frozenset(
    {"pharmacy_label", "lab_result", "imaging", "medical_record", "infusion_record", None}
)
_PRESCRIPTION: Final = re.compile(r"(?:rx|prescription|receta)\b", re.IGNORECASE)
_DATE_ALONE: Final = re.compile(r"\d{1,2}/\d{1,2}/\d{2,4}$")
_ON_LABEL: Final = 0.72
_ATTENTION: Final = re.compile(r"(?:attn|attention|c/o|atencion)\b", re.IGNORECASE)
_ADDRESS_ROWS: Final = 22
_FOR_CHILD: Final = re.compile(
    r"\b(?:your (?:child|son|daughter|minor)|parents? (?:or|/|and) guardians?|guardian of"
    r"|su hij[oa]|padres? o tutor)\b"
)
_RIGHTS: Final = re.compile(r"\b(?:appeal|agree|disagree|apelar|apelacion)\b")
_IDENTITY: Final = re.compile(
    r"(?:[ \n]?[,(–-] ?|[\n\t])(?:re:|(?:notice for )?medicare number"
    r"|(?:member |subscriber )?id(?: number| no\.?|#)?[ :#]{1,3}(?!\d{5}\b)[a-z]{0,4} ?\d"
    r"|(?:member|contract|policy|certificate|subscriber|enrollee|medicaid)(?: (?:id|no\.?|number))?"
    r"[ \n:#]{1,3}[a-z]{0,4} ?\d"
    r"|(?:claimant|appellant|petitioner|complainant|enrollee|beneficiary)\b"
    r"|(?:dob|d\.o\.b\.|date of birth|born|fecha de nacimiento)\b)"
)
_GIVEN: Final = re.compile(r", [A-ZÁÉÍÓÚÑ][\w'’-]{2,20}(?: [A-ZÁÉÍÓÚÑ][\w'’-]{0,20}\.?)?")
_NEXT_WORD: Final = re.compile(r" ([A-Za-z]{2,20})\b(?![:#])")
_WITH_IDENTITY: Final = 0.86
_COURTESY: Final = re.compile(
    r"(?:mrs?|ms|miss|mx|sra?|srta|don|dona|sister|brother|pastor|rabbi"
    r"|sgt|capt|sfc|col|maj|lt)\.? ",
    re.IGNORECASE,
)
_PATIENT_RANKS: Final = (
    ("patient",),
    ("member", "payee"),
    ("name", "behalf"),
    ("dear", "addressee", "sent_to"),
    ("billed",),
)
_CASELESS: Final = ("insurer", "administrator", "facility")


def party_facts(paper: Paper, kind: str | None = None) -> tuple[Found, ...]:
    """Return `insurer`, `administrator`, `provider`, `facility` and `patient`, as printed.

    There is one insurer and one patient; a weak hint alone, such as the name after “Dear”, gives
    a low score or nothing. The `kind` of paper, if it is known, tells whose letterhead it bears.
    """
    seen = [
        *_labelled(paper, kind),
        *whose_paper(paper, kind),
        *_identified(paper),
        *_addressed(paper, kind),
        *_alone_on_label(paper, kind),
        *cared_for_at(paper, kind),
    ]
    seen = [item for item in seen if not is_tampered(paper.text, item.name.start, item.name.end)]
    patient = _patient(paper, seen)
    found: list[Evidence] = [patient] if patient else []
    insurer = _best(item for item in seen if item.role == "insurer")
    administrator = _best(item for item in seen if item.role == "administrator")
    if insurer and administrator and insurer.name.key == administrator.name.key:
        insurer = _best(
            item
            for item in seen
            if item.role == "insurer" and item.name.key != administrator.name.key
        )
    found += [item for item in (insurer, administrator) if item]
    found += _providers(seen, {item.name.key for item in found})
    return tuple(
        Found(item.role, item.name.value, item.name.start, item.name.end, round(item.score, 3))
        for item in sorted(found, key=lambda item: item.name.start)
        if item.score >= _LEAST
    )


def _labelled(paper: Paper, kind: str | None) -> Iterator[Evidence]:
    grid = Grid(paper.rows)
    for spot in spots(paper, lexicon(_FILE)):
        wanted = _ONLY_ON.get(spot.label.name)
        if spot.label.name and (wanted is None or kind in wanted):
            found = list(_in_rooms(paper.text, spot)) or _under(paper.text, spot, grid)
            yield from map(_in_list, found) if kind in _LISTING else found


def _in_list(item: Evidence) -> Evidence:
    """Take a provider for one of several, of whom each has claims of its own on the paper."""
    return replace(item, role="listed") if item.role == "provider" else item


def _in_rooms(text: str, spot: Spot) -> Iterator[Evidence]:
    for room in spot.rooms:
        marked = room.how == "marked"
        prose = not marked and runs_on(text, spot.start)
        broken = prose or ends_line_of_prose(text, spot.start, room.end)
        end = min(room.limit, room.start + _WIDE) if broken else room.end
        name = name_in(text, room, end, prose=prose)
        if name and text.startswith(" <", name.end):
            continue  # the sender of a mail, with the address
        if name and marked and _sentence_goes_on(text, name, room.end):
            continue
        if name and marked and spot.label.name in {"patient", "member"}:
            name = without_label_words(_with_given_name(text, name, room.end))
        colon = ":" in text[spot.end : room.start]
        role = name and role_of(spot.label, name, marked=marked, colon=colon)
        if name and role == "insurer":
            name = without_tail(name)
        if name and role:
            yield Evidence(role, name, spot.label.sure * (1 if marked else _WORDS_ALONE))


def _sentence_goes_on(text: str, name: Name, end: int) -> bool:
    """Say whether a marked value is a sentence: “PROVIDER: CORRECTED CLAIMS MUST BE RECEIVED”."""
    following = _NEXT_WORD.match(text, name.end, end)
    return following is not None and text[name.end - 1] != "." and says_on(following[1])


def _with_given_name(text: str, name: Name, end: int) -> Name:
    """Put the given name to two surnames: “DELGADO ROSARIO, INÉS”, where that is all."""
    given = _GIVEN.fullmatch(text[name.end : end].rstrip())
    if given is None or len(name.words) > 3 or "," in name.value:
        return name
    return Name(f"{name.value}{given[0]}", name.start, name.end + given.end())


def _under(text: str, spot: Spot, grid: Grid) -> Iterator[Evidence]:
    for cell in spot.under:
        onward = grid.onward(cell, None)
        room = Room(spot.label, cell.start, cell.end, cell.end, "marked", onward)
        name = name_in(text, room, cell.end)
        role = name and role_of(spot.label, name, marked=True)
        if not name or not role or not _REST_OF_CELL.match(text, name.end, cell.end):
            return
        role = "listed" if role == "provider" else role
        yield Evidence(role, name, spot.label.sure * _BELOW)


def _identified(paper: Paper) -> Iterator[Evidence]:
    """Yield the people whose name their ID or date of birth follows: “Ana Ruiz, ID 4471”."""
    for match in _IDENTITY.finditer(folded(paper.text)):
        line = paper.text.rfind("\n", 0, match.start()) + 1
        name = name_before(paper.text, match.start(), line)
        above = match[0].startswith("\n") and (name is None or name.start != line)
        if name and is_private(name) and not above:
            yield Evidence("member", name, _WITH_IDENTITY)


def _addressed(paper: Paper, kind: str | None) -> Iterator[Evidence]:
    """Yield the name over a street and a city: to whom the paper is sent."""
    for number, row in enumerate(paper.rows[:_ADDRESS_ROWS]):
        for cell in row:
            name = name_at(paper.text, cell.start, cell.end)
            role = name and name.end == cell.end and _addressed_as(name)
            if not name or not role:
                continue
            if role != "addressee" and kind not in _LETTERS:
                continue
            below = [
                other.text
                for rows in paper.rows[number + 1 : number + 7]
                for other in rows
                if abs(other.left - cell.left) <= cell.bottom - cell.top
            ]
            below = below[1:] if below and _ATTENTION.match(below[0]) else below
            if not below or not _STREET.match(below[0]):
                continue
            if _CITY_AFTER.search(below[0]) or any(map(_CITY.match, below[1:3])):
                yield Evidence(role, name, _ADDRESSED)


def _alone_on_label(paper: Paper, kind: str | None) -> Iterator[Evidence]:
    """Yield the one “RUIZ, ANA” that is a cell of its own, or who stands under a prescription."""
    if kind not in _PATIENT_PAPERS:
        return
    found: dict[str, Name] = {}
    above = ""
    for row in paper.rows:
        name = name_at(paper.text, row[0].start, row[0].end)
        if name and name.end == row[0].end and is_private(name) and not name.is_titled:
            reversed_name = name.value.split()[0].endswith(",")
            if reversed_name or (kind == "pharmacy_label" and _PRESCRIPTION.match(above)):
                found.setdefault(name.key, name)
        above = above if _DATE_ALONE.match(row[0].text) else row[0].text
    if len(found) == 1:
        yield Evidence("member", next(iter(found.values())), _ON_LABEL)


def _addressed_as(name: Name) -> str | None:
    if is_private(name):
        return "addressee"
    treats = name.has_credentials or name.is_doctor or has_words(name.value, "provider_words")
    return "provider" if treats and not pays(name) else None


def _patient(paper: Paper, seen: Iterable[Evidence]) -> Evidence | None:
    people = [replace(item, name=_without_courtesy(item.name)) for item in seen]
    plain = folded(paper.text)
    rights = _RIGHTS.search(plain)
    for_child = _FOR_CHILD.search(plain, 0, rights.start() if rights else len(plain)) is not None
    supposed = [item for item in people if item.role == "supposed"]
    for roles in _PATIENT_RANKS:
        if for_child and "dear" in roles:
            return None
        if best := _best([item for item in people if item.role in roles], supposed):
            return replace(best, role="patient")
    return None


def _without_courtesy(name: Name) -> Name:
    title = _COURTESY.match(name.value)
    if title is None:
        return name
    return Name(name.value[title.end() :], name.start + title.end(), name.end)


def _providers(seen: Iterable[Evidence], others: set[str]) -> Iterator[Evidence]:
    """Yield the provider that is surest, whose paper it is, and the facility."""
    free = [item for item in seen if item.name.key not in others]
    facility = _best(item for item in free if item.role == "facility")
    practice = _best(item for item in free if item.role == "practice")
    listed = list(_listed([item for item in free if item.role == "listed"]))
    provider = _best([*(item for item in free if item.role == "provider"), *listed[:1]])
    place = facility and replace(facility, role="provider", score=facility.score * _WORDS_ALONE)
    if place and (provider is None or place.score > provider.score):
        provider = place
    if practice:
        practice = replace(practice, role="provider")
    if provider and practice and provider.score <= practice.score:
        provider = None
    named = [item for item in (provider, practice, *listed) if item]
    yield from {item.name.key: item for item in reversed(named)}.values()
    if facility:
        yield facility


def _listed(seen: list[Evidence]) -> Iterator[Evidence]:
    """Yield the providers of a column, each once and none that is a part of another."""
    keys = [item.name.key for item in seen]
    for number, item in enumerate(seen):
        part = any(item.name.key in key and item.name.key != key for key in keys)
        if not part and item.name.key not in keys[:number]:
            yield replace(item, role="provider")


def _best(seen: Iterable[Evidence], more: Iterable[Evidence] = ()) -> Evidence | None:
    """Return the surest name of one role, surer the more places agree on it."""
    several = list(seen)
    agreeing: dict[str, int] = {}
    for item in [*several, *more]:
        agreeing[item.name.key] = agreeing.get(item.name.key, 0) + 1

    def score(item: Evidence) -> float:
        return min(item.score + _PER_AGREEING * min(agreeing[item.name.key] - 1, 4), _MOST)

    best = max(several, key=lambda item: (score(item), -item.name.start), default=None)
    return replace(best, score=max(best.score, score(best))) if best else None
