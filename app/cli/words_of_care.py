"""The words of the commands on care and people: approvals, treatments, diary, providers, helpers.

Nothing heavy is imported here: `due` and `rules` answer before the libraries would be loaded.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from app.cli.parsing import Commands, Parser, command
from app.cli.values import day, number, text
from app.domain.authorization import STATUSES
from app.domain.diary_line import KINDS as DIARY_KINDS
from app.domain.person import RELATIONS
from app.domain.provider import KINDS as PROVIDER_KINDS
from app.domain.provider import NETWORKS, SETTINGS
from app.domain.treatment import OUTCOMES, PRODUCTS, ROUTES

FORGET: Final = frozenset({"", "unknown"})
"""The words that take back what was said, where a record is changed."""


def of_care(commands: Commands) -> None:
    """Declare them."""
    person = command(commands, "person-change", "care_people:person_change", "Change a person.")
    person.add_argument("person", metavar="PERSON", type=text)
    person.add_argument("--name", type=text)
    person.add_argument("--born", dest="born_on", metavar="D", type=maybe(day))
    person.add_argument("--relation", choices=RELATIONS)
    person.add_argument("--note", metavar="TEXT", type=text)
    about_person(person)
    _of_authorizations(commands)
    _of_treatments(commands)
    _of_diary(commands)
    _of_providers(commands)
    _of_representatives(commands)


def about_claim(parser: Parser) -> None:
    """The words on who gives the care, its codes, and how much of it is asked for."""
    parser.add_argument("--provider-id", metavar="P", type=text, help="the doctor, from your list")
    parser.add_argument("--facility", metavar="P", type=text, help="the place, from your list")
    _texts(parser, "--diagnosis-codes", "--service-codes", "--asks-unit")
    parser.add_argument("--asks-units", metavar="N", type=maybe(number(0, 999_999)))
    for word, about in (("--asks-from", "the first day"), ("--asks-until", "the last day")):
        parser.add_argument(word, metavar="D", type=maybe(day), help=f"{about} asked for")


def about_person(parser: Parser) -> None:
    """The words on where a person lives and can be called."""
    _texts(parser, "--address", "--phone")


def about_plan(parser: Parser) -> None:
    """The words on who holds a plan, its website, and the office that oversees it."""
    _texts(parser, "--subscriber", "--portal", "--regulator")


def maybe(read: Callable[[str], Any]) -> Callable[[str], Any]:
    """Return a reader that also knows the words for “not known”, which give an empty text."""

    def read_or_forget(typed: str) -> Any:
        return "" if typed in FORGET else read(typed)

    return read_or_forget


def _of_authorizations(commands: Commands) -> None:
    new = command(
        commands, "authorization-new", "care:authorization_new", "Add a prior authorization."
    )
    new.add_argument("service", metavar="SERVICE", type=text, help="what was to be approved")
    change = command(
        commands, "authorization-change", "care:authorization_change", "Change an authorization."
    )
    change.add_argument("authorization", metavar="AUTHORIZATION", type=text)
    change.add_argument("--service", metavar="TEXT", type=text)
    for parser in (new, change):
        _about_authorization(parser)
    listed = command(
        commands, "authorizations", "care:authorizations", "List the prior authorizations."
    )
    listed.add_argument("--claim", type=text)


def _about_authorization(parser: Parser) -> None:
    _texts(parser, "--claim", "--plan", "--number", "--codes", "--unit", "--note")
    parser.add_argument("--provider", metavar="P", type=text)
    parser.add_argument("--status", choices=STATUSES)
    parser.add_argument("--letter", "--document", dest="letter", metavar="DOCUMENT", type=text)
    parser.add_argument("--denial", metavar="ID", type=text, help="the denial that cut it")
    for word, about in (
        ("--asked-units", "how much was asked for"),
        ("--units", "how much was approved: the limit of sessions or units"),
        ("--used", "how much of it was given so far"),
    ):
        parser.add_argument(word, metavar="N", type=maybe(number(0, 999_999)), help=about)
    for words, name, about in (
        (("--asked", "--asked-on"), "asked_on", "the day it was asked for"),
        (("--answered", "--answered-on"), "answered_on", "the date of their answer"),
        (("--from",), "from_on", "the first day that is approved"),
        (("--until",), "until_on", "the last day that is approved"),
        (("--last-session",), "last_session_on", "the last session, where they cut a series"),
        (("--renew-by", "--renew"), "renew_by", "your own day to ask for the next one"),
    ):
        parser.add_argument(*words, dest=name, metavar="D", type=maybe(day), help=about)


def _of_treatments(commands: Commands) -> None:
    new = command(commands, "treatment-new", "care:treatment_new", "Add a treatment tried.")
    new.add_argument("claim", metavar="CLAIM", type=text)
    new.add_argument("what", metavar="WHAT", type=text, help="the drug or therapy")
    change = command(commands, "treatment-change", "care:treatment_change", "Change a treatment.")
    change.add_argument("treatment", metavar="TREATMENT", type=text)
    change.add_argument("--what", metavar="TEXT", type=text)
    for parser in (new, change):
        parser.add_argument("--route", choices=ROUTES)
        parser.add_argument("--product", choices=PRODUCTS)
        parser.add_argument("--outcome", choices=OUTCOMES)
        _texts(parser, "--dose", "--reaction", "--note")
        for words, name in ((("--from", "--began"), "began"), (("--until", "--ended"), "ended")):
            parser.add_argument(
                *words, dest=name, metavar="D", type=text, help="2024, 2024-03 or 2024-03-15"
            )
        parser.add_argument("--provider", metavar="P", type=text)
        parser.add_argument(
            "--proof", "--document", dest="proof", metavar="DOCUMENT", type=text,
            help="the paper that proves it",
        )  # fmt: skip
        parser.add_argument("--page", metavar="N", type=maybe(number(1, 100_000)))
    listed = command(commands, "treatments", "care:treatments", "List the treatments of a claim.")
    listed.add_argument("claim", metavar="CLAIM", type=text)


def _of_diary(commands: Commands) -> None:
    diary = command(commands, "diary", "care:diary", "Show the diary of a claim, or write in it.")
    diary.add_argument("claim", metavar="CLAIM", type=text)
    diary.add_argument("--add", metavar="TEXT", type=text, help="write one line")
    diary.add_argument("--on", metavar="D", type=day, help="its day; else today")
    diary.add_argument("--score", metavar="N", type=number(0, 10), help="0 good to 10 worst")
    diary.add_argument("--kind", choices=DIARY_KINDS)
    diary.add_argument("--remove", metavar="LINE", type=text, help="take a line out")


def _of_providers(commands: Commands) -> None:
    new = command(commands, "provider-new", "care_people:provider_new", "Add a doctor or a place.")
    new.add_argument("name", metavar="NAME", type=text)
    change = command(
        commands, "provider-change", "care_people:provider_change", "Change a provider."
    )
    change.add_argument("provider", metavar="PROVIDER", type=text)
    change.add_argument("--name", type=text)
    for parser in (new, change):
        parser.add_argument("--kind", choices=PROVIDER_KINDS)
        parser.add_argument("--setting", choices=SETTINGS, metavar="S", help=", ".join(SETTINGS))
        parser.add_argument("--network", choices=NETWORKS)
        _texts(
            parser, "--npi", "--specialty", "--credentials", "--license", "--accreditation",
            "--compounding", "--address", "--phone", "--fax", "--note",
        )  # fmt: skip
        parser.add_argument("--accredited-until", metavar="D", type=maybe(day))
    command(commands, "providers", "care_people:providers", "List the doctors and places.")


def _of_representatives(commands: Commands) -> None:
    new = command(
        commands, "representative-new", "care_people:representative_new", "Add who may speak."
    )
    new.add_argument("name", metavar="NAME", type=text)
    change = command(
        commands,
        "representative-change",
        "care_people:representative_change",
        "Change who may speak.",
    )
    change.add_argument("representative", metavar="REPRESENTATIVE", type=text)
    change.add_argument("--name", type=text)
    for parser in (new, change):
        parser.add_argument(
            "--patient", "--for", "--person", dest="patient", metavar="P", type=text
        )
        parser.add_argument("--helper", metavar="P", type=text, help="a person of the household")
        parser.add_argument("--plan", type=text, help="only for this plan")
        parser.add_argument(
            "--level", metavar="N", type=maybe(number(1, 9)), help="only for this level"
        )
        parser.add_argument("--form", "--document", dest="form", metavar="DOCUMENT", type=text)
        _texts(parser, "--relation", "--address", "--phone", "--note")
        for words, name, about in (
            (("--signed", "--signed-on"), "signed_on", "the day the patient signed"),
            (("--accepted", "--accepted-on"), "accepted_on", "the day the helper signed"),
            (("--sent", "--sent-on"), "sent_on", "the day the form was sent"),
            (("--valid-until",), "valid_until", "the last day on which it holds"),
        ):
            parser.add_argument(*words, dest=name, metavar="D", type=maybe(day), help=about)
    listed = command(
        commands, "representatives", "care_people:representatives", "List who may speak."
    )
    listed.add_argument("--patient", metavar="P", type=text)


def _texts(parser: Parser, *words: str) -> None:
    for word in words:
        parser.add_argument(word, metavar="TEXT", type=text)
