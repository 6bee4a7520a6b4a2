"""What is found when a bundle is looked over before it goes out: sentences, never a stop."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

SEVERITIES: Final = ("look", "note")
"""`look`: it may cost the appeal, or a stranger's privacy. `note`: good to know."""

TABS: Final = ("evidence", "letters", "claim", "people", "calendar", "plan")
"""Where something that is no paper can be mended."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Finding:
    """One thing worth a look. `page` is a page (from 1) of the paper; `tab` one of `TABS`."""

    code: str
    sentence: str
    severity: str = "note"
    document_id: str | None = None
    page: int | None = None
    tab: str = ""

    @property
    def is_grave(self) -> bool:
        """Return whether a person should look before it goes out."""
        return self.severity == "look"


@dataclass(frozen=True, kw_only=True, slots=True)
class PageSeen:
    """What is known of a page (from 1) of a paper.

    `words` counts its words, and `sureness` is how sure the reader was of them on the whole, 0 to
    1; None where it need not guess. `upright` says whether its words run from left to right.
    `is_blank` is None where nobody has looked. `failed` says why it could not be read.
    """

    number: int
    text: str = ""
    words: int = 0
    sureness: float | None = None
    upright: bool = True
    is_blank: bool | None = None
    failed: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class PaperSeen:
    """A paper that goes in: its name, its kind, the digests of its originals, and its pages.

    `left_out` are the numbers of pages that the person leaves out. `waits` says that it was not
    read yet.
    """

    document_id: str
    name: str
    kind: str | None = None
    digests: tuple[str, ...] = ()
    pages: tuple[PageSeen, ...] = ()
    left_out: frozenset[int] = frozenset()
    waits: bool = False

    @property
    def going_in(self) -> tuple[PageSeen, ...]:
        """The pages that go in."""
        return tuple(page for page in self.pages if page.number not in self.left_out)


def worst_first(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Return findings, each once, those to look at before those to note."""
    return tuple(sorted(dict.fromkeys(findings), key=lambda each: SEVERITIES.index(each.severity)))
