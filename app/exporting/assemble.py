"""The task that puts a bundle together from its printed pages and its pieces. Runs in a worker."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from app.domain.errors import UserError
from app.exporting.dividing import groups_of, limits_of
from app.exporting.frame import SHEETS
from app.exporting.layout import LaidOut, lay_out
from app.exporting.merging import piece_files
from app.exporting.one_file import MadeFile, Maker
from app.exporting.parts import Limits, Reserves, Unit, divide, runs
from app.exporting.printed import Part, Places, whole
from app.workers import Reply

_MOST_TRIES: Final = 20
_SLACK: Final = 20_000
"""Bytes by which a part that came out too large is made smaller at least."""


def assemble(values: dict[str, Any], _blobs: Sequence[bytes]) -> Reply:
    """Write the bundle to `target`, or its parts to `target`-1 …, and make them durable.

    `values`: `template` and `front`, the printed pages and what they say; `title`; `made_on`
    (ISO); `target`; `scratch`, a folder; `paper`, one of `frame.SHEETS`; `max_pages` and
    `max_bytes` of a part, or null; `exhibits`, for each a list of its pieces `{"path", "sizes",
    "is_picture", "bookmarks", "black"}` or gaps `{"missing": {"name", "reason"}}`; `numbers`, for
    each the pages of its paper that are in those pieces, as the paper numbers them; `inlays`, each
    with its `mark` and `pieces` (see `inlays.Inlay`), of what is not divided.

    Returns: `parts`, for each file its `path`, `pages` and `segments`, what of each exhibit is in
    it (see `one_file.MadeFile`); `exhibits`, for each its `sides` and `starts`, the side on which
    each page of its papers begins.

    Raises:
        UserError: the target cannot be written, or no part can be as small as asked.
    """
    exhibits = lay_out(values["exhibits"], SHEETS[values["paper"]])
    for exhibit, numbers in zip(exhibits, values["numbers"], strict=True):
        exhibit.numbers = numbers
    maker = Maker(values, exhibits)
    made = _made(maker, values, exhibits)
    return Reply(
        {
            "parts": [file.values() for file in made],
            "exhibits": [
                {"sides": len(exhibit.sides), "starts": exhibit.starts} for exhibit in exhibits
            ],
        }
    )


def _made(
    maker: Maker, values: Mapping[str, Any], exhibits: Sequence[LaidOut]
) -> Sequence[MadeFile]:
    front = values["front"]
    limits = limits_of(values)
    everything = whole(front, exhibits)
    always_slip = front.get("profile") == "fax"
    if limits == Limits() and not always_slip:
        return [maker.make(everything, Places())]
    groups = groups_of(maker, everything, limits, piece_files(values["exhibits"]))
    tries = _Tries(maker, limits, always_slip=always_slip)
    for _ in range(_MOST_TRIES):
        made = tries.once(groups)
        if made is not None:
            return made
    raise _too_small(limits)


class _Tries:
    """Divides a bundle until each part is as small as asked."""

    def __init__(self, maker: Maker, limits: Limits, *, always_slip: bool) -> None:
        self._maker = maker
        self._limits = limits
        self._reserves = Reserves()
        self._always_slip = always_slip

    def once(self, groups: Sequence[Sequence[Unit]]) -> list[MadeFile] | None:
        """Return the files, or None if one came out too large; the next try leaves it more room.

        The last part comes first: what is said of its pages in the others is known then.
        """
        divided = divide(groups, self._limits, self._reserves)
        places = Places()
        made: list[MadeFile] = []
        is_done = True
        for number in range(len(divided), 0, -1):
            part = Part(
                number=number,
                parts=len(divided),
                runs=tuple(runs(divided[number - 1])),
                has_slip=self._always_slip or len(divided) > 1,
            )
            file = self._maker.make(part, places)
            is_done &= not self._is_too_large(file, number - 1, divided[number - 1])
            made.insert(0, file)
        return made if is_done else None

    def _is_too_large(self, file: MadeFile, place: int, units: Sequence[Unit]) -> bool:
        """Return whether it can and must become smaller; note how much room it lacked."""
        most, largest = self._limits.pages, self._limits.bytes
        if most is not None and file.pages > most:
            if len(units) == 1:
                raise _too_small(self._limits)
            self._reserves.raise_pages(place, file.pages - most)
            return True
        if largest is not None and file.bytes > largest and len(units) > 1:
            self._reserves.raise_bytes(place, file.bytes - largest + _SLACK)
            return True
        return False


def _too_small(limits: Limits) -> UserError:
    return UserError(
        f"Parts of {limits.pages} pages are too small: with the sheet in front of each, something "
        "that cannot be divided takes more. Allow more pages for each part."
        if limits.pages is not None
        else "The bundle cannot be divided into parts that small. Allow more for each part."
    )
