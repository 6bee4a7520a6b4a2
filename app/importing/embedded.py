"""Judging the text that came with a page of a PDF: is it what a person sees there?

A scan may carry a hidden layer of poor text, of rubbish, or only "Scanned with …"; a font may
lack its table of letters. Where the judgement is in doubt the page is read from its picture:
that costs seconds, never a word.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final, Literal

Verdict = Literal["good", "sparse", "hidden", "none"]
"""`good`: use it. `sparse`: right as far as it goes, but the picture may hold more. `hidden`: what
some scanner made of its own picture, which we read better. `none`: of no use."""

PICTURED_FROM: Final = 0.25
"""Share of a page under pictures from which they may hold its text."""

_LETTERS_A_PAGE: Final = 300  # fewer, on a page that is all picture, are only a stamp or a footer
_FEW_LETTERS: Final = 20
_DRAWN_LETTERS: Final = 100  # so many lines and curves may be letters turned into outlines
_LETTERS_AMONG_DRAWN: Final = 200
_JUDGED: Final = 1500  # characters of a page's text
_ADDS_LITTLE: Final = 1.15  # letters in the picture for each embedded one
_SEES_LESS: Final = 0.6

_COMMON: Final = frozenset(
    re.findall(
        r"\w+",
        """a and are as at be by do for from has have if in is it may no not of on or our that the
        this to was we will with you your al como con de del el en es la las lo los no o para por
        que se si su un una usted y""",
    )
)
_FAIR: Final = re.compile(
    r"[A-Za-zÀ-ɏ'’-]*[AEIOUYaeiouyÀ-ɏ][A-Za-zÀ-ɏ'’-]*"  # a word has a vowel
    r"|[A-Z&]{1,5}"  # MRI, PPO
    r"|[\w$€#%.,:/()+*=-]*\d[\w$€#%.,:/()+*=-]*"  # amounts, dates, numbers
    r"|\w*[Ͱ-\ud7ff\uf900-\ufaff\U00010000-\U0003ffff]\w*"  # other scripts
)
_EDGES: Final = "()[]{}<>.,;:!?\"'“”‘’*•·-–—_/|"
_CLEAN: Final = {
    **dict.fromkeys(range(0x20)),
    **dict.fromkeys((0x7F, 0xAD, 0x200B, 0xFEFF, 0xFFFF)),
    0x0A: "\n",
    0x09: " ",
    0xA0: " ",
    0x02: "-",  # PDFium's marks for a hyphen at the end of a line
    0xFFFE: "-",
}


@dataclass(frozen=True, slots=True)
class Drawn:
    """What is drawn on a page beside text.

    `share` is the part of the page under pictures, 0 to 1; `letters_inside` counts the letters
    and digits of embedded text where the pictures are; `paths` counts lines and curves; `hidden`
    says that nobody sees the text: it is drawn invisibly, or under the pictures.
    """

    share: float = 0.0
    letters_inside: int = 0
    paths: int = 0
    hidden: bool = False


def cleaned(text: str) -> str:
    """Return text as PDFium gives it without control marks; lines end in a newline."""
    return text.translate(_CLEAN).strip()


def letters(text: str) -> int:
    """Count letters and digits."""
    return sum(map(str.isalnum, text))


def judged(text: str, drawn: Drawn) -> Verdict:
    """Say whether embedded text may stand for the page."""
    if not reads_like_language(text):
        return "none"
    if drawn.hidden:
        return "hidden"
    if drawn.share >= PICTURED_FROM:
        enough = drawn.letters_inside >= _LETTERS_A_PAGE * drawn.share
        return "good" if enough else "sparse"
    count = letters(text)
    outlined = drawn.paths >= _DRAWN_LETTERS and count < _LETTERS_AMONG_DRAWN
    if outlined or (count < _FEW_LETTERS and (drawn.share or drawn.paths)):
        return "sparse"
    return "good"


def reads_like_language(text: str) -> bool:
    """Say whether text looks like words and numbers rather than rubbish."""
    tokens = text[:_JUDGED].split()
    if not tokens:
        return False
    common = sum(map(_COMMON.__contains__, map(str.lower, tokens)))
    if len(tokens) >= 12 and common >= len(tokens) * 0.08:
        return True
    bare = [token for token in (token.strip(_EDGES) for token in tokens) if token]
    fair = sum(_FAIR.fullmatch(token) is not None for token in bare)
    if fair < max(len(tokens) * 0.6, 1):
        return False
    plain_words = sum(token.isascii() and token.isalpha() for token in bare)
    return plain_words < 40 or common > 0


def preferred(seen: str, embedded: str, verdict: Verdict) -> Literal["ocr", "embedded"]:
    """Choose between the text read from the picture and the text that came with the page."""
    most = {"sparse": _ADDS_LITTLE, "hidden": _SEES_LESS}.get(verdict, 0.0)
    return "embedded" if letters(seen) <= letters(embedded) * most else "ocr"
