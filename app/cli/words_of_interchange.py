"""The words of the commands that bring tables and named files in."""

from __future__ import annotations

from argparse import ArgumentTypeError

from app.cli.parsing import Commands, Parser, command
from app.cli.values import as_given, place, text


def _column(typed: str) -> tuple[str, str]:
    head, parted, role = text(typed).rpartition("=")
    if not parted or not head.strip():
        raise ArgumentTypeError(f"{typed!r} is not a column and what it is, like “You pay=amount”")
    return head.strip(), role.strip()


def of_interchange(commands: Commands) -> None:
    """Declare them."""
    table = command(
        commands, "import-csv", "interchange:import_csv", "Import a table of a portal or custodian."
    )
    table.add_argument("file", metavar="FILE", type=place)
    table.add_argument(
        "--profile", metavar="NAME", type=text, default="",
        help="healthequity, inspira, fidelity, generic, or one that you saved; "
        "else the heads of the columns tell",
    )  # fmt: skip
    table.add_argument(
        "--column", metavar="HEAD=WHAT", type=_column, action="append", default=[],
        help="what a column is, such as “You pay=amount”; “HEAD=” leaves it out",
    )  # fmt: skip
    table.add_argument("--gives", choices=("ledger", "account"), default="",
                       help="expenses, or money into and out of an account")  # fmt: skip
    table.add_argument("--dates", choices=("mdy", "dmy"), default="", help="how days are written")
    table.add_argument("--save-as", metavar="NAME", type=text, default="",
                       help="remember the columns under this name")  # fmt: skip
    _common(table)
    table.add_argument("--account", metavar="HSA", type=text)
    money = command(commands, "import-ofx", "interchange:import_ofx", "Import an OFX or QFX file.")
    money.add_argument("file", metavar="FILE", type=place)
    money.add_argument("--account", metavar="HSA", type=text)
    _common(money)
    command(commands, "import-profiles", "interchange:import_profiles",
            "List the mappings of columns that are known.")  # fmt: skip
    named = command(
        commands, "import-named", "interchange:import_named",
        "Keep receipts and enter the expense that the name of each file tells.",
    )  # fmt: skip
    named.add_argument("paths", metavar="PATH", type=as_given, nargs="+")
    named.add_argument("--claim", metavar="CLAIM", type=text)
    named.add_argument("--no-read", action="store_true", help="only store them now")
    named.add_argument("--dry-run", action="store_true", help="only say what would be done")


def _common(parser: Parser) -> None:
    parser.add_argument(
        "--claim", metavar="CLAIM", type=text, help="the claim of all lines of a ledger"
    )
    parser.add_argument("--dry-run", action="store_true", help="only say what would be done")
