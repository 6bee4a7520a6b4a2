"""Calendar dates in running text, as people, machines and OCR print them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise
from typing import Final, Literal

from app.importing.sifting.date_forms import Form, date_book
from app.importing.sifting.date_slips import month_named, repaired_numbers
from app.importing.sifting.tampering import is_tampered

Doubt = Literal["", "repaired", "weekday", "year", "day_first", "day_or_month"]
"""Why a date may be another one than it seems; "" if nothing speaks against it."""

Part = Literal["", "from", "to"]

_AROUND: Final = 24  # characters before and after, that may refuse a date
_CENTURY_TURN: Final = 60  # two digits below are of this century
_FARTHEST: Final = 270  # days after the letter, in which a day without a year is certain
_NEAR_NEW_YEAR: Final = 120  # days that a range over New Year may last
_DAYS: Final = re.compile("[0-9]{1,2}")
_WEEKDAYS: Final = (
    "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class DateSeen:
    """A date at `start` to `end` of a text.

    `value` is None where no year is printed and none is certain. `how` names its form. `part`
    says which end of a range it is; the other end is the date after or before it.
    """

    start: int
    end: int
    value: date | None
    how: str
    doubt: Doubt = ""
    note: str = ""
    part: Part = ""


@dataclass(frozen=True, slots=True)
class _Read:
    """A date before the order of day and month on the whole paper is known."""

    seen: DateSeen
    order: Literal["", "month_first", "day_first", "open"] = ""
    month: int = 0
    day: int = 0


def dates_in(
    text: str, year_hint: date | None = None, *, labelled: bool = False
) -> tuple[DateSeen, ...]:
    """Return the dates of a text in their order; of ranges both ends.

    `year_hint` is the date of the letter: a month and day without a year are the next such day,
    if it is not so far off that they may as well be in the past. `labelled` says that a label
    stands before the text, so that forms such as 20260302 are dates too.
    """
    reads = _all_reads(text, labelled=labelled)
    day_first = _day_first(text, reads)
    dates = [_settled(read, text, year_hint, doubtful=day_first) for read in reads]
    return tuple(_linked(dates, text))


def has_foreign_signs(text: str) -> bool:
    """Say whether a paper has signs of a country that prints the day first."""
    return any(pattern.search(text) for _, pattern in date_book().foreign)


def _all_reads(text: str, *, labelled: bool) -> list[_Read]:
    """Return dates of every form: clean ones first, then repaired, where no other date is."""
    reads: list[_Read] = []
    taken = bytearray(len(text))
    for form, pattern, slipped in _attempts(labelled=labelled):
        for match in pattern.finditer(text):
            start, end = match.span()
            if any(taken[start:end]) or _is_refused(form, match, text):
                continue
            found = list(_read(form, match, slipped=slipped))
            if found:
                taken[start:end] = b"\1" * (end - start)
                reads += found
    return sorted(reads, key=lambda read: read.seen.start)


def _attempts(*, labelled: bool) -> Iterator[tuple[Form, re.Pattern[str], bool]]:
    """Yield the forms in the order of their worth: clean, repaired, without a year."""
    forms = [form for form in date_book().forms if labelled or not form.is_labelled]
    yield from ((form, form.pattern, False) for form in forms if not form.is_yearless)
    yield from ((form, form.slips, True) for form in forms if form.slips)
    yield from ((form, form.pattern, False) for form in forms if form.is_yearless)


def _is_refused(form: Form, match: re.Match[str], text: str) -> bool:
    if is_tampered(text, *match.span()):
        return True
    if not form.is_guarded:
        return False
    before = text[max(match.start() - _AROUND, 0) : match.start()]
    after = text[match.end() : match.end() + _AROUND]
    return any(
        (refusal.before and refusal.before.search(before))
        or (refusal.after and refusal.after.search(after))
        for refusal in date_book().refused
    )


def _read(form: Form, match: re.Match[str], *, slipped: bool) -> Iterator[_Read]:
    groups = {name: text for name, text in match.groupdict().items() if text is not None}
    fixed = _repaired(groups, match) if slipped else groups
    if fixed is None:
        return
    if "days" in fixed:
        yield from _listed(form, match, fixed)
        return
    reads = [_one(form, match, fixed, number) for number in ("1", "2")]
    found = [read for read in reads if read]
    wanted = 2 if form.is_range else 1
    if len(found) != wanted:
        return
    yield from _as_range(found, fixed) if form.is_range else found


def _repaired(groups: Mapping[str, str], match: re.Match[str]) -> dict[str, str] | None:
    names = [name for name in groups if name[0] in "dysab" and name[1:].isdigit()]
    figures = repaired_numbers(tuple(groups[name] for name in names))
    if figures is None:
        return None
    fixed = {**groups, **dict(zip(names, figures, strict=True))}
    name = groups.get("m1", "1")
    month = (int(name), False) if name.isdigit() else month_named(name)
    if month is None or (fixed == groups and not month[1]):
        return None
    return {**fixed, "note": f"The paper reads “{' '.join(match[0].split())}”."}


def _one(form: Form, match: re.Match[str], groups: Mapping[str, str], number: str) -> _Read | None:
    """Return the first or second date of a match; what it does not print is as in the other."""
    own = [name for name in groups if name[1:] == number and name[0] in "mdysab"]
    if not any(name[0] in "dab" for name in own):
        return None
    start, end = min(map(match.start, own)), max(map(match.end, own))
    year = _year(groups, number)
    seen = DateSeen(start, end, None, form.name)
    if groups.get("note"):
        seen = replace(seen, doubt="repaired", note=groups["note"])
    if "a" + number in groups:
        return _numeric(seen, int(groups["a" + number]), int(groups["b" + number]), year)
    month = month_named(groups.get("m" + number) or groups.get("m1") or groups["m2"])
    month_number = int(groups["m" + number]) if _is_number(groups, number) else month and month[0]
    day = int(groups["d" + number])
    if month_number is None:
        return None
    if year is None:
        return _Read(seen, "", month_number, day) if _date(2024, month_number, day) else None
    value = _date(year, month_number, day)
    return _Read(replace(seen, value=value)) if value else None


def _is_number(groups: Mapping[str, str], number: str) -> bool:
    return groups.get("m" + number, "").isdigit()


def _numeric(seen: DateSeen, first: int, second: int, year: int | None) -> _Read | None:
    """Return a date of two numbers: month first, unless that cannot be."""
    if year is None:
        return None
    value = _date(year, first, second)
    if value is None:
        value = _date(year, second, first)
        return _Read(replace(seen, value=value), "day_first") if value else None
    order = "month_first" if second > 12 else "open" if first != second else ""
    return _Read(replace(seen, value=value), order)


def _listed(form: Form, match: re.Match[str], groups: Mapping[str, str]) -> Iterator[_Read]:
    """Yield the days of “March 3, 5 and 10, 2026”."""
    month, year = month_named(groups["m1"]), _year(groups, "1")
    for day in _DAYS.finditer(groups["days"]):
        start = match.start("days") + day.start()
        value = _date(year, month[0], int(day[0])) if month and year else None
        if value:
            yield _Read(DateSeen(start, start + len(day[0]), value, form.name))


def _year(groups: Mapping[str, str], number: str) -> int | None:
    for at in (number, "2", "1"):
        if groups.get("y" + at):
            return int(groups["y" + at])
        if groups.get("s" + at):
            short = int(groups["s" + at])
            return short + (2000 if short < _CENTURY_TURN else 1900)
    return None


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _as_range(reads: Sequence[_Read], groups: Mapping[str, str]) -> Iterator[_Read]:
    """Yield both ends of a range with one year, which may lie around New Year."""
    first, last = (read.seen for read in reads)
    if first.value is None or last.value is None:
        return
    if first.value > last.value:
        earlier = _date(first.value.year - 1, first.value.month, first.value.day)
        own_month = {"m1", "m2"} <= groups.keys() or "a1" in groups
        if not earlier or not own_month or (last.value - earlier).days > _NEAR_NEW_YEAR:
            return
        note = "The year of the first day is not printed; it must be the year before."
        first = replace(first, value=earlier, doubt="year", note=note)
    yield replace(reads[0], seen=replace(first, part="from"))
    yield replace(reads[1], seen=replace(last, part="to"))


def _day_first(text: str, reads: Iterable[_Read]) -> bool:
    """Say whether the paper seems to print the day before the month."""
    hidden = date_book().labelled_names
    orders = [read.order for read in reads if read.seen.how not in hidden]
    day_first, month_first = orders.count("day_first"), orders.count("month_first")
    if "open" not in orders or month_first > day_first:
        return False
    return day_first >= max(month_first, 1) or has_foreign_signs(text)


def _settled(read: _Read, text: str, year_hint: date | None, *, doubtful: bool) -> DateSeen:
    """Return a date with what the whole paper, the letter's date and the weekday say of it."""
    seen = read.seen
    if seen.value is None:
        return _with_year(read, year_hint)
    if read.order == "day_first":
        return replace(seen, doubt="day_first", note="The day stands before the month here.")
    if read.order == "open" and doubtful:
        other = date(seen.value.year, seen.value.day, seen.value.month)
        note = f"This may be {_said(seen.value)} or {_said(other)}: the order is not certain."
        return replace(seen, doubt="day_or_month", note=note)
    return _on_weekday(seen, seen.value, text)


