"""Letters filled from the record: plain templates that a person edits, nothing invented."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from string import Template
from typing import Final

from app.binder import Binder
from app.domain.errors import UserError
from app.domain.letter_template import (
    BLANK,
    LetterBlank,
    LetterTemplate,
    blanks_in,
    filled,
    parse_template,
)
from app.operations.letter_case import LetterCase, letter_case
from app.operations.letter_status import STATUS_KIND, status_words, waited_for
from app.operations.letter_words import letter_words
from app.resources import resource, resource_json
from app.storage.queries.clocks import late_rows

_ORDER: Final = (
    "claim_file", "medical_policy", "appeal", "doctor_letter", "peer_to_peer", "doctor_urgency",
    "keep_care", "second_appeal", "external_review", "status_request", "explanation",
    "late_filing", "helper", "records", "codes", "plan_documents", "regulator", "reprocess",
    "refund",
)  # fmt: skip
"""The kinds in the order of every list; kinds that are only in the folder come behind them."""


@dataclass(frozen=True, slots=True)
class LetterDraft:
    """A letter as the template makes it; nothing of it is stored.

    `denial_id` is the “no” that it is about, if there is one.
    """

    kind: str
    title: str
    text: str
    denial_id: str | None = None

    @property
    def blanks(self) -> tuple[LetterBlank, ...]:
        """What is still to be filled in by hand."""
        return blanks_in(self.text)


@dataclass(frozen=True, slots=True)
class StatusRequest:
    """The same question in two forms: a letter, and what to say on the phone, line by line."""

    letter: str
    phone: tuple[str, ...]


@cache
def letter_templates() -> tuple[LetterTemplate, ...]:
    """Return every kind of letter, in the order of the lists."""
    folder = resource("letters")
    parts = {path.stem: path.read_text(encoding="utf-8") for path in (folder / "parts").iterdir()}
    found = {
        path.stem: parse_template(path.stem, path.read_text(encoding="utf-8"), parts)
        for path in sorted(folder.glob("*.txt"))
    }
    known = [found.pop(kind) for kind in _ORDER if kind in found]
    return (*known, *found.values())


def template_of(kind: str) -> LetterTemplate:
    """Return one kind of letter, by its name.

    Raises:
        UserError: there is none of that name; the sentence lists them.
    """
    wanted = kind.strip().replace("-", "_").casefold()
    for template in letter_templates():
        if template.kind == wanted:
            return template
    names = ", ".join(template.kind for template in letter_templates())
    raise UserError(f"There is no letter “{kind}”. The letters are: {names}.")


def useful_letters(
    binder: Binder, claim_id: str, denial_id: str | None = None
) -> tuple[LetterTemplate, ...]:
    """Return the letters that help at the stage of a claim now, or of one of its denials."""
    case = letter_case(binder, claim_id, denial_id)
    stages = _stages(binder, case)
    program, funding = (case.plan.program, case.plan.funding) if case.plan else (None, None)
    return tuple(each for each in letter_templates() if each.helps(stages, program, funding))


def _stages(binder: Binder, case: LetterCase) -> frozenset[str]:
    """Return where the denial of a letter stands, in the words of the templates."""
    denial, due = case.denial, case.due
    if denial is None:
        return frozenset()
    if denial.outcome in {"overturned", "partly"}:
        return frozenset({"won"})
    if denial.standing == "appealed":
        late = binder.ask(late_rows, binder.today())
        is_late = any(row.clock.denial_id == denial.id for row in late)
        return frozenset({"waiting", "late_answer"} if is_late else {"waiting"})
    if denial.standing != "open":
        return frozenset()
    holds = {
        "external": case.is_outside,
        "second": not case.is_outside and denial.level > 1,
        "first": not case.is_outside and denial.level == 1,
        "urgent": denial.urgent in {"yes", "unsure"},
        "running": denial.continuing in {"yes", "unsure"},
        "late": due is not None and due.is_open and due.last_day < binder.today(),
    }
    return frozenset(stage for stage, is_so in holds.items() if is_so)


def draft_letter(
    binder: Binder,
    claim_id: str,
    kind: str,
    denial_id: str | None = None,
    *,
    addressed_id: str | None = None,
    enclosures: Sequence[str] = (),
) -> LetterDraft:
    """Return a letter about a claim, filled with what is known; what is not stays a blank.

    Without `denial_id` it is about the claim's newest denial. `addressed_id` is the provider whom
    a letter to a doctor goes to, else that of the claim; `enclosures` are the titles of what goes
    along, else those of the claim's newest bundle.

    Raises:
        UserError: there is no such claim, denial, provider or kind of letter.
    """
    template = template_of(kind)
    case = letter_case(
        binder, claim_id, denial_id, addressed_id=addressed_id, enclosures=enclosures
    )
    values = letter_words(case)
    if template.kind == STATUS_KIND:
        values |= status_words(binder, waited_for(binder, claim_id, denial_id), values)
    text = filled(template, values, _blank_names())
    return LetterDraft(template.kind, template.title, text, case.denial and case.denial.id)


def status_request(binder: Binder, clock_id: str) -> StatusRequest:
    """Return a letter and a call that ask where an answer stands; nothing is stored or sent.

    Both hold only what the binder knows. What it does not know is left blank to be filled in.

    Raises:
        UserError: there is no such time, or it is the person's own.
    """
    waited = waited_for(binder, clock_id=clock_id)
    assert waited.clock is not None, "a time was named"
    values: dict[str, str] = {}
    if waited.clock.claim_id:
        case = letter_case(binder, waited.clock.claim_id, waited.clock.denial_id)
        values = letter_words(case)
    values |= status_words(binder, waited, values)
    letter = filled(template_of(STATUS_KIND), values, _blank_names())
    call = resource("letters", "calls", "status_call.txt").read_text(encoding="utf-8")
    shown = {name: values.get(name) or BLANK for name in Template(call).get_identifiers()}
    return StatusRequest(letter, tuple(Template(call).substitute(shown).splitlines()))


@cache
def _blank_names() -> dict[str, str]:
    names: dict[str, str] = resource_json("letters", "blanks.json")["names"]
    return names
