"""Running text parted into sentences, each with the heading and the list that it stands under.

Text is compared in a plain form: lower case, without accents, single spaces, straight quotes,
words parted at the end of a line put together. Every letter keeps the place it came from.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import zip_longest
from typing import Final

_LONGEST: Final = 700  # letters of a sentence; a longer one is parted between words
_HEADING_WORDS: Final = 14
_HEADING_LETTERS: Final = 90
_SHORT_HEADING_WORDS: Final = 6
_SHORT_ITEM: Final = 60  # letters of an item that ends with its line
_SHORT_HEADING_SHARE: Final = 0.6  # of the length of the line below
_LINE: Final = re.compile(r"[^\n\f]+")
_BULLET: Final = re.compile(
    r"\s*(?!\(?\d+\)\s+(?:calendar|business|working|day|month|year|hour|d[ií]as|mes|a[ñn]o|hora))"
    r"(?:[•●○▪■◦·*»►➢✓☐□–—-]|\(?\d{1,2}[.)](?=\s)|\(?[a-hA-H][.)](?=\s)|o(?=\s[A-ZÁÉÍÓÚ]))\s*"
)
_STOP: Final = re.compile(r"[.!?]+[\"'”’)\]]*(?=\s+[\"'“‘(\[]?[A-ZÁÉÍÓÚÑ¿¡0-9•●▪])")
_SHORT: Final = frozenset(
    {
        "dr", "dra", "mr", "mrs", "ms", "sr", "sra", "jr", "st", "no", "nos", "num", "inc",
        "co", "corp", "ave", "blvd", "ste", "apt", "ext", "dept", "fig", "sec", "art", "vs",
        "e.g", "i.e", "u.s", "p.o", "a.m", "approx", "attn", "etc", "c.f.r", "jan", "feb",
        "mar", "apr", "may", "jun", "jul", "aug", "sep", "sept", "oct", "nov", "dec", "mon",
        "tue", "wed", "thu", "fri", "sat", "sun", "ene", "abr", "ago", "dic",
    }
)  # fmt: skip
_PAGE_NUMBER: Final = re.compile(
    r"(?mi)^[^\S\n]*(?:page|p[áa]gina|p[áa]g\.?)[^\S\n]\d{1,3}"
    r"(?:[^\S\n](?:of|de|/)[^\S\n]\d{1,3})?[^\S\n]*$"
)
_SAME: Final = {"’": "'", "‘": "'", "“": '"', "”": '"', "–": "-", "—": "-", "‐": "-", "‑": "-"}
_DROPPED: Final = frozenset("\u00ad\u200b\u200c\u200d\ufeff")


@dataclass(frozen=True, slots=True)
class Plain:
    """A stretch of text in its plain form; `offsets` say where each letter stood."""

    text: str
    offsets: tuple[int, ...]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Return where a span of the plain text stood in the original."""
        return self.offsets[start], self.offsets[end - 1] + 1


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence, an item of a list, or a line that stands alone.

    `heading` is the last heading above it and `lead` the sentence that introduces its list, both
    plain and empty where there is none. `block` counts paragraphs and `number` sentences.
    """

    start: int
    end: int
    number: int
    block: int
    heading: str
    lead: str
    is_heading: bool


@dataclass(frozen=True, slots=True)
class _Line:
    start: int
    end: int
    text: str
    after_gap: bool
    opens: bool  # after a gap or after the end of a sentence
    bullet: bool


@dataclass(frozen=True, slots=True)
class _Run:
    """Lines of one paragraph, item or heading."""

    lines: tuple[_Line, ...]
    is_heading: bool


def plain(text: str, start: int = 0, end: int | None = None) -> Plain:
    """Return a stretch of a text in its plain form."""
    letters: list[str] = []
    offsets: list[int] = []
    stop = len(text) if end is None else end
    at = start
    while at < stop:
        letter = text[at]
        if letter in _DROPPED:
            at += 1
            continue
        if letter.isspace():
            after = at
            while after < stop and text[after].isspace():
                after += 1
            _put_gap(text, (at, after, stop), letters, offsets)
            at = after
            continue
        for folded in _folded(letter):
            letters.append(folded)
            offsets.append(at)
        at += 1
    return Plain("".join(letters), tuple(offsets))


def _put_gap(text: str, gap: tuple[int, int, int], letters: list[str], offsets: list[int]) -> None:
    """Write a gap as one space; at the end of a line a parted word loses its hyphen."""
    at, after, stop = gap
    if not letters or after >= stop:
        return
    parted = letters[-1] == "-" and "\n" in text[at:after] and len(letters) > 1
    if parted and letters[-2].isalnum() and text[after].isalnum():
        if letters[-2].isalpha() and text[after].islower():
            letters.pop()
            offsets.pop()
        return
    letters.append(" ")
    offsets.append(at)


@lru_cache(maxsize=4096)
def _folded(letter: str) -> str:
    letter = _SAME.get(letter, letter)
    parts = unicodedata.normalize("NFKD", letter.lower())
    return "".join(part for part in parts if not unicodedata.combining(part)) or letter


def without_page_numbers(text: str) -> str:
    """Return a text of the same length with spaces for lines such as `Page 1 of 2`."""
    return _PAGE_NUMBER.sub(lambda match: " " * len(match[0]), text)


def sentences_in(text: str) -> tuple[Sentence, ...]:
    """Part a text into sentences."""
    found: list[Sentence] = []
    heading = lead = ""
    block = 0
    for run in _runs(tuple(_lines(text))):
        first, last = run.lines[0], run.lines[-1]
        block += first.after_gap
        if run.is_heading:
            heading, lead = plain(first.text).text, ""
        elif not first.bullet and first.after_gap:
            lead = ""
        for start, end in _stops(text, first.start, last.end):
            found.append(Sentence(start, end, len(found), block, heading, lead, run.is_heading))
        if last.text.rstrip().endswith(":") and not run.is_heading:
            lead = plain(text, found[-1].start, found[-1].end).text
    return tuple(found)


def _lines(text: str) -> Iterator[_Line]:
    before = 0
    opens = True
    for match in _LINE.finditer(text):
        if not match[0].strip():
            continue
        between = text[before : match.start()]
        bullet = _BULLET.match(match[0]) is not None
        gap = not before or between.count("\n") > 1 or "\f" in between
        yield _Line(match.start(), match.end(), match[0], gap, gap or opens, bullet)
        before = match.end()
        opens = match[0].rstrip()[-1] in ".!?"


def _runs(lines: Sequence[_Line]) -> Iterator[_Run]:
    """Yield the lines that belong together."""
    run: list[_Line] = []
    for line, below in zip_longest(lines, lines[1:]):
        if run and not _goes_on(run, line, below):
            yield _Run(tuple(run), len(run) == 1 and _heads(run[0], line))
            run = []
        run.append(line)
    if run:
        yield _Run(tuple(run), len(run) == 1 and _is_heading(run[0].text))


def _heads(line: _Line, below: _Line) -> bool:
    """Say whether a line is a heading, by its look or by how short it is above the next."""
    if _wraps_in_capitals(line, below):
        return False
    return _is_heading(line.text) or _is_short_heading(line, below)


def _wraps_in_capitals(line: _Line, below: _Line) -> bool:
    """Say whether a sentence that is all in capitals goes on in the next line."""
    if not (line.text.isupper() and below.text.isupper()) or below.after_gap or below.bullet:
        return False
    long = len(line.text.split()) > _SHORT_HEADING_WORDS
    return line.text.rstrip()[-1] not in ".:?!" and (long or below.text.rstrip()[-1] in ".,;")


def _is_short_heading(line: _Line, below: _Line) -> bool:
    """Say whether a line such as `What you can do` stands above a paragraph of its own."""
    bare = line.text.strip().rstrip(":")
    if line.bullet or not line.opens or "\t" in bare or not bare[:1].isupper():
        return False
    if bare[-1] in ".,;-" or len(bare.split()) > _SHORT_HEADING_WORDS or bare[-1].isdigit():
        return False
    head = below.text.lstrip()[:1]
    return len(bare) < _SHORT_HEADING_SHARE * len(below.text.strip()) and not head.islower()


def _goes_on(run: Sequence[_Line], line: _Line, below: _Line | None) -> bool:
    """Say whether a line goes on with what stands above it."""
    above = run[-1].text.rstrip()
    head = line.text.lstrip()[:1]
    if line.bullet or above.endswith(":"):
        return False
    if line.after_gap:
        return above[-1:] not in ".!?:;" and (head.islower() or head == "(")
    if head.islower():
        return True
    ends_above = len(run) == 1 and (_heads(run[0], line) or _is_short_item(run[0]))
    return not (ends_above or "\t" in above + line.text or _begins_anew(line, below))


def _is_short_item(line: _Line) -> bool:
    return line.bullet and len(line.text.strip()) < _SHORT_ITEM


def _begins_anew(line: _Line, below: _Line | None) -> bool:
    """Say whether a line is a heading although no gap stands above it."""
    if not line.opens:
        return False
    if line.text.isupper() and _is_heading(line.text):
        return True
    return below is not None and _is_short_heading(line, below)


def _is_heading(line: str) -> bool:
    """Say whether a line by itself looks like a heading: short, without a full stop."""
    bare = line.strip().rstrip(":")
    words = bare.split()
    if not words or len(words) > _HEADING_WORDS or len(bare) > _HEADING_LETTERS:
        return False
    if _BULLET.match(line) or bare[-1] in ".,;" or "\t" in bare or "@" in bare:
        return False
    letters = [word for word in words if word[0].isalpha()]
    if not letters or not letters[0][0].isupper():
        return False
    if bare.endswith("?") or bare.isupper():
        return True
    long = [word for word in letters if len(word) > 3]
    return bool(long) and sum(word[0].isupper() for word in long) >= 0.6 * len(long)


def _stops(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield the sentences between two places, none longer than is sensible."""
    at = start
    for match in _STOP.finditer(text, start, end):
        if _is_short(text, start, match.start()):
            continue
        yield from _pieces(text, at, match.end())
        at = match.end()
    yield from _pieces(text, at, end)


def _is_short(text: str, start: int, stop: int) -> bool:
    """Say whether the full stop at `stop` ends an abbreviation and no sentence."""
    if text[stop] != ".":
        return False
    before = text[max(start, stop - 12) : stop].split()
    if not before:
        return True
    word = before[-1].lower().lstrip("(")
    return word in _SHORT or (len(word) == 1 and word.isalpha())


def _pieces(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    while end - start > _LONGEST:
        cut = text.rfind(" ", start + 1, start + _LONGEST)
        cut = cut if cut > start else start + _LONGEST
        yield start, cut
        start = cut
    if end > start:
        yield start, end
