"""How a command is declared: its name, where its code is, and the words that all commands know.

Nothing heavy is imported here: `due` and `rules` answer before the libraries would be loaded.
"""

from __future__ import annotations

from argparse import SUPPRESS, ArgumentParser, _SubParsersAction  # pyright: ignore[reportPrivateUsage]
from typing import Any, NoReturn, TypeAlias

from app.cli.values import place, working_day


class WrongWordsError(Exception):
    """The command line cannot be understood; the message is a sentence."""


class Parser(ArgumentParser):
    """Raises `WrongWordsError` with a sentence where argparse would print and leave."""

    def error(self, message: str) -> NoReturn:
        """Refuse the words; `message` is argparse's own."""
        sentence = message[:1].upper() + message[1:].rstrip(".")
        raise WrongWordsError(f"{sentence}. See {self.prog} --help.")


Commands: TypeAlias = "_SubParsersAction[Parser]"


def add_common(parser: Parser, default: Any) -> None:
    """The words that every command knows, before or after its name."""
    common = parser.add_argument_group("for every command")
    common.add_argument(
        "--binder", metavar="DIR", type=place, default=default, help="the binder's folder"
    )
    common.add_argument(
        "--today",
        metavar="YYYY-MM-DD",
        type=working_day,
        default=default,
        help="work as if on this day",
    )
    common.add_argument(
        "--json", action="store_true", default=SUPPRESS, help="answer with one JSON value"
    )


def command(commands: Commands, name: str, code: str, about: str) -> Parser:
    """Declare a command; `code` is `module:function` within `app.cli`."""
    parser = commands.add_parser(name, help=about, description=about, allow_abbrev=False)
    add_common(parser, default=SUPPRESS)
    parser.set_defaults(command=code)
    return parser


def output(parser: Parser, what: str) -> None:
    """Let a command be told where to write to."""
    parser.add_argument("-o", "--output", metavar=what, type=place, required=True)
