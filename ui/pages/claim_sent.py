"""The appeals of a claim, level by level: the “no”, what was asked, what was sent, their answer."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial

from PySide6.QtWidgets import QWidget

from app.domain.sending_proof import is_proved, proof_words
from app.storage.queries.records import record
from app.storage.queries.sendings import SentRow, sent_rows
from ui.desk import Desk
from ui.names import WAYS, word_for
from ui.pages.claim_denials import (
    DenialShown,
    about_words,
    denial_deeds,
    shown_denials,
    standing_words,
)
from ui.pages.due_deed import Deed, deed_buttons
from ui.pages.next_appeal_steps import ask_what_it_asks
from ui.pages.sent_steps import record_what_was_sent
from ui.shell import Shell
from ui.widgets.flow import flow
from ui.widgets.layout import Card, Scrolling, column, emptied, line
from ui.widgets.text import Label, button, icon_label, label, muted, quiet_button
from ui.wording import count_of, short_date, tr

_ICONS = {"open": "flag", "appealed": "hourglass", "not_appealing": "circle"}


class SentPart(QWidget):
    """The tab of a claim: a card for each “no” with its appeal, the newest first."""

    def __init__(self, desk: Desk, shell: Shell) -> None:
        super().__init__()
        self._desk, self._shell = desk, shell
        self._claim_id = ""
        inner = QWidget()
        self.cards = column(16)
        inner.setLayout(self.cards)
        layout = column(8)
        layout.addWidget(flow(button(tr("We sent it …"), self._record, "sent")))
        layout.addWidget(Scrolling(inner, least=160), 1)
        self.setLayout(layout)

    def show_claim(self, claim_id: str) -> None:
        """Show the appeals of a claim."""
        self._claim_id = claim_id
        emptied(self.cards)
        desk = self._desk
        every = sorted(
            shown_denials(desk, claim_id),
            key=lambda each: (each.denial.level, each.denial.added_at),
            reverse=True,
        )
        for shown in every:
            self.cards.addWidget(self._level(shown))
        loose = [row for row in desk.binder.ask(sent_rows, claim_id=claim_id)
                 if row.sending.denial_id is None]  # fmt: skip
        if loose:
            self.cards.addWidget(self._loose(loose))
        if not every and not loose:
            words = tr("Nothing was sent yet. A “no” and what was sent to answer it stand here, "
                       "level by level.")  # fmt: skip
            self.cards.addWidget(muted(words))
        self.cards.addStretch(1)

    def _record(self) -> None:
        record_what_was_sent(self._desk, self._shell, self._claim_id)

    def _level(self, shown: DenialShown) -> Card:
        denial = shown.denial
        is_won = denial.outcome == "overturned"
        icon = "check-circle" if is_won else _ICONS.get(denial.standing, "circle")
        card = Card(shown.words, icon, "good" if is_won else "ink")
        for words in self._said(shown):
            card.body.addWidget(label(words))
        for row in shown.sent:
            card.body.addWidget(self._packet(row))
        card.body.addWidget(label(standing_words(shown, self._desk)))
        ask = partial(ask_what_it_asks, self._desk, self._shell, denial)
        asks = Deed(tr("What it asks for …"), "note", ask, is_quiet=True)
        deeds = denial_deeds(self._desk, self._shell, shown)
        offered = (*deeds, asks) if asks.words not in {deed.words for deed in deeds} else deeds
        card.body.addWidget(deed_buttons(offered))
        return card

    def _said(self, shown: DenialShown) -> Iterator[str]:
        denial = shown.denial
        if denial.reason:
            yield tr("Their reason: {reason}", reason=" ".join(denial.reason.split()))
        paper = self._desk.binder.ask(record, "document", denial.document_id or "")
        if paper:
            yield tr("Their letter: {name}", name=paper.name)
        yield from about_words(shown, with_sending=False)

    def _packet(self, row: SentRow) -> QWidget:
        """One packet that went out: when, how, how well it is proved; the rest stands in Sent."""
        sending = row.sending
        proved = is_proved(sending, len(row.proofs))
        pages = count_of(row.pages, "{n} page", "{n} pages") if row.pages else ""
        how = (word_for(WAYS, sending.way), sending.to, pages)
        words = column(2)
        sent = tr("Sent {day}", day=short_date(sending.sent_on))
        words.addWidget(Label(" · ".join(filter(None, (sent, *how))), "strong"))
        words.addWidget(muted(tr(proof_words(sending, len(row.proofs)))))
        icon = icon_label("check-circle" if proved else "warning", 20,
                          "good" if proved else "warning")  # fmt: skip
        inside = line(icon, stretch=False)
        inside.addLayout(words, 1)
        show = partial(self._shell.go_to, "sent", "sending", sending.id)
        inside.addWidget(quiet_button(tr("Show it"), show, "open"))
        made = QWidget()
        made.setLayout(inside)
        return made

    def _loose(self, rows: Sequence[SentRow]) -> Card:
        card = Card(tr("Sent without a “no”"), "sent")
        for row in rows:
            card.body.addWidget(self._packet(row))
        return card
