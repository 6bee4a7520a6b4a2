"""One fact for a window that a letter says several times."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from app.domain.fact import WindowSaid
from app.importing.sifting.found import Found


def merged(windows: Sequence[Found]) -> tuple[Found, ...]:
    """Return each window once, at its first place, as the best of its sentences says it."""
    kept: list[Found] = []
    for window in windows:
        at = next((at for at, other in enumerate(kept) if _same(other, window)), None)
        if at is None:
            kept.append(window)
        else:
            kept[at] = _better(kept[at], window)
    return tuple(kept)


def _said(window: Found) -> WindowSaid:
    assert isinstance(window.value, WindowSaid)
    return window.value


def _same(one: Found, other: Found) -> bool:
    a, b = _said(one), _said(other)
    if (a.amount, a.unit, a.for_whom) != (b.amount, b.unit, b.for_whom):
        return False
    if a.due != b.due and (a.amount is None or None not in (a.due, b.due)):
        return False
    return a.level == b.level or (one.start < other.end and other.start < one.end)


def _better(first: Found, second: Found) -> Found:
    """Return the first with what the second knows better."""
    a, b = _said(first), _said(second)
    best = second if _weight(second) > _weight(first) else first
    value = replace(
        _said(best),
        due=a.due or b.due,
        filed_when=a.filed_when or b.filed_when,
        level=a.level or b.level,
    )
    return replace(first, value=value, score=max(first.score, second.score), note=best.note)


def _weight(window: Found) -> tuple[bool, float]:
    return _said(window).anchor != "unstated", window.score
