"""Makes one file of a bundle: typesets its own pages and lays the papers on them. In a worker."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Final

from pikepdf import OutlineItem, Pdf

from app.exporting.finishing import name_maker, write
from app.exporting.frame import SHEETS
from app.exporting.inlays import COVERS, page_of, sides_of, waiting_page
from app.exporting.layout import LaidOut
from app.exporting.making import Box
from app.exporting.merging import Merged, black_boxes, merged, piece_files
from app.exporting.overlay import Waiting, hide_layers, overlay
from app.exporting.parts import Run
from app.exporting.printed import Part, Places, has_blank_back, noted, part_data
from app.exporting.stamps import Stamps, number_words
from app.exporting.typeset import find_rows, typeset

_WAY: Final = -1
"""The row of the cover under which the template says how the cover fits on its page."""
_MANY: Final = 300
"""Pages of papers from which what depends on the front alone is found out before the rest is set.

Typst sets all pages anew, and keeps each state of them, as long as something moves.
"""


@dataclass(frozen=True, kw_only=True, slots=True)
class Segment:
    """What of an exhibit is in a file: its sides `first` to `last`, the last one not included.

    It begins on `page`, counted from 1, with its sheet if it has one; `bookmark` names it.
    """

    exhibit: int
    page: int
    sheet: bool
    first: int
    last: int
    bookmark: str


@dataclass(frozen=True, kw_only=True, slots=True)
class MadeFile:
    """One finished file. `number` is what stands before the number of each page.

    `black` are the pages, from 1, with places that were blacked out, as fractions of the sheet.
    """

    path: Path
    pages: int
    bytes: int
    number: str
    segments: tuple[Segment, ...]
    black: tuple[tuple[int, list[Box]], ...]

    def values(self) -> dict[str, Any]:
        """Return it as a worker's answer."""
        return {
            "path": str(self.path),
            "pages": self.pages,
            "number": self.number,
            "black": self.black,
            "segments": [
                {
                    "exhibit": segment.exhibit,
                    "page": segment.page,
                    "sheet": segment.sheet,
                    "first": segment.first,
                    "last": segment.last,
                    "bookmark": segment.bookmark,
                }
                for segment in self.segments
            ],
        }


