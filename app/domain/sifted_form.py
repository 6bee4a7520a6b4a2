"""What was read in a paper as plain values and as bytes to keep; what comes back is checked."""

from __future__ import annotations

import json
import zlib
from dataclasses import asdict
from datetime import date
from typing import Any, Final, cast, get_args

from app.domain.document import KINDS
from app.domain.fact import (
    FACT_NAMES,
    Anchor,
    AppealLevel,
    Box,
    Fact,
    FiledWhen,
    ForWhom,
    KindRead,
    Sifted,
    WindowSaid,
    WindowUnit,
)

MOST_FACTS: Final = 2_000
MOST_LETTERS: Final = 4_000  # of one value, or of the words that say it
_MOST_UNPACKED: Final = 16 << 20  # bytes
_MOST_AMOUNT: Final = 10_000
_LETTER_WINDOW: Final = {
    "unit": get_args(WindowUnit),
    "anchor": get_args(Anchor),
    "for": get_args(ForWhom),
    "level": (None, *get_args(AppealLevel)),
    "filed_when": (None, *get_args(FiledWhen)),
}


def plain_window(window: WindowSaid) -> dict[str, Any]:
    """Return a window's parts by the names of the headless commands."""
    return {
        "amount": window.amount,
        "unit": window.unit,
        "anchor": window.anchor,
        "for": window.for_whom,
        "level": window.level,
        "filed_when": window.filed_when,
    }


def plain_value(value: str | WindowSaid) -> str:
    """Return a value as one line of text, equal for equal values."""
    if isinstance(value, str):
        return value
    due = value.due.isoformat() if value.due else None
    return json.dumps({**plain_window(value), "due": due}, sort_keys=True)


def value_of(name: str, plain: str) -> str | WindowSaid:
    """Return the value whose plain form this is.

    Raises:
        ValueError: it is no plain form of a value of that name.
    """
    if name != "appeal_window":
        return plain
    return _window(_table(json.loads(plain)))


def pack_sifted(sifted: Sifted) -> bytes:
    """Return what was read as bytes to keep."""
    return zlib.compress(json.dumps(plain_sifted(sifted), ensure_ascii=False).encode())


def unpack_sifted(data: bytes) -> Sifted:
    """Return what `pack_sifted` was given.

    Raises:
        ValueError: the bytes are not what `pack_sifted` made.
    """
    unpacker = zlib.decompressobj()
    try:
        content: object = json.loads(unpacker.decompress(data, _MOST_UNPACKED))
    except (zlib.error, RecursionError) as error:
        raise ValueError("not what was read") from error
    return sifted_from(content)


def plain_sifted(sifted: Sifted) -> dict[str, Any]:
    """Return what was read as plain JSON values."""
    return {
        "kind": asdict(sifted.kind),
        "letters": list(sifted.letters),
        "prints": list(sifted.prints),
        "questions": list(sifted.questions),
        "facts": [
            {
                "name": fact.name,
                "value": plain_value(fact.value),
                "text": fact.text,
                "page": fact.page,
                "boxes": [[round(place, 4) for place in box] for box in fact.boxes],
                "score": round(fact.score, 3),
                "note": fact.note,
                "row": fact.row,
            }
            for fact in sifted.facts
        ],
    }


def sifted_from(content: object) -> Sifted:
    """Return what `plain_sifted` was given, each value checked: it may come from a worker.

    Raises:
        ValueError: something has another shape, or is out of bounds.
    """
    plain = _table(content)
    try:
        kind, facts, letters = plain["kind"], plain["facts"], plain["letters"]
        if len(facts) > MOST_FACTS:
            raise ValueError("too many facts")
        return Sifted(
            KindRead(
                _one_of((None, *KINDS), kind["value"]),
                _share(kind["score"]),
                _text(kind["reason"]),
            ),
            tuple(_fact(fact) for fact in facts),
            tuple(_count(page) for page in letters),
            tuple(_text(one) for one in plain["prints"]),
            tuple(_text(one) for one in plain["questions"]),
        )
    except (KeyError, TypeError, AttributeError) as error:
        raise ValueError("not what was read") from error


def _fact(plain: dict[str, Any]) -> Fact:
    name = _one_of(FACT_NAMES, plain["name"])
    row = plain["row"]
    boxes = tuple(_box(box) for box in plain["boxes"])
    if not boxes:
        raise ValueError("a fact without a place")
    return Fact(
        name=name,
        value=value_of(name, _text(plain["value"])),
        text=_text(plain["text"]),
        page=_count(plain["page"]),
        boxes=boxes,
        score=_share(plain["score"]),
        note=_text(plain["note"]),
        row=None if row is None else _count(row),
    )


def _window(plain: dict[str, Any]) -> WindowSaid:
    amount, due = plain["amount"], plain["due"]
    parts = {name: _one_of(known, plain[name]) for name, known in _LETTER_WINDOW.items()}
    if amount is not None and not 0 < _count(amount) <= _MOST_AMOUNT:
        raise ValueError("out of bounds")
    return WindowSaid(
        amount=amount,
        unit=parts["unit"],
        anchor=parts["anchor"],
        for_whom=parts["for"],
        level=parts["level"],
        filed_when=parts["filed_when"],
        due=None if due is None else date.fromisoformat(_text(due)),
    )


def _table(content: object) -> dict[str, Any]:
    if isinstance(content, dict):
        return cast("dict[str, Any]", content)
    raise ValueError("not what was read")


def _one_of(known: tuple[Any, ...], value: object) -> Any:
    if value not in known:
        raise ValueError("not a known word")
    return value


def _text(value: object) -> str:
    if isinstance(value, str) and len(value) <= MOST_LETTERS:
        value.encode()  # half a letter (a surrogate) could neither be kept nor shown
        return value
    raise ValueError("not a text")


def _count(value: object) -> int:
    if isinstance(value, int) and not isinstance(value, bool) and value > 0:
        return value
    raise ValueError("not a count")


def _share(value: object) -> float:
    if isinstance(value, int | float) and 0 <= value <= 1:
        return float(value)
    raise ValueError("out of bounds")


def _box(plain: list[float]) -> Box:
    x0, y0, x1, y1 = (_share(place) for place in plain)
    return x0, y0, x1, y1
