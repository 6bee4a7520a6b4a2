"""The words of the commands on calls and on the story of a claim.

Nothing heavy is imported here: `due` and `rules` answer before the libraries would be loaded.
"""

from __future__ import annotations

from argparse import ArgumentTypeError
from typing import Final

from app.cli.parsing import Commands, Parser, command, output
from app.cli.values import day, number, place, text, time_of_day

_MOST_MINUTES: Final = 100_000


def of_calls(commands: Commands) -> None:
    """Declare them."""
    new = command(commands, "call", "calls:call", "Log a telephone call.")
    _about_call(new)
    change = command(commands, "call-change", "calls:call_change", "Correct a call.")
    change.add_argument("call", metavar="CALL", type=text)
    _about_call(change)
    change.add_argument("--no-promise", action="store_true", help="they promised nothing")
    listed = command(commands, "calls", "calls:calls", "List the calls and what was promised.")
    listed.add_argument("--claim", type=text)
    listed.add_argument("--late", action="store_true", help="only promises that were not kept")
    log = command(commands, "call-log", "calls:call_log", "Print the calls of a claim.")
    log.add_argument("claim", metavar="CLAIM", type=text)
    output(log, "FILE.pdf")
    log.add_argument("--remarks", action="store_true", help="with what was noted for oneself")
    _of_story(commands)


def _about_call(parser: Parser) -> None:
    parser.add_argument("--claim", type=text)
    parser.add_argument("--with", dest="with_whom", metavar="WHO", type=text)
    for word in ("--note", "--outcome", "--promise"):
        parser.add_argument(word, metavar="TEXT", type=text)
    for word in ("--reference", "--department", "--phone"):
        parser.add_argument(word, type=text)
    parser.add_argument("--minutes", metavar="N", type=number(0, _MOST_MINUTES))
    parser.add_argument("--by", metavar="D", type=day, help="the day they promised it for")
    parser.add_argument("--on", metavar="D", type=day, help="the day of the call, else today")
    parser.add_argument("--at", metavar="HH:MM", type=time_of_day, help="when it began")


def _of_story(commands: Commands) -> None:
    story = command(
        commands, "story", "story:story", "Show a claim's story; print what others may read of it."
    )
    story.add_argument("claim", metavar="CLAIM", type=text)
    story.add_argument("-o", "--output", metavar="FILE.pdf", type=place)
    for word, about in (
        ("--hide", "keep a line out of what others get"),
        ("--show", "let others get it again; with -o, put a private line into this file"),
    ):
        story.add_argument(
            word, metavar="WHAT/ID", type=_line, action="append", default=[], help=about
        )
    story.add_argument("--all", action="store_true", help="your own copy, private lines too")


def _line(typed: str) -> tuple[str, str]:
    """Read the name of a line as WHAT/ID."""
    what, slash, key = text(typed).partition("/")
    if not (what and slash and key):
        raise ArgumentTypeError(f"{typed!r} is not a line like call/3f2a90c1b7de")
    return what, key