class Maker:
    """Makes the files of one bundle, from what `assemble` is given."""

    def __init__(self, values: Mapping[str, Any], exhibits: Sequence[LaidOut]) -> None:
        self.front: Mapping[str, Any] = values["front"]
        self.exhibits = exhibits
        self._template: str = values["template"]
        self._title: str = values["title"]
        self._made_on = date.fromisoformat(values["made_on"])
        self._target = Path(values["target"])
        self._own_pages = Path(values["scratch"]) / "printed.pdf"
        self._inlays: list[dict[str, Any]] = values.get("inlays", [])
        laid = (inlay["pieces"] for inlay in self._inlays)
        self._files = piece_files([*values["exhibits"], *laid])
        self._papers = sum(file.pages for file in piece_files(values["exhibits"]))
        self._black_boxes = black_boxes(values["exhibits"])
        self._sheet = SHEETS[values["paper"]]

    def row_pages(self, part: Part) -> dict[tuple[str, int], int]:
        """Return the page of each row of the sections in `part`, and of ("", 0), what follows."""
        sections = Part(number=1, parts=1, runs=tuple(part.sections), has_slip=False)
        data = part_data(self.front, self.exhibits, sections, Places(), measured=True)
        found = find_rows(self._template, data, title=self._title)
        return {(row["section"], row["row"]): row["page"] for row in found}

    def make(self, part: Part, places: Places) -> MadeFile:
        """Write a part; note in `places` where things stand in it.

        Raises:
            UserError: it cannot be written.
        """
        data = self._settled(part_data(self.front, self.exhibits, part, places))
        self._own_pages.write_bytes(
            typeset(self._template, data, title=self._title, made_on=self._made_on)
        )
        with (whole := self._merged(part)).bundle as bundle:
            stamps = self._stamps(whole, part)
            hide_layers(bundle, whole.carriers)
            starts = self._starts(whole, part)
            for run in part.exhibits:
                sides = self.exhibits[run.of].sides[run.first : run.last]
                waiting = Waiting(starts[run] - 1 + int(run.sheet), sides)
                overlay(bundle, whole.printed, whole.pieces, waiting, stamps)
            self._lay_inlays(whole, starts, part)
            self._add_bookmarks(bundle, part, starts)
            noted(self.front, self.exhibits, part, starts, places)
            name_maker(bundle)
            path = part_path(self._target, part.number, part.parts)
            write(bundle, path)
            return MadeFile(
                path=path,
                pages=len(whole.printed),
                bytes=path.stat().st_size,
                number=number_words(part.number, part.parts),
                segments=tuple(self._segments(part, starts)),
                black=tuple(self._black(part, starts)),
            )

    def _settled(self, data: dict[str, Any]) -> dict[str, Any]:
        """Return what is printed; of a large part, how its cover fits and if a leaf is blank."""
        has_cover = any(section["name"] == "cover" for section in data["sections"])
        sides = sum(len(each["pages"]) for each in data["exhibits"])
        if sides + len(data["exhibits"]) < _MANY:
            return data
        if self.front.get("counts_pages"):
            return {**data, "numbers": self._counted(data)}
        if not has_cover or sides < _MANY:
            return data
        front = {**data, "exhibits": [], "measured": True}
        found = find_rows(self._template, front, title=self._title)
        pages = {(row["section"], row["row"]): row["page"] for row in found}
        is_blank = data["duplex"] and pages["", 0] % 2 == 0
        settled = {"way": pages["cover", _WAY], "blank": is_blank}
        return {**data, "settled": settled}

    def _counted(self, data: dict[str, Any]) -> dict[str, int]:
        """Return how many pages a template has before its exhibits, and how many in all."""
        found = find_rows(self._template, {**data, "measured": True}, title=self._title)
        front = max(row["page"] for row in found)
        return {"front": front, "all": front + sum(1 + len(e["pages"]) for e in data["exhibits"])}

    def _merged(self, part: Part) -> Merged:
        wanted = {
            side.page
            for run in part.exhibits
            for side in self.exhibits[run.of].sides[run.first : run.last]
            if side.page is not None
        }
        laid = sum(file.pages for file in self._files) - self._papers
        wanted |= set(range(self._papers, self._papers + laid))
        return merged(self._own_pages, self._files, wanted)

    def _lay_inlays(self, whole: Merged, starts: Mapping[Run, int], part: Part) -> None:
        """Lay what was typeset apart on the pages that wait for it."""
        first = self._papers
        numbers = {page.objgen: number for number, page in enumerate(whole.printed, start=1)}
        for inlay in self._inlays:
            sides = sides_of(inlay["pieces"], first)
            first += len(sides)
            if inlay["mark"] == COVERS:
                for run, side in zip(part.exhibits, sides, strict=True):
                    waiting = Waiting(starts[run] - 1, [side])
                    overlay(whole.bundle, whole.printed, whole.pieces, waiting, None)
            else:
                with whole.bundle.open_outline() as outline:
                    at = waiting_page(outline.root, inlay["mark"], numbers)
                overlay(whole.bundle, whole.printed, whole.pieces, Waiting(at, sides), None)

    def _stamps(self, whole: Merged, part: Part) -> Stamps | None:
        """Return what prints numbers, and take out the page that shows their letters."""
        specimen = self.front.get("specimen", "")
        if not specimen:
            return None
        stamps = Stamps(whole.printed.pop(), specimen, part.number, part.parts)
        del whole.bundle.pages[len(whole.printed)]
        return stamps

    def _starts(self, whole: Merged, part: Part) -> dict[Run, int]:
        """Return the page, from 1, on which each run begins."""
        starts: dict[Run, int] = {}
        with whole.bundle.open_outline() as outline:
            numbers = {page.objgen: number for number, page in enumerate(whole.printed, start=1)}
            heads = outline.root[int(part.has_slip) :]
            for run, head in zip(part.sections, heads, strict=False):
                starts[run] = numbers[page_of(head).objgen]
        at = len(whole.printed) + 1
        for run in reversed(part.exhibits):
            blank = has_blank_back(self.front, run, part)
            at -= int(run.sheet) + run.last - run.first + int(blank)
            starts[run] = at
        return starts

    def _add_bookmarks(self, bundle: Pdf, part: Part, starts: Mapping[Run, int]) -> None:
        """Hang the bookmarks of each exhibit below the one that the template made for its sheet.

        What is continued from another part has no sheet here, so its bookmark is made new.
        """
        with bundle.open_outline() as outline:
            sheets = sum(run.sheet for run in part.exhibits)
            own = outline.root[len(outline.root) - sheets :]
            del outline.root[len(outline.root) - sheets :]
            for run in part.exhibits:
                start = starts[run] - 1
                item = own.pop(0) if run.sheet else OutlineItem(self._bookmark(run), start)
                item.is_closed = True
                marks = self.exhibits[run.of].marks(run.first, run.last, start + int(run.sheet))
                item.children.extend(OutlineItem(title, page) for title, page in marks)
                outline.root.append(item)

    def _bookmark(self, run: Run) -> str:
        heading = str(self.front["exhibits"][run.of]["bookmark"])
        return heading if run.sheet else f"{heading} (continued)"

    def _black(self, part: Part, starts: Mapping[Run, int]) -> Iterator[tuple[int, list[Box]]]:
        """Yield the pages with black-outs, and where these lie on the sheet as it is read."""
        if not self._black_boxes:
            return
        from app.exporting.redact import boxes_on_sheet  # noqa: PLC0415 - pypdf takes 20 MB

        for run in part.exhibits:
            sides = self.exhibits[run.of].sides[run.first : run.last]
            for page, side in enumerate(sides, start=starts[run] + int(run.sheet)):
                if side.page in self._black_boxes and side.placement is not None:
                    boxes, size = self._black_boxes[side.page]
                    across, up = self._sheet.width, self._sheet.height
                    sheet = (up, across) if side.landscape else (across, up)
                    placed = boxes_on_sheet(boxes, size, side.placement, sheet)
                    if placed:
                        yield page, placed

    def _segments(self, part: Part, starts: Mapping[Run, int]) -> Iterator[Segment]:
        for run in part.exhibits:
            yield Segment(
                exhibit=run.of,
                page=starts[run],
                sheet=run.sheet,
                first=run.first,
                last=run.last,
                bookmark=self._bookmark(run),
            )


def part_path(target: Path, part: int, parts: int) -> Path:
    """Return where a part is written: `target` itself if it is the only one."""
    return target if parts == 1 else target.with_name(f"{target.name}-{part}")
