"""The words of the commands on denials and deadlines."""

from __future__ import annotations

from typing import Final

from app.cli.parsing import Commands, Parser, command
from app.cli.values import day, number, text, time_of_day
from app.domain.denial import CARE, COUNTS_FROM, LETTER_UNITS
from app.domain.rule_group import RuleGroup

RULE_KINDS: Final = (*(group.value for group in RuleGroup), "all")


def about_denial(parser: Parser) -> None:
    """The words that tell of a denial; each may be left out."""
    parser.add_argument("--letter", metavar="DOCUMENT", type=text)
    parser.add_argument("--notice-date", metavar="D", type=day, help="the date on the letter")
    parser.add_argument("--received", metavar="D", type=day, help="the day it arrived")
    parser.add_argument("--level", metavar="N", type=number(1, 9))
    parser.add_argument("--appeal-by", metavar="D", type=day, help="the last day in the letter")
    parser.add_argument(
        "--letter-days", metavar="N", type=number(1, 99_999), help="the letter's own number"
    )
    parser.add_argument("--letter-unit", choices=LETTER_UNITS, default=LETTER_UNITS[0])
    parser.add_argument("--counted-from", choices=COUNTS_FROM, default=COUNTS_FROM[0])
    parser.add_argument("--kind", metavar="K", type=text)
    parser.add_argument("--reason", metavar="TEXT", type=text)
    parser.add_argument(
        "--effective", metavar="D", type=day, help="the day a change takes effect or care ends"
    )
    for word, name, about in (
        ("urgent", "urgent", "waiting could harm"),
        ("continuing-treatment", "continuing", "treatment is running now"),
    ):
        # Flags, so that none of them takes the word after it, such as the claim, for its answer.
        said = parser.add_mutually_exclusive_group()
        for flag, answer, told in (
            (f"--{word}", "yes", about),
            (f"--maybe-{word}", "unsure", f"it is not sure whether {about}"),
            (f"--not-{word}", "no", f"it is not so that {about}"),
        ):
            said.add_argument(flag, dest=name, action="store_const", const=answer, help=told)
    parser.add_argument(
        "--care", choices=CARE[1:], help="care that is still to come, was given, or is infused"
    )
    parser.add_argument(
        "--keep-by", metavar="D", type=day, help="the letter's last day to ask to keep the care"
    )
    parser.add_argument(
        "--peer-by", metavar="D", type=day, help="the last day for a call between doctors"
    )


def of_dates(commands: Commands) -> None:
    """Declare them."""
    denial = command(commands, "denial", "dates:denial", "Record that they said no.")
    denial.add_argument("claim", metavar="CLAIM", type=text)
    about_denial(denial)
    due = command(commands, "due", "due:due", "Count a deadline from a rule and dates.")
    due.add_argument("rule", metavar="RULE", type=text)
    due.add_argument("--notice-date", metavar="D", type=day)
    due.add_argument("--received", metavar="D", type=day)
    due.add_argument("--service-date", metavar="D", type=day)
    due.add_argument("--bill-date", metavar="D", type=day)
    due.add_argument("--action-date", metavar="D", type=day)
    due.add_argument("--state", metavar="S", type=text)
    due.add_argument("--conservative", action="store_true", help="count from the letter's date")
    due.add_argument("--buffer-days", metavar="N", type=number(-999, 999_999), default=0)
    due.add_argument("--at", metavar="HH:MM", type=time_of_day, help="for hours: the time of day")
    due.add_argument("--zone", metavar="NAME", type=text, help="its zone, as America/Chicago")
    due.add_argument("--show-days", action="store_true", help="every day with its number")
    rules = command(commands, "rules", "rules:rules", "List the rules, with their sources.")
    rules.add_argument("--program", metavar="P", type=text)
    rules.add_argument("--state", metavar="S", type=text)
    rules.add_argument("--kind", choices=RULE_KINDS, default="deadlines")
    due_list = command(commands, "deadlines", "dates:deadlines", "List what is due, soonest first.")
    due_list.add_argument("--all", action="store_true", help="also what is done")
