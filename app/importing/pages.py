"""Pages of a file of any readable kind: the tasks of the decode workers.

Each kind's decoder is loaded when the first such file comes: a worker that sees only PDFs starts
quickly and stays small.
"""

from __future__ import annotations

from typing import Any

from app.importing.kinds import TEXT_KINDS
from app.importing.limits import shown_scale
from app.importing.pictures import SHOWN_QUALITY, Fit, Picture, as_jpeg, turned
from app.workers import Reply


def inspect(values: dict[str, Any], _blobs: tuple[bytes, ...]) -> Reply:
    """Task: answer how many "pages" the file at "path" has, and if only a password "locked" it."""
    path = values["path"]
    match values["media_type"]:
        case "application/pdf":
            from app.importing import pdf  # noqa: PLC0415 - see the module

            with pdf.opened(path, values["password"]) as document:
                count = pdf.page_count(document)
            locked = bool(values["password"]) and pdf.needs_password(path)
            return Reply({"pages": count, "locked": locked})
        case kind if kind in TEXT_KINDS:
            from app.importing import written  # noqa: PLC0415

            return Reply({"pages": len(written.pages(path, kind)), "locked": False})
        case kind:
            from app.importing import images  # noqa: PLC0415

            with images.opened(path, kind) as image:
                return Reply({"pages": images.page_count(image), "locked": False})


def render(values: dict[str, Any], _blobs: tuple[bytes, ...]) -> Reply:
    """Task: answer with the JPEG of "page", turned clockwise, about "width_px" wide."""
    degrees, wanted = values["turned"], values["width_px"]

    def fit(width: float, height: float) -> float:
        sides = (height, width) if degrees in (90, 270) else (width, height)
        return shown_scale(*sides, wanted)

    return Reply({}, (as_jpeg(turned(picture(values, fit).image, degrees), SHOWN_QUALITY),))


def picture(values: dict[str, Any], fit: Fit) -> Picture:
    """Return "page" of a file as a picture; the sheet alone, flat, where "corners" are given.

    Raises:
        PasswordNeededError, UnreadableError: it cannot be shown.
    """
    corners = values.get("corners")
    if not corners:
        return _whole(values, fit)
    from app.importing import flatten  # noqa: PLC0415

    return flatten.flattened(lambda wanted: _whole(values, wanted), tuple(corners), fit)


def _whole(values: dict[str, Any], fit: Fit) -> Picture:
    """Return "page" of a file as a picture, all that is on it.

    Raises:
        PasswordNeededError, UnreadableError: it cannot be shown.
    """
    path, number = values["path"], values["page"]
    match values["media_type"]:
        case "application/pdf":
            from app.importing import pdf  # noqa: PLC0415

            return pdf.picture(path, values["password"], number, fit)
        case kind if kind in TEXT_KINDS:
            from app.importing import written  # noqa: PLC0415

            return written.picture(path, kind, number, fit)
        case kind:
            from app.importing import images  # noqa: PLC0415

            with images.opened(path, kind) as image:
                return images.picture(image, number, fit)
