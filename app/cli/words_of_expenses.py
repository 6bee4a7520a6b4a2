"""The words of the commands on the ledger: lines, payments, refunds, trips and stays."""

from __future__ import annotations

import re
from argparse import ArgumentTypeError
from datetime import date
from typing import Any, Final

from app.cli.parsing import Commands, Parser, command
from app.cli.values import amount, day, number, place, text
from app.cli.words_of_care import maybe
from app.domain.expense import METHODS, OWN_METHODS
from app.domain.money import Money
from app.domain.refund import GIVERS
from app.domain.travel import ANSWERS

_MILES: Final = re.compile(r"[0-9]{1,5}(?:\.[0-9]{1,2})?")
_RATE: Final = re.compile(r"[0-9]{1,3}(?:\.[0-9])?")
_PART_WORDS: Final = ("patient", "category", "claim", "what", "note", "served")
_NEXT_WORD: Final = re.compile(rf",\s*(?=(?:{'|'.join(_PART_WORDS)})\s*=)")


def of_expenses(commands: Commands) -> None:
    """Declare them."""
    _of_lines(commands)
    _of_parts(commands)
    _of_trips(commands)
    _of_stays(commands)


def _of_lines(commands: Commands) -> None:
    new = command(commands, "expense", "money:expense", "Enter one line of the ledger.")
    new.add_argument("--amount", metavar="A", type=amount, required=True)
    new.add_argument("--served", metavar="D", type=day, help="the day of care")
    _paid_or_not(new, day)
    new.add_argument("--provider", metavar="P", type=text, default="", help="who was paid")
    new.add_argument("--category", metavar="C", type=text, default="")
    new.add_argument("--method", choices=METHODS, default="own")
    _about_line(new, maybe_forget=False)
    change = command(commands, "expense-change", "money:expense_change", "Change a line.")
    change.add_argument("expense", metavar="EXPENSE", type=text)
    change.add_argument("--amount", metavar="A", type=amount)
    change.add_argument("--served", metavar="D", type=maybe(day), help="the day of care")
    _paid_or_not(change, maybe(day))
    change.add_argument("--provider", metavar="P", type=text, help="who was paid")
    change.add_argument("--category", metavar="C", type=text)
    change.add_argument("--method", choices=METHODS)
    _about_line(change, maybe_forget=True)
    ledger = command(commands, "expenses", "money:expenses", "List the ledger.")
    ledger.add_argument("--year", metavar="Y", type=number(1, 9999))
    ledger.add_argument("--csv", metavar="FILE", type=place)


def _paid_or_not(parser: Parser, read: Any) -> None:
    paid = parser.add_mutually_exclusive_group()
    paid.add_argument("--paid", metavar="D", type=read, help="the day it was paid")
    paid.add_argument("--unpaid", action="store_true", help="it is still to be paid")


def _about_line(parser: Parser, *, maybe_forget: bool) -> None:
    """The words on a line that may be left out; a change may take a link off with “none”."""
    parser.add_argument("--patient", metavar="P", type=text)
    parser.add_argument("--claim", type=text)
    parser.add_argument("--what", metavar="TEXT", type=text, help="what it was, in words")
    parser.add_argument("--receipt", metavar="DOCUMENT", type=text, help="the bill or receipt")
    parser.add_argument("--proof", metavar="DOCUMENT", type=text, help="what proves the payment")
    parser.add_argument("--provider-id", metavar="P", type=text, help="from your list")
    parser.add_argument("--address", metavar="TEXT", type=text, help="of who was paid")
    parser.add_argument("--account", metavar="HSA", type=text, help="of the HSA card")
    parser.add_argument("--bill", type=text)
    parser.add_argument("--aid", metavar="PROGRAM", type=text, help="the program that paid")
    parser.add_argument("--letter", metavar="L", type=text, help="the letter of medical necessity")
    parser.add_argument("--note", metavar="TEXT", type=text)
    parser.add_argument(
        "--answer", metavar="TEXT", type=text,
        help="yes or no to the question of the category, with the reason",
    )  # fmt: skip
    read = maybe(day) if maybe_forget else day
    parser.add_argument("--due", metavar="D", type=read, help="the day by which it is to be paid")


