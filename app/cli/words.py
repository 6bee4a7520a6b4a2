"""The words of the command line: which commands there are and what each may be told.

Nothing heavy is imported here: `due` and `rules` answer before the libraries would be loaded.
"""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Sequence
from functools import cache
from typing import Final

from app.cli.parsing import Commands, Parser, add_common, command, output
from app.cli.values import as_given, corners, day, number, place, text
from app.cli.words_of_aid import of_aid
from app.cli.words_of_bundle import of_bundle
from app.cli.words_of_calendar import of_calendar
from app.cli.words_of_calls import of_calls
from app.cli.words_of_care import about_claim, about_person, about_plan, of_care
from app.cli.words_of_changes import of_corrections, of_own_dates
from app.cli.words_of_clocks import of_clocks
from app.cli.words_of_dates import of_dates
from app.cli.words_of_evidence import of_evidence
from app.cli.words_of_expenses import of_expenses
from app.cli.words_of_hsa import of_hsa
from app.cli.words_of_interchange import of_interchange
from app.cli.words_of_letters import of_letters
from app.cli.words_of_owed import of_owed
from app.cli.words_of_proof import of_proof
from app.cli.words_of_summaries import of_summaries
from app.domain.document import KINDS
from app.domain.person import RELATIONS
from app.domain.plan import FUNDINGS, PROGRAMS

TRASHABLE: Final = (
    "document", "claim", "call", "expense", "treatment", "authorization", "provider",
    "representative", "letter", "hsa_account", "withdrawal", "contribution", "necessity_letter",
    "eob", "bill", "aid",
)  # fmt: skip


def parse(argv: Sequence[str]) -> Namespace:
    """Return what was said; `command` is `module:function` of `app.cli`.

    Raises:
        WrongWordsError: it cannot be understood.
    """
    return _parser().parse_args(argv)


@cache
def _parser() -> Parser:
    parser = Parser(
        prog="claimbinder",
        description="Keep the paperwork of a health-insurance denial, offline.",
        allow_abbrev=False,
    )
    add_common(parser, default=None)
    parser.set_defaults(json=False)
    commands: Commands = parser.add_subparsers(
        title="commands", metavar="COMMAND", required=True, parser_class=Parser
    )
    _binders(commands)
    _papers(commands)
    _reading(commands)
    _claims(commands)
    of_calls(commands)
    _people(commands)
    of_care(commands)
    of_dates(commands)
    of_clocks(commands)
    of_letters(commands)
    of_proof(commands)
    of_calendar(commands)
    of_own_dates(commands)
    of_evidence(commands)
    of_corrections(commands)
    of_expenses(commands)
    _money(commands)
    of_interchange(commands)
    of_hsa(commands)
    of_summaries(commands)
    of_aid(commands)
    of_owed(commands)
    of_bundle(commands)
    _changes(commands)
    return parser


def _binders(commands: Commands) -> None:
    new = command(commands, "init", "upkeep:init", "Make a new empty binder.")
    new.add_argument("folder", metavar="DIR", type=place)
    sample = command(commands, "sample", "upkeep:sample", "Make the sample binder.")
    sample.add_argument("folder", metavar="DIR", type=place)
    backup = command(commands, "backup", "upkeep:back_up", "Make a proven backup in a folder.")
    backup.add_argument("folder", metavar="DIR", type=place)
    restore = command(commands, "restore", "upkeep:restore", "Restore a backup, into a new place.")
    restore.add_argument("file", metavar="FILE", type=place)
    restore.add_argument("folder", metavar="DIR", type=place)
    check = command(commands, "check", "upkeep:check", "Compare database, originals and index.")
    check.add_argument("--full", action="store_true", help="read every original again")
    plain = command(commands, "export-all", "upkeep:export_all", "Write everything as plain files.")
    plain.add_argument("folder", metavar="DIR", type=place)


def _papers(commands: Commands) -> None:
    add = command(commands, "add", "papers:add", "Store files and folders, then read them.")
    add.add_argument("paths", metavar="PATH", type=as_given, nargs="+")
    add.add_argument("--claim", type=text, help="file them under this claim")
    add.add_argument("--kind", choices=KINDS, metavar="KIND")
    add.add_argument("--no-read", action="store_true", help="only store them now")
    add.add_argument("--as-one", action="store_true", help="several photos are one paper")
    listed = command(commands, "documents", "papers:documents", "List the papers.")
    listed.add_argument("--claim", type=text)
    filed = command(commands, "file", "papers:file", "File a paper under a claim.")
    filed.add_argument("document", metavar="DOCUMENT", type=text)
    filed.add_argument("--claim", type=text)
    filed.add_argument("--kind", choices=KINDS, metavar="KIND")
    filed.add_argument("--dated", metavar="D", type=day, help="the date on the paper")
    filed.add_argument("--received", metavar="D", type=day, help="the day it arrived")
    joined = command(commands, "join", "papers:join", "Make one paper of several, in this order.")
    joined.add_argument("documents", metavar="DOCUMENT", type=text, nargs="+")
    original = command(commands, "original", "papers:original", "Copy out what came in, exactly.")
    original.add_argument("document", metavar="DOCUMENT", type=text)
    output(original, "FILE")


