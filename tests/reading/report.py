"""The figures of a measurement as a table to read, or in Markdown."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from tests.reading.compare import JUDGED
from tests.reading.measure import Measured

_GROUPS: Final = {
    "date, claim number, member ID, amounts, codes": (
        "letter_date", "claim_number", "member_id", "billed", "allowed", "plan_paid",
        "not_covered", "deductible", "copay", "coinsurance", "patient_owes", "icd10", "procedure",
        "modifier", "ndc", "carc", "rarc", "npi",
    ),
    "receipts: total and date of purchase": ("total", "purchase_date"),
    "all facts": JUDGED,
}  # fmt: skip
"""The rows of the issue's table of aims."""

Row = tuple[str, ...]


def tables(result: Measured) -> list[tuple[Row, list[Row]]]:
    """Return the tables of a measurement: each a head and its rows."""
    return [
        (("fact", "in truth", "found", "wrong"), [*_facts(result), *_groups(result)]),
        (("windows of the patient", "papers say"), _windows(result)),
        (("kind of paper", "papers"), _kinds(result)),
        (("time", "seconds a page"), _times(result)),
    ]


def in_text(head: Row, rows: Sequence[Row]) -> str:
    """Return a table in columns."""
    widths = [max(len(row[place]) for row in [head, *rows]) for place in range(len(head))]
    lines = [
        "  ".join(
            [
                row[0].ljust(widths[0]),
                *(c.rjust(w) for c, w in zip(row[1:], widths[1:], strict=True)),
            ]
        )
        for row in [head, *rows]
    ]
    return "\n".join(line.rstrip() for line in lines)


def in_markdown(head: Row, rows: Sequence[Row]) -> str:
    """Return a table in Markdown."""
    lines = [head, tuple("---" for _ in head), *rows]
    return "\n".join(f"| {' | '.join(row)} |" for row in lines)


def _facts(result: Measured) -> Iterator[Row]:
    for name in JUDGED:
        row = _row(result, name, (name,))
        if row[1:] != ("0", "–", "0"):
            yield row


def _groups(result: Measured) -> list[Row]:
    return [_row(result, title, names) for title, names in _GROUPS.items()]


def _row(result: Measured, title: str, names: Sequence[str]) -> Row:
    counts = result.score.facts
    truth, found, wrong = (
        sum(counts[name, what] for name in names) for what in ("truth", "found", "wrong")
    )
    given = found + wrong
    share = f"{found} ({found / truth:.1%})" if truth else "–"
    return title, str(truth), share, f"{wrong} ({wrong / given:.1%})" if given else str(wrong)


def _windows(result: Measured) -> list[Row]:
    counts = result.score.windows
    truth, right, judged = counts["truth"], counts["right"], counts["level judged"]
    return [
        ("in truth", str(truth)),
        ("right (amount, unit, anchor, for whom)", f"{right} ({_share(right, truth)})"),
        ("wrong parts, any for whom", str(counts["wrong"])),
        ("invented deadlines of the patient", str(counts["invented"])),
        ("level right, of the right ones", f"{counts['level right']} of {judged}"),
        ("way of filing right, of the right ones", f"{counts['filed right']} of {judged}"),
    ]


def _kinds(result: Measured) -> list[Row]:
    counts = result.score.kinds
    names = ("right", "can't tell", "wrong", *(("crashed",) if counts["crashed"] else ()))
    return [(name, f"{counts[name]} ({_share(counts[name], result.papers)})") for name in names]


def _times(result: Measured) -> list[Row]:
    pages = result.pages or 1
    return [
        ("reading", f"{result.reading_seconds / pages:.3f}"),
        ("sifting", f"{result.sifting_seconds / pages:.4f}"),
    ]


def _share(part: int, whole: int) -> str:
    return f"{part / whole:.1%}" if whole else "–"