def _of_parts(commands: Commands) -> None:
    pay = command(commands, "pay", "payments:pay", "Pay a line, or a part of it.")
    pay.add_argument("expense", metavar="EXPENSE", type=text)
    pay.add_argument("--on", metavar="D", type=day, required=True)
    pay.add_argument("--amount", metavar="A", type=amount, help="a part; else all of it")
    pay.add_argument("--method", choices=METHODS)
    pay.add_argument("--proof", metavar="DOCUMENT", type=text)
    pay.add_argument("--account", metavar="HSA", type=text)
    pay.add_argument("--aid", metavar="PROGRAM", type=text)
    back = command(commands, "refund", "payments:refund", "Record money that came back.")
    back.add_argument("expense", metavar="EXPENSE", type=text)
    back.add_argument("--on", metavar="D", type=day, required=True)
    back.add_argument("--amount", metavar="A", type=amount, required=True)
    back.add_argument("--from", dest="giver", choices=GIVERS, default=GIVERS[0])
    back.add_argument("--document", metavar="DOCUMENT", type=text)
    back.add_argument("--note", metavar="TEXT", type=text, default="")
    gone = command(commands, "refund-remove", "payments:refund_remove", "Take a refund out.")
    gone.add_argument("refund", metavar="REFUND", type=text)
    listed = command(commands, "refunds", "payments:refunds", "List what came back.")
    listed.add_argument("expense", metavar="EXPENSE", type=text, nargs="?")
    parts = command(commands, "expense-split", "payments:split", "Part a line into several.")
    parts.add_argument("expense", metavar="EXPENSE", type=text)
    parts.add_argument(
        "--part", dest="parts", metavar="A[,patient=P][,category=C]…", type=part_of_line,
        action="append", required=True,
        help=f"an amount, and where it differs from the line: {', '.join(_PART_WORDS)}",
    )  # fmt: skip
    again = command(commands, "repeat", "payments:repeat", "Enter a line for further days.")
    again.add_argument("expense", metavar="EXPENSE", type=text)
    again.add_argument("--on", dest="days", metavar="D", type=day, nargs="+", action="extend")
    _paid_flags(again)
    plan = command(commands, "instalments", "payments:instalments", "Make a payment plan.")
    plan.add_argument("expense", metavar="EXPENSE", type=text)
    plan.add_argument("--first", metavar="D", type=day, help="the day of the first of equal parts")
    plan.add_argument("--count", metavar="N", type=number(1, 120), help="how many parts")
    plan.add_argument("--every-months", metavar="N", type=number(1, 60), default=1)
    plan.add_argument(
        "--part", dest="parts", metavar="D=A", type=dated_amount, action="append",
        help="a day and an amount, where the parts are not equal",
    )  # fmt: skip
    plan.add_argument("--finance-charge", metavar="A", type=amount)


def _paid_flags(parser: Parser) -> None:
    paid = parser.add_mutually_exclusive_group()
    for flag, value, about in (
        ("--paid", True, "each was paid on its day, as far as it has come"),
        ("--unpaid", False, "none of them is paid yet"),
    ):
        paid.add_argument(flag, dest="is_paid", action="store_const", const=value, help=about)


def _of_trips(commands: Commands) -> None:
    new = command(commands, "trip", "travel:trip", "Record a drive to care.")
    new.add_argument("--on", metavar="D", type=day, required=True)
    new.add_argument("--miles", metavar="M", type=miles, required=True, help="there and back")
    _about_trip(new)
    change = command(commands, "trip-change", "travel:trip_change", "Tell a drive anew.")
    change.add_argument("trip", metavar="TRIP", type=text)
    change.add_argument("--on", metavar="D", type=day)
    change.add_argument("--miles", metavar="M", type=miles)
    _about_trip(change)
    again = command(commands, "trip-repeat", "travel:trip_repeat", "The same drive, other days.")
    again.add_argument("trip", metavar="TRIP", type=text)
    again.add_argument("--on", dest="days", metavar="D", type=day, nargs="+", action="extend")
    again.add_argument("--with-parking", action="store_true", help="parking was the same")
    listed = command(commands, "trips", "travel:trips", "List the travel log.")
    listed.add_argument("--year", metavar="Y", type=number(1, 9999))


