"""The words of the commands that put a bundle together, look it over, and give it out again."""

from __future__ import annotations

from typing import Final

from app.cli.parsing import Commands, Parser, command, output
from app.cli.values import box, number, pages_of_paper, text
from app.domain.saved_bundle import PROFILES

PARTS: Final = (
    "diary", "remarks", "notes", "dates", "payments", "costs", "patient_signs",
)  # fmt: skip
"""As `app.operations.bundle_choices` has them, which is too heavy to be asked for words."""


def of_bundle(commands: Commands) -> None:
    """Declare them."""
    bundle = command(commands, "bundle", "sending:bundle", "Bind the appeal bundle of a claim.")
    bundle.add_argument("claim", metavar="CLAIM", type=text)
    output(bundle, "FILE")
    _form(bundle)
    bundle.add_argument("--allow-gaps", action="store_true", help="a page stands for what lacks")
    _wishes(bundle)
    bundle.add_argument("--remember", action="store_true", help="choose the same the next time")
    look = command(commands, "preflight", "sending:look_over", "Look a bundle over before it goes.")
    look.add_argument("claim", metavar="CLAIM", type=text)
    look.add_argument("--mail-days", metavar="N", type=number(0, 365), help="how long mail takes")
    look.add_argument("--way", choices=("mail", "fax", "portal", "by_hand"), help="how it goes out")
    _wishes(look)
    black = command(commands, "black-out", "bundles:black_out", "Black out parts of a paper.")
    black.add_argument("document", metavar="DOCUMENT", type=text)
    black.add_argument("--page", metavar="N", type=number(1, 100_000), default=1)
    what = black.add_mutually_exclusive_group()
    what.add_argument("--box", metavar="x0,y0,x1,y1", type=box, action="append", default=[])
    what.add_argument("--none", action="store_true", help="take all boxes of this page away")
    made = command(commands, "bundles", "bundles:bundles", "List the bundles that were made.")
    made.add_argument("--claim", type=text)
    one = command(commands, "bundle-file", "bundles:bundle_file", "Copy out a bundle, exactly.")
    one.add_argument("bundle", metavar="BUNDLE", type=text)
    output(one, "FILE")
    plain = command(
        commands, "bundle-originals", "bundles:originals",
        "Copy the originals out in their order, with a plain cover, where no bundle can be made.",
    )  # fmt: skip
    plain.add_argument("claim", metavar="CLAIM", type=text)
    output(plain, "DIR")
    _wishes(plain)


def _form(parser: Parser) -> None:
    parser.add_argument("--profile", choices=PROFILES, default="print")
    parser.add_argument("--max-mb", metavar="N", type=number(1, 100_000))
    parser.add_argument("--max-pages", metavar="N", type=number(1, 100_000))
    parser.add_argument("--a4", action="store_true", help="A4 paper in place of US Letter")


def _wishes(parser: Parser) -> None:
    parser.add_argument("--denial", metavar="ID", type=text, help="the denial that it answers")
    for words, name, about in (
        (("--put-in", "--with"), "put_in", "put in a paper that stays out, such as a receipt"),
        (("--leave-out", "--without"), "left_out", "leave a paper out"),
        (("--order",), "order", "a paper that comes first; several, in their order"),
    ):
        parser.add_argument(
            *words, dest=name, metavar="DOCUMENT", type=text, action="append", default=[],
            help=about,
        )  # fmt: skip
    parser.add_argument(
        "--part", dest="parts", choices=PARTS, action="append", default=[],
        help="put in what is kept for oneself, or let the patient sign",
    )  # fmt: skip
    parser.add_argument(
        "--pages", metavar="DOCUMENT=1-3,5", type=pages_of_paper, action="append", default=[],
        help="put in only these pages of a paper",
    )  # fmt: skip
