"""The task that puts a bundle together from its printed pages and its pieces. Runs in a worker."""

from __future__ import annotations

import os
import re
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any, Final

import pikepdf
from pikepdf import Array, Dictionary, Name, Object, OutlineItem, Pdf

from app.exporting.frame import LETTER_HEIGHT, LETTER_WIDTH, Placement
from app.exporting.handover import refusal
from app.exporting.layout import LaidOut, lay_out
from app.exporting.piece import HIDDEN_LAYERS
from app.exporting.stamps import Stamps
from app.exporting.typeset import typeset
from app.workers import Reply

_MAKER: Final = "ClaimBinder"
_UNIVERSAL_CLAIM: Final = re.compile(rb"<pdfuaid:part>[^<]*</pdfuaid:part>")
_KEPT_PLACE: Final = re.compile(rb"(?P<begin>/Span<</MCID 0>>BDC\n).*?(?P<end>EMC)", re.DOTALL)
"""What typst writes for the paragraph that keeps the place of an exhibit's page."""
_ON_ITS_SIDE: Final = f"q 0 1 -1 0 {LETTER_WIDTH:.0f} 0 cm\n".encode("ascii")


def assemble(values: dict[str, Any], _blobs: Sequence[bytes]) -> Reply:
    """Write the bundle to `target` and make it durable.

    `values`: `template` and `front`, the printed pages and what they say; `title`; `made_on`
    (ISO); `target`; `scratch`, a folder; `exhibits`, for each a list of its pieces `{"path",
    "sizes", "is_picture", "bookmarks"}` or gaps `{"missing": {"name", "reason"}}`.

    Returns: `pages`, how many there are; `exhibits`, for each its `first_page` from 1, `pages`
    with its sheet, and `starts`, the page on which each page of its papers begins.

    Raises:
        UserError: the target cannot be written.
    """
    exhibits = lay_out(values["exhibits"])
    front = values["front"]
    for printed, exhibit in zip(front["exhibits"], exhibits, strict=True):
        printed["pages"] = [
            {"landscape": side.landscape, "missing": side.missing} for side in exhibit.sides
        ]
    made_on = date.fromisoformat(values["made_on"])
    own_pages = Path(values["scratch"]) / "printed.pdf"
    own_pages.write_bytes(
        typeset(values["template"], front, title=values["title"], made_on=made_on)
    )
    paths = [piece["path"] for pieces in values["exhibits"] for piece in pieces if "path" in piece]
    with _merged(own_pages, paths) as bundle:
        sheets = _bind(bundle, exhibits, front.get("specimen", ""))
        _add_bookmarks(bundle, exhibits, sheets)
        _name(bundle)
        _write(bundle, Path(values["target"]))
        places = [
            {
                "first_page": sheet + 1,
                "pages": len(exhibit.sides) + 1,
                "starts": [sheet + 2 + place for place in exhibit.starts],
            }
            for sheet, exhibit in zip(sheets, exhibits, strict=True)
        ]
        return Reply({"pages": len(bundle.pages), "exhibits": places})


def _merged(own_pages: Path, pieces: Sequence[str]) -> Pdf:
    """Return the printed pages with all pages of the pieces behind them.

    QPDF's own job leaves the data of pictures in their files until the bundle is written, and
    keeps no file open: neither memory nor open files grow with the bundle.
    """
    behind = [part for path in pieces for part in (path, "1-z")]
    options = ["--keep-files-open=n", "--no-warn", "--pages", ".", "1-z", *behind, "--", "-"]
    return pikepdf.Job(["qpdf", str(own_pages), *options]).create_pdf()


def _bind(bundle: Pdf, exhibits: Sequence[LaidOut], specimen: str) -> list[int]:
    """Lay the pages of the pieces on the printed pages that wait for them.

    Returns the page of each exhibit's sheet, counted from 0.
    """
    pages = [page.obj for page in bundle.pages]
    used = {side.page for exhibit in exhibits for side in exhibit.sides if side.page is not None}
    pieces = pages[len(pages) - len(used) :]
    _hide_layers(bundle, pieces)
    printed = pages[: len(pages) - len(used)]
    stamps = Stamps(printed.pop(), specimen) if specimen else None
    del bundle.pages[len(printed) :]
    at = len(printed) - sum(1 + len(exhibit.sides) for exhibit in exhibits)
    sheets: list[int] = []
    for exhibit in exhibits:
        sheets.append(at)
        for place, side in enumerate(exhibit.sides, start=at + 1):
            page = _Page(printed[place])
            if side.page is not None and side.placement is not None:
                page.lay(pieces[side.page].Resources.XObject.P, side.placement)
            if stamps is not None:
                page.stamp(stamps, f"Page {place + 1} of {len(printed)}")
            page.finish(bundle)
        at += 1 + len(exhibit.sides)
    return sheets


