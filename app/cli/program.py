"""From the words on the command line to an exit status."""

from __future__ import annotations

import gc
import logging
import sys
import traceback
from argparse import Namespace
from collections.abc import Callable, Sequence
from importlib import import_module
from typing import Final

from app.cli.answer import (
    INTERRUPTED,
    REFUSED,
    UNUSABLE,
    WRONG_WORDS,
    Answer,
    give,
    mutter,
    refusal,
    trouble,
)
from app.cli.parsing import WrongWordsError
from app.cli.words import parse
from app.domain.errors import BinderUnusableError, UserError
from app.jobs import Cancelled

_log = logging.getLogger(__name__)
_MADE_BEFORE_A_LOOK: Final = 20_000
"""New objects after which Python looks for forgotten ones, in place of 700.

Forty thousand expenses are 600,000 objects, none of them forgotten: to look so often took a third
of the time of a command.
"""


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command and return its exit status (COMMANDS: 0 done, 1 refused, 2 words, 3 binder).

    130 is what shells expect of a program that was interrupted; what was stored stays stored.
    """
    if argv is None:  # a program of its own
        gc.set_threshold(_MADE_BEFORE_A_LOOK)
    given = sys.argv[1:] if argv is None else list(argv)
    try:
        words = parse(given)
    except WrongWordsError as error:
        return give(trouble(str(error), WRONG_WORDS), as_json="--json" in given)
    except SystemExit as leaving:  # --help and --version have spoken
        return int(leaving.code or 0)
    try:
        return give(_answer(words), as_json=words.json)
    except (KeyboardInterrupt, Cancelled):
        return INTERRUPTED


def _answer(words: Namespace) -> Answer:
    """Carry a command out; the modules of the commands are loaded only when they are wanted."""
    module, _, name = words.command.partition(":")
    try:
        command: Callable[[Namespace], Answer] = getattr(import_module(f"app.cli.{module}"), name)
        return command(words)
    except BinderUnusableError as error:
        return trouble(str(error), UNUSABLE)
    except UserError as error:
        return refusal(error)
    except OSError as error:
        return refusal(_said_by_the_system(error))
    except Exception as error:  # noqa: BLE001 - the exception hook of the headless commands
        return _mistake(error)


def _said_by_the_system(error: OSError) -> UserError:
    place = f" (“{error.filename}”)" if isinstance(error.filename, str) else ""
    return UserError(
        f"The system refused this: {error.strerror or type(error).__name__}{place}. "
        "Check that the place is there and is yours, then try again."
    )


def _mistake(error: Exception) -> Answer:
    """Return the answer to a bug. Only kinds and places are named: values may be of papers."""
    frames = traceback.extract_tb(error.__traceback__)
    for frame in frames:
        _log.debug("%s:%s in %s", frame.filename, frame.lineno, frame.name)
    last = frames[-1]
    mutter(f"{type(error).__name__} in {last.name}, line {last.lineno} of {last.filename}")
    sentence = (
        "ClaimBinder made a mistake and could not finish. What was saved before is safe. "
        "Try again; if it happens again, please report the line above."
    )
    return Answer({"refused": sentence, "ask": None}, [sentence], REFUSED, is_trouble=True)
