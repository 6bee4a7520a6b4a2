"""One packet that was sent: what, to whom, how, its exact files and its proof, and its buttons."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from PySide6.QtWidgets import QWidget

from app.domain.sending_proof import is_proved, proof_words
from app.operations import sending_changes
from app.storage.queries.records import record
from app.storage.queries.sendings import ProofRow, SentRow
from ui.desk import Desk
from ui.dialogs.denial_advice import plan_of
from ui.names import PAPER_KINDS, WAYS, word_for
from ui.pages.due_deed import Deed, more_button
from ui.pages.due_lines import EntryLine
from ui.pages.proof_steps import (
    add_proof,
    keep_exact_files,
    note_confirmed,
    note_they_got_it,
    open_exact_file,
    prove_it,
)
from ui.pages.sent_steps import change_what_was_sent, denial_words, remove_what_was_sent
from ui.shell import Shell
from ui.widgets.flow import flow
from ui.widgets.layout import Card, Scrolling, column, emptied
from ui.widgets.text import (
    Label,
    button,
    copyable,
    label,
    muted,
    primary_button,
    quiet_button,
    section,
)
from ui.wording import count_of, date_words, short_date, tr

_MOST_LACKS = 4
"""How many of the things that were known to lack are read out one by one."""


class SentDetail(QWidget):
    """Shows one packet with everything that is known of it."""

    def __init__(self, desk: Desk, shell: Shell) -> None:
        super().__init__()
        self._desk, self._shell = desk, shell
        inner = QWidget()
        self._inside = column(16)
        inner.setLayout(self._inside)
        layout = column()
        layout.addWidget(Scrolling(inner))
        self.setLayout(layout)

    def show_row(self, row: SentRow | None, answer: str) -> None:
        """Show a packet, and in words where their answer stands."""
        emptied(self._inside)
        if row is None:
            return
        self._inside.addWidget(self._head(row, answer))
        self._inside.addWidget(self._proof(row))
        self._inside.addWidget(self._files(row))
        self._inside.addStretch(1)

    def _head(self, row: SentRow, answer: str) -> QWidget:
        made = Card()
        sending = row.sending
        made.body.addWidget(section(sending.to or row.claim))
        made.body.addWidget(label(" · ".join(filter(None, self._facts(row)))))
        if sending.tracking:
            number = tr("Tracking or confirmation number: {number}", number=sending.tracking)
            made.body.addWidget(copyable(number))
        for words in filter(None, (self._answers(row), answer, sending.note)):
            made.body.addWidget(muted(words))
        desk, shell, key = self._desk, self._shell, sending.id
        made.body.addWidget(
            flow(
                primary_button(
                    tr("They never got it: proof …"), partial(prove_it, desk, shell, key), "letter"
                ),
                quiet_button(
                    tr("Change …"), partial(change_what_was_sent, desk, shell, key), "edit"
                ),
                more_button(
                    (
                        Deed(
                            tr("Open the claim"),
                            "claims",
                            partial(shell.go_to, "claims", "claim", sending.claim_id),
                        ),
                        Deed(
                            tr("Remove"), "trash", partial(remove_what_was_sent, desk, shell, row)
                        ),
                    )
                ),
            )
        )
        return made

    def _facts(self, row: SentRow) -> Iterator[str]:
        sending = row.sending
        yield tr("Sent {day}", day=date_words(sending.sent_on))
        yield word_for(WAYS, sending.way)
        yield count_of(row.pages, "{n} page", "{n} pages") if row.pages else ""

    def _answers(self, row: SentRow) -> str:
        binder = self._desk.binder
        denial = binder.ask(record, "denial", row.sending.denial_id or "")
        if denial is None:
            return row.claim
        plan = plan_of(binder, row.sending.claim_id)
        words = denial_words(denial, plan.program if plan else None)
        return tr("{claim}. It answers: {words}", claim=row.claim, words=words)

    def _proof(self, row: SentRow) -> QWidget:
        sending, desk, shell = row.sending, self._desk, self._shell
        proved = is_proved(sending, len(row.proofs))
        made = Card(
            tr("Proof"),
            "check-circle" if proved else "warning",
            "good" if proved else "warning",
        )
        made.body.addWidget(label(tr(proof_words(sending, len(row.proofs)))))
        for proof in row.proofs:
            made.body.addWidget(self._proof_line(proof))
        if sending.delivered_on:
            made.body.addWidget(
                label(tr("They got it on {day}.", day=date_words(sending.delivered_on)))
            )
        if sending.confirmed_by:
            made.body.addWidget(label(_confirmed(row)))
        made.body.addWidget(
            flow(
                button(
                    tr("Add a proof …"), partial(add_proof, desk, shell, sending.id), "add-papers"
                ),
                button(
                    tr("They got it on …"),
                    partial(note_they_got_it, desk, shell, sending.id),
                    "check",
                ),
                button(
                    tr("They confirmed it …"),
                    partial(note_confirmed, desk, shell, sending.id),
                    "phone",
                ),
            )
        )
        return made

    def _proof_line(self, proof: ProofRow) -> QWidget:
        said = [
            Label(proof.name, "strong"),
            muted(word_for(PAPER_KINDS, proof.kind, "Kind not said")),
        ]
        look = partial(self._shell.go_to, "papers", "document", proof.document_id)
        take = partial(sending_changes.remove_proof, self._desk.binder, proof.id)
        deeds = (
            quiet_button(tr("Look at it"), look, "open"),
            quiet_button(tr("Take off"), take, "close"),
        )
        for each in deeds:
            each.setAccessibleDescription(proof.name)
        return EntryLine("paper", "ink", said, deeds)

    def _files(self, row: SentRow) -> QWidget:
        desk, shell = self._desk, self._shell
        made = Card(tr("The exact files"), "lock" if row.files else "warning",
                    "accent" if row.files else "warning")  # fmt: skip
        if not row.files:
            made.body.addWidget(
                label(
                    tr("No exact copy of what was sent is kept. Choose the file, if you have it.")
                )
            )
            keep = partial(keep_exact_files, desk, shell, row.sending.id)
            made.body.addWidget(flow(button(tr("Choose the file …"), keep, "folder")))
            return made
        kept = short_date(row.bundle.made_at.astimezone().date()) if row.bundle else ""
        made.body.addWidget(muted(tr("Kept byte for byte since {day}.", day=kept)))
        for file in row.files:
            pages = count_of(file.pages, "{n} page", "{n} pages") if file.pages else ""
            size = tr("{n} bytes", n=f"{file.size:,}")
            said = [Label(file.name, "strong"), muted(" · ".join(filter(None, (pages, size))))]
            look = quiet_button(
                tr("Open a copy …"), partial(open_exact_file, desk, shell, file), "open"
            )
            look.setAccessibleDescription(file.name)
            made.body.addWidget(EntryLine("bundle", "ink", said, (look,)))
        _tell_lacks(made, row)
        return made


def _tell_lacks(card: Card, row: SentRow) -> None:
    """Say what was known to lack when it was made: the person decided, and it is kept."""
    lacks = row.known_to_lack
    if lacks:
        card.body.addWidget(muted(tr("You knew this when it was made, and decided to send it:")))
    for sentence in lacks[:_MOST_LACKS]:
        card.body.addWidget(muted(f"• {sentence}"))
    if more := len(lacks[_MOST_LACKS:]):
        card.body.addWidget(muted(count_of(more, "and {n} more", "and {n} more")))


def _confirmed(row: SentRow) -> str:
    sending = row.sending
    said = tr("{who} confirmed it on {day}.", who=sending.confirmed_by,
              day=short_date(sending.confirmed_on))  # fmt: skip
    return f"{said} {tr('Reference {number}.', number=row.reference)}" if row.reference else said
