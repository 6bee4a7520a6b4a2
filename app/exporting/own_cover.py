"""What the cover of a bundle says, and the cover sheet of each of its parts."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from itertools import groupby
from typing import Final

from app.domain.bundle import Cover
from app.exporting.plain_text import shortened

_LONGEST_FOOT: Final = 70
_LONGEST_FOOT_OF_A_PART: Final = 46
_SHORTEST_NAME: Final = 12
_FAX: Final = "fax"
_FEW_DAYS: Final = 4

_Fact = tuple[str, Sequence[str]]


def said(day: date | None) -> str:
    """Return a day as people write it: August 18, 2026; nothing for an unknown one."""
    return f"{day:%B} {day.day}, {day.year}" if day else ""


def cover_data(cover: Cover) -> dict[str, object]:
    """Return what the first page prints; what is not known is left out."""
    return {
        "sender": _lines(cover.sender),
        "recipient": _lines(cover.recipient),
        "review": _review(cover),
        "expedited": cover.expedited,
        "person": _facts(_person(cover)),
        "case": _facts(_case(cover)),
        "asked": cover.asked.strip(),
        "denial_words": cover.denial_words.strip(),
        "representative": _lines(cover.representative),
        "signer": cover.signer.strip(),
        "fax": fax_number(cover),
    }


def fax_number(cover: Cover) -> str:
    """Return the number that a fax goes to: the cover's own, or that among the recipient's lines.

    Empty when neither has one.
    """
    if cover.fax.strip():
        return cover.fax.strip()
    lines = (line.strip() for line in cover.recipient)
    numbers = (line[len(_FAX) :].strip(" :.") for line in lines if line.casefold().startswith(_FAX))
    return next((number for number in numbers if any(map(str.isdigit, number))), "")


def runner(cover: Cover, *, is_divided: bool) -> str:
    """Return the few words at the foot of each page that tell whose page it is.

    The claim number is never cut for a long name. Parts have less room: their numbers are longer.
    """
    longest = _LONGEST_FOOT_OF_A_PART if is_divided else _LONGEST_FOOT
    claim = f"Claim {cover.claim_numbers[0]}" if cover.claim_numbers else ""
    member = f"Member ID {cover.member_id}" if cover.member_id and not claim else ""
    number = shortened(claim or member, longest)
    name = shortened(cover.patient, max(longest - len(number), _SHORTEST_NAME))
    return " · ".join(filter(None, (name, number)))


def _review(cover: Cover) -> str:
    kind = "" if cover.expedited else "standard review"
    words = ", ".join(filter(None, (cover.level.strip(), kind)))
    return words[:1].upper() + words[1:]


def _person(cover: Cover) -> Iterable[_Fact]:
    yield "Patient", [cover.patient]
    yield "Date of birth", [said(cover.born_on)]
    yield "Subscriber", [cover.subscriber]
    yield "Plan", [cover.plan]
    yield "Member ID", [cover.member_id]
    yield "Group number", [cover.group_number]
    npi = cover.provider_npi.strip()
    yield "Provider", [cover.provider, npi and f"NPI {npi}"]
    yield "Facility", [cover.facility]


def _case(cover: Cover) -> Iterable[_Fact]:
    yield _counted("Claim number", cover.claim_numbers), cover.claim_numbers
    yield _counted("Reference number", cover.reference_numbers), cover.reference_numbers
    days = cover.service_dates
    yield "Date of service" if len(days) == 1 else "Dates of service", _days(days)
    yield "Date of the denial", [said(cover.denied_on)]
    yield _counted("Service code", cover.service_codes), cover.service_codes
    yield _counted("Diagnosis code", cover.diagnosis_codes), cover.diagnosis_codes


def _days(days: Sequence[date]) -> list[str]:
    """Return days each by itself, or, where they are many, the days of each month together."""
    if len(days) <= _FEW_DAYS:
        return [*map(said, days)]
    months = groupby(sorted(set(days)), lambda day: (day.year, f"{day:%B}"))
    return [
        f"{month} {', '.join(str(day.day) for day in inside)}, {year}"
        for (year, month), inside in months
    ]


def _facts(rows: Iterable[_Fact]) -> list[tuple[str, list[str]]]:
    """Return the rows of which something is known."""
    known = ((name, _lines(value.strip() for value in values)) for name, values in rows)
    return [(name, values) for name, values in known if values]


def _lines(lines: Iterable[str]) -> list[str]:
    return [line for line in lines if line.strip()]


def _counted(name: str, values: tuple[str, ...]) -> str:
    return name if len(values) == 1 else f"{name}s"