class _Page:
    """A printed page of an exhibit, while something is added to what stands there."""

    def __init__(self, page: Object) -> None:
        self._page = page
        self._content: bytes = page["/Contents"].read_bytes()
        self._width = float(page["/MediaBox"][2])
        self._resources = Dictionary(dict(page.get("/Resources", Dictionary()).items()))

    def lay(self, form: Object, placement: Placement) -> None:
        """Draw a form in place of the paragraph that keeps its place.

        So what is drawn belongs to a tagged paragraph: a reader by ear comes to it in its turn.
        """
        x0, y0, x1, y1 = placement.clip
        scale = f"{placement.scale:.5f}"
        drawn = (
            f"q {x0:g} {y0:g} {x1 - x0:g} {y1 - y0:g} re W n "
            f"{scale} 0 0 {scale} {placement.x:.3f} {placement.y:.3f} cm /Exhibit Do Q\n"
        ).encode("ascii")
        self._resources["/XObject"] = Dictionary(Exhibit=form)
        kept = _KEPT_PLACE.match(self._content)
        if kept:
            drawn = kept["begin"] + drawn + kept["end"]
        self._content = drawn + self._content[kept.end() if kept else 0 :]

    def stamp(self, stamps: Stamps, text: str) -> None:
        """Print the page's number at its foot."""
        fonts = Dictionary(dict(self._resources.get("/Font", Dictionary()).items()))
        fonts["/Stamp"] = stamps.font
        self._resources["/Font"] = fonts
        self._content += b"\n" + stamps.drawn(text, self._width)

    def finish(self, bundle: Pdf) -> None:
        """Put the page back; one that lies on its side becomes an upright sheet that is turned."""
        if self._width > LETTER_WIDTH:
            self._content = _ON_ITS_SIDE + self._content + b"\nQ"
            self._page["/MediaBox"] = Array([0, 0, LETTER_WIDTH, LETTER_HEIGHT])
            self._page["/Rotate"] = 90
        self._page["/Resources"] = self._resources
        self._page["/Contents"] = bundle.make_stream(self._content)


def _hide_layers(bundle: Pdf, pages: Sequence[Object]) -> None:
    """Keep the layers switched off that were switched off in their papers."""
    hidden = [layer for page in pages for layer in page.get(HIDDEN_LAYERS, ())]
    if hidden:
        bundle.Root["/OCProperties"] = Dictionary(
            OCGs=Array(hidden), D=Dictionary(OFF=Array(hidden))
        )


def _add_bookmarks(bundle: Pdf, exhibits: Sequence[LaidOut], sheets: Sequence[int]) -> None:
    """Hang the bookmarks of each exhibit below the one that the template made for its sheet."""
    if not exhibits:
        return
    with bundle.open_outline() as outline:
        own = outline.root[-len(exhibits) :]
        for item, exhibit, sheet in zip(own, exhibits, sheets, strict=True):
            item.is_closed = True
            item.children.extend(OutlineItem(title, page) for title, page in exhibit.marks(sheet))


def _name(bundle: Pdf) -> None:
    """Say who made it, and no longer that all is accessible: how exhibits are built is unknown."""
    bundle.docinfo["/Creator"] = _MAKER
    bundle.docinfo["/Producer"] = _MAKER
    metadata = bundle.Root.get("/Metadata")
    if metadata is not None:
        metadata.write(_UNIVERSAL_CLAIM.sub(b"", metadata.read_bytes()))
    bundle.Root["/PageMode"] = Name.UseOutlines


def _write(bundle: Pdf, target: Path) -> None:
    try:
        with target.open("wb") as writer:
            bundle.save(
                writer,
                compress_streams=False,
                stream_decode_level=pikepdf.StreamDecodeLevel.none,
                static_id=True,  # the first half of the ID is that of the printed pages
            )
            writer.flush()
            os.fsync(writer.fileno())
    except OSError as error:
        raise refusal(error, target.parent) from error
