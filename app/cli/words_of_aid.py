"""The words of the commands on help with the cost, and on the money of an appeal.

Nothing heavy is imported here: `due` and `rules` answer before the libraries would be loaded.
"""

from __future__ import annotations

from app.cli.parsing import Commands, Parser, command
from app.cli.values import amount, day, place, text
from app.cli.words_of_care import maybe
from app.domain.aid import ANSWERS, KINDS


def of_aid(commands: Commands) -> None:
    """Declare them."""
    new = command(commands, "aid", "aid:aid_new", "Add a program, a cash price or an estimate.")
    new.add_argument("name", metavar="NAME", type=text, help="the program, or who gave the price")
    change = command(commands, "aid-change", "aid:aid_change", "Change a program or price.")
    change.add_argument("aid", metavar="AID", type=text)
    change.add_argument("--name", type=text)
    for parser in (new, change):
        _about_aid(parser)
    answer = command(commands, "aid-answer", "aid:aid_answer", "Record what they answered.")
    answer.add_argument("aid", metavar="AID", type=text)
    answer.add_argument("--answer", choices=ANSWERS[1:], required=True)
    answer.add_argument("--on", metavar="D", type=day, help="the date of the answer; else today")
    answer.add_argument("--amount", metavar="A", type=amount, help="what they grant")
    answer.add_argument("--until", metavar="D", type=day, help="until when it holds")
    answer.add_argument("--letter", "--document", dest="letter", metavar="DOCUMENT", type=text)
    pays = command(commands, "aid-paid", "aid:aid_paid", "Say that a program paid an expense.")
    pays.add_argument("aid", metavar="AID", type=text)
    pays.add_argument("expense", metavar="EXPENSE", type=text)
    pays.add_argument("--on", metavar="D", type=day, help="the day it was paid; else today")
    listed = command(commands, "aids", "aid:aids", "List programs, prices and estimates.")
    listed.add_argument("--claim", type=text)
    _of_appeals(commands)


def _about_aid(parser: Parser) -> None:
    parser.add_argument("--kind", choices=KINDS)
    for word, about in (
        ("--what", "the drug or the care"), ("--papers", "what was sent with it"),
        ("--note", None),
    ):  # fmt: skip
        parser.add_argument(word, metavar="TEXT", type=text, help=about)
    for word in ("--claim", "--patient", "--provider"):
        parser.add_argument(word, type=text)
    parser.add_argument("--letter", "--document", dest="letter", metavar="DOCUMENT", type=text)
    parser.add_argument(
        "--amount", metavar="A", type=maybe(amount), help="granted, quoted or estimated"
    )
    for words, name, about in (
        (("--asked", "--asked-on"), "asked_on", "the day it was asked for"),
        (("--due", "--due-on"), "due_on", "the day by which an answer is due"),
        (("--until",), "until_on", "until when it holds"),
    ):
        parser.add_argument(*words, dest=name, metavar="D", type=maybe(day), help=about)


def _of_appeals(commands: Commands) -> None:
    hold = command(commands, "hold", "aid:hold", "Decide about money that is under appeal.")
    hold.add_argument("expense", metavar="EXPENSE", type=text)
    how = hold.add_mutually_exclusive_group(required=True)
    how.add_argument(
        "--wait", dest="decision", action="store_const", const="hold",
        help="do not reimburse it until the answer is there",
    )  # fmt: skip
    how.add_argument(
        "--claim", dest="decision", action="store_const", const="claim",
        help="reimburse it all the same",
    )  # fmt: skip
    how.add_argument(
        "--ask-again", dest="decision", action="store_const", const="", help="not decided"
    )
    costs = command(
        commands,
        "fighting-costs",
        "aid:fighting_costs",
        "Out of pocket while fighting for a claim.",
    )
    costs.add_argument("claim", metavar="CLAIM", type=text)
    costs.add_argument("-o", "--output", metavar="FILE", type=place, help="a page to print")