def _said(day: date) -> str:
    return f"{day:%B} {day.day}"


def _with_year(read: _Read, year_hint: date | None) -> DateSeen:
    """Return a month and day with the year in which it next comes, if that is certain."""
    plain = replace(read.seen, doubt="year", note="The year is not printed.")
    if year_hint is None:
        return plain
    years = range(year_hint.year, min(year_hint.year + 2, date.max.year))
    days = [day for year in years if (day := _date(year, read.month, read.day))]
    following = next((day for day in days if day >= year_hint), None)
    if following is None or (following - year_hint).days > _FARTHEST:
        return plain
    note = "The year is not printed; this is the next such day after the letter."
    return replace(plain, value=following, note=note)


def _on_weekday(seen: DateSeen, value: date, text: str) -> DateSeen:
    before = date_book().weekday.search(text[max(seen.start - _AROUND, 0) : seen.start])
    if before is None or date_book().weekdays[before[1].lower()] == value.weekday():
        return seen
    note = (
        f"The paper says {before[1].capitalize()}, but this day is a {_WEEKDAYS[value.weekday()]}."
    )
    return replace(seen, doubt="weekday", note=f"{seen.note} {note}".strip())


def _linked(dates: Sequence[DateSeen], text: str) -> Iterator[DateSeen]:
    """Yield the dates, those that are two ends of a range marked as such."""
    marked = list(dates)
    for at, (first, last) in enumerate(pairwise(dates)):
        if marked[at].part or last.part or not first.value or not last.value:
            continue
        if first.value <= last.value and _is_range(first, last, text):
            marked[at] = replace(marked[at], part="from")
            marked[at + 1] = replace(last, part="to")
    return iter(marked)


def _is_range(first: DateSeen, last: DateSeen, text: str) -> bool:
    if last.start - first.end > _AROUND:
        return False
    book = date_book()
    between = text[first.end : last.start]
    if book.range_between.fullmatch(between):
        return True
    before = text[max(first.start - _AROUND, 0) : first.start]
    return bool(book.pair_between.fullmatch(between) and book.pair_before.search(before))
