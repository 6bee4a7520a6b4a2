"""The tables around the ledger of an HSA summary: totals, years, travel, what stays out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, Final

from app.domain.hsa_plan import UNKNOWN, HsaPlan, LedgerLine, Reasoned, columns, total
from app.domain.mileage import miles_text
from app.exporting.hsa_rows import Rows
from app.exporting.hsa_words import Words, or_dash, short_day

Table = dict[str, Any]
_AUTO: Final = "text"


def table(
    title: str,
    heads: Sequence[tuple[str, str]],
    rows: Sequence[Sequence[str]],
    total_row: Sequence[str] = (),
    *,
    note: str = "",
) -> Table:
    """Return a table for the template; `heads` are names, each with its kind of column.

    Kinds: text, money, and brief, name, long and longer, which share the room that is left.
    """
    return {
        "kind": "table",
        "title": title,
        "note": note,
        "columns": [{"name": name, "kind": kind} for name, kind in heads],
        "rows": [list(row) for row in rows],
        "total": list(total_row),
    }


def tables_before(plan: HsaPlan) -> Iterator[Table]:
    """Yield what stands before the ledger: the totals of its lines."""
    if plan.by_person:
        yield _by_person(plan)
    if plan.by_provider:
        yield table(
            "Who was paid",
            (("Name", "long"), ("Address", "long"), ("Times", "money"), ("Paid", "money")),
            [
                [name, address or "not recorded", f"{count:,}", str(amount)]
                for name, address, count, amount in plan.by_provider
            ],
            [
                "All of them", "", f"{len(plan.lines):,}",
                str(total(amount for *_, amount in plan.by_provider)),
            ],
        )  # fmt: skip


def _by_person(plan: HsaPlan) -> Table:
    rows: list[list[str]] = []
    for person in plan.by_person:
        rows += [_sums_row(f"{person.name}: {part.name}", part.sums) for part in person.parts]
    return table(
        "Totals by person and category",
        (
            ("Person and category", "long"), ("Paid", "money"), ("HSA", "money"),
            ("Claimable", "money"), ("To look at", "money"), ("Not claimable", "money"),
        ),
        rows,
        _sums_row("All of them", columns(plan.paid)),
    )  # fmt: skip


def _sums_row(name: str, sums: Any) -> list[str]:
    reimbursed = sums.hsa_now + sums.hsa_else
    amounts = (sums.paid, reimbursed, sums.claimable, sums.needs_attention, sums.not_claimable)
    return [name, *map(or_dash, amounts)]


def tables_after(plan: HsaPlan, words: Words, rows: Rows) -> Iterator[Table]:
    """Yield what stands behind the ledger and the withdrawals."""
    if plan.shoebox:
        yield _shoebox(plan)
    if plan.trips:
        yield _trips(plan, words)
    if plan.stays:
        yield _stays(plan)
    if plan.letters:
        yield _letters(plan, words)
    if plan.answers:
        yield _answers(plan, words)
    for title, note, reasoned in (
        ("Left out, and why", "What of the lines is not claimable.", plan.left_out),
        ("To be looked at, and why", "What of the lines nobody can decide yet.", plan.to_look_at),
        (
            "Reimbursed, although a test is not passed",
            "What an HSA paid of these lines is not in line 15. It may have to be returned.",
            plan.refused,
        ),
    ):
        if reasoned:
            yield _reasoned(title, note, reasoned, words, rows)


def _shoebox(plan: HsaPlan) -> Table:
    first, last = plan.shoebox[0], plan.shoebox[-1]
    years = plan.shoebox

    def summed(name: str) -> str:
        return str(total(getattr(each, name) for each in years))

    return table(
        "The shoebox, year by year",
        (
            ("Year", "long"), ("Opening", "money"), ("Paid", "money"), ("HSA", "money"),
            ("FSA, HRA", "money"), ("Deducted", "money"), ("Came back", "money"),
            ("Closing", "money"),
        ),
        [
            [
                str(each.year), str(each.opening), str(each.paid), str(-each.hsa),
                str(-each.employer), str(-each.deducted), str(-each.back), str(each.closing),
            ]
            for each in years
        ],
        [
            f"{first.year} to {last.year}", str(first.opening), summed("paid"),
            str(-total(each.hsa for each in years)), str(-total(each.employer for each in years)),
            str(-total(each.deducted for each in years)), str(-total(each.back for each in years)),
            str(last.closing),
        ],
        note=(
            "What passes all six tests: opening, what was paid in the year, less what was claimed "
            "or came back, gives the closing of the year. The last row has the sums of the years."
        ),
    )  # fmt: skip


def _trips(plan: HsaPlan, words: Words) -> Table:
    rows = [
        [
            short_day(each.trip.on),
            f"{each.trip.from_place} – {each.trip.to_place}".strip(" –") or UNKNOWN,
            _why(each.trip.purpose, each.trip.reason, words),
            each.exhibit or "none",
            miles_text(each.trip.miles),
            f"{each.trip.rate // 10}.{each.trip.rate % 10}".removesuffix(".0") + "¢",
            str(each.amount),
            str(each.parking),
        ]
        for each in plan.trips
    ]
    return table(
        "Travel log",
        (
            ("Day", "text"), ("From – to", "long"), ("For", "long"), ("Appointment", "text"),
            ("Miles", "money"), ("A mile", "money"), ("Mileage", "money"),
            ("Parking, tolls", "money"),
        ),
        rows,
        [
            "All trips", "", "", "",
            miles_text(sum(each.trip.miles for each in plan.trips)), "",
            str(total(each.amount for each in plan.trips)),
            str(total(each.parking for each in plan.trips)),
        ],
    )  # fmt: skip


def _why(purpose: str, reason: str, words: Words) -> str:
    said = "; ".join(filter(None, (purpose, f"not nearer: {reason}" if reason else "")))
    return words.only_full(said) or "–"


def _stays(plan: HsaPlan) -> Table:
    rows = [
        [
            short_day(each.stay.from_on),
            each.stay.place or UNKNOWN,
            _conditions(each.stay),
            each.exhibit or "none",
            f"{each.stay.nights} × {each.stay.persons}",
            str(each.actual),
            str(each.cap),
            str(each.allowed),
        ]
        for each in plan.stays
    ]
    return table(
        "Lodging log",
        (
            ("From", "text"), ("Where", "long"), ("Conditions", "long"), ("Appointment", "text"),
            ("Nights × persons", "text"), ("Hotel", "money"), ("Cap", "money"),
            ("Allowed at most", "money"),
        ),
        rows,
        [
            "All nights", "", "", "", "", str(total(each.actual for each in plan.stays)),
            str(total(each.cap for each in plan.stays)),
            str(total(each.allowed for each in plan.stays)),
        ],
        note=(
            "Conditions, 26 U.S.C. 213(d)(2): needed for the care; a doctor gave it in a licensed "
            "hospital or its equal; nothing lavish; no vacation and no great pleasure in it."
        ),
    )  # fmt: skip


def _conditions(stay: Any) -> str:
    names = (
        ("needed", stay.essential), ("licensed", stay.licensed),
        ("modest", stay.modest), ("no vacation", stay.no_holiday),
    )  # fmt: skip
    return ", ".join(f"{name}: {said or 'not said'}" for name, said in names)


def _letters(plan: HsaPlan, words: Words) -> Table:
    def days(letter: Any) -> str:
        until = short_day(letter.until_on) if letter.until_on else "no end named"
        return f"{short_day(letter.from_on or letter.signed_on)} to {until}"

    rows = [
        [
            each.exhibit or "no paper",
            each.patient or UNKNOWN,
            each.letter.prescriber or UNKNOWN,
            words.only_full(_diagnosis(each.letter)) or "in the full copy",
            days(each.letter),
            ", ".join(str(line.number) for line in each.inside),
            str(total(line.expense.amount for line in each.inside)),
        ]
        for each in plan.letters
    ]
    return table(
        "Letters of medical necessity",
        (
            ("Exhibit", "text"), ("Patient", "name"), ("By", "name"),
            ("Diagnosis and what it covers", "long"), ("Valid", "long"),
            ("Lines that rely on it", "long"), ("Paid", "money"),
        ),
        rows,
        ["All letters", "", "", "", "", "", str(total(
            line.expense.amount for each in plan.letters for line in each.inside
        ))],
        note="A letter is evidence, not an approval (IR-2024-65).",
    )  # fmt: skip


def _diagnosis(letter: Any) -> str:
    covers = ", ".join(filter(None, (each.strip() for each in letter.covers.splitlines())))
    return "; ".join(filter(None, (letter.diagnosis, covers)))


def _answers(plan: HsaPlan, words: Words) -> Table:
    rows = [
        [
            str(line.number), line.category or UNKNOWN,
            line.expense.answer if words.is_full else line.expense.answer.split(maxsplit=1)[0],
            str(line.expense.amount),
        ]
        for line in plan.answers
    ]  # fmt: skip
    return table(
        "What depends on facts, and what was answered",
        (("No.", "text"), ("Category", "long"), ("Answer", "long"), ("Paid", "money")),
        rows,
        ["", "All of them", "", str(total(line.expense.amount for line in plan.answers))],
    )


def _reasoned(
    title: str, note: str, reasoned: Sequence[Reasoned], words: Words, rows: Rows
) -> Table:
    return table(
        title,
        (
            ("No.", "text"), ("Papers", "brief"), ("Paid", "text"), ("Patient", "name"),
            ("What", "long"), ("Why", "longer"), ("Amount", "money"),
        ),
        [
            [
                str(each.line.number), rows.papers(each.line),
                short_day(each.line.expense.paid_on), each.line.patient or UNKNOWN,
                _what(each.line, words), words.safe(" ".join(each.reasons)) or "Look at the line.",
                str(each.amount),
            ]
            for each in reasoned
        ],
        ["", "", "", "All of them", "", "", str(total(each.amount for each in reasoned))],
        note=note,
    )  # fmt: skip


def _what(line: LedgerLine, words: Words) -> str:
    return words.what(line) or line.category or UNKNOWN


def rates_table(plan: HsaPlan) -> Table:
    """Return the rates and sources that were used."""
    return table(
        "Rates and sources used",
        (("What", "long"), ("Rate or rule", "long"), ("Holds", "text"), ("Source", "long")),
        [[each.what, each.value, each.dates, each.source] for each in plan.rates],
    )
