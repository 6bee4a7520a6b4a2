"""To whom a letter speaks: whose `you` it is. A paper may hold several letters."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from typing import Final, Literal

from app.importing.sifting.paper import Paper
from app.importing.sifting.sentences import plain
from app.importing.sifting.window_words import joined, patterns

Addressee = Literal["patient", "provider", "plan"]

_MAY_BE_OURS: Final = frozenset({"appeal_letter", "necessity_letter", None})
_SALUTATION: Final = re.compile(
    r"(?m)(?:^|(?<=\f))[^\S\n]{0,20}(?:dear|estimad[oa]s?(?:\(a\)|/a)?)\b[^\n,:]{0,80}",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Addressees:
    """The addressee of each letter, by the place in the text from which on it counts."""

    starts: tuple[int, ...]
    who: tuple[Addressee, ...]

    def at(self, offset: int) -> Addressee:
        """Return to whom the letter speaks at a place of the text."""
        return self.who[max(bisect_right(self.starts, offset) - 1, 0)]


def addressees_of(paper: Paper, kind: str | None) -> Addressees:
    """Find the salutations of a paper; without one it speaks to the patient.

    What the patient or a doctor wrote to the plan is known by its “I” as well as by its kind.
    """
    if kind in _MAY_BE_OURS and joined("written_by_patient").search(plain(paper.text).text):
        return Addressees((0,), ("plan",))
    starts: list[int] = []
    who: list[Addressee] = []
    for match in _SALUTATION.finditer(paper.text):
        addressee = _addressee(plain(match[0]).text)
        if addressee is None:
            continue
        page = paper.page_starts[paper.page_at(match.start()) - 1]
        starts.append(0 if not starts else max(page, starts[-1] + 1))
        who.append(addressee)
    return Addressees(tuple(starts), tuple(who)) if starts else Addressees((0,), ("patient",))


def _addressee(salutation: str) -> Addressee | None:
    for pattern in patterns("addressees"):
        if pattern.regex.search(salutation):
            if pattern.kind == "patient":
                return "patient"
            return "provider" if pattern.kind == "provider" else "plan"
    return None
