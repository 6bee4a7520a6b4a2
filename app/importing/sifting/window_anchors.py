"""What a length of time is counted from: `of the date on this notice`, `after you get it`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final, cast

from app.domain.fact import Anchor
from app.importing.sifting.window_words import joined, patterns

_END: Final = re.compile(
    r"[,;()]|\.(?= |$)"
    r"| (?:to|and|or|you|we|unless|if|whichever|please|usted|para|y|o|si|el que|lo que"
    r"|ask|apply|take|petition|submit|write|file an?|request an?)(?= )"
)
_ONLY_BESIDE: Final = re.compile(r"(?:of|de|del|by|on|when|dated|is) ")


@dataclass(frozen=True, slots=True)
class AnchorSaid:
    """An anchor at `start` to `end`; `by_plan` means that the plan receives something.

    `far` tells `after you get it`, which may stand apart from its length, from `of this notice`.
    """

    anchor: Anchor
    by_plan: bool
    name: str
    start: int
    end: int
    far: bool


def anchors_in(text: str, times: Sequence[tuple[int, int]]) -> tuple[AnchorSaid, ...]:
    """Return the anchors of a plain sentence from left to right; none runs into a time."""
    return tuple(_each(text, times))


def _each(text: str, times: Sequence[tuple[int, int]]) -> Iterator[AnchorSaid]:
    at = 0
    for match in joined("anchor_starts").finditer(text):
        inside = any(start <= match.start() < end for start, end in times)
        if match.start() < at or inside:
            continue
        stop = min((start for start, _ in times if start > match.start()), default=len(text))
        said = _said(text[:stop], match)
        if said:
            yield said
            at = said.end


def _said(text: str, start: re.Match[str]) -> AnchorSaid | None:
    for pattern in patterns("anchors"):
        match = pattern.regex.match(text, start.end())
        if not match or match.end() == start.end():
            continue
        end = _END.search(text, match.end())
        by_plan = pattern.kind == "of_the_plan"
        anchor = "receipt" if by_plan else pattern.kind
        stop = end.start() if end else len(text)
        return AnchorSaid(
            cast("Anchor", anchor),
            by_plan,
            pattern.name,
            start.start(),
            start.start() + len(text[start.start() : stop].rstrip()),
            _ONLY_BESIDE.match(start[0]) is None,
        )
    return None