def _reading(commands: Commands) -> None:
    command(commands, "read", "reading:read", "Finish the reading queue.")
    words = command(commands, "text", "reading:text", "Show the words of a paper, by page.")
    words.add_argument("document", metavar="DOCUMENT", type=text)
    read_in = command(commands, "facts", "facts:facts", "Show what was read in a paper.")
    read_in.add_argument("document", metavar="DOCUMENT", type=text)
    said = command(commands, "confirm", "confirm:confirm", "Say which values are right.")
    said.add_argument("document", metavar="DOCUMENT", type=text)
    said.add_argument("values", metavar="NAME=VALUE", type=text, nargs="*")
    said.add_argument("--all", action="store_true", help="all that was read is right")
    likely = command(commands, "suggest", "confirm:suggest", "Show where a paper may belong.")
    likely.add_argument("document", metavar="DOCUMENT", type=text)
    apart = command(commands, "split", "confirm:split", "Make a paper of each letter in a file.")
    apart.add_argument("document", metavar="DOCUMENT", type=text)
    apart.add_argument(
        "--at", metavar="PAGE", type=number(1, 100_000), action="append",
        help="a page on which a letter begins; else as they were read",
    )  # fmt: skip
    secret = command(
        commands, "password", "reading:password", "Open a protected paper with its password."
    )
    secret.add_argument("document", metavar="DOCUMENT", type=text)
    secret.add_argument("password", metavar="PASSWORD", type=text, help="“-” reads it from a line")
    edges = command(commands, "edges", "edges:edges", "Show or set the edges of a photo.")
    edges.add_argument("document", metavar="DOCUMENT", type=text)
    edges.add_argument("--page", metavar="N", type=number(1, 100_000), default=1)
    how = edges.add_mutually_exclusive_group()
    how.add_argument(
        "--corners", metavar="x0,y0,…", type=corners, help="of the sheet, clockwise from top left"
    )
    how.add_argument("--none", dest="whole", action="store_true", help="leave the photo whole")
    how.add_argument("--found", action="store_true", help="look for the sheet anew")
    found = command(commands, "find", "reading:find", "Search everything that is kept.")
    found.add_argument("words", metavar="TEXT", type=text, nargs="+")
    found.add_argument("--limit", metavar="N", type=number(1, 100_000), default=50)


def _claims(commands: Commands) -> None:
    command(commands, "claims", "claims:claims", "List the claims, the most urgent first.")
    one = command(commands, "claim", "claims:claim", "Show a claim with its story.")
    one.add_argument("claim", metavar="CLAIM", type=text)
    new = command(commands, "claim-new", "claims:claim_new", "Open a claim.")
    new.add_argument("title", metavar="TITLE", type=text)
    new.add_argument("--patient", metavar="P", type=text)
    new.add_argument("--plan", type=text)
    new.add_argument("--number", type=text, help="the insurer's number of the claim")
    new.add_argument("--provider", type=text)
    new.add_argument("--service-date", metavar="D", type=day)
    new.add_argument("--asks-for", metavar="TEXT", type=text, help="what the insurer shall do")
    new.add_argument("--note", metavar="TEXT", type=text)
    about_claim(new)


def _people(commands: Commands) -> None:
    person = command(commands, "person-new", "claims:person_new", "Add someone of the household.")
    person.add_argument("name", metavar="NAME", type=text)
    person.add_argument("--born", metavar="D", type=day)
    person.add_argument("--relation", choices=RELATIONS)
    about_person(person)
    plan = command(commands, "plan-new", "claims:plan_new", "Add an insurance plan.")
    plan.add_argument("name", metavar="NAME", type=text)
    plan.add_argument("--person", metavar="P", type=text)
    plan.add_argument("--program", choices=PROGRAMS, metavar="P", help=", ".join(PROGRAMS))
    plan.add_argument("--funding", choices=FUNDINGS)
    plan.add_argument("--state", metavar="S", type=text)
    plan.add_argument("--member-id", metavar="M", type=text)
    plan.add_argument("--group-number", metavar="G", type=text)
    plan.add_argument("--insurer", type=text)
    plan.add_argument("--appeal-address", metavar="TEXT", type=text)
    plan.add_argument("--appeal-fax", metavar="NUMBER", type=text)
    plan.add_argument("--from", dest="from_on", metavar="D", type=day)
    plan.add_argument("--until", dest="until_on", metavar="D", type=day)
    plan.add_argument("--phone", metavar="NUMBER", type=text)
    about_plan(plan)


def _money(commands: Commands) -> None:
    eob = command(
        commands, "import-eob", "imports:import_eob", "Import electronic explanations of benefits."
    )
    eob.add_argument("file", metavar="FILE", type=place)
    eob.add_argument("--claim", type=text, help="file them under this claim")


def _changes(commands: Commands) -> None:
    command(commands, "undo", "changes:undo", "Take the last step back.")
    command(commands, "redo", "changes:redo", "Do again what was undone last.")
    trash = command(commands, "trash", "changes:trash", "Move something to the trash, or list it.")
    trash.add_argument("kind", metavar="KIND", choices=TRASHABLE, nargs="?")
    trash.add_argument("ids", metavar="ID", type=text, nargs="*")
    untrash = command(commands, "untrash", "changes:untrash", "Take something out of the trash.")
    untrash.add_argument("kind", metavar="KIND", choices=TRASHABLE)
    untrash.add_argument("ids", metavar="ID", type=text, nargs="+")
