"""Typesets printed pages from a template and plain data; the same everywhere, never the network."""

from __future__ import annotations

import ctypes
import json
import sys
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, time
from functools import cache
from typing import Any, cast

import typst

from app.exporting.plain_text import printable
from app.resources import resource

_BODY = "Libertinus Serif"
_SERIFS_FOR_OTHER_SCRIPTS = (
    "Noto Serif CJK SC",
    "Noto Serif",
    "Songti SC",
    "SimSun",
    "Noto Naskh Arabic",
    "Geeza Pro",
    "DejaVu Serif",
    "Times New Roman",
)
_LARGE = 200_000
"""From this size on, in bytes, what typst keeps of a document is worth having back."""
_KEPT_FOR = 11
_NOT_UNIVERSAL = "PDF/UA-1 error"
"""How typst begins to say that a text holds a letter which no font here can show."""


def typeset(template: str, data: Mapping[str, object], *, title: str, made_on: date) -> bytes:
    """Return the PDF of `template` (a file under `resources/templates`) filled with `data`.

    A template begins with `#import "given.typ": data, fonts, title`. `data` is turned into JSON
    and reaches the template as values, never as markup: text from papers cannot inject. The same
    arguments give the same bytes.

    The pages use the fonts that typst carries, so they look the same on every computer; the fonts
    of this computer are asked only for letters which those lack (Chinese, Arabic, emoji). The PDF
    is tagged and claims PDF/UA-1, unless no font here can show some letter.

    Raises:
        typst.TypstError: the template is wrong.
    """
    pdf = _typeset(template, data, title=title, made_on=made_on)
    if len(pdf) > _LARGE:
        _forget()
    return pdf


def find_rows(template: str, data: Mapping[str, object], *, title: str) -> list[dict[str, Any]]:
    """Return the values of all `#metadata(…) <row>` in what `typeset` would make of a template.

    Measured in the fonts that typst carries: letters of other scripts may come out a little wider.

    Raises:
        typst.TypstError: the template is wrong.
    """
    folder = resource("templates")
    found = typst.query(
        folder / template,
        "<row>",
        field="value",
        root=folder,
        font_paths=_fonts(with_system=False),
        sys_inputs={
            "data": _payload(data),
            "title": printable(title),
            "fonts": json.dumps([_BODY]),
        },
    )
    _forget()
    return json.loads(found)


def _payload(data: Mapping[str, object]) -> str:
    return json.dumps(_printable(data), ensure_ascii=False, sort_keys=True)


def _typeset(template: str, data: Mapping[str, object], *, title: str, made_on: date) -> bytes:
    payload = _payload(data)
    heading = printable(title)
    for with_system in (False, True):
        fonts = _fonts(with_system=with_system)
        try:
            return _compile(template, payload, heading, made_on, fonts=fonts)
        except typst.TypstError as error:
            if _NOT_UNIVERSAL not in str(error):
                raise
    fonts = _fonts(with_system=True)
    return _compile(template, payload, heading, made_on, fonts=fonts, universal=False)


def _compile(
    template: str,
    payload: str,
    title: str,
    made_on: date,
    *,
    fonts: typst.Fonts,
    universal: bool = True,
) -> bytes:
    folder = resource("templates")
    known = set(fonts.families())
    families = [_BODY, *(name for name in _SERIFS_FOR_OTHER_SCRIPTS if name in known)]
    return typst.compile(
        folder / template,
        root=folder,
        font_paths=fonts,
        sys_inputs={"data": payload, "title": title, "fonts": json.dumps(families)},
        pdf_standards=["ua-1"] if universal else [],
        timestamp=datetime.combine(made_on, time(12), UTC),
    )


def _forget() -> None:
    """Have typst give its memory back: it keeps what it typeset for ten more documents."""
    for _ in range(_KEPT_FOR):
        typst.compile(b"", font_paths=_fonts(with_system=False))
    if trim := getattr(ctypes.CDLL(None), "malloc_trim", None) if sys.platform == "linux" else None:
        trim(0)  # the C library of Linux keeps what was freed, others give it back


@cache
def _fonts(*, with_system: bool) -> typst.Fonts:
    return typst.Fonts(include_system_fonts=with_system)


def _printable(value: object) -> object:
    """Return `value` as JSON can carry it, its texts cleaned, dates as ISO text."""
    if isinstance(value, str):
        return printable(value)
    if isinstance(value, Mapping):
        pairs = cast("Mapping[str, object]", value)
        return {key: _printable(item) for key, item in pairs.items()}
    if isinstance(value, Sequence):
        return [_printable(item) for item in cast("Sequence[object]", value)]
    return value.isoformat() if isinstance(value, date) else value
