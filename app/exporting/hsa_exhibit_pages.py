"""The covers of an HSA summary's exhibits: the ledger rows behind each, and its fingerprint."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from app.domain.hsa_plan import UNKNOWN, HsaExhibit, LedgerLine, total
from app.exporting.hsa_words import Words, kind_of, short_day
from app.exporting.plain_text import shortened

_SHORT_CODE: Final = 12
"""Letters of a SHA-256 that are printed: enough to tell any two papers of a household apart."""
_LONGEST_NAME: Final = 90


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
        "rows": [_row(line, words) for line in exhibit.lines],
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


def _row(line: LedgerLine, words: Words) -> dict[str, Any]:
    return {
        "number": str(line.number),
        "provider": line.provider or UNKNOWN,
        "lines": list(_told(line, words)),
        "amount": str(line.expense.amount),
        "hsa": str(line.standing.reimbursed),
    }


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
