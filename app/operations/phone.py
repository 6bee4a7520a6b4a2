"""Phones and cameras that this computer shows as a drive: their newest photos, as a list.

Only files are looked at, and nothing on the device is ever changed.
"""

from __future__ import annotations

import os
import re
import string
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final

from app.importing.reader import DocumentReader
from app.importing.sniff import HEAD_BYTES, sniff
from app.storage.database import plain_errors

PHOTO_ENDINGS: Final = frozenset(
    (".jpg", ".jpeg", ".png", ".heic", ".heif", ".tif", ".tiff", ".webp", ".gif", ".bmp")
)
"""The endings, in small letters, of files that are offered as photos."""

_CAMERA_FOLDER: Final = "dcim"  # the name that cameras and phones have agreed on (DCF)
_DEEPEST: Final = 3
_MOST_LOOKED_AT: Final = 20_000
_TOGETHER: Final = timedelta(minutes=10)
_BREAK: Final = timedelta(minutes=3)


@dataclass(frozen=True, slots=True)
class Phone:
    """A phone or camera: its name as the computer calls it, and its folder of photos."""

    name: str
    folder: Path


@dataclass(frozen=True, slots=True)
class Photo:
    """A photo on the device; `taken_at` is when its file was last written, in UTC."""

    path: Path
    taken_at: datetime
    size: int


def mounted_places() -> list[Path]:
    """Return the folders under which this system shows drives, phones and cameras."""
    if sys.platform == "win32":
        drives = (Path(f"{letter}:\\") for letter in string.ascii_uppercase[2:])
        return [drive for drive in drives if drive.exists()]
    if sys.platform == "darwin":
        return _folders_in(Path("/Volumes"))
    user = os.environ.get("USER", "")
    own = Path(os.environ.get("XDG_RUNTIME_DIR") or f"/run/user/{os.getuid()}")
    roots = (
        Path("/media"),
        Path("/media") / user,
        Path("/run/media") / user,
        own / "gvfs",  # phones that speak MTP or PTP
    )
    return [place for root in dict.fromkeys(roots) for place in _folders_in(root)]


def find_phones(places: Sequence[Path]) -> list[Phone]:
    """Return the phones and cameras among mounted places: those with a folder of photos.

    A phone shows its storage one folder deeper, each card as one entry.
    """
    phones: list[Phone] = []
    for place in places:
        candidates = [(place.name, place)]
        candidates += [(f"{place.name} · {inner.name}", inner) for inner in _folders_in(place)]
        for name, folder in candidates:
            phones += [
                Phone(_readable(name, place), inner)
                for inner in _folders_in(folder)
                if inner.name.casefold() == _CAMERA_FOLDER
            ]
    return list({phone.folder: phone for phone in phones}.values())


def newest_photos(folder: Path, most: int = 60) -> list[Photo]:
    """Return the newest photos in a folder and the folders in it, the newest first.

    Hidden files, links and what cannot be read are left out.
    """
    photos = list(_photos_in(folder, 0, [_MOST_LOOKED_AT]))
    photos.sort(key=lambda photo: (photo.taken_at, natural_order(photo.path)), reverse=True)
    return photos[:most]


def newest_batch(photos: Sequence[Photo]) -> list[Photo]:
    """Return the photos that were taken in one go with the newest: likely the pages of a letter.

    Between two of them lie at most three minutes, between first and last at most ten.
    """
    batch: list[Photo] = []
    for photo in photos:
        if batch and (
            batch[-1].taken_at - photo.taken_at > _BREAK
            or batch[0].taken_at - photo.taken_at > _TOGETHER
        ):
            break
        batch.append(photo)
    return batch


def photo_picture(reader: DocumentReader, path: Path, width_px: int) -> bytes:
    """Return a small JPEG of a photo, decoded in a worker process.

    Raises:
        UserError: it cannot be shown or is not there any more; the sentence says why.
    """
    with plain_errors():
        with path.open("rb") as photo:
            media_type = sniff(photo.read(HEAD_BYTES)).media_type
        return reader.render(path, media_type=media_type, page=1, width_px=width_px)


def is_photo(path: Path) -> bool:
    """Return whether a file's name says that it is a picture."""
    return path.suffix.casefold() in PHOTO_ENDINGS


def natural_order(path: Path) -> tuple[tuple[int, int, str], ...]:
    """Return a key that puts `page 9` before `page 10`, as people count."""
    parts = re.findall(r"\d+|\D+", path.stem.casefold())
    return tuple((0, int(part), "") if part.isdecimal() else (1, 0, part) for part in parts)


def _photos_in(folder: Path, depth: int, left: list[int]) -> Iterator[Photo]:
    """Yield photos until `left[0]` entries were looked at: a card may hold very many."""
    for entry in _entries_of(folder):
        left[0] -= 1
        if left[0] < 0:
            return
        if entry.name.startswith("."):
            continue
        try:
            if entry.is_dir(follow_symlinks=False):
                if depth < _DEEPEST:
                    yield from _photos_in(Path(entry.path), depth + 1, left)
            elif entry.is_file(follow_symlinks=False) and is_photo(Path(entry.name)):
                about = entry.stat(follow_symlinks=False)
                taken = datetime.fromtimestamp(about.st_mtime, UTC)
                yield Photo(Path(entry.path), taken, about.st_size)
        except (OSError, OverflowError, ValueError):
            continue  # it went away, or its date is none: the other photos are still offered


def _entries_of(folder: Path) -> list[os.DirEntry[str]]:
    try:
        with os.scandir(folder) as found:
            return sorted(found, key=lambda entry: entry.name, reverse=True)
    except OSError:
        return []


def _folders_in(place: Path) -> list[Path]:
    folders: list[Path] = []
    for entry in _entries_of(place):
        try:
            if not entry.name.startswith(".") and entry.is_dir():
                folders.append(Path(entry.path))
        except OSError:
            continue  # an empty card reader says so by an error
    return sorted(folders)


def _readable(name: str, place: Path) -> str:
    """Return a device's name: `mtp:host=Google_Pixel_7` is “Google Pixel 7”."""
    plain = re.sub(r"^(mtp|gphoto2|afc):host=", "", name)
    return plain.replace("_", " ").strip(" ·") or str(place)
