"""The words of the commands that print what was paid: hsa, medical-expenses."""

from __future__ import annotations

from app.cli.parsing import Commands, Parser, command, output
from app.cli.values import day, number, place, text

_COPIES = ("full", "accountant")


def of_summaries(commands: Commands) -> None:
    """Declare them."""
    hsa = command(commands, "hsa", "hsa:hsa", "Print the HSA expense summary of a year.")
    _choice(hsa)
    hsa.add_argument("--withdrawal", metavar="W", type=text, help="only what it paid for")
    hsa.add_argument(
        "--papers", action="store_true", help="put the papers into the accountant's copy too"
    )
    hsa.add_argument(
        "--folder", metavar="DIR", type=place, help="a new folder for index.csv and the originals"
    )
    paid = command(
        commands, "medical-expenses", "hsa:medical_expenses",
        "Print what was paid for care, less what others paid; no HSA is needed.",
    )  # fmt: skip
    _choice(paid)


def _choice(parser: Parser) -> None:
    parser.add_argument("year", metavar="YEAR", type=number(1, 9999))
    output(parser, "FILE.pdf")
    parser.add_argument("--csv", metavar="FILE", type=place)
    parser.add_argument("--from", dest="first", metavar="D", type=day, help="in place of January 1")
    parser.add_argument("--to", dest="last", metavar="D", type=day, help="in place of December 31")
    parser.add_argument("--person", metavar="P", type=text, help="only for this person")
    parser.add_argument("--claim", metavar="CLAIM", type=text, help="only of this claim")
    parser.add_argument(
        "--copy", choices=_COPIES, default="full", help="the accountant's names no diagnoses"
    )
