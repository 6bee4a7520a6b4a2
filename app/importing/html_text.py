"""The text of an HTML mail, as one reads it: no pictures, nothing fetched, no styles."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from typing import Final

_MOST: Final = 4 << 20  # characters of HTML that are looked at
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
_HIDDEN: Final = re.compile(r"display\s{0,3}:\s{0,3}none|visibility\s{0,3}:\s{0,3}hidden", re.I)
_BLANKS: Final = re.compile(r"[^\S\n\t\xa0]+")
_HOLLOW: Final = re.compile(rf"<[^<>]{{{_LONGEST_TAG}}}")


def text_of_html(html: str) -> str:
    """Return the text of HTML: blocks on lines of their own, a tab between the cells of a row."""
    reader = _Reader()
    reader.feed(_HOLLOW.sub("", html[:_MOST]))
    reader.close()
    return reader.text() + (_CUT if len(html) > _MOST else "")


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._pieces: list[str] = []
        self._hidden: list[str] = []  # open elements from the first hidden one on

    def text(self) -> str:
        lines: list[str] = []
        for line in "".join(self._pieces).split("\n"):
            plain = line.replace("\xa0", " ").strip(" ").rstrip()
            if plain.strip() or (lines and lines[-1]):
                lines.append(plain if plain.strip() else "")
        return "\n".join(lines).strip("\n")

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = dict(attrs)
        if self._hidden:
            if tag not in _VOID:
                self._hidden.append(tag)
            return
        if tag in _UNSEEN or (tag not in _VOID and _is_hidden(told)):
            self._hidden.append(tag)
            return
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
            if tag in self._hidden:
                del self._hidden[len(self._hidden) - 1 - self._hidden[::-1].index(tag) :]
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
