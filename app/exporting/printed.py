"""What a template is given for one part of a bundle: its rows, its sheets, and where links lead."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from app.exporting.layout import LaidOut
from app.exporting.parts import Run
from app.exporting.shelf import key_of

Front = Mapping[str, Any]
Target = dict[str, str | int]
"""Where a link leads: a `label` of the same file, or `part` and `page`."""


@dataclass(frozen=True, slots=True)
class Part:
    """One file of a bundle: which one from 1 of how many, and what it holds.

    `has_slip` says that a sheet in front tells what is inside.
    """

    number: int
    parts: int
    runs: tuple[Run, ...]
    has_slip: bool

    @property
    def exhibits(self) -> list[Run]:
        """Return the runs of exhibits."""
        return [run for run in self.runs if run.is_exhibit]

    @property
    def sections(self) -> list[Run]:
        """Return the runs of sections."""
        return [run for run in self.runs if not run.is_exhibit]


@dataclass(slots=True)
class Places:
    """Where things stand in the parts that are typeset already, by their key."""

    found: dict[str, Target] = field(default_factory=dict[str, Target])

    def note(self, key: str, part: int, page: int) -> None:
        """Remember where a key stands; where it begins counts if it goes on in another part."""
        self.found[key] = {"part": part, "page": page}


def whole(front: Front, exhibits: Sequence[LaidOut]) -> Part:
    """Return the part that holds everything."""
    sections = (
        Run(is_exhibit=False, of=number, first=0, last=len(section["rows"]))
        for number, section in enumerate(front.get("sections", ()))
    )
    papers = (
        Run(is_exhibit=True, of=number, first=0, last=len(exhibit.sides), sheet=True)
        for number, exhibit in enumerate(exhibits)
    )
    return Part(number=1, parts=1, runs=(*sections, *papers), has_slip=False)


def part_data(
    front: Front, exhibits: Sequence[LaidOut], part: Part, places: Places, *, measured: bool = False
) -> dict[str, Any]:
    """Return what the template prints for `part`; the parts behind it are in `places`.

    `settled` is None: the template finds out by itself how the cover fits on its page.
    """
    labels = _page_labels(front, exhibits, part)
    return {
        **front,
        "part": part.number,
        "parts": part.parts,
        "slip": part.has_slip,
        "measured": measured,
        "settled": None,
        "duplex": front.get("profile") == "print",
        "sections": [_section(front, run) for run in part.sections],
        "exhibits": [_segment(front, exhibits, run, part, labels) for run in part.exhibits],
        "enclosed": front["exhibits"],
        "enclosed-pages": sum(len(exhibit.sides) for exhibit in exhibits),
        "inside": [_inside(front, exhibits, run, part) for run in part.runs if part.has_slip],
        "targets": _targets(front, exhibits, part, places, labels),
    }


def entry(exhibit: Mapping[str, Any]) -> dict[str, str]:
    """Return the line of an exhibit in the contents."""
    more = " · ".join(part for part in (exhibit["kind"], exhibit["on"]) if part)
    letter = str(exhibit["letter"])
    return {"key": letter, "mark": letter, "name": str(exhibit["title"]), "more": more}


def _section(front: Front, run: Run) -> dict[str, Any]:
    section = front["sections"][run.of]
    again = " (continued)" if run.first else ""
    return {
        "name": section["name"],
        "title": f"{section['title']}{again}",
        "label": f"section-{section['name']}",
        "rows": section["rows"][run.first : run.last],
        "proven": any(row.get("proof") for row in section["rows"]),
    }


def _segment(
    front: Front,
    exhibits: Sequence[LaidOut],
    run: Run,
    part: Part,
    labels: Mapping[tuple[int, int], str],
) -> dict[str, Any]:
    sides = exhibits[run.of].sides
    goes_on = run.last < len(sides)
    notes = {run.first: "continued"} if not run.sheet else {}
    if goes_on:
        notes[run.last - 1] = f"goes on in part {part.number + 1}"
    return {
        **front["exhibits"][run.of],
        "place": run.of,
        "count": len(sides),
        "sheet": run.sheet,
        "note": f"It goes on in part {part.number + 1}." if goes_on else "",
        "blank": has_blank_back(front, run, part),
        "pages": [
            {
                "landscape": side.landscape,
                "missing": side.missing,
                "note": notes.get(number, ""),
                "label": labels.get((run.of, number)),
            }
            for number, side in enumerate(sides[run.first : run.last], start=run.first)
        ],
    }


def has_blank_back(front: Front, run: Run, part: Part) -> bool:
    """Return whether a blank page follows, so that the next sheet comes on the front of a leaf."""
    pages = run.last - run.first + int(run.sheet)
    return front.get("profile") == "print" and pages % 2 == 1 and run != part.runs[-1]


def _inside(front: Front, exhibits: Sequence[LaidOut], run: Run, part: Part) -> dict[str, str]:
    """Return the line for a run in the list of what this part holds."""
    if not run.is_exhibit:
        section = _section(front, run)
        title = section["title"] or "Cover page"
        return {"key": str(section["name"]), "mark": "", "name": title, "more": ""}
    line = entry(front["exhibits"][run.of])
    sides = len(exhibits[run.of].sides)
    more = [line["more"]] if line["more"] else []
    if run.first < run.last and (run.first or run.last < sides):
        more.append(f"its pages {run.first + 1} to {run.last} of {sides}")
    if not run.sheet:
        more.append(f"continued from part {part.number - 1}")
    if run.last < sides:
        more.append(f"goes on in part {part.number + 1}")
    return {**line, "key": line["key"] if run.sheet else _here(run), "more": " · ".join(more)}


def _here(run: Run) -> str:
    return f"continued.{run.of}"


def _page_labels(
    front: Front, exhibits: Sequence[LaidOut], part: Part
) -> dict[tuple[int, int], str]:
    """Return the labels of the exhibit pages in this part that something leads to."""
    wanted = {(run.of, run.first) for run in part.exhibits if not run.sheet}
    for number, side in _linked_sides(front, exhibits).values():
        if any(run.of == number and run.first <= side < run.last for run in part.exhibits):
            wanted.add((number, side))
    return {
        (number, side): f"page-{front['exhibits'][number]['letter']}-{side}"
        for number, side in sorted(wanted)
    }


def _linked_sides(front: Front, exhibits: Sequence[LaidOut]) -> dict[str, tuple[int, int]]:
    """Return for each key of a page of an exhibit the exhibit's number, and its side from 0.

    A page that stays out, or whose place is not known, is not among them.
    """
    links = front.get("links", {})
    return {
        key_of(printed["letter"], page): (number, exhibit.starts[exhibit.numbers.index(page)])
        for number, (printed, exhibit) in enumerate(zip(front["exhibits"], exhibits, strict=True))
        if "letter" in printed
        for page in links.get(printed["letter"], ())
        if page in exhibit.numbers
    }


def _targets(
    front: Front,
    exhibits: Sequence[LaidOut],
    part: Part,
    places: Places,
    labels: Mapping[tuple[int, int], str],
) -> dict[str, Target]:
    targets: dict[str, Target] = dict(places.found)
    for run in part.sections:
        name = front["sections"][run.of]["name"]
        targets[name] = {"label": f"section-{name}"}
    for run in part.exhibits:
        letter = front["exhibits"][run.of].get("letter", "")
        if run.sheet:
            targets[letter] = {"label": f"exhibit-{letter}"}
        else:
            targets[_here(run)] = {"label": labels[run.of, run.first]}
    sides = _linked_sides(front, exhibits)
    for key, at in sides.items():
        if at in labels:
            targets[key] = {"label": labels[at]}
    for letter, page in _links(front):
        targets.setdefault(key_of(letter, page), targets.get(letter, _UNKNOWN))
    for key in _every_key(front):
        targets.setdefault(key, _UNKNOWN)
    return targets


_UNKNOWN: Target = {"part": 99, "page": 999}
"""Stands where a page is not known yet, while the pages are measured."""


def _links(front: Front) -> Iterator[tuple[str, int]]:
    for letter, pages in front.get("links", {}).items():
        yield from ((letter, page) for page in pages)


def _every_key(front: Front) -> Iterator[str]:
    yield from (section["name"] for section in front.get("sections", ()))
    yield from (exhibit.get("letter", "") for exhibit in front["exhibits"])


def noted(
    front: Front, exhibits: Sequence[LaidOut], part: Part, starts: Mapping[Run, int], places: Places
) -> None:
    """Remember where the runs of a typeset part begin; `starts` are their pages from 1."""
    for run in part.runs:
        page = starts[run]
        if not run.is_exhibit and run.first == 0:
            places.note(front["sections"][run.of]["name"], part.number, page)
        if run.is_exhibit and run.sheet:
            places.note(front["exhibits"][run.of].get("letter", ""), part.number, page)
    for key, (number, side) in _linked_sides(front, exhibits).items():
        for run in part.exhibits:
            if run.of == number and run.first <= side < run.last:
                page = starts[run] + int(run.sheet) + side - run.first
                places.note(key, part.number, page)
