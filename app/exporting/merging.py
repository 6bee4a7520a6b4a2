"""The pages of papers behind the printed ones, as one PDF that holds none of their data."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import Any

import pikepdf
from pikepdf import Object, Pdf

from app.exporting.making import Box


@dataclass(frozen=True, slots=True)
class Merged:
    """A PDF whose first pages are the printed ones; `pieces` are pages of papers by their number.

    `carriers` are pages of papers that may name layers of theirs.
    """

    bundle: Pdf
    printed: list[Object]
    pieces: dict[int, Object]
    carriers: list[Object]


@dataclass(frozen=True, slots=True)
class PieceFile:
    """A clean PDF; its first page is page `first` of all papers, counted from 0."""

    path: str
    first: int
    pages: int


def piece_files(exhibits: Iterable[Sequence[dict[str, Any]]]) -> list[PieceFile]:
    """Return the files of all pieces, in order."""
    files: list[PieceFile] = []
    first = 0
    for pieces in exhibits:
        for piece in pieces:
            if "sizes" in piece:
                files.append(PieceFile(piece["path"], first, len(piece["sizes"])))
                first += len(piece["sizes"])
    return files


def black_boxes(
    exhibits: Iterable[Sequence[dict[str, Any]]],
) -> dict[int | None, tuple[list[Box], tuple[float, float]]]:
    """Return the black-outs and the size of each page with any, by its number through all."""
    pages = [
        (boxes, size)
        for pieces in exhibits
        for piece in pieces
        if "sizes" in piece
        for boxes, size in zip(piece["black"], piece["sizes"], strict=True)
    ]
    return {number: page for number, page in enumerate(pages) if page[0]}


def merged(own_pages: Path, files: Sequence[PieceFile], wanted: set[int]) -> Merged:
    """Return the printed pages with the `wanted` pages of the pieces behind them.

    The first page of a piece comes along if any of its pages does, for it names the layers.
    """
    behind: list[str] = []
    order: list[int] = []
    for file in files:
        inside = [page for page in range(file.pages) if file.first + page in wanted]
        if inside:
            taken = sorted({0, *inside})
            behind += [file.path, ",".join(_ranges(taken))]
            order += (file.first + page for page in taken)
    bundle = joined(own_pages, behind)
    pages: list[Object] = [page.obj for page in bundle.pages]
    own = len(pages) - len(order)
    del bundle.pages[own:]
    return Merged(bundle, pages[:own], dict(zip(order, pages[own:], strict=True)), pages[own:])


def joined(own_pages: Path, behind: Sequence[str]) -> Pdf:
    """Return a PDF with pages of others behind its own; `behind` are paths, each with its range.

    QPDF's own job leaves the data of pictures in their files until the bundle is written, and
    keeps no file open: neither memory nor open files grow with the bundle.
    """
    options = ["--keep-files-open=n", "--no-warn", "--pages", ".", "1-z", *behind, "--", "-"]
    return pikepdf.Job(["qpdf", str(own_pages), *options]).create_pdf()


def _ranges(pages: Sequence[int]) -> Iterator[str]:
    """Yield runs of pages, counted from 0, as qpdf names them, counted from 1."""
    for _, run in groupby(enumerate(pages), lambda pair: pair[1] - pair[0]):
        numbers = [page for _, page in run]
        yield f"{numbers[0] + 1}-{numbers[-1] + 1}"
