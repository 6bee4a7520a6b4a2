"""From “which letter” to the page in the envelope, and the day on which it went out."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial

from app.domain.letter import Letter
from app.jobs import Progress
from app.operations import letter_papers
from app.operations.clocks import StartedClock, ask_for
from app.operations.letters import (
    draft_letter,
    letter_templates,
    template_of,
    useful_letters,
)
from app.storage.queries.clocks import claim_denials
from app.storage.queries.papers import paper_rows
from app.storage.queries.records import record, record_names
from ui.desk import Desk
from ui.dialogs import values_of
from ui.dialogs.denial_advice import plan_of
from ui.dialogs.letter import LetterDialog, LetterInput
from ui.dialogs.letter_kind import LetterKindDialog
from ui.dialogs.letter_paper import LetterPaper
from ui.dialogs.letter_signed import LetterSignedDialog, SignedInput
from ui.dialogs.request import RequestDialog, RequestInput
from ui.pages.sent_steps import denial_words, denials_to_answer, record_what_was_sent
from ui.shell import BannerAction, Shell
from ui.wording import date_words, tr

_APPEAL = "appeal_letter"


def new_letter(desk: Desk, shell: Shell, claim_id: str, kind: str = "") -> None:
    """Ask which letter is to be written about a claim, then show it to be changed.

    `kind` is the one that is offered first, where the person comes for one.
    """
    binder = desk.binder
    plan = plan_of(binder, claim_id)
    program = plan.program if plan else None
    denials = sorted(
        binder.ask(claim_denials, claim_id),
        key=lambda each: (each.standing == "open", each.level),
        reverse=True,
    )

    def useful(denial_id: str | None) -> frozenset[str]:
        return frozenset(each.kind for each in useful_letters(binder, claim_id, denial_id))

    dialog = LetterKindDialog(
        letter_templates(),
        useful,
        [(each.id, denial_words(each, program)) for each in denials],
        binder.ask(record_names, "provider"),
        kind,
    )
    chosen = shell.ask_dialog(dialog)
    if chosen is None:
        return
    draft = draft_letter(
        binder, claim_id, chosen.kind, chosen.denial_id, addressed_id=chosen.addressed_id
    )
    at = _Written(claim_id, draft.kind, draft.denial_id)
    _edit(desk, shell, at, draft.title, draft.text)


def open_letter(desk: Desk, shell: Shell, letter_id: str) -> None:
    """Show a letter to be read and changed."""
    letter = _letter(desk, letter_id)
    if letter is None:
        return
    at = _Written(letter.claim_id, letter.kind, letter.denial_id, letter)
    _edit(desk, shell, at, letter.title, letter.body)


@dataclass(frozen=True, slots=True)
class _Written:
    """What is being written: of which claim and “no”, and the letter as it was kept before."""

    claim_id: str | None
    kind: str
    denial_id: str | None
    before: Letter | None = None


def _edit(desk: Desk, shell: Shell, at: _Written, title: str, text: str) -> None:
    """Show a letter until it is saved; what was typed can be come back to after a Cancel."""
    saved: list[Letter] = []

    def do(given: LetterInput) -> None:
        saved.append(_saved(desk, at, given))

    dialog = LetterDialog(desk.memory, LetterPaper(desk, shell, at.claim_id), title, text)
    given = shell.ask_dialog(dialog, do)
    if given is None:
        if dialog.left:
            again = partial(_edit, desk, shell, at, *dialog.left)
            words = tr("What you changed in the letter is not saved.")
            shell.say(words, BannerAction(tr("Go back to it …"), again))
    elif given.keep:
        keep_as_paper(desk, shell, saved[-1].id)
    elif dialog.was_printed:
        tell_of_sending(desk, shell, saved[-1])


def _saved(desk: Desk, at: _Written, given: LetterInput) -> Letter:
    if at.before is None:
        return letter_papers.save_letter(
            desk.binder, at.claim_id or "", at.kind, given.title, given.text, at.denial_id
        )
    changed = replace(at.before, title=given.title, body=given.text)
    if changed == at.before:
        return changed
    return letter_papers.change_letter(desk.binder, changed)


def keep_as_paper(desk: Desk, shell: Shell, letter_id: str) -> None:
    """Put a letter among the papers of its claim, so that it can go into a bundle."""

    def work(_progress: Progress) -> Letter:
        return letter_papers.keep_letter(desk.binder, letter_id)

    def done(letter: Letter) -> None:
        see = partial(shell.go_to, "papers", "document", letter.document_id)
        shell.say(tr("The letter is among the papers now."), BannerAction(tr("Show it"), see))

    shell.run(tr("Keeping the letter"), work, done)


def tell_of_sending(desk: Desk, shell: Shell, letter: Letter) -> None:
    """Offer to note the day on which a letter goes out, where a time begins with it."""
    if can_be_sent(letter.kind):
        shell.say(
            tr("Once the letter is in the mail, note the day: the time for the answer begins."),
            BannerAction(tr("I sent it on …"), partial(note_sent, desk, shell, letter.id)),
        )


def can_be_sent(kind: str) -> bool:
    """Return whether a time begins to run for somebody when a letter of this kind goes out."""
    template = template_of(kind)
    return bool(template.asks) or template.paper == _APPEAL


def note_sent(desk: Desk, shell: Shell, letter_id: str) -> None:
    """Note the day on which a letter went out; the time for the answer begins."""
    letter = _letter(desk, letter_id)
    if letter is None or letter.claim_id is None:
        return
    template, claim_id, binder = template_of(letter.kind), letter.claim_id, desk.binder
    if template.paper == _APPEAL:
        record_what_was_sent(desk, shell, claim_id)
        return
    plan = plan_of(binder, claim_id)
    denials = denials_to_answer(binder.ask(claim_denials, claim_id), plan.program if plan else None)
    started: list[StartedClock] = []

    def do(given: RequestInput) -> None:
        started.append(ask_for(binder, claim_id, **values_of(given)))

    asked_of = plan.insurer if plan and template.to == "plan" else _first_line_of_address(letter)
    dialog = RequestDialog(desk, denials, asked_of)
    dialog.what.set_value(template.asks)
    if shell.ask_dialog(dialog, do):
        shell.say(_when_due(started[-1]))


def _first_line_of_address(letter: Letter) -> str:
    """Return whom a letter goes to: what stands behind its date, unless that is still blank."""
    paragraphs = [each.strip() for each in letter.body.split("\n\n") if each.strip()]
    first = paragraphs[2].splitlines()[0] if len(paragraphs) > 2 else ""
    return "" if "____" in first else first


def _when_due(started: StartedClock) -> str:
    if started.item:
        day = date_words(started.item.last_day)
        return tr("It is noted. An answer is due about {day}.", day=day)
    return " ".join(filter(None, (tr("It is noted."), started.ask)))


def note_signed(desk: Desk, shell: Shell, letter_id: str) -> None:
    """Ask on which day a letter was signed, and for its photo."""
    letter = _letter(desk, letter_id)
    if letter is None:
        return
    papers = desk.binder.ask(paper_rows, claim_id=letter.claim_id) if letter.claim_id else ()

    def do(given: SignedInput) -> None:
        letter_papers.sign_letter(desk.binder, letter_id, given.on, document_id=given.document_id)

    shell.ask_dialog(LetterSignedDialog(desk, letter.title, papers), do)


def _letter(desk: Desk, letter_id: str) -> Letter | None:
    return desk.binder.ask(record, "letter", letter_id)
