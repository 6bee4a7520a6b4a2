"""The five ways to be reminded, and which of them work when ClaimBinder is closed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, Literal

from PySide6.QtCore import QEvent, QSize, Slot
from PySide6.QtWidgets import QHBoxLayout

from app.domain.errors import UserError
from ui.login_start import State
from ui.style import px
from ui.widgets.dialog import AskDialog
from ui.widgets.fields import CheckField
from ui.widgets.layout import Card, line
from ui.widgets.text import Label, button, icon_label, label, muted
from ui.wording import tr

Deed = Literal["", "today", "calendar", "sheet"]
"""What the person wants done now, once the dialog has closed."""
Switch = Literal["tray_notice", "notice_titles", "keep_in_tray", "login"]


@dataclass(frozen=True, slots=True)
class ReminderState:
    """How things are now. `calendar` says when the file was saved, and whether it still holds."""

    has_tray: bool
    tray_notice: bool
    notice_titles: bool
    keep_in_tray: bool
    login: State
    calendar: str
    calendar_is_old: bool = False


_TITLES: Final = {
    "calendar": "The calendar on your phone",
    "sheet": "A sheet on the wall",
    "today": "Today, at each start",
    "tray": "A notice in the tray",
    "login": "Start when you sign in",
}


_YES: Final = ("check-circle", 20, "good")
_NO: Final = ("circle", 20, "muted")


class RemindersDialog(AskDialog[Deed]):
    """Each way with what it does, whether it works without the program, and its button.

    Switches act at once: `choose` is called and may refuse with a `UserError`. Then `look` is asked
    again, so that what is ticked is always what is true.
    """

    def __init__(
        self, look: Callable[[], ReminderState], choose: Callable[[Switch, bool], object]
    ) -> None:
        super().__init__(tr("Reminders"), tr("Close"))
        self._look, self._choose = look, choose
        self._deed: Deed = ""
        self._is_showing = False
        self.cancel.hide()
        self.form.add_widget(
            label(
                tr("Two of these five work while ClaimBinder is closed: the calendar on your "
                   "phone, and the sheet on the wall. The others need ClaimBinder to run.")
            )
        )  # fmt: skip
        self._calendar()
        self._sheet()
        self._today()
        self._tray()
        self._login()
        self._show()
        self.go.setFocus()

    # ------------------------------------------------------------------ the five ways

    def _calendar(self) -> None:
        card = self._card(
            "calendar",
            "phone",
            tr("A file with all your dates, for the calendar on your phone or any other. It "
               "reminds you 14, 7, 2 and 1 days before each date. When a date changes, save the "
               "file and open it on the phone again. If your calendar then shows a date twice, "
               "delete the older one."),
        )  # fmt: skip
        self.calendar_state = Label("", "muted")
        card.body.addWidget(self.calendar_state)
        self.save = button(tr("Save the calendar file …"), self._doer("calendar"), "save")
        card.body.addLayout(line(self.save))

    def _sheet(self) -> None:
        card = self._card(
            "sheet",
            "print",
            tr("One sheet with your dates, to print and hang where you see it. When a date "
               "changes, print it again."),
        )  # fmt: skip
        self.print = button(tr("Print the sheet …"), self._doer("sheet"), "print")
        card.body.addLayout(line(self.print))

    def _today(self) -> None:
        card = self._card(
            "today",
            "today",
            tr("ClaimBinder always opens with Today: what has no date yet, then what is due "
               "next. This is always on."),
            tr("no"),
        )  # fmt: skip
        self.today = button(tr("Show Today"), self._doer("today"), "today")
        card.body.addLayout(line(self.today))

    def _tray(self) -> None:
        card = self._card(
            "tray",
            "bell",
            tr("While ClaimBinder runs, a short notice comes up beside the clock once a day, if a "
               "date is at most a week away or is still missing."),
            tr("no"),
        )  # fmt: skip
        self.no_tray = Label(
            tr("This desktop has no tray (the small icons beside the clock), so no notice can "
               "appear here."),
            "strong",
        )  # fmt: skip
        card.body.addWidget(self.no_tray)
        self.notice = self._switch(card, "tray_notice", tr("Show the notice"))
        self.titles = self._switch(card, "notice_titles", tr("Say in the notice what is due"))
        self.titles_help = muted(tr("Otherwise it only says how many dates there are to look at."))
        card.body.addWidget(self.titles_help)
        self.keep = self._switch(card, "keep_in_tray", tr("Keep running when I close the window"))
        self.keep_help = muted(
            tr("Closing the window then leaves ClaimBinder running as an icon in the tray. To end "
               "it, choose Quit in the icon's menu or in the File menu.")
        )  # fmt: skip
        card.body.addWidget(self.keep_help)

    def _login(self) -> None:
        card = self._card("login", "computer", "", tr("no, it opens ClaimBinder"))
        self.login_does = label()
        card.body.insertWidget(0, self.login_does)
        self.login_other = Label(
            tr("A ClaimBinder in another place starts when you sign in. Tick the box to start "
               "this one instead."),
            "strong",
        )  # fmt: skip
        card.body.addWidget(self.login_other)
        self.login = self._switch(card, "login", tr("Start when I sign in"))

    def _card(self, name: str, icon: str, does: str, but: str = "") -> Card:
        """Add a card; `but` is why it does not work when the program is closed."""
        card = Card(tr(_TITLES[name]), icon)
        if does:
            card.body.addWidget(label(does))
        words = tr("Works when ClaimBinder is closed: {answer}", answer=but or tr("yes"))
        answer = QHBoxLayout()
        answer.setSpacing(8)
        answer.addWidget(icon_label(*_NO if but else _YES))
        answer.addWidget(Label(words, "muted" if but else "good"), 1)
        card.body.addLayout(answer)
        self.form.add_widget(card)
        return card

    def _switch(self, card: Card, name: Switch, words: str) -> CheckField:
        field = CheckField(words)
        field.changed.connect(lambda: self._switched(name, field))
        card.body.addWidget(field)
        return field

    # ------------------------------------------------------------------ showing and doing

    @Slot()
    def _show(self) -> None:
        """Show how things are; ticks that follow from that are not switched by anybody."""
        state = self._look()
        self._is_showing = True
        for field, is_on in (
            (self.notice, state.tray_notice),
            (self.titles, state.notice_titles),
            (self.keep, state.keep_in_tray),
            (self.login, state.login == "on"),
        ):
            field.set_value(is_on)
        self._is_showing = False
        self.no_tray.setVisible(not state.has_tray)
        for part in (self.notice, self.titles, self.titles_help, self.keep, self.keep_help):
            part.setVisible(state.has_tray)
        self.titles.setEnabled(state.tray_notice)
        self.login_other.setVisible(state.login == "other")
        self.login_does.setText(_at_login(has_tray=state.has_tray))
        self.calendar_state.setText(state.calendar)
        self.calendar_state.set_look("warning" if state.calendar_is_old else "muted")

    def _switched(self, name: Switch, field: CheckField) -> None:
        if self._is_showing:
            return
        self.problem.say("")
        try:
            self._choose(name, field.value())
        except UserError as error:
            self.problem.say(str(error))
        self._show()

    def _doer(self, deed: Deed) -> Callable[[], None]:
        def do() -> None:
            self._deed = deed
            self.accept()

        return do

    def answer(self) -> Deed:
        """Return what is to be done next, if anything."""
        return self._deed

    def changeEvent(self, event: QEvent) -> None:
        """Look again when one comes back: a file may have been removed by hand meanwhile."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.ActivationChange and self.isActiveWindow():
            self._show()

    def sizeHint(self) -> QSize:
        """As wide as its lines are easy to read, and as high as it likes within the screen."""
        screen = self.screen().availableSize()
        return QSize(
            min(px(720), screen.width() * 9 // 10), min(px(820), screen.height() * 9 // 10)
        )


def _at_login(*, has_tray: bool) -> str:
    begin = tr("ClaimBinder starts by itself when you sign in to this computer.")
    if has_tray:
        return f"{begin} {tr('It waits in the tray, without a window.')}"
    end = tr("Its window opens if a date is at most a week away or is still missing. If not, it "
             "ends again.")  # fmt: skip
    return f"{begin} {end}"
