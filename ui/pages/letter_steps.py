"""From “which letter” to the page in the envelope, and the day on which it went out."""

from __future__ import annotations

from dataclasses import replace
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


def new_letter(desk: Desk, shell: Shell, claim_id: str) -> None:
    """Ask which letter is to be written about a claim, then show it to be changed."""
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
    )
    chosen = shell.ask_dialog(dialog)
    if chosen is None:
        return
    draft = draft_letter(
        binder, claim_id, chosen.kind, chosen.denial_id, addressed_id=chosen.addressed_id
    )
    made: list[Letter] = []

    def do(given: LetterInput) -> None:
        made.append(
            letter_papers.save_letter(
                binder, claim_id, draft.kind, given.title, given.text, chosen.denial_id
            )
        )

    paper = LetterPaper(desk, shell, claim_id)
    written = LetterDialog(desk.memory, paper, draft.title, draft.text)
    given = shell.ask_dialog(written, do)
    if given:
        _after(desk, shell, made[-1], keep=given.keep, was_printed=written.was_printed)


def open_letter(desk: Desk, shell: Shell, letter_id: str) -> None:
    """Show a letter to be read and changed."""
    letter = _letter(desk, letter_id)
    if letter is None:
        return
    made = [letter]

    def do(given: LetterInput) -> None:
        changed = replace(letter, title=given.title, body=given.text)
        if changed != letter:
            made.append(letter_papers.change_letter(desk.binder, changed))

    paper = LetterPaper(desk, shell, letter.claim_id)
    written = LetterDialog(desk.memory, paper, letter.title, letter.body)
    given = shell.ask_dialog(written, do)
    if given:
        _after(desk, shell, made[-1], keep=given.keep, was_printed=written.was_printed)


def _after(desk: Desk, shell: Shell, letter: Letter, *, keep: bool, was_printed: bool) -> None:
    """Do what follows on saving: keep the letter as a paper, or tell of the day it goes out."""
    if keep:
        keep_as_paper(desk, shell, letter.id)
    elif was_printed:
        tell_of_sending(desk, shell, letter)


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
