"""Word files (`.docx`): their words, as they stand on the page. Runs in a worker only.

The parts are streamed through expat, so that a part of any depth or length costs no more memory
than its words; a document type (which entities and their bombs need) is refused.
"""

from __future__ import annotations

import re
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Final
from xml.parsers import expat

from app.domain.errors import UnreadableError
from app.importing.word_xml import Story, TooHardError, story_of

_MOST_FILES: Final = 10_000
_MOST_UNPACKED: Final = 64 << 20  # bytes of one part; a book of 1,000 pages has 10 million
_CHUNK: Final = 1 << 16

_MAIN: Final = re.compile(r"word/document\d*\.xml")
_HEADERS: Final = re.compile(r"word/header\d+\.xml")
_FOOTERS: Final = re.compile(r"word/footer\d+\.xml")
_NOTES: Final = (("word/footnotes.xml", "Footnotes"), ("word/endnotes.xml", "Endnotes"))

_DAMAGED: Final = (
    "This Word file is damaged or incomplete, so its pages cannot be shown. "
    "Ask the sender for a new copy, and add that one."
)
_LOCKED: Final = (
    "This Word file is locked with a password. Open it in Word, save it as a PDF, "
    "and add that PDF too."
)
_TOO_HARD: Final = (
    "This Word file is too large or too complicated to open safely. "
    "Open it in Word, save it as a PDF, and add that PDF too."
)
_PICTURES: Final = (
    "[This Word file also has {count} that cannot be shown here. Open it in Word to see.]"
)
_DELETED: Final = "[Words that were crossed out with “Track changes” are left out here.]"
_HIDDEN: Final = "[Words that are set as hidden are left out here.]"
_COMMENTS: Final = "[Remarks in the margin (comments) are left out here.]"


def text_of(path: Path) -> str:
    """Return the words of a Word file in order; a tab parts the cells of a table.

    Headers come first and footers last, each once; then the notes, and a sentence on each thing
    that the pages cannot show.

    Raises:
        UnreadableError: it is damaged, locked, or too large.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            return "\n".join(_told(archive)).strip("\n")
    except TooHardError as error:
        raise UnreadableError(_TOO_HARD) from error
    except RuntimeError as error:  # zipfile's word for a password
        raise UnreadableError(_LOCKED) from error
    except (
        zipfile.BadZipFile,
        zlib.error,
        expat.ExpatError,
        OSError,
        EOFError,
        KeyError,
        ValueError,
        NotImplementedError,
    ) as error:
        raise UnreadableError(_DAMAGED) from error


def _told(archive: zipfile.ZipFile) -> Iterator[str]:
    names = archive.namelist()
    if len(names) > _MOST_FILES:
        raise TooHardError
    main = next(name for name in (*filter(_MAIN.fullmatch, names), "word/document.xml"))
    story = _story(archive, main)
    yield from _each_once(archive, _HEADERS, names)
    yield story.text
    for name, title in _NOTES:
        if name in names and (notes := _story(archive, name).notes):
            yield f"\n{title}"
            yield from (f"[{number}] {note}" for number, note in notes)
    yield from _each_once(archive, _FOOTERS, names)
    yield from _remarks(story, has_comments="word/comments.xml" in names)


def _each_once(
    archive: zipfile.ZipFile, pattern: re.Pattern[str], names: list[str]
) -> Iterator[str]:
    parts = sorted(filter(pattern.fullmatch, names))[:20]
    texts = dict.fromkeys(_story(archive, name).text.strip() for name in parts)
    yield from (text for text in texts if text)


def _remarks(story: Story, *, has_comments: bool) -> Iterator[str]:
    said: list[str] = []
    if story.pictures:
        count = "a picture" if story.pictures == 1 else f"{story.pictures} pictures"
        said.append(_PICTURES.format(count=count))
    if story.has_deleted:
        said.append(_DELETED)
    if story.has_hidden:
        said.append(_HIDDEN)
    if has_comments and story.has_comments:
        said.append(_COMMENTS)
    if said:
        yield ""
        yield from said


def _story(archive: zipfile.ZipFile, name: str) -> Story:
    def chunks() -> Iterator[bytes]:
        left = _MOST_UNPACKED
        with archive.open(name) as part:
            while chunk := part.read(_CHUNK):
                left -= len(chunk)
                if left < 0:
                    raise TooHardError
                yield chunk

    return story_of(chunks())
