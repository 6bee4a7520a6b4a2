"""The papers of the sample binder, drawn by our own code: letters, photos, scans and a fax.

Everyone in them is invented. The drawing has no chance in it: the same program makes the same
papers again.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from functools import cache
from io import BytesIO
from pathlib import Path
from types import MappingProxyType
from typing import Any, Literal, TypeAlias

import typst
from PIL import Image

from app.exporting.sample_photos import Camera, fax, photo, scan
from app.resources import resource, resource_json

_TEMPLATE = "papers.typ"
_DOTS_PER_INCH = 150

_Texts: TypeAlias = Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class SamplePaper:
    """A drawn paper and where the story wants it; `claim` is a key of `story.json`.

    Papers with the same `as_one` are pages of one letter, in their order. A paper without a claim
    stays in the Inbox: its kind and its claim are for the person to find.
    """

    path: Path
    name: str
    kind: str
    claim: str | None
    dated_on: date
    received_on: date | None
    as_one: str | None


def draw_sample_papers(folder: Path) -> tuple[SamplePaper, ...]:
    """Draw every sample paper into `folder`, which exists, and return them in story order."""
    story = resource_json("sample", "papers.json")
    drawn: list[SamplePaper] = []
    for paper in story["papers"]:
        path = folder / paper["file"]
        path.write_bytes(_MAKERS[paper["make"]](paper, story["heads"]))
        drawn.append(_described(path, paper))
    return tuple(drawn)


def _described(path: Path, paper: _Texts) -> SamplePaper:
    received = paper["received_on"]
    return SamplePaper(
        path=path,
        name=paper.get("name", path.name),
        kind=paper["kind"],
        claim=paper["claim"],
        dated_on=date.fromisoformat(paper["dated_on"]),
        received_on=date.fromisoformat(received) if received else None,
        as_one=paper.get("as_one"),
    )


def _pdf(paper: _Texts, heads: _Texts) -> bytes:
    return _drawn(paper, heads, "pdf")[0]


def _picture(paper: _Texts, heads: _Texts) -> bytes:
    return _drawn(paper, heads, "png")[0]


def _photo(paper: _Texts, heads: _Texts) -> bytes:
    camera = Camera(
        taken_on=date.fromisoformat(paper["taken_on"]),
        ground=tuple(paper["ground"]),
        lean=tuple(paper["lean"]),
        shade=paper["shade"],
        turn=paper["turn"],
    )
    return photo(_pages(paper, heads)[0], camera)


def _scan(paper: _Texts, heads: _Texts) -> bytes:
    made_on = date.fromisoformat(paper["received_on"])
    return scan(_pages(paper, heads), dots_per_inch=_DOTS_PER_INCH, made_on=made_on)


def _fax(paper: _Texts, heads: _Texts) -> bytes:
    return fax(_pages(paper, heads))


def _pages(paper: _Texts, heads: _Texts) -> list[Image.Image]:
    drawn = _drawn(paper, heads, "png")
    return [Image.open(BytesIO(page), formats=["PNG"]).convert("L") for page in drawn]


def _drawn(paper: _Texts, heads: _Texts, form: Literal["pdf", "png"]) -> list[bytes]:
    """Typeset one paper: the whole as one PDF, or each of its pages as a PNG."""
    folder = resource("sample")
    out = typst.compile(
        folder / _TEMPLATE,
        root=folder,
        font_paths=_fonts(),
        sys_inputs={"data": json.dumps({"heads": heads, "papers": [paper]})},
        format=form,
        ppi=_DOTS_PER_INCH,
        timestamp=datetime.combine(date.fromisoformat(paper["dated_on"]), time(12), UTC),
    )
    return out if isinstance(out, list) else [out]


@cache
def _fonts() -> typst.Fonts:
    """The fonts that typst carries, so that the papers look the same on every computer."""
    return typst.Fonts(include_system_fonts=False)


_MAKERS: Mapping[str, Callable[[_Texts, _Texts], bytes]] = MappingProxyType(
    {"pdf": _pdf, "picture": _picture, "photo": _photo, "scan": _scan, "fax": _fax}
)
