"""The words of the commands on explanations of benefits, bills, limits, and what is owed.

Nothing heavy is imported here: `due` and `rules` answer before the libraries would be loaded.
"""

from __future__ import annotations

from typing import Final

from app.cli.parsing import Commands, Parser, command
from app.cli.values import amount, day, number, text
from app.cli.words_of_care import maybe
from app.domain.bill import STATES as BILL_STATES
from app.domain.eob import NETWORKS, STATUSES
from app.domain.finding_mark import STATES as MARKS
from app.domain.plan_year import SCOPES

EOB_AMOUNTS: Final = (
    "billed", "discount", "allowed", "not_covered", "deductible", "copay", "coinsurance",
    "cost_share", "plan_paid", "other_paid", "reduction", "patient_owes", "deductible_met",
    "oop_met", "paid_to_patient",
)  # fmt: skip
LIMITS: Final = ("deductible_person", "deductible_family", "oop_person", "oop_family")
_LINE: Final = (
    "one service, once a line, as “served=2026-03-02 code=96365 billed=600 allowed=421 "
    "plan_paid=309 patient_owes=112”; also modifiers, units, reasons, service"
)


def of_owed(commands: Commands) -> None:
    """Declare them."""
    _of_eobs(commands)
    _of_bills(commands)
    _of_limits(commands)
    owed = command(
        commands, "owed", "owed:owed",
        "What is really owed, to whom, and what is on hold. Rows: provider, patient, billed, "
        "allowed, plan_paid, share, asked (by bills), paid, refunded, waived, owed, overpaid, "
        "on_hold, state (due, plan, collections, on_hold, not_due, overpaid, paid), findings, "
        "text; with totals.",
    )  # fmt: skip
    owed.add_argument("claim", metavar="CLAIM", type=text, nargs="?")
    found = command(commands, "findings", "findings:findings", "What stands out in the money.")
    found.add_argument("--claim", metavar="CLAIM", type=text)
    found.add_argument("--year", metavar="Y", type=number(1, 9999))
    found.add_argument("--all", action="store_true", help="also what was answered")
    mark = command(commands, "finding-mark", "findings:finding_mark", "Answer a finding.")
    mark.add_argument("about", metavar="ABOUT", type=text, help="as “findings” tells it")
    mark.add_argument("--state", choices=MARKS)
    mark.add_argument("--clear", action="store_true", help="take the answer back")
    mark.add_argument("--note", metavar="TEXT", type=text, default="")


def _of_eobs(commands: Commands) -> None:
    new = command(commands, "eob", "eobs:eob_new", "Enter an explanation of benefits.")
    new.add_argument(
        "--from-paper", metavar="DOCUMENT", type=text,
        help="take what was read in this paper; look at it first, for this says that it is right",
    )  # fmt: skip
    new.add_argument("--to-ledger", action="store_true", help="enter what you owe as unpaid lines")
    new.add_argument("--new-claim", action="store_true", help="no version of one that is here")
    change = command(commands, "eob-change", "eobs:eob_change", "Change an explanation.")
    change.add_argument("eob", metavar="EOB", type=text)
    for parser in (new, change):
        for word in ("provider", "number", "note"):
            parser.add_argument(f"--{word}", metavar="TEXT", type=text)
        _links(parser, "--patient", "--claim", "--plan", "--paper", "--follows", "--provider-id")
        parser.add_argument("--processed", dest="processed_on", metavar="D", type=maybe(day))
        parser.add_argument("--network", choices=NETWORKS)
        parser.add_argument("--status", choices=STATUSES)
        parser.add_argument("--line", dest="lines", metavar="LINE", type=text, action="append",
                            help=_LINE)  # fmt: skip
        _amounts(parser, EOB_AMOUNTS)
    listed = command(commands, "eobs", "eobs:eobs", "List the explanations of benefits.")
    listed.add_argument("--claim", metavar="CLAIM", type=text)
    listed.add_argument("--all", action="store_true", help="every version, not only the newest")


def _of_bills(commands: Commands) -> None:
    new = command(commands, "bill", "bills:bill_new", "Enter a bill.")
    new.add_argument("--amount", metavar="A", type=amount, required=True, help="what it asks for")
    change = command(commands, "bill-change", "bills:bill_change", "Change a bill.")
    change.add_argument("bill", metavar="BILL", type=text)
    change.add_argument("--amount", metavar="A", type=amount)
    for parser in (new, change):
        for word in ("provider", "number", "code", "note"):
            parser.add_argument(f"--{word}", metavar="TEXT", type=text)
        _links(parser, "--patient", "--claim", "--paper", "--provider-id")
        for word in ("served", "billed", "due"):
            parser.add_argument(f"--{word}", dest=f"{word}_on", metavar="D", type=maybe(day))
        _amounts(parser, ("charges", "waived"))
        parser.add_argument("--state", choices=BILL_STATES)
        parser.add_argument("--expense", dest="expenses", metavar="E", type=text, action="append",
                            help="a line of the ledger that this bill is about")  # fmt: skip
    listed = command(commands, "bills", "bills:bills", "List the bills.")
    listed.add_argument("--claim", metavar="CLAIM", type=text)


def _of_limits(commands: Commands) -> None:
    year = command(
        commands, "plan-year", "limits:plan_year", "Enter or change the limits of a plan year."
    )
    year.add_argument("plan", metavar="PLAN", type=text)
    year.add_argument("--from", dest="from_on", metavar="D", type=day, required=True)
    year.add_argument("--until", dest="until_on", metavar="D", type=day,
                      help="its last day; twelve months unless given")  # fmt: skip
    year.add_argument("--scope", choices=SCOPES, default="in")
    _amounts(year, LIMITS)
    year.add_argument("--coinsurance", dest="coinsurance_percent", metavar="N",
                      type=maybe(number(0, 100)))  # fmt: skip
    year.add_argument("--note", metavar="TEXT", type=text)
    year.add_argument("--remove", action="store_true", help="take these limits out")
    meters = command(commands, "meters", "limits:meters", "How much of each limit is used.")
    meters.add_argument("--plan", metavar="PLAN", type=text)
    meters.add_argument("--on", metavar="D", type=day, help="only the plan years with this day")
    codes = command(
        commands, "preventive-codes", "limits:preventive_codes",
        "The codes of care that you know to be preventive; with CODES, choose them anew.",
    )  # fmt: skip
    codes.add_argument("codes", metavar="CODE", type=text, nargs="*")
    codes.add_argument("--none", action="store_true", help="forget them all")


def _links(parser: Parser, *words: str) -> None:
    for word in words:
        parser.add_argument(word, metavar=word[2:].upper(), type=text)


def _amounts(parser: Parser, names: tuple[str, ...]) -> None:
    for name in names:
        word = "owes" if name == "patient_owes" else name.replace("_", "-")
        parser.add_argument(f"--{word}", dest=name, metavar="A", type=maybe(amount))
