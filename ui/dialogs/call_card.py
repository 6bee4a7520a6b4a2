"""The card on which a call is written down while one is on hold."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from PySide6.QtCore import QEvent, QSize, Qt, Slot
from PySide6.QtGui import QCloseEvent, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QApplication, QBoxLayout, QVBoxLayout, QWidget

from app.domain.errors import UserError
from app.operations.call_drafts import CallDraft, drop_call_draft
from app.storage.queries.call_card import call_facts
from app.storage.queries.claims import ClaimRow, claim_rows
from ui.desk import Desk
from ui.dialogs.call_clock import CallClock
from ui.dialogs.call_facts import FactsPanel
from ui.dialogs.call_fields import CallFields, CallInput
from ui.dialogs.call_keeper import DraftKeeper
from ui.style import px
from ui.widgets.flow import flow
from ui.widgets.form import Form, Problem
from ui.widgets.layout import Card, Scrolling, line
from ui.widgets.text import button, label, primary_button, quiet_button, title
from ui.wording import date_words, tr

_WIDE = 760
_FACTS_WIDE = 248
_SIDE_BY_SIDE = 640
_AROUND = 176
"""Pixels at 100 %: the width of the card and of the facts, from which width on these stand beside
the form, and the height of what is around it."""
_FREE = 16_777_215
"""Qt's word for “as large as it likes”."""


