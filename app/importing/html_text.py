"""The text of an HTML mail, as one reads it: no pictures, nothing fetched, no styles."""

from __future__ import annotations

import re
from collections import Counter
from html.parser import HTMLParser
from typing import Final

_MOST: Final = 2 << 20  # characters of HTML that are looked at
_LONGEST_TAG: Final = 20_000  # characters between < and >; beyond that it is no tag
_CUT: Final = "\n[The rest of this mail is too long to show.]"
_UNSEEN: Final = frozenset(
    ("head", "style", "script", "title", "template", "noscript", "svg", "object")
)
_BLOCKS: Final = frozenset(
    (
        "p", "div", "tr", "table", "ul", "ol", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote",
        "pre", "hr", "section", "article", "header", "footer", "address", "center", "dl", "dt",
        "dd",
    )
)  # fmt: skip
_SPACED: Final = frozenset(("p", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "blockquote"))
_VOID: Final = frozenset(
    ("br", "hr", "img", "input", "meta", "link", "area", "base", "col", "wbr", "source", "embed")
)
_HIDDEN: Final = re.compile(
    r"display\s{0,3}:\s{0,3}none|visibility\s{0,3}:\s{0,3}hidden|mso-hide\s{0,3}:\s{0,3}all"
    r"|(?<![-\w])color\s{0,3}:\s{0,3}(?:#f{3}(?![0-9a-f])|#f{6}|white\b|transparent)"
    r"|font-size\s{0,3}:\s{0,3}(?:0(?:\.0{1,4})?(?![.\d])|1(?:px|pt))"
    r"|opacity\s{0,3}:\s{0,3}0(?:\.0{1,4})?\s{0,3}(?:;|$)",
    re.I,
)
"""Styles of what nobody sees. White on a dark ground goes too: a word less, and none invented."""
_BLANKS: Final = re.compile(r"[^\S\n\t\xa0]+")
_BARE: Final = re.compile(rf"<(?![a-zA-Z/][^<>]{{0,{_LONGEST_TAG}}}>)")
_WITHOUT_WORDS: Final = (("<!--", "-->"), ("<script", "</script"), ("<style", "</style"))
"""What holds no words, from its beginning to its end."""


def text_of_html(html: str) -> str:
    """Return the text of HTML: blocks on lines of their own, a tab between the cells of a row."""
    reader = _Reader()
    reader.feed(_cleaned(html[:_MOST]))
    reader.close()
    return reader.text() + (_CUT if len(html) > _MOST else "")


def _cleaned(html: str) -> str:
    """Return HTML in which each < begins a whole tag.

    The standard parser takes quadratic time over marks that begin and never end.
    """
    for begin, end in _WITHOUT_WORDS:
        html = _without(html, begin, end)
    return _BARE.sub("&lt;", re.sub(r"<[!?][^<>]{0,2000}>", "", html))


def _without(html: str, begin: str, end: str) -> str:
    begins, ends = (re.compile(re.escape(mark), re.IGNORECASE) for mark in (begin, end))
    kept: list[str] = []
    at = 0
    while found := begins.search(html, at):
        kept.append(html[at : found.start()])
        closing = ends.search(html, found.end())
        if closing is None:
            return "".join(kept)
        at = html.find(">", closing.end() - 1) + 1 or len(html)
    return "".join((*kept, html[at:]))


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._pieces: list[str] = []
        self._hidden: list[str] = []  # open elements from the first hidden one on
        self._hidden_tags: Counter[str] = Counter()

    def text(self) -> str:
        lines: list[str] = []
        for line in "".join(self._pieces).split("\n"):
            plain = line.replace("\xa0", " ").strip(" ").rstrip()
            if plain.strip() or (lines and lines[-1]):
                lines.append(plain if plain.strip() else "")
        return "\n".join(lines).strip("\n")

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = dict(attrs)
        if self._hidden or tag in _UNSEEN or _is_hidden(told):
            if tag not in _VOID:
                self._hidden.append(tag)
                self._hidden_tags[tag] += 1
            return
        self._open(tag, told)

    def _open(self, tag: str, told: dict[str, str | None]) -> None:
        if tag == "br":
            self._pieces.append("\n")
        elif tag in _BLOCKS:
            self._break()
            if tag in _SPACED:
                self._pieces.append("\n")
        elif tag == "li":
            self._break()
            self._pieces.append("• ")
        elif tag == "img" and (said := (told.get("alt") or "").strip()):
            self._pieces.append(f"[picture: {' '.join(said.split())[:80]}]")

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in _VOID:
            self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        if self._hidden:
            while self._hidden_tags[tag] and (closed := self._hidden.pop()):
                self._hidden_tags[closed] -= 1
                if closed == tag:
                    return
            return
        if tag in {"td", "th"}:
            self._pieces.append("\t")
        elif tag in _BLOCKS or tag == "li":
            self._break()

    def handle_data(self, data: str) -> None:
        if not self._hidden:
            plain = _BLANKS.sub(" ", data.replace("\n", " ").replace("\t", " "))
            at_start = not self._pieces or self._pieces[-1].endswith(("\n", "\t"))
            self._pieces.append(plain.lstrip(" ") if at_start else plain)

    def _break(self) -> None:
        if self._pieces and not self._pieces[-1].endswith("\n"):
            self._pieces.append("\n")


def _is_hidden(attributes: dict[str, str | None]) -> bool:
    return "hidden" in attributes or bool(_HIDDEN.search((attributes.get("style") or "")[:2000]))
