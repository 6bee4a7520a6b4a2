"""The words of the commands on evidence and on the points to answer."""

from __future__ import annotations

from app.cli.parsing import Commands, Parser, command
from app.cli.values import day, number, text
from app.domain.criterion import KINDS


def of_evidence(commands: Commands) -> None:
    """Declare them."""
    listed = command(
        commands, "checklist", "evidence:checklist", "What the appeal of a claim has and lacks."
    )
    listed.add_argument("claim", metavar="CLAIM", type=text)
    _denial(listed)
    mark = command(commands, "evidence", "evidence:evidence", "Say what became of an item.")
    mark.add_argument("claim", metavar="CLAIM", type=text)
    mark.add_argument("item", metavar="ITEM", type=text, help="as “checklist” names it")
    _denial(mark)
    said = mark.add_mutually_exclusive_group(required=True)
    said.add_argument("--asked-of", metavar="WHO", type=text, help="somebody was asked for it")
    said.add_argument("--paper", metavar="DOCUMENT", type=text, help="this paper is it")
    said.add_argument("--not-paper", metavar="DOCUMENT", type=text, help="it is not it after all")
    said.add_argument("--not-needed", action="store_true", help="it does not apply")
    said.add_argument("--clear", action="store_true", help="take back what was said of it")
    mark.add_argument("--on", metavar="D", type=day, help="the day they were asked")
    mark.add_argument("--again-on", metavar="D", type=day, help="the day to ask again")
    codes = command(commands, "codes", "evidence:codes", "Point out codes that are not complete.")
    codes.add_argument("claim", metavar="CLAIM", type=text)
    lacks = command(
        commands, "notice", "evidence:notice", "What the letter should say and we did not find."
    )
    lacks.add_argument("claim", metavar="CLAIM", type=text)
    _denial(lacks)
    _of_points(commands)


def _of_points(commands: Commands) -> None:
    listed = command(commands, "points", "points:points", "Why it should be approved, by points.")
    listed.add_argument("claim", metavar="CLAIM", type=text)
    _denial(listed)
    listed.add_argument("--suggest", action="store_true", help="the reasons of the denial itself")
    new = command(commands, "point-new", "points:point_new", "Add a point to answer.")
    new.add_argument("claim", metavar="CLAIM", type=text)
    new.add_argument("quote", metavar="QUOTE", type=text, help="their own words")
    _denial(new)
    new.add_argument("--kind", choices=KINDS, default="criterion")
    _about_point(new)
    change = command(commands, "point-change", "points:point_change", "Change a point.")
    change.add_argument("point", metavar="POINT", type=text)
    change.add_argument("--quote", metavar="TEXT", type=text)
    change.add_argument("--kind", choices=KINDS)
    change.add_argument("--position", metavar="N", type=number(1, 999), help="its place, from 1")
    change.add_argument("--no-proof", action="store_true", help="take its proofs off")
    _about_point(change)
    remove = command(commands, "point-remove", "points:point_remove", "Remove a point.")
    remove.add_argument("point", metavar="POINT", type=text)


def _about_point(parser: Parser) -> None:
    parser.add_argument("--from", dest="source", metavar="DOCUMENT", type=text)
    parser.add_argument("--page", metavar="N", type=number(1, 100_000), help="where they say so")
    parser.add_argument("--answer", metavar="TEXT", type=text, help="the facts, in your words")
    parser.add_argument(
        "--proof", metavar="DOCUMENT[:PAGE]", type=text, action="append", help="what proves them"
    )


def _denial(parser: Parser) -> None:
    parser.add_argument("--denial", metavar="D", type=text)
