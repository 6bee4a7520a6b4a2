"""The words of the commands on what was sent, what was asked for, and the answers."""

from __future__ import annotations

from app.cli.parsing import Commands, command
from app.cli.values import day, number, place, text, time_of_day
from app.domain.denial import OUTCOMES
from app.domain.sending import WAYS

ASKABLE = ("claim-file", "codes", "plan-documents", "records", "explanation")
"""The words of the request rules, as `resources/rules` has them."""


def of_clocks(commands: Commands) -> None:
    """Declare them."""
    sent = command(commands, "sent", "clocks:sent", "Note that an appeal or a packet was sent.")
    sent.add_argument("claim", metavar="CLAIM", type=text)
    sent.add_argument("--on", metavar="D", type=day, required=True, help="the day it was sent")
    sent.add_argument("--denial", metavar="ID", type=text, help="the denial that it answers")
    sent.add_argument("--way", choices=WAYS, default="other")
    sent.add_argument("--to", metavar="TEXT", type=text, default="")
    sent.add_argument("--tracking", metavar="T", type=text, default="")
    sent.add_argument("--note", metavar="TEXT", type=text, default="")
    sent.add_argument("--pages", metavar="N", type=number(0, 100_000))
    sent.add_argument("--got-on", metavar="D", type=day, help="the day they got it")
    sent.add_argument("--at", metavar="HH:MM", type=time_of_day, help="the time of that day")
    sent.add_argument("--zone", metavar="NAME", type=text, help="its zone, as America/Chicago")
    sent.add_argument("--fast", action="store_true", help="it asks for a fast appeal")
    sent.add_argument("--bundle", metavar="ID", type=text, help="the bundle that it was")
    sent.add_argument("--file", metavar="PATH", type=place, nargs="+", default=[],
                      help="the files that it was: exact copies are kept")  # fmt: skip
    sent.add_argument("--paper", metavar="DOCUMENT", type=text, nargs="+", default=[],
                      help="the papers of the binder that it was")  # fmt: skip
    sent.add_argument("--proof", metavar="DOCUMENT", type=text, nargs="+", default=[],
                      help="the papers that prove it")  # fmt: skip
    got = command(commands, "got", "clocks:got", "Note the day they got what was sent.")
    got.add_argument("clock", metavar="CLOCK", type=text)
    got.add_argument("--on", metavar="D", type=day, required=True)
    got.add_argument("--at", metavar="HH:MM", type=time_of_day)
    got.add_argument("--zone", metavar="NAME", type=text)
    answer = command(commands, "answer", "clocks:answer", "Record the answer to an appeal.")
    answer.add_argument("claim", metavar="CLAIM", type=text)
    answer.add_argument("--on", metavar="D", type=day, required=True, help="the date on it")
    answer.add_argument("--outcome", choices=OUTCOMES[1:], required=True)
    answer.add_argument("--denial", metavar="ID", type=text, help="the denial that was appealed")
    answer.add_argument("--letter", metavar="DOCUMENT", type=text)
    answer.add_argument("--received", metavar="D", type=day, help="the day it arrived")
    answer.add_argument("--final", choices=("yes", "no"), help="is it the plan's final decision?")
    answer.add_argument("--appeal-by", metavar="D", type=day, help="the last day in the letter")
    answer.add_argument("--reason", metavar="TEXT", type=text, default="")
    _of_requests(commands)


def _of_requests(commands: Commands) -> None:
    asked = command(commands, "asked", "clocks:asked", "Note that papers were asked for.")
    asked.add_argument("claim", metavar="CLAIM", type=text)
    asked.add_argument("what", metavar="WHAT", choices=ASKABLE, help=", ".join(ASKABLE))
    asked.add_argument("--on", metavar="D", type=day, required=True)
    asked.add_argument("--of", metavar="WHO", type=text, default="")
    asked.add_argument("--denial", metavar="ID", type=text)
    answered = command(commands, "answered", "clocks:answered", "Note that an answer came.")
    answered.add_argument("clock", metavar="CLOCK", type=text)
    answered.add_argument("--on", metavar="D", type=day, required=True)
    waive = command(commands, "waive-clock", "clocks:waive", "Stop waiting for an answer.")
    waive.add_argument("clock", metavar="CLOCK", type=text)
    listed = command(commands, "clocks", "clocks:clocks", "List what others still have to answer.")
    listed.add_argument("--all", action="store_true", help="also what was answered or waived")
    status = command(
        commands, "status-request", "clocks:status", "A letter and a call: where does it stand?"
    )
    status.add_argument("clock", metavar="CLOCK", type=text)
