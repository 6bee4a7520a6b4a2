"""What the label or the sentence around each date of a paper says that it is for."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Final

from app.importing.sifting.date_forms import date_book
from app.importing.sifting.date_places import Places, Spot
from app.importing.sifting.date_words import (
    Said,
    is_marked,
    is_open,
    label_at_end,
    phrase_around,
    signs,
)

_MOST_PHRASED: Final = 1500  # dates of a paper whose sentences are looked at
_LEFT: Final = 170  # characters of the sentence before a date
_RIGHT: Final = 90
_BEGIN: Final = re.compile(r"[.!?]\s(?=[a-z¿“\"(•])|\n\n|[\t\f•]")
_END: Final = re.compile(r"[.!?](?:\s|$)|\n\n|[\t\f•]")
_ABBREVIATED: Final = re.compile(r"\b(dr|dra|mr|mrs|ms|sr|sra|no|st|inc|jr|co|vs|[a-z])\.")
_CHAIN: Final = re.compile(r"\s{0,2}(?:,|;|&|and|y|,\s?and)?\s{0,2}", re.IGNORECASE)
_INHERITED: Final = 0.95
_WORDS_BEFORE: Final = 5  # in the cell of a date that a heading may be for
_EDGE_ROWS: Final = 3


def said_of_all(places: Places) -> list[Said | None]:
    """Return what is said of each date; None where nothing is.

    The second end of a range is for what the first is for; so is a further date of a list.
    """
    result: list[Said | None] = []
    for number, spot in enumerate(places.spots):
        over = places.continued(spot)
        said = result[-1] if number and spot.seen.part == "to" else None
        if said is None and over is not None and over < number:
            said = result[over]
        if said is None or said.role == "other":
            said = _said_of(spot, places, phrased=number < _MOST_PHRASED)
        if said is None and number and _is_listed(places.spots[number - 1], spot, places.text):
            said = result[-1] and replace(result[-1], score=result[-1].score * _INHERITED)
        result.append(said)
    return result


def _said_of(spot: Spot, places: Places, *, phrased: bool) -> Said | None:
    if _in_fax_line(spot, places):
        return Said("fax", "fax_line", 0.9)
    lead = _without_weekday(places.lead(spot))
    if any(map(str.isalpha, lead)):
        said, marked = _said_in_cell(spot, places, lead, phrased=phrased)
    else:
        said, marked = places.beside(spot)
        said = said or places.heading(spot) or (_phrase(spot, places) if phrased else None)
    if said and said.role in {"from", "to"}:
        said, marked = _span(spot, places), True
    if said:
        return _in_its_row(said, spot, places)
    if marked:
        return Said("other", "unknown_label", 0.0)
    if _is_service_row(spot, places):
        return Said("service", "service_row_of_a_service_table", 0.75)
    return None


def _said_in_cell(
    spot: Spot, places: Places, lead: str, *, phrased: bool
) -> tuple[Said | None, bool]:
    """Return what the words before a date in its cell say, and whether they are marked as label."""
    marked = is_marked(lead)
    if marked:
        return label_at_end(lead), marked
    said = places.split_label(spot, lead) if is_open(lead) else None
    if said is None and phrased:
        said = _phrase(spot, places)
    if said is None and not places.goes_on(spot):
        said = label_at_end(lead)
    if said is None and len(lead.split()) <= _WORDS_BEFORE:
        said = places.heading(spot)
    return said, marked


def _in_its_row(said: Said, spot: Spot, places: Places) -> Said:
    """Return what is said of a date in a row of a payment, or of both ends of “Dates: 1 – 5”."""
    if said.name == "bare_date" and spot.seen.part:
        return Said("service", "bare_label_of_a_range", 0.8)
    of_table = said.role == "service" and said.name.endswith("of_a_service_table")
    if of_table and signs("payment_row", places.row_text(spot.row)):
        return Said("paid", "payment_row", 0.8)
    return said


def _phrase(spot: Spot, places: Places) -> Said | None:
    if spot.seen.how in date_book().labelled_names:
        return None
    return phrase_around(*_sentence(spot, places))


def _is_service_row(spot: Spot, places: Places) -> bool:
    """Say whether a date begins a row that goes on with a code or an amount."""
    begins = spot.cell is spot.row[0] and not places.lead(spot).strip()
    text = places.row_text(spot.row)
    rest = text[spot.seen.end - spot.cell.start :]
    return begins and signs("service_row", rest) and not signs("payment_row", text)


def _span(spot: Spot, places: Places) -> Said | None:
    """Return what the label before or over “From” or “To” says."""
    at = spot.row.index(spot.cell)
    cells = [cell.text for cell in spot.row[: at + 1]]
    for text in reversed(cells):
        plain = re.sub(r"(?i)\b(?:from|begin\w{0,6}|start|desde)\b.*", "", text)
        said = label_at_end(plain) if plain.strip() else None
        if said and said.role not in {"from", "to"}:
            return said
    said = places.heading(spot)
    return said if said and said.role not in {"from", "to"} else None


def _without_weekday(lead: str) -> str:
    weekday = date_book().weekday.search(lead)
    return lead[: weekday.start()] if weekday else lead


def _sentence(spot: Spot, places: Places) -> tuple[str, str]:
    """Return the sentence before and after a date, folded; nothing after a date that is alone."""
    seen = spot.seen
    before = places.plain[max(seen.start - _LEFT, 0) : seen.start]
    before = _ABBREVIATED.sub(r"\1", _without_weekday(before))
    start = max((match.end() for match in _BEGIN.finditer(before)), default=0)
    after = places.plain[seen.end : seen.end + _RIGHT]
    stop = _END.search(after)
    after = "" if places.is_alone(spot) else after[: stop.start()] if stop else after
    return before[start:], after


def _is_listed(before: Spot, spot: Spot, text: str) -> bool:
    between = text[before.seen.end : spot.seen.start]
    return len(between) <= 6 and "\t" not in between and _CHAIN.fullmatch(between) is not None


def _in_fax_line(spot: Spot, places: Places) -> bool:
    """Say whether a date stands in the line that a fax machine prints at the edge of a page."""
    text = places.row_text(spot.row)
    words, count = signs("fax_words", text), signs("fax_page_count", text)
    time = signs("clock_time", text)
    return (time and (count or words)) and places.at_edge(spot, _EDGE_ROWS)
