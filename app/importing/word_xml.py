"""One part of a Word file (WordprocessingML) as text: body, header, footer or notes."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Final
from xml.parsers import expat

_SPACES: Final = frozenset(
    (
        "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
        "http://purl.oclc.org/ooxml/wordprocessingml/main",
    )
)
_DEEPEST: Final = 300  # elements inside one another
_MOST_TEXT: Final = 24 << 20  # characters
_GONE: Final = frozenset(("del", "moveFrom"))
_PASSED_OVER: Final = frozenset(("Fallback",))  # an older drawing of what was drawn already
_PICTURES: Final = frozenset(("blip", "imagedata"))
_FRAMES: Final = frozenset(("tc", "txbxContent", "footnote", "endnote"))
_REFERENCES: Final = frozenset(("footnoteReference", "endnoteReference"))
_MARKS: Final = {
    "tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-", "numPr": "• ",
    "lastRenderedPageBreak": "\f",
}  # fmt: skip
_OFF: Final = frozenset(("0", "false", "off"))


class TooHardError(Exception):
    """The file goes beyond what is opened safely."""


@dataclass
class Story:
    """What a part tells: its text, its notes by number, and what of it is not shown."""

    text: str = ""
    notes: list[tuple[str, str]] = field(default_factory=list[tuple[str, str]])
    pictures: int = 0
    has_deleted: bool = False
    has_hidden: bool = False
    has_comments: bool = False


def story_of(chunks: Iterable[bytes]) -> Story:
    """Read a part, given in pieces.

    Raises:
        TooHardError: it is too deep or too long, or has a document type.
        expat.ExpatError: it is no XML.
    """
    reader = _Reader()
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    parser.StartElementHandler = reader.start
    parser.EndElementHandler = reader.end
    parser.CharacterDataHandler = reader.letters
    parser.StartDoctypeDeclHandler = reader.refuse_type
    for chunk in chunks:
        parser.Parse(chunk, False)
    parser.Parse(b"", True)
    return reader.told()


class _Reader:
    """Gathers the words while elements open and close.

    `_frames` are the texts being gathered, the innermost last: the part itself, a cell of a
    table, a text box, a note. A text box stands in the middle of a paragraph, so it waits in
    `_boxes` until that paragraph has ended.
    """

    def __init__(self) -> None:
        self._story = Story()
        self._frames: list[list[str]] = [[]]
        self._rows: list[list[str]] = []
        self._boxes: list[str] = []
        self._paragraphs = 0
        self._depth = 0
        self._length = 0
        self._unseen = 0  # open elements whose words are not shown
        self._is_text = False
        self._is_hidden = False  # the run
        self._note = ""

    def told(self) -> Story:
        self._story.text = _tidied("".join(self._frames[0]))
        return self._story

    def refuse_type(self, *_: object) -> None:
        raise TooHardError

    def start(self, name: str, attributes: dict[str, str]) -> None:
        self._depth += 1
        if self._depth > _DEEPEST:
            raise TooHardError
        space, _, tag = name.rpartition(" ")
        if tag in _PASSED_OVER or (space in _SPACES and tag in _GONE):
            self._unseen += 1
            self._story.has_deleted |= tag in _GONE
        elif tag in _PICTURES and not self._unseen:
            self._story.pictures += 1
        elif space in _SPACES:
            self._start_word(
                tag, {key.rpartition(" ")[2]: value for key, value in attributes.items()}
            )

    def _start_word(self, tag: str, attributes: dict[str, str]) -> None:
        if tag in _FRAMES:
            self._frames.append([])
            self._note = attributes.get("id", self._note)
        elif tag in _MARKS and not (tag == "tab" and attributes):  # that one sets a tab stop
            self._add("\f" if attributes.get("type") == "page" else _MARKS[tag])
        elif tag in _REFERENCES:
            self._add(f"[{attributes.get('id', '')}]")
        else:
            self._note_state(tag, attributes)

    def _note_state(self, tag: str, attributes: dict[str, str]) -> None:
        match tag:
            case "p":
                self._paragraphs += 1
            case "r":
                self._is_hidden = False
            case "vanish":
                self._is_hidden = attributes.get("val", "") not in _OFF
            case "t":
                self._is_text = True
            case "tr":
                self._rows.append([])
            case "commentReference":
                self._story.has_comments = True
            case _:
                pass

    def letters(self, data: str) -> None:
        if not self._is_text or self._unseen:
            return
        if self._is_hidden:
            self._story.has_hidden = True
        else:
            self._add(data.replace("\f", " "))

    def end(self, name: str) -> None:
        self._depth -= 1
        space, _, tag = name.rpartition(" ")
        if tag in _PASSED_OVER or (space in _SPACES and tag in _GONE):
            self._unseen -= 1
        elif space in _SPACES:
            self._end_word(tag)

    def _end_word(self, tag: str) -> None:
        if tag in _FRAMES:
            self._close_frame(tag, "".join(self._frames.pop()))
        elif tag == "t":
            self._is_text = False
        elif tag == "p":
            self._paragraphs -= 1
            self._add("\n")
            self._set_down_boxes()
        elif tag == "tr":
            self._add("\t".join(self._rows.pop()).rstrip() + "\n")

    def _close_frame(self, tag: str, text: str) -> None:
        plain = " ".join(text.split())
        if tag == "txbxContent":
            self._boxes.append(_tidied(text))
        elif tag == "tc" and self._rows:
            self._rows[-1].append(plain)
        elif tag in {"footnote", "endnote"} and plain:
            self._story.notes.append((self._note, plain))

    def _set_down_boxes(self) -> None:
        """Put text boxes after the paragraph in which they are anchored."""
        if self._boxes and not self._paragraphs:
            boxes, self._boxes = self._boxes, []
            for box in boxes:
                self._add(f"{box}\n")

    def _add(self, text: str) -> None:
        if text and not self._unseen:
            self._length += len(text)
            if self._length > _MOST_TEXT:
                raise TooHardError
            self._frames[-1].append(text)


def _tidied(text: str) -> str:
    """Return text without empty pages and with at most one empty line in a row."""
    pages = [page.strip("\n") for page in text.split("\f")]
    lines = [_single_spaced(page) for page in pages if page.strip()]
    return "\f".join(lines)


def _single_spaced(page: str) -> str:
    kept: list[str] = []
    for line in page.split("\n"):
        if line.strip() or (kept and kept[-1]):
            kept.append(line.rstrip() if line.strip() else "")
    return "\n".join(kept)
