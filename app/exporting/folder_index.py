"""The page that lists what lies in a folder of plain files: it opens in any browser, offline."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from html import escape
from urllib.parse import quote

from app.domain.calendar_days import spoken


@dataclass(frozen=True, slots=True)
class IndexedFile:
    """A file: its title, where it lies below the folder (with `/`), and what else is said of it."""

    title: str
    place: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class IndexedGroup:
    """Files under a heading of a section, such as the letters of a claim."""

    heading: str
    files: tuple[IndexedFile, ...]


@dataclass(frozen=True, slots=True)
class IndexedSection:
    """A claim, or another part of the folder, with its groups."""

    heading: str
    groups: tuple[IndexedGroup, ...]


_STYLE = (
    "body{font:16px/1.5 sans-serif;max-width:50rem;margin:2rem auto;padding:0 1rem}"
    "h2{border-bottom:1px solid;margin-top:2.5rem}li{margin:.25rem 0}small{opacity:.75}"
)


def folder_index(
    title: str, made_on: date, sections: Sequence[IndexedSection], problems: Sequence[str] = ()
) -> bytes:
    """Return the page as HTML in UTF-8; all words in it are text, never markup."""
    return "\n".join(_page(title, made_on, sections, problems)).encode("utf-8", "replace")


def _page(
    title: str, made_on: date, sections: Sequence[IndexedSection], problems: Sequence[str]
) -> Iterator[str]:
    yield '<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8">'
    yield '<meta http-equiv="Content-Security-Policy" content="default-src \'none\'; '
    yield "style-src 'unsafe-inline'\">"
    yield f"<title>{escape(title)}</title><style>{_STYLE}</style></head><body>"
    yield f"<h1>{escape(title)}</h1><p>As of {escape(spoken(made_on))}. Whoever has this folder "
    yield "can read everything in it.</p>"
    if problems:
        yield "<h2>What is missing</h2><ul>"
        yield from (f"<li>{escape(problem)}</li>" for problem in problems)
        yield "</ul>"
    for section in sections:
        yield f"<h2>{escape(section.heading)}</h2>"
        for group in section.groups:
            yield f"<h3>{escape(group.heading)}</h3><ul>"
            yield from map(_line, group.files)
            yield "</ul>"
    yield "</body></html>\n"


def _line(file: IndexedFile) -> str:
    place = escape(quote(file.place.encode("utf-8", "replace")), quote=True)
    note = f" <small>{escape(file.note)}</small>" if file.note else ""
    return f'<li><a href="{place}">{escape(file.title)}</a>{note}</li>'
