"""Which of the dates on a paper is that of the letter."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from app.importing.sifting.date_forms import date_book
from app.importing.sifting.date_places import Places, Spot
from app.importing.sifting.date_words import Said, role_book, signs

_BARE: Final = 2  # rank of “Date:”
_CONTESTED: Final = 0.6
_BY_PLACE: Final = 4  # rank of a date that no words explain
_BESIDE: Final = 5  # rank of such a date with other words in its row
_OWN_DATE: Final = 6  # rank of the date of a decision, statement, report: of the paper itself
_LABELLED: Final = 0.9
_SCORES: Final = {1: 0.97, 2: 0.94, 3: 0.86, 4: 0.82, 5: 0.76, 6: 0.75}
_UNCERTAIN: Final = 0.45
_ROWS_OF_HEAD: Final = 16  # in which a letter without salutation has its date
_PLACELESS: Final = frozenset({"lab_result", "imaging", "medical_record"})
_ROWS_AFTER_PROSE: Final = 4  # a head may begin with a line of prose
_OPENING_WORDS: Final = 11  # of a line of prose, which ends the head of a letter


@dataclass(frozen=True, slots=True)
class LetterDate:
    """The date of a letter and where it is printed: the starts of its dates in the text.

    `is_also_other` where it is that of a statement or decision, which stands for the letter's.
    """

    value: date
    score: float
    why: str
    note: str
    starts: frozenset[int]
    is_also_other: bool = False


@dataclass(frozen=True, slots=True)
class _Candidate:
    spot: Spot
    value: date
    rank: int
    score: float
    why: str


def chosen_letter_date(
    places: Places, said: Sequence[Said | None], kind: str | None
) -> LetterDate | None:
    """Return the date of the letter, doubtful where two disagree; None if there is none."""
    if kind in role_book().no_letter_date:
        return None
    if kind is None and signs("receipt_words", places.plain):
        return None
    candidates = list(_candidates(places, said, kind))
    if not candidates:
        return None
    best = _best(candidates)
    rank = best[0].rank
    first = min(best, key=lambda item: (item.spot.cell.page, item.spot.row_number))
    same = [item for item in best if item.spot.cell.page == first.spot.cell.page]
    chosen = LetterDate(
        first.value,
        first.score,
        first.why,
        "",
        frozenset(item.spot.seen.start for item in best if item.value == first.value),
        rank == _OWN_DATE,
    )
    if any(item.value != first.value for item in same):
        note = "Another date on this page may be that of the letter."
        return replace(chosen, score=_UNCERTAIN, note=note)
    return _checked(chosen, places, said, rank)


def _best(candidates: Sequence[_Candidate]) -> list[_Candidate]:
    """Return those that say most; a date alone above a bare “Date:” that says another is surer."""
    rank = min(item.rank for item in candidates)
    best = [item for item in candidates if item.rank == rank]
    if rank != _BARE:
        return best
    alone = [item for item in candidates if item.rank == _BY_PLACE]
    above = min((item.spot.row_number for item in best), default=0)
    if alone and alone[0].value != best[0].value and alone[0].spot.row_number < above:
        return [replace(item, score=_CONTESTED) for item in alone]
    return best


def _candidates(
    places: Places, said: Sequence[Said | None], kind: str | None
) -> Iterator[_Candidate]:
    page = _letter_page(places)
    hidden = date_book().labelled_names
    own = {*role_book().own_date[""], *role_book().own_date.get(kind or "", ())}
    for spot, what in zip(places.spots, said, strict=True):
        value = spot.seen.value
        if value is None or spot.cell.page < page:
            continue
        if what is None:
            in_place = spot.cell.page == page and _stands_as_letter_date(places, spot)
            if in_place and spot.seen.how not in hidden and kind not in _PLACELESS:
                rank = _BY_PLACE if len(spot.row) == 1 else _BESIDE
                score = _SCORES[rank] if _is_letter(places, kind) else 0.6
                yield _Candidate(spot, value, rank, score, "by_its_place")
        elif what.role == "letter":
            if what.name == "bare_date" and not _is_bare_letter_date(places, spot, kind, page):
                continue
            yield _Candidate(spot, value, what.rank, min(_SCORES[what.rank], what.score), what.name)
        elif what.role in own and what.score >= _LABELLED:
            yield _Candidate(spot, value, _OWN_DATE, _SCORES[_OWN_DATE], what.name)


def _letter_page(places: Places) -> int:
    """Return the page on which the letter begins: the first that is no fax cover."""
    for page in places.pages:
        text = places.page_text(page)
        if not signs("fax_cover", text) or signs("salutation", text):
            return page
    return places.pages[-1] + 1 if places.pages else 1


def _is_letter(places: Places, kind: str | None) -> bool:
    if kind is not None:
        return True
    return signs("salutation", places.plain) or signs("closing", places.plain)


def _is_bare_letter_date(places: Places, spot: Spot, kind: str | None, page: int) -> bool:
    """Say whether “Date:” stands in the head of the letter, not beside a signature."""
    if kind in role_book().bare_date_role or spot.cell.page != page:
        return False
    if signs("signature", places.near_rows(spot.row_number)):
        return False
    return _in_head(places, spot, strictly=False)


def _stands_as_letter_date(places: Places, spot: Spot) -> bool:
    """Say whether a date stands alone in its line or cell in the head of the page."""
    if not places.is_alone(spot) or not _in_head(places, spot, strictly=True):
        return False
    others = [cell for cell in spot.row if cell is not spot.cell]
    if any("$" in cell.text or places.is_dated(cell) for cell in others):
        return False
    return not signs("clock_time", places.row_text(spot.row))


def _in_head(places: Places, spot: Spot, *, strictly: bool) -> bool:
    """Say whether a date stands before the salutation, or else before the first prose."""
    row = places.row_on_page(spot)
    if not strictly:
        return row < max(_ROWS_OF_HEAD, places.rows_on(spot.cell.page) // 2)
    salutation = places.first_row("salutation", spot.cell.page)
    if salutation is not None:
        return row <= salutation
    prose = places.first_prose(spot.cell.page, _OPENING_WORDS)
    return row < _ROWS_OF_HEAD and (prose is None or row < prose + _ROWS_AFTER_PROSE)


def _checked(
    letter: LetterDate, places: Places, said: Sequence[Said | None], rank: int
) -> LetterDate:
    """Return a letter's date as doubtful if the letter speaks of something received after it."""
    later = any(
        what and what.role in {"received", "processed"} and what.score >= 0.8
        and spot.seen.value and spot.seen.value > letter.value
        for spot, what in zip(places.spots, said, strict=True)
    )  # fmt: skip
    if not later:
        return letter
    note = "The letter speaks of a later day."
    score = _UNCERTAIN if rank >= _BY_PLACE else min(letter.score, 0.7)
    return replace(letter, score=score, note=note)
