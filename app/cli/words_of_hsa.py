"""The words of the commands on health savings accounts, and on who pays for which cent.

Nothing heavy is imported here: `due` and `rules` answer before the libraries would be loaded.
"""

from __future__ import annotations

from app.cli.parsing import Commands, Parser, command
from app.cli.values import day, number, text
from app.cli.words_of_care import maybe
from app.domain.adding_up import ORDERS
from app.domain.allocation import PAYERS
from app.domain.dependent_year import STATUSES
from app.domain.hsa_account import CONTRIBUTORS, FORMS, WITHDRAWAL_KINDS

_YEAR = number(1, 9999)


def of_hsa(commands: Commands) -> None:
    """Declare them."""
    _of_accounts(commands)
    _of_withdrawals(commands)
    _of_contributions(commands)
    _of_forms(commands)
    _of_allocations(commands)
    _of_people(commands)
    _of_letters(commands)


def _of_accounts(commands: Commands) -> None:
    new = command(commands, "hsa-account", "hsa_accounts:account_new", "Add an HSA.")
    change = command(commands, "hsa-account-change", "hsa_accounts:account_change", "Change it.")
    change.add_argument("account", metavar="ACCOUNT", type=text)
    for parser in (new, change):
        parser.add_argument("--holder", metavar="P", type=text, help="whose account it is")
        parser.add_argument(
            "--established", metavar="D", type=maybe(day),
            help="the day it was established by the law of your state, or the earlier day of the "
            "account it was rolled over from",
        )  # fmt: skip
        parser.add_argument("--closed", metavar="D", type=maybe(day))
        parser.add_argument("--last4", metavar="1234", type=text, help="the end of its number")
        _paper(parser, "--proof", "the paper that proves the day")
        _texts(parser, "--name", "--custodian", "--note")
    command(commands, "hsa-accounts", "hsa_accounts:accounts", "List the HSAs.")


def _of_withdrawals(commands: Commands) -> None:
    new = command(commands, "withdrawal", "hsa_accounts:withdrawal_new", "Record a withdrawal.")
    _moved(new, is_new=True)
    change = command(
        commands, "withdrawal-change", "hsa_accounts:withdrawal_change", "Change a withdrawal."
    )
    change.add_argument("withdrawal", metavar="WITHDRAWAL", type=text)
    _moved(change, is_new=False)
    for parser in (new, change):
        parser.add_argument("--kind", choices=WITHDRAWAL_KINDS)
        _paper(parser, "--paper", "the statement")
        _texts(parser, "--account", "--how", "--reference", "--note")
    back = command(
        commands, "put-back", "hsa_accounts:put_back_", "Record a mistaken distribution put back."
    )
    back.add_argument("withdrawal", metavar="WITHDRAWAL", type=text)
    back.add_argument("--amount", metavar="A", type=text, required=True)
    back.add_argument("--date", "--on", dest="on", metavar="D", type=day, help="else today")
    listed = command(commands, "withdrawals", "hsa_accounts:withdrawals", "List the withdrawals.")
    listed.add_argument("--year", metavar="Y", type=_YEAR)


def _moved(parser: Parser, *, is_new: bool) -> None:
    parser.add_argument("--date", "--on", dest="on", metavar="D", type=day, required=is_new)
    parser.add_argument("--amount", metavar="A", type=text, required=is_new)


def _of_contributions(commands: Commands) -> None:
    new = command(
        commands, "contribution", "hsa_accounts:contribution_new", "Record a contribution."
    )
    _moved(new, is_new=True)
    change = command(
        commands, "contribution-change", "hsa_accounts:contribution_change", "Change it."
    )
    change.add_argument("contribution", metavar="CONTRIBUTION", type=text)
    _moved(change, is_new=False)
    for parser in (new, change):
        parser.add_argument("--year", metavar="Y", type=_YEAR, help="the tax year it is for")
        parser.add_argument("--giver", choices=CONTRIBUTORS)
        _texts(parser, "--account", "--reference", "--note")
    listed = command(
        commands, "contributions", "hsa_accounts:contributions", "List the contributions."
    )
    listed.add_argument("--year", metavar="Y", type=_YEAR, help="the tax year")