class CallCard(QWidget):
    """A small window above all others; the program can be used beside it.

    What is typed is kept each second and found again at the next opening, whatever ended the
    program. `do` saves the call and gives it up as a draft; it may refuse with a `UserError`.
    """

    def __init__(
        self,
        desk: Desk,
        claims: Sequence[ClaimRow],
        start: CallDraft,
        do: Callable[[CallInput], object],
        kept: CallDraft | None = None,
    ) -> None:
        """Make the card of a call that begins as `start`; `kept` is what was typed before."""
        super().__init__(None, Qt.WindowType.Window | Qt.WindowType.WindowStaysOnTopHint)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setAttribute(Qt.WidgetAttribute.WA_QuitOnClose, False)
        self.setWindowTitle(tr("Log a call"))
        self.desk, self._do = desk, do
        self._start = self._blank = start
        self._phones = {row.id: "" for row in claims}
        self._began = start.called_at
        self._thrown: CallDraft | None = None
        self._is_saved = False
        self._build(claims)
        self._keeper = DraftKeeper(desk, self, self._not_kept)
        if kept:
            self._take_up(kept)
        else:
            self._begin(start)
        self._connect()
        self.resize(self.sizeHint())

    # ------------------------------------------------------------------ building

    def _build(self, claims: Sequence[ClaimRow]) -> None:
        self.clock = CallClock()
        self.form = Form(spacing=12)
        self.fields = CallFields(self.form, self.desk, claims)
        self.earlier = quiet_button(tr("It was at another time …"), self._ask_time, "clock")
        self.form.add_widget(flow(self.earlier))
        self.facts = FactsPanel()
        self.problem = Problem()
        self.save = primary_button(tr("Save the call"), self.save_call)
        self.put_away = button(tr("Close"), self.close)
        self._room = Scrolling(self.facts)
        self._room.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # the arrow keys scroll it
        self._room.setAccessibleName(tr("Numbers at hand"))
        inner = QWidget()
        inside = QVBoxLayout(inner)
        inside.setContentsMargins(0, 0, 8, 0)
        inside.addWidget(self.form)
        inside.addStretch(1)
        self._sides = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._sides.setSpacing(16)
        self._sides.addWidget(self._room)
        self._sides.addWidget(Scrolling(inner), 1)
        top = line(self.clock, stretch=False)
        top.insertWidget(0, title(tr("Log a call")), 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 16, 24, 16)
        layout.setSpacing(12)
        layout.addLayout(top)
        layout.addWidget(self._build_strip())
        layout.addLayout(self._sides, 1)
        layout.addWidget(self.problem)
        feet = line(stretch=False)
        feet.addStretch(1)
        feet.addWidget(self.put_away)
        feet.addWidget(self.save)
        layout.addLayout(feet)

    def _build_strip(self) -> Card:
        """What is said of notes that were found: from which call, and what can be done."""
        self.strip = Card()
        self.found = label()
        self.go_on = primary_button(tr("Go on with it"), self._go_on)
        self.save_found = button(tr("Save it"), self._save_found)
        self.throw = button(tr("Throw it away"), self._throw_away, "trash")
        self.bring_back = button(tr("Bring it back"), self._bring_back, "undo")
        self.strip.body.addWidget(self.found)
        self.strip.body.addWidget(flow(self.go_on, self.save_found, self.throw, self.bring_back))
        self.strip.hide()
        return self.strip

    def _connect(self) -> None:
        self.clock.ticked.connect(self._look)
        self.fields.claim.changed.connect(self._claim_chosen)
        for keys in ("Ctrl+Return", "Ctrl+Enter"):
            QShortcut(QKeySequence(keys), self, self.save_call)
        QShortcut(QKeySequence("Escape"), self, self.close)
        if app := QApplication.instance():
            app.aboutToQuit.connect(self.close)

    # ------------------------------------------------------------------ the call and its notes

    @property
    def is_untouched(self) -> bool:
        """Whether nothing was typed beside what the call began with."""
        return self._draft().words == self._blank.words

    def begin(self, start: CallDraft) -> None:
        """Begin another call on this card, on which nothing was typed yet."""
        self._start = start
        self._begin(start)

    def _begin(self, start: CallDraft) -> None:
        self._began, self._blank = start.called_at, start
        self.fields.show_time(False)
        self.fields.fill(start)
        self.earlier.show()
        self._keeper.know(start if start.has_words else None)
        self.clock.begin(start.seconds)
        self._claim_chosen()
        self.fields.with_whom.setFocus(Qt.FocusReason.OtherFocusReason)

    def _take_up(self, kept: CallDraft) -> None:
        """Show what was typed before the card or the program was closed."""
        self._show_draft(kept)
        self._keeper.know(kept)
        local = kept.called_at.astimezone()
        self._say_found(
            tr("You were in a call on {day}, {time}. What you typed is here.",
               day=date_words(local.date(), self.desk.today()),
               time=f"{local:%I:%M %p}".lstrip("0")),
            (self.go_on, self.save_found, self.throw),
        )  # fmt: skip
        self.go_on.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_draft(self, draft: CallDraft) -> None:
        self._began, self._blank = draft.called_at, CallDraft(called_at=draft.called_at)
        tells = bool(draft.on or draft.at or draft.minutes)
        self.fields.show_time(tells)
        self.earlier.setVisible(not tells)
        self.fields.fill(draft)
        self.clock.stand(draft.seconds)
        self._claim_chosen()

    def _say_found(self, words: str, offered: Sequence[QWidget]) -> None:
        self.found.setText(words)
        for each in (self.go_on, self.save_found, self.throw, self.bring_back):
            each.setVisible(each in offered)
        self.strip.show()

    @Slot()
    def _go_on(self) -> None:
        self.strip.hide()
        self.clock.begin(self.clock.seconds)
        self.fields.note.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def _save_found(self) -> None:
        """Save the call that was found, and begin the new one."""
        if self._saved():
            self.strip.hide()
            self._begin(self._now())

    @Slot()
    def _throw_away(self) -> None:
        """Forget the notes that were found; they can be brought back while the card is open."""
        self._thrown = self._draft()
        self._keeper.rest()
        drop_call_draft(self.desk.binder)
        self._begin(self._now())
        self._say_found(tr("The notes of the earlier call are thrown away."), (self.bring_back,))

    @Slot()
    def _bring_back(self) -> None:
        if self._thrown:
            self._show_draft(self._thrown)
            self._keeper.know(None)
            self.strip.hide()

    def _now(self) -> CallDraft:
        """The call as it was to begin, but now."""
        return replace(self._start, called_at=self.desk.binder.now())

    def _draft(self) -> CallDraft:
        return self.fields.draft(self._began, self.clock.seconds)

    @Slot()
    def _look(self) -> None:
        """Once a second: keep what is typed, if it has changed."""
        self._keeper.look(self._draft())

    def _not_kept(self, error: BaseException) -> None:
        if not isinstance(error, UserError):
            raise error
        self.problem.say(tr("Your notes are not saved yet. {reason}", reason=error))

    # ------------------------------------------------------------------ the claim

    def look_again(self) -> None:
        """Ask again which claims there are and what is known of the chosen one."""
        self.fields.claim.set_choices(
            [(row.id, row.title) for row in self.desk.binder.ask(claim_rows)]
        )
        self._claim_chosen()

    @Slot()
    def _claim_chosen(self) -> None:
        """Show the numbers of the claim; its plan's number is the one that is called."""
        claim_id = self.fields.claim.value()
        today = self.desk.today()
        facts = self.desk.binder.ask(call_facts, claim_id, today) if claim_id else None
        self.facts.show_facts(facts, today, self.desk.author())
        self._room.setVisible(facts is not None)
        phone = facts.plan.phone if facts and facts.plan else ""
        known = {"", *self._phones.values()}
        if self.fields.phone.value() in known:
            self.fields.phone.set_value(phone)
        self._phones[claim_id or ""] = phone

    def _ask_time(self) -> None:
        self.fields.show_time(True)
        self.earlier.hide()
        self.fields.on.setFocus(Qt.FocusReason.OtherFocusReason)

    # ------------------------------------------------------------------ saving and closing

    @Slot()
    def save_call(self) -> None:
        """Save the call and close the card, or say what is missing."""
        if self._saved():
            self._is_saved = True
            self.close()

    def _saved(self) -> bool:
        self.problem.say("")
        if not self.form.check():
            return False
        try:
            given = self.fields.answer(self._began, self.clock.minutes)
            self._keeper.rest()
            self._do(given)
        except UserError as error:
            self._keeper.know(None)
            self.problem.say(str(error))
            return False
        return True

    def closeEvent(self, event: QCloseEvent) -> None:
        """Keep what was typed; the next opening finds it."""
        if not self._is_saved:
            try:
                self._keeper.finish(None if self.is_untouched else self._draft())
            except UserError as error:
                self.problem.say(str(error))
                event.ignore()
                return
        self.clock.end()
        super().closeEvent(event)

    # ------------------------------------------------------------------ look

    def sizeHint(self) -> QSize:
        """Wide enough for the facts beside the form, within the screen."""
        screen = self.screen().availableSize()
        tall = self.form.sizeHint().height() + px(_AROUND)
        return QSize(min(px(_WIDE), screen.width() * 9 // 10), min(tall, screen.height() * 9 // 10))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the size of the text, and what was changed in the window meanwhile."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._arrange()
        elif event.type() == QEvent.Type.ActivationChange and self.isActiveWindow():
            self.look_again()

    def _arrange(self) -> None:
        """Put the facts above the form where there is no room beside it; both stay in view."""
        is_wide = self.width() >= px(_SIDE_BY_SIDE)
        way = QBoxLayout.Direction
        self._sides.setDirection(way.LeftToRight if is_wide else way.TopToBottom)
        self._room.setMinimumWidth(px(_FACTS_WIDE) if is_wide else 0)
        self._room.setMaximumWidth(px(_FACTS_WIDE) if is_wide else _FREE)
        self._room.setMaximumHeight(_FREE if is_wide else self.height() * 3 // 10)
