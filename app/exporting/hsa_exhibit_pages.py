"""The covers of an HSA summary's exhibits: the ledger rows behind each, and its fingerprint."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, Final

from app.domain.hsa_plan import UNKNOWN, HsaExhibit, LedgerLine, total
from app.exporting.hsa_words import Words, kind_of, short_day
from app.exporting.plain_text import shortened

_SHORT_CODE: Final = 12
"""Letters of a SHA-256 that are printed: enough to tell any two papers of a household apart."""
_LONGEST_NAME: Final = 90
_LONGEST_LINE: Final = 180
_IN_FULL: Final = 4
_IN_SHORT: Final = 12
"""So many lines are told in full, or else so many in short: a cover is one page."""


def exhibit_data(exhibit: HsaExhibit, words: Words) -> dict[str, Any]:
    """Return what a cover prints; the pages behind it are counted when it is bound."""
    return {
        "number": exhibit.number,
        "letters": ", ".join(exhibit.letters),
        "kind": kind_of(exhibit),
        "name": words.paper(exhibit),
        "bookmark": bookmark_of(exhibit, words),
        "facts": [
            ["SHA-256 begins", ", ".join(map(short_code, exhibit.paper.sha256)) or "no original"],
        ],
        "rows": list(_rows(exhibit.lines, words)),
        "total": str(total(line.expense.amount for line in exhibit.lines)),
        "hsa": str(total(line.standing.reimbursed for line in exhibit.lines)),
        "about": list(exhibit.about),
    }


def bookmark_of(exhibit: HsaExhibit, words: Words) -> str:
    """Return the heading of a cover, which is its bookmark too."""
    return f"{exhibit.number}: {shortened(words.paper(exhibit), _LONGEST_NAME)}"


def short_code(sha256: str) -> str:
    """Return the beginning of a fingerprint, in groups that can be read aloud."""
    code = sha256[:_SHORT_CODE]
    return " ".join(code[at : at + 4] for at in range(0, len(code), 4))


def _rows(lines: Sequence[LedgerLine], words: Words) -> Iterator[dict[str, Any]]:
    """Yield the lines behind a paper so that a cover stays one page: many in short, then in sum."""
    is_long = len(lines) > _IN_FULL
    shown = lines[:_IN_SHORT] if is_long else lines
    for line in shown:
        told = [_brief(line)] if is_long else list(_told(line, words))
        yield _row(str(line.number), line.provider or UNKNOWN, told, [line])
    if rest := lines[len(shown) :]:
        yield _row("", f"{len(rest):,} more lines, to no. {rest[-1].number}", [], rest)


def _row(
    number: str, provider: str, told: Sequence[str], lines: Sequence[LedgerLine]
) -> dict[str, Any]:
    return {
        "number": number,
        "provider": shortened(provider, _LONGEST_NAME),
        "lines": [shortened(each, _LONGEST_LINE) for each in told],
        "amount": str(total(line.expense.amount for line in lines)),
        "hsa": str(total(line.standing.reimbursed for line in lines)),
    }


def _brief(line: LedgerLine) -> str:
    served, paid = short_day(line.expense.served_on), short_day(line.expense.paid_on)
    return f"{line.patient or UNKNOWN} · service {served}, paid {paid}"


def _told(line: LedgerLine, words: Words) -> Iterator[str]:
    if line.address:
        yield ", ".join(each.strip() for each in line.address.splitlines() if each.strip())
    what = " · ".join(dict.fromkeys(filter(None, (words.what(line), line.category))))
    yield f"{line.patient or UNKNOWN} · {what or UNKNOWN}"
    expense = line.expense
    yield f"Service {short_day(expense.served_on)}, paid {short_day(expense.paid_on)}"
    standing = line.standing
    yield (
        f"Left to claim {standing.claimable}, to look at {standing.needs_attention}, not claimable "
        f"{standing.not_claimable}"
    )