def _of_forms(commands: Commands) -> None:
    form = command(
        commands, "hsa-form", "hsa_accounts:form", "Enter a Form 1099-SA or 5498-SA, as printed."
    )
    form.add_argument("--year", metavar="Y", type=_YEAR, required=True)
    form.add_argument("--form", choices=FORMS, default=FORMS[0])
    for word, about in (
        ("--gross", "box 1 of Form 1099-SA, or box 2 of Form 5498-SA"),
        ("--earnings", "box 2 of Form 1099-SA"),
        ("--fair-value", "box 5 of Form 5498-SA"),
    ):
        form.add_argument(word, metavar="A", type=text, help=about)
    form.add_argument("--code", metavar="N", type=text, help="box 3 of Form 1099-SA")
    _paper(form, "--paper", "the form")
    _texts(form, "--account", "--note")
    command(commands, "hsa-forms", "hsa_accounts:forms", "List the tax forms.")
    year = command(
        commands, "hsa-year", "claiming:hsa_year", "Figures of Form 8889, and the year's limits."
    )
    year.add_argument("year", metavar="YEAR", type=_YEAR)


def _of_allocations(commands: Commands) -> None:
    new = command(
        commands, "allocate", "claiming:allocate", "Say what a withdrawal, or another, paid for."
    )
    new.add_argument("named", metavar="WITHDRAWAL EXPENSE", type=text, nargs="*")
    new.add_argument("--withdrawal", metavar="W", type=text)
    new.add_argument("--expense", metavar="E", type=text, action="append", default=[])
    new.add_argument("--amount", metavar="A", type=text, help="a part of one expense; else all")
    new.add_argument("--payer", choices=PAYERS, default="hsa")
    new.add_argument("--year", metavar="Y", type=_YEAR, help="the return on which it is deducted")
    new.add_argument("--date", "--on", dest="on", metavar="D", type=day)
    change = command(
        commands, "allocation-change", "claiming:allocation_change", "Change how much is claimed."
    )
    change.add_argument("allocation", metavar="ALLOCATION", type=text)
    change.add_argument("--amount", metavar="A", type=text, required=True)
    off = command(commands, "take-off", "claiming:take_off", "Take allocations off again.")
    off.add_argument("allocations", metavar="ALLOCATION", type=text, nargs="+")
    listed = command(commands, "allocations", "claiming:allocations", "List who paid for what.")
    listed.add_argument("--withdrawal", metavar="W", type=text)
    listed.add_argument("--expense", metavar="E", type=text)
    adding = command(commands, "add-up", "claiming:add_up_", "Which receipts add up to an amount.")
    adding.add_argument("amount", metavar="AMOUNT", type=text)
    adding.add_argument("--order", choices=ORDERS, default=ORDERS[0])
    adding.add_argument("--account", type=text)
    adding.add_argument("--patient", metavar="P", type=text)
    box = command(commands, "shoebox", "claiming:shoebox", "What an HSA may still pay, by year.")
    box.add_argument("--until", metavar="Y", type=_YEAR)


def _of_people(commands: Commands) -> None:
    said = command(
        commands, "dependent", "claiming:dependent", "Say whether somebody was a dependent."
    )
    said.add_argument("person", metavar="PERSON", type=text)
    said.add_argument("year", metavar="YEAR", type=_YEAR)
    said.add_argument("status", metavar="STATUS", choices=(*STATUSES, "unknown"))
    _texts(said, "--note")
    command(commands, "dependents", "claiming:dependents", "List who was a dependent, by year.")


def _of_letters(commands: Commands) -> None:
    new = command(
        commands, "necessity-letter", "necessity:letter_new", "Add a letter of medical necessity."
    )
    change = command(
        commands, "necessity-letter-change", "necessity:letter_change", "Change such a letter."
    )
    change.add_argument("letter", metavar="LETTER", type=text)
    for parser in (new, change):
        parser.add_argument("--patient", metavar="P", type=text)
        parser.add_argument(
            "--covers", metavar="THING", type=text, action="append",
            help="a category, or what the letter names; again for each thing",
        )  # fmt: skip
        parser.add_argument("--provider", metavar="P", type=text)
        _paper(parser, "--paper", "the letter itself")
        _texts(parser, "--diagnosis", "--prescriber", "--note")
        for word, about in (
            ("--signed", "the day it was signed"), ("--from", "the first day"),
            ("--until", "the last day"),
        ):  # fmt: skip
            name = f"{word[2:]}_on"
            parser.add_argument(word, dest=name, metavar="D", type=maybe(day), help=about)
    command(commands, "necessity-letters", "necessity:letters", "List these letters.")


def _paper(parser: Parser, word: str, about: str) -> None:
    parser.add_argument(
        word, "--document", dest="document", metavar="DOCUMENT", type=text, help=about
    )


def _texts(parser: Parser, *words: str) -> None:
    for word in words:
        parser.add_argument(word, metavar="TEXT", type=text)
