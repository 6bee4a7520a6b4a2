"""What is due, printed: a list for the wall, or a page a month."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from typing import Final, Literal
from zoneinfo import ZoneInfo

from app.binder import Binder
from app.domain.calendar_days import FederalHolidays, weekday
from app.domain.clock_time import spoken_time, zone_named
from app.domain.errors import UserError
from app.domain.rule_book import RuleBook
from app.exporting.calendar_pdf import SheetDate, WallSheet, list_pdf, month_pdf
from app.operations.agenda import agenda
from app.operations.outputs import Written, write_file
from app.storage.queries.dates import DueRow

SheetKind = Literal["list", "month"]
MOST_MONTHS: Final = 24
_YEARS: Final = range(1970, 3000)


def write_sheet(  # noqa: PLR0913 - which pages, and what may be read on them
    binder: Binder,
    book: RuleBook,
    target: Path,
    *,
    today: date,
    kind: SheetKind = "list",
    month: date | None = None,
    months: int = 1,
    details: bool = False,
) -> Written:
    """Print what is due as a PDF, for the wall or for a drawer.

    `kind` is the list of everything, or `months` pages from the month of the day `month` (today's
    if None). Without `details` the sheet names kinds of dates only; with them titles, claims and
    patients. Denials without a date stand first on either.

    The window lets a person look at it and print it as it does with the HSA summary: call this
    in a job with the place that was chosen (typesetting leaves the window free), then open the
    file in the system's own program for PDFs. For a preview, `sheet_pdf` gives the bytes.

    Raises:
        UserError: the place cannot be written to, or those months cannot be printed.
    """
    made = sheet_pdf(
        binder, book, today=today, kind=kind, month=month, months=months, details=details
    )
    return write_file(target, made)


def sheet_pdf(  # noqa: PLR0913 - as above
    binder: Binder,
    book: RuleBook,
    *,
    today: date,
    kind: SheetKind = "list",
    month: date | None = None,
    months: int = 1,
    details: bool = False,
) -> bytes:
    """Return the sheet that `write_sheet` writes, as the bytes of a PDF.

    Raises:
        UserError: those months cannot be printed.
    """
    to_do = agenda(binder, book, today)
    dates = sorted(map(_date, to_do.due), key=lambda row: (row.aim_on, row.last_day, row.title))
    sheet = WallSheet(printed_on=today, undated=to_do.undated, dates=dates, details=details)
    if kind == "list":
        return list_pdf(sheet)
    first = (month or today).replace(day=1)
    if not 1 <= months <= MOST_MONTHS:
        raise UserError(f"From 1 to {MOST_MONTHS} months can be printed at once. Choose fewer.")
    if first.year not in _YEARS:
        raise UserError(f"The year {first.year} cannot be printed. Choose a month of these years.")
    return month_pdf(sheet, first, months, _closed(book.holidays, first, months))


def _date(row: DueRow) -> SheetDate:
    return SheetDate(
        kind=row.kind,
        title=row.title,
        aim_on=row.aim_on,
        last_day=row.last_day,
        late_after=row.latest_on or row.last_day,
        at=_time(row),
        claim=row.claim or "",
        patient=row.patient or "",
        counts_as_filed=row.counts_as_filed,
    )


def _time(row: DueRow) -> str:
    """Return the time of day as the clocks of its zone show it: `noon, Chicago time`."""
    if row.due_at is None:
        return ""
    try:
        zone = zone_named(row.zone)
    except UserError:
        zone = ZoneInfo("UTC")
    place = zone.key.rpartition("/")[2].replace("_", " ")
    return f"{spoken_time(row.due_at.astimezone(zone).time())}, {place} time"


def _closed(holidays: FederalHolidays, first: date, months: int) -> dict[date, str]:
    """Return the holidays of the months, and the days kept for them, with their names."""
    days = (first + timedelta(days=day) for day in range(31 * months))
    reasons = ((day, holidays.why_closed(day)) for day in days)
    return {day: reason for day, reason in reasons if reason and reason != weekday(day)}
