"""What a command answers, and how it is written: one JSON value, or a few plain lines."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, Final, TextIO

from app.domain.errors import UserError

DONE: Final = 0
REFUSED: Final = 1
WRONG_WORDS: Final = 2
UNUSABLE: Final = 3
INTERRUPTED: Final = 130

_LONGEST_CELL: Final = 60


@dataclass(frozen=True, slots=True)
class Answer:
    """What came of a command: the value for programs, the lines for people, the exit status.

    The lines of a refusal, of wrong words and of an unusable binder go to standard error.
    """

    value: Any
    lines: Sequence[str]
    status: int = DONE
    is_trouble: bool = False


def refusal(error: UserError) -> Answer:
    """Return the answer where nothing was done, for the reason that the error names."""
    value = {"refused": str(error), "ask": error.ask}
    return Answer(value, _with_question(str(error), error.ask), REFUSED, is_trouble=True)


def trouble(sentence: str, status: int) -> Answer:
    """Return the answer to wrong words, or where the binder cannot be used."""
    return Answer({"error": sentence}, [sentence], status, is_trouble=True)


def _with_question(sentence: str, ask: str | None) -> list[str]:
    return [sentence, ask] if ask else [sentence]


def give(answer: Answer, *, as_json: bool) -> int:
    """Write an answer and return the exit status.

    A reader that went away (`… | head`) is no error: what was to be done is done.
    """
    stream = sys.stderr if answer.is_trouble and not as_json else sys.stdout
    try:
        _write(stream, _json(answer.value) if as_json else _plain(answer.lines))
    except BrokenPipeError:
        _write_no_more(stream)
    except OSError as error:
        _write_no_more(stream)
        mutter(f"The answer could not be written: {error.strerror or error}.")
        return answer.status or REFUSED
    return answer.status


def _json(value: Any) -> bytes:
    """Return one JSON value in UTF-8.

    Bytes of file names that are no text arrive as halves of a surrogate pair; they leave as
    their JSON escapes, so that the name can be rebuilt exactly.
    """
    return json.dumps(value, ensure_ascii=False, indent=1).encode("utf-8", "backslashreplace")


def _plain(lines: Iterable[str]) -> bytes:
    return "\n".join(map(harmless, lines)).encode("utf-8", "backslashreplace")


def harmless(line: str) -> str:
    """Return text as a terminal may show it: what would steer it or turn text about is spelled."""
    return "".join(
        letter if letter.isprintable() or letter in "\n\t" else ascii(letter)[1:-1]
        for letter in line
    )


def _write(stream: TextIO | None, content: bytes) -> None:
    if stream is None or not content:  # a program without a console, or nothing to say
        return
    stream.flush()
    stream.buffer.write(content + b"\n")
    stream.buffer.flush()


def _write_no_more(stream: TextIO) -> None:
    """Keep Python from complaining at its end about what could not be written."""
    with suppress(OSError, ValueError), open(os.devnull, "wb") as nowhere:  # noqa: PTH123
        os.dup2(nowhere.fileno(), stream.fileno())


def mutter(line: str) -> None:
    """Say something on standard error, if anybody can hear it."""
    with suppress(OSError, ValueError):
        _write(sys.stderr, _plain([line]))


def table(header: Sequence[str], rows: Iterable[Sequence[object]]) -> list[str]:
    """Return rows as lines with equal columns; long cells are cut, missing values left empty."""
    cells = [list(header), *([_cell(value) for value in row] for row in rows)]
    widths = [max(len(row[at]) for row in cells) for at in range(len(header))]
    return [
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
        for row in cells
    ]


def _cell(value: object) -> str:
    shown = "" if value is None else " ".join(harmless(str(value)).split())
    return shown if len(shown) <= _LONGEST_CELL else f"{shown[: _LONGEST_CELL - 1]}…"
