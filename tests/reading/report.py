"""The figures of a measurement as a table to read, or in Markdown."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
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

_OUTCOMES: Final = ("right", "can't tell", "wrong", "crashed")

Row = tuple[str, ...]


def tables(result: Measured) -> list[tuple[Row, list[Row]]]:
    """Return the tables of a measurement: each a head and its rows."""
    every: list[tuple[Row, list[Row]]] = [
        (("fact", "in truth", "found", "wrong"), [*_facts(result), *_groups(result)]),
        (("windows of the patient", "papers say"), _windows(result)),
        (("windows by their parts", "in truth", "right"), _window_parts(result)),
        (("kind of paper", *_OUTCOMES), _kinds(result)),
        (("words read from pictures", "share"), _words(result)),
        (("time", "seconds a page"), _times(result)),
    ]
    return [(head, rows) for head, rows in every if rows]


def summary(results: Mapping[str, Measured]) -> tuple[Row, list[Row]]:
    """Return one table of the issue's measures, with a column for each form of the papers."""
    head = ("measure", "aim", *results)
    return head, [
        (title, aim, *(figure(result) for result in results.values()))
        for title, aim, figure in _SUMMARY
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
    truth, found, wrong = (_sum(counts, names, what) for what in ("truth", "found", "wrong"))
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


def _window_parts(result: Measured) -> list[Row]:
    counts = result.score.parts
    names = sorted({name for name, what in counts if what == "truth"})
    return [(name, str(counts[name, "truth"]), f"{counts[name, 'right']}") for name in names]


def _kinds(result: Measured) -> list[Row]:
    counts = result.score.kinds
    kinds = sorted({kind for kind, _ in counts}, key=str)
    rows = [
        (str(kind or "nobody can tell"), *(str(counts[kind, outcome]) for outcome in _OUTCOMES))
        for kind in kinds
    ]
    total = [_kind_count(result, outcome) for outcome in _OUTCOMES]
    return [*rows, ("all", *(f"{count} ({_share(count, result.papers)})" for count in total))]


def _kind_count(result: Measured, outcome: str) -> int:
    return sum(count for (_, what), count in result.score.kinds.items() if what == outcome)


def _words(result: Measured) -> list[Row]:
    read, printed = result.words_read, result.words_printed
    return [(f"{read} of {printed}", _share(read, printed))] if printed else []


def _seconds(result: Measured) -> float:
    return result.reading_seconds / (result.pages or 1)


def _times(result: Measured) -> list[Row]:
    sifting = result.sifting_seconds / (result.pages or 1)
    return [("reading", f"{_seconds(result):.3f}"), ("sifting", f"{sifting:.4f}")]


def _found(*names: str) -> Callable[[Measured], str]:
    def figure(result: Measured) -> str:
        counts = result.score.facts
        return _share(_sum(counts, names, "found"), _sum(counts, names, "truth"))

    return figure


def _wrong(*names: str) -> Callable[[Measured], str]:
    def figure(result: Measured) -> str:
        counts = result.score.facts
        wrong = _sum(counts, names, "wrong")
        return _share(wrong, wrong + _sum(counts, names, "found"))

    return figure


def _sum(counts: Counter[tuple[str, str]], names: Sequence[str], what: str) -> int:
    return sum(counts[name, what] for name in names)


def _windows_right(result: Measured) -> str:
    return _share(result.score.windows["right"], result.score.windows["truth"])


def _kinds_not_wrong(result: Measured) -> str:
    not_wrong = _kind_count(result, "right") + _kind_count(result, "can't tell")
    return _share(not_wrong, result.papers)


def _share(part: int, whole: int) -> str:
    return f"{part / whole:.1%}" if whole else "–"


_SUMMARY: Final[Sequence[tuple[str, str, Callable[[Measured], str]]]] = (
    ("papers", "", lambda result: str(result.papers)),
    ("date, claim number, member ID, amounts, codes: found", "≥ 97 % (fax, photo 93)",
     _found(*_GROUPS["date, claim number, member ID, amounts, codes"])),
    ("the same: wrong, of the given", "≤ 0.5 % (fax, photo 1)",
     _wrong(*_GROUPS["date, claim number, member ID, amounts, codes"])),
    ("all facts: found", "", _found(*JUDGED)),
    ("all facts: wrong, of the given", "", _wrong(*JUDGED)),
    ("windows of the patient: right", "≥ 95 %", _windows_right),
    ("deadlines of the patient: invented", "0",
     lambda result: str(result.score.windows["invented"])),
    ("receipts: total and date found", "≥ 95 %", _found("total", "purchase_date")),
    ("receipts: total and date wrong, of the given", "≤ 1 %", _wrong("total", "purchase_date")),
    ("kind of paper: right or “I can't tell”", "≥ 95 %", _kinds_not_wrong),
    ("kind of paper: right", "",
     lambda result: _share(_kind_count(result, "right"), result.papers)),
    ("words read from the picture", "≥ 98 % (photo)",
     lambda result: _share(result.words_read, result.words_printed)),
    ("seconds a page", "", lambda result: f"{_seconds(result):.1f}"),
)  # fmt: skip
