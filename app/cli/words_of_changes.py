"""The words of the commands on dates of one's own and on corrections.

Nothing heavy is imported here: `due` and `rules` answer before the libraries would be loaded.
"""

from __future__ import annotations

from app.cli.parsing import Commands, Parser, command
from app.cli.values import day, number, text, time_of_day
from app.cli.words_of_care import about_claim, about_plan
from app.cli.words_of_dates import about_denial
from app.domain.claim import STATUSES
from app.domain.due_item import OWN_KINDS
from app.domain.plan import FUNDINGS, PROGRAMS

_DEADLINE_COMMANDS = (
    ("date-done", "date_done", "Mark something as done."),
    ("date-open", "date_open", "Mark something as still to be done."),
    ("date-waive", "date_waive", "Mark something as not needed."),
    ("date-move", "date_move", "Move a date of your own, or a promise."),
    ("date-change", "date_change", "Change a date of your own."),
    ("date-remove", "date_remove", "Take a date of your own out of the calendar."),
)


def of_own_dates(commands: Commands) -> None:
    """Declare the commands on dates of one's own and on steps."""
    new = command(commands, "date-new", "own_dates:date_new", "Add a date of your own.")
    new.add_argument("title", metavar="TITLE", type=text)
    new.add_argument("--on", metavar="D", type=day, required=True)
    new.add_argument("--kind", choices=OWN_KINDS, default="own")
    new.add_argument("--claim", type=text)
    new.add_argument("--note", metavar="TEXT", type=text, default="")
    made: dict[str, Parser] = {}
    for name, code, about in _DEADLINE_COMMANDS:
        made[name] = command(commands, name, f"own_dates:{code}", about)
        made[name].add_argument("deadline", metavar="DEADLINE", type=text)
    made["date-done"].add_argument("--on", metavar="D", type=day, help="else today")
    made["date-move"].add_argument("--to", metavar="D", type=day, required=True)
    change = made["date-change"]
    change.add_argument("--title", metavar="TEXT", type=text)
    change.add_argument("--on", metavar="D", type=day)
    change.add_argument("--kind", choices=OWN_KINDS)
    change.add_argument("--claim", type=text)
    change.add_argument("--note", metavar="TEXT", type=text)
    step = command(commands, "step", "own_dates:step", "Start a step that a rule counts.")
    step.add_argument("rule", metavar="RULE", type=text)
    _about_step(step)
    corrected = command(commands, "step-change", "own_dates:step_change", "Correct a step.")
    corrected.add_argument("step", metavar="STEP", type=text)
    _about_step(corrected)


def _about_step(parser: Parser) -> None:
    parser.add_argument("--claim", type=text)
    parser.add_argument("--notice-date", metavar="D", type=day, help="the date on the letter")
    parser.add_argument("--received", metavar="D", type=day, help="the day it arrived")
    parser.add_argument("--service-date", metavar="D", type=day, help="the day of the care")
    parser.add_argument("--bill-date", metavar="D", type=day, help="the date on the first bill")
    parser.add_argument("--action-date", metavar="D", type=day, help="the day it happens")
    parser.add_argument(
        "--at", metavar="HH:MM", type=time_of_day, help="for hours: the time of day"
    )
    parser.add_argument("--zone", metavar="NAME", type=text, help="its zone, as America/Chicago")
    parser.add_argument("--by", metavar="D", type=day, help="the last day that a letter names")
    parser.add_argument("--title", metavar="TEXT", type=text)
    parser.add_argument("--note", metavar="TEXT", type=text)


def of_corrections(commands: Commands) -> None:
    """Declare the commands that correct what deadlines hang on."""
    plan = command(
        commands, "plan-change", "recount:plan_change", "Correct a plan; see what would move."
    )
    plan.add_argument("plan", metavar="PLAN", type=text)
    plan.add_argument("--name", type=text)
    plan.add_argument("--person", metavar="P", type=text)
    plan.add_argument("--program", choices=PROGRAMS, metavar="P", help=", ".join(PROGRAMS))
    plan.add_argument("--funding", choices=(*FUNDINGS, "unknown"))
    plan.add_argument("--state", metavar="S", type=text, help="“unknown” where it is not known")
    for word in ("--member-id", "--group-number", "--insurer", "--appeal-address", "--appeal-fax"):
        plan.add_argument(word, metavar="TEXT", type=text)
    plan.add_argument("--phone", metavar="NUMBER", type=text)
    plan.add_argument("--from", dest="from_on", metavar="D", type=day)
    plan.add_argument("--until", dest="until_on", metavar="D", type=day)
    about_plan(plan)
    claim = command(
        commands, "claim-change", "recount:claim_change", "Correct a claim; see what would move."
    )
    claim.add_argument("claim", metavar="CLAIM", type=text)
    claim.add_argument("--patient", metavar="P", type=text)
    claim.add_argument("--plan", type=text, help="“unknown” where it is not known")
    claim.add_argument("--service-date", metavar="D", type=day)
    for word in ("--title", "--number", "--provider", "--asks-for", "--note"):
        claim.add_argument(word, metavar="TEXT", type=text)
    claim.add_argument("--status", choices=STATUSES)
    about_claim(claim)
    denial = command(
        commands, "denial-change", "recount:denial_change", "Correct a denial; see what would move."
    )
    denial.add_argument("denial", metavar="DENIAL", type=text)
    about_denial(denial)
    reserve = command(
        commands, "reserve", "recount:reserve", "Show or choose the days kept in reserve."
    )
    reserve.add_argument("days", metavar="N", type=number(0, 99_999), nargs="?")
    for parser in (plan, claim, denial, reserve):
        parser.add_argument("--yes", action="store_true", help="accept what would move")
    _of_denials(commands)


def _of_denials(commands: Commands) -> None:
    for name, code, about in (
        ("not-appealing", "not_appealing", "Let a denial stand."),
        ("appeal-after-all", "after_all", "Take “not appealing” back."),
    ):
        parser = command(commands, name, f"recount:{code}", about)
        parser.add_argument("denial", metavar="DENIAL", type=text)
    for name, code, about in (
        ("fast", "fast", "Note that a fast appeal was asked for, or is not needed."),
        ("keep-care", "keep_care", "Note that keeping the care was asked for, or is not needed."),
    ):
        parser = command(commands, name, f"recount:{code}", about)
        parser.add_argument("denial", metavar="DENIAL", type=text)
        said = parser.add_mutually_exclusive_group(required=True)
        said.add_argument("--asked-on", metavar="D", type=day)
        said.add_argument("--not-needed", action="store_true")
