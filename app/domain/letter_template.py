"""Templates of letters: plain text with named values, where what is not known stays a blank.

A template is a header of `name: words` lines, a line `---`, and the letter. In the letter `$name`
stands for a value. A value that is not known is printed as a blank with its name in brackets, so
that a person sees what to fill in. A line that begins with `?name ` stands only where that value
is known, one with `!name ` only where it is not; the mark itself is taken away. `@name` alone on a
line stands for a part that several letters share, which may hold others. Words that only trail a
sentence are never blanks: a reference to a law (`law_…`), which letter is meant (`of_…`).
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from string import Template
from typing import Final

BLANK: Final = "________"
"""Stands for what is not known; longer lines are for signatures and are no blanks."""

ADDRESSEES: Final = ("plan", "reviewer", "doctor", "provider", "employer", "regulator", "both")
"""Whom a letter goes to; `both` is a form that patient and helper sign together."""

_TRAILING: Final = ("law_", "of_")
_CONDITION: Final = re.compile(r"([?!])([a-z_]+) (.*)", re.DOTALL)
_BLANK: Final = re.compile(rf"(?<!_){BLANK}(?!_)(?: \[([^\[\]\n]{{1,120}})\])?")
_HOLES: Final = re.compile(r"\n{3,}")
_NAMES: Final = re.compile(r"\$\{?([a-z_]+)")


@dataclass(frozen=True, slots=True)
class LetterTemplate:
    """One kind of letter. `title` names it, `about` tells in plain words what it is for.

    `useful` are the stages of a denial in which it helps, for `plans` of these kinds whose claims
    `funding` pays; empty is “any”. `asks` is the word of the request rule
    that begins to run when the letter is sent, or empty; `paper` the kind of paper that the
    finished letter is. `by_doctor` letters are signed by the doctor.
    """

    kind: str
    title: str
    about: str
    to: str
    lines: tuple[str, ...]
    useful: frozenset[str] = frozenset()
    plans: frozenset[str] = frozenset()
    funding: str = ""
    asks: str = ""
    paper: str = "other"
    by_doctor: bool = False

    def helps(
        self, stages: Collection[str], program: str | None = None, funding: str | None = None
    ) -> bool:
        """Return whether it helps at one of these stages, as far as the plan is known."""
        fits = program in (None, "unknown", "other") or not self.plans or program in self.plans
        return (
            not self.useful.isdisjoint(stages)
            and fits
            and funding in (None, self.funding or funding)
        )

    @property
    def names(self) -> frozenset[str]:
        """Every value that the letter may hold."""
        return frozenset(name for line in self.lines for name in _NAMES.findall(line))


@dataclass(frozen=True, slots=True)
class LetterBlank:
    """A blank in a letter, from `start` up to `end`, and what belongs there."""

    start: int
    end: int
    what: str


def parse_template(kind: str, text: str, parts: Mapping[str, str]) -> LetterTemplate:
    """Read a template; `parts` are the shared texts by name.

    Raises:
        KeyError: a part is named that does not exist, or the header lacks a title.
    """
    head, _, body = text.partition("\n---\n")
    told = dict(_header(head))
    return LetterTemplate(
        kind=kind,
        title=told["title"],
        about=told["about"],
        to=told["to"],
        lines=tuple(_spliced(body.strip("\n"), parts)),
        useful=frozenset(told.get("useful", "").split()),
        plans=frozenset(told.get("plans", "").split()),
        funding=told.get("funding", ""),
        asks=told.get("asks", ""),
        paper=told.get("paper", "other"),
        by_doctor=told.get("signed by") == "doctor",
    )


def _header(head: str) -> Iterator[tuple[str, str]]:
    for line in head.splitlines():
        name, _, words = line.partition(":")
        yield name.strip(), words.strip()


def _spliced(body: str, parts: Mapping[str, str]) -> Iterator[str]:
    for line in body.splitlines():
        if line.startswith("@"):
            yield from _spliced(parts[line[1:].strip()], parts)
        else:
            yield line


def filled(template: LetterTemplate, values: Mapping[str, str], names: Mapping[str, str]) -> str:
    """Return the letter; an empty value is a blank called by its name in `names`.

    Raises:
        KeyError: the template names a value that neither mapping knows.
    """
    kept = (_standing(line, values) for line in template.lines)
    text = "\n".join(_shown(line, values, names) for line in kept if line is not None)
    return _HOLES.sub("\n\n", text).strip() + "\n"


def _shown(line: str, values: Mapping[str, str], names: Mapping[str, str]) -> str:
    """Return a line with its values; only names that are its own are looked up."""
    shown = {
        name: values.get(name) or ("" if name.startswith(_TRAILING) else f"{BLANK} [{names[name]}]")
        for name in _NAMES.findall(line)
    }
    return Template(line).substitute(shown)


def _standing(line: str, values: Mapping[str, str]) -> str | None:
    """Return a line as it stands, or None where its condition is not met."""
    found = _CONDITION.fullmatch(line)
    if found is None:
        return line
    mark, name, rest = found.groups()
    return rest if bool(values.get(name)) == (mark == "?") else None


def blanks_in(text: str) -> tuple[LetterBlank, ...]:
    """Return the blanks that a text still holds, in their order."""
    return tuple(
        LetterBlank(found.start(), found.end(), found[1] or "") for found in _BLANK.finditer(text)
    )
