"""The words of the commands on the log of what was sent, its proof, and what comes after."""

from __future__ import annotations

from app.cli.parsing import Commands, command, output
from app.cli.values import amount, day, number, place, text
from app.domain.sending import WAYS

ASKABLE = ("reprocess", "refund")
"""What a won appeal may still owe; `app.operations.winning` says what each is."""


def of_proof(commands: Commands) -> None:
    """Declare them."""
    listed = command(commands, "sendings", "proof:sendings", "List what was sent, with its proof.")
    listed.add_argument("--claim", metavar="CLAIM", type=text)
    added = command(commands, "sent-proof", "proof:sent_proof", "Add papers that prove a sending.")
    added.add_argument("sending", metavar="SENDING", type=text)
    added.add_argument("documents", metavar="DOCUMENT", type=text, nargs="*")
    added.add_argument("--remove", metavar="DOCUMENT", type=text, nargs="+", default=[])
    _of_changes(commands)
    _of_what_follows(commands)
    proof = command(
        commands, "proof", "proof:proof", "“They never got it”: make the packet that proves it."
    )
    proof.add_argument("sending", metavar="SENDING", type=text)
    output(proof, "FOLDER_or_FILE.pdf")


def _of_changes(commands: Commands) -> None:
    change = command(commands, "sent-change", "proof:sent_change", "Correct what was sent.")
    change.add_argument("sending", metavar="SENDING", type=text)
    change.add_argument("--on", dest="sent_on", metavar="D", type=day)
    change.add_argument("--denial", metavar="ID", type=text, help="an empty text: no denial")
    change.add_argument("--way", choices=WAYS)
    change.add_argument("--to", metavar="TEXT", type=text)
    change.add_argument("--tracking", metavar="T", type=text)
    change.add_argument("--note", metavar="TEXT", type=text)
    change.add_argument("--pages", metavar="N", type=number(0, 100_000))
    change.add_argument("--got-on", dest="delivered_on", metavar="D", type=day)
    change.add_argument("--confirmed-on", metavar="D", type=day)
    change.add_argument("--confirmed-by", metavar="WHO", type=text)
    change.add_argument("--call", metavar="CALL", type=text, help="the call in which they did")
    change.add_argument("--bundle", metavar="ID", type=text, help="the bundle that it was")
    change.add_argument("--file", metavar="PATH", type=place, nargs="+", default=[])
    change.add_argument("--paper", metavar="DOCUMENT", type=text, nargs="+", default=[])
    change.add_argument("--yes", action="store_true", help="also where dates move")
    gone = command(commands, "sent-remove", "proof:sent_remove", "Take a sending out of the log.")
    gone.add_argument("sending", metavar="SENDING", type=text)
    gone.add_argument("--yes", action="store_true", help="also where dates move")


def _of_what_follows(commands: Commands) -> None:
    following = command(
        commands, "next-appeal", "after_answer:next_appeal", "Build the next appeal from the last."
    )
    following.add_argument("denial", metavar="DENIAL", type=text)
    following.add_argument("--news", metavar="TEXT", type=text, default="", help="what is new")
    following.add_argument("--asks", metavar="TEXT", type=text, default="", help="what it asks for")
    following.add_argument(
        "--reason", metavar="TEXT", type=text, action="append", help="a reason of the new letter"
    )
    following.add_argument(
        "--with-packet", action="store_true", help="the earlier appeal goes in, as it was sent"
    )
    following.add_argument(
        "--with-proof", action="store_true", help="the proof that it was sent goes in too"
    )
    asks = command(commands, "appeal-asks", "after_answer:asks", "Say what an appeal asks for.")
    asks.add_argument("denial", metavar="DENIAL", type=text)
    asks.add_argument("--asks", metavar="TEXT", type=text)
    asks.add_argument("--news", metavar="TEXT", type=text, help="what is new in it")
    won = command(commands, "won", "after_answer:won", "They said yes: what to do now.")
    won.add_argument("denial", metavar="DENIAL", type=text)
    owed = command(commands, "ask-back", "after_answer:ask_back", "Note what they owe after a yes.")
    owed.add_argument("denial", metavar="DENIAL", type=text)
    owed.add_argument("what", metavar="WHAT", choices=ASKABLE, help=", ".join(ASKABLE))
    owed.add_argument("--on", metavar="D", type=day, required=True, help="the day you asked")
    owed.add_argument("--by", metavar="D", type=day, required=True, help="the day to ask again")
    owed.add_argument("--of", metavar="WHO", type=text, default="")
    owed.add_argument("--amount", metavar="A", type=amount)
    owed.add_argument("--note", metavar="TEXT", type=text, default="")
    back = command(commands, "came-back", "after_answer:came_back", "Note that it came.")
    back.add_argument("due", metavar="DATE", type=text)
    back.add_argument("--on", metavar="D", type=day, required=True)
    back.add_argument("--amount", metavar="A", type=amount)