def _about_trip(parser: Parser) -> None:
    parser.add_argument("--from", dest="from_place", metavar="PLACE", type=text)
    parser.add_argument("--to", dest="to_place", metavar="PLACE", type=text)
    parser.add_argument("--parking", metavar="A", type=amount)
    parser.add_argument("--tolls", metavar="A", type=amount)
    parser.add_argument("--rate", metavar="CENTS", type=rate, help="cents a mile, as 20.5")
    parser.add_argument("--rate-source", metavar="TEXT", type=text, help="who set that rate")
    parser.add_argument("--purpose", metavar="TEXT", type=text, help="the appointment")
    parser.add_argument("--reason", metavar="TEXT", type=text, help="why not nearer")
    parser.add_argument("--proof", "--document", dest="proof", metavar="DOCUMENT", type=text)
    parser.add_argument("--patient", metavar="P", type=text)
    parser.add_argument("--claim", type=text)
    parser.add_argument("--note", metavar="TEXT", type=text)


def _of_stays(commands: Commands) -> None:
    new = command(commands, "stay", "travel:stay", "Record nights near care.")
    new.add_argument("--from", dest="from_on", metavar="D", type=day, required=True)
    new.add_argument("--nights", metavar="N", type=number(-999, 99_999), required=True)
    new.add_argument("--amount", metavar="A", type=amount, required=True)
    _about_stay(new)
    change = command(commands, "stay-change", "travel:stay_change", "Change nights near care.")
    change.add_argument("stay", metavar="STAY", type=text)
    change.add_argument("--from", dest="from_on", metavar="D", type=day)
    change.add_argument("--nights", metavar="N", type=number(-999, 99_999))
    change.add_argument("--amount", metavar="A", type=amount)
    _about_stay(change)
    listed = command(commands, "stays", "travel:stays", "List the nights near care.")
    listed.add_argument("--year", metavar="Y", type=number(1, 9999))


def _about_stay(parser: Parser) -> None:
    parser.add_argument("--persons", metavar="N", type=number(-999, 99_999))
    parser.add_argument("--place", metavar="PLACE", type=text, help="the hotel")
    parser.add_argument("--method", choices=METHODS, help=f"{OWN_METHODS[0]} unless said")
    _paid_or_not(parser, day)
    for word, about in (
        ("--essential", "the nights were needed for the care"),
        ("--licensed", "a doctor gave it in a licensed hospital or its equal"),
        ("--modest", "nothing lavish"),
        ("--no-holiday", "no great pleasure or vacation in it"),
    ):
        parser.add_argument(word, choices=[each for each in ANSWERS if each], help=about)
    parser.add_argument("--receipt", "--document", dest="receipt", metavar="DOCUMENT", type=text)
    parser.add_argument("--patient", metavar="P", type=text)
    parser.add_argument("--claim", type=text)
    parser.add_argument("--note", metavar="TEXT", type=text)


def miles(typed: str) -> int:
    """Read miles with at most two places; return hundredths of a mile."""
    bare = typed.strip()
    if not _MILES.fullmatch(bare):
        raise ArgumentTypeError(f"{typed!r} is not a number of miles like 12 or 12.25")
    whole, _, parts = bare.partition(".")
    return int(whole) * 100 + int(parts.ljust(2, "0"))


def rate(typed: str) -> int:
    """Read cents for a mile with at most one place; return tenths of a cent."""
    bare = typed.strip().removesuffix("¢")
    if not _RATE.fullmatch(bare):
        raise ArgumentTypeError(f"{typed!r} is not a rate in cents a mile like 21 or 20.5")
    whole, _, tenth = bare.partition(".")
    return int(whole) * 10 + int(tenth or "0")


def part_of_line(typed: str) -> tuple[Money, dict[str, str]]:
    """Read a part as `40.00,patient=Ben,category=dental`: its amount, then what differs."""
    first, *others = _NEXT_WORD.split(text(typed))
    told: dict[str, str] = {}
    for each in others:
        name, _, value = each.partition("=")
        told[name.strip()] = value.strip()
    return amount(first), told


def dated_amount(typed: str) -> tuple[date, Money]:
    """Read an instalment as `2026-03-31=40.00`."""
    on, parted, much = typed.partition("=")
    if not parted:
        raise ArgumentTypeError(f"{typed!r} is not a day and an amount like 2026-03-31=40.00")
    return day(on.strip()), amount(much)
