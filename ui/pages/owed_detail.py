"""One account: for each care what the plan says, what the bill asks and what was paid."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QGridLayout, QPushButton, QVBoxLayout, QWidget

from app.domain.bill import Bill
from app.domain.eob_versions import Versions
from app.domain.money import Money
from app.domain.money_finding import Noted
from app.domain.owed import Account, Owing
from app.domain.owed_words import in_words
from app.operations.bills import move_bill
from app.operations.owed import mark_finding, unmark_finding
from ui.desk import Desk
from ui.dialogs.bill import BILL_STATES
from ui.names import METHODS, word_for
from ui.pages.due_deed import Deed, more_button
from ui.pages.due_lines import EntryLine
from ui.pages.owed_steps import ask_bill, ask_eob
from ui.pages.owed_words import MARKS, SEVERITIES, STATES, is_about, title_of
from ui.shell import Shell
from ui.style import px
from ui.widgets.flow import flow
from ui.widgets.layout import Card, Scrolling, column, emptied
from ui.widgets.text import Label, label, muted, quiet_button, section
from ui.wording import count_of, short_date, tr

_PLAN_ROWS: Final = (
    ("billed", "Billed"), ("discount", "Discount"), ("allowed", "Allowed"),
    ("plan_paid", "Plan paid"), ("deductible", "Deductible"), ("copay", "Copay"),
    ("coinsurance", "Coinsurance"), ("not_covered", "Not covered"),
)  # fmt: skip
_LEAST_SIDE: Final = 184
_MOST_PAYMENTS: Final = 6
_MOST_MATTERS: Final = 40
"""So many matters of one provider are drawn; the table of papers has them all."""


class SideBySide(QWidget):
    """Shows its parts in columns, or one below the other where there is no room for columns."""

    def __init__(self, parts: Sequence[QWidget]) -> None:
        super().__init__()
        self._count = len(parts)
        self._layout = QBoxLayout(QBoxLayout.Direction.TopToBottom, self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(24)
        for part in parts:
            self._layout.addWidget(part, 1, Qt.AlignmentFlag.AlignTop)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Turn the columns with the room there is."""
        super().resizeEvent(event)
        is_wide = event.size().width() >= px(_LEAST_SIDE) * self._count
        self._layout.setDirection(
            QBoxLayout.Direction.LeftToRight if is_wide else QBoxLayout.Direction.TopToBottom
        )


class AccountDetail(QWidget):
    """Shows an account; what stands out in it stands with the care it is about."""

    def __init__(self, desk: Desk, shell: Shell) -> None:
        super().__init__()
        self._desk, self._shell = desk, shell
        self._noted: tuple[Noted, ...] = ()
        inner = QWidget()
        self._inside = column(12)
        self._inside.setContentsMargins(0, 0, 8, 0)
        inner.setLayout(self._inside)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(Scrolling(inner))

    def take(self, noted: tuple[Noted, ...]) -> None:
        """Know what stands out, for the accounts that are shown from now on."""
        self._noted = noted

    def show_account(self, account: Account | None) -> None:
        """Show an account; nothing if none is chosen."""
        emptied(self._inside)
        if account is None:
            self._inside.addWidget(muted(tr("Choose a provider to see what the sum comes from.")))
            self._inside.addStretch(1)
            return
        self._inside.addWidget(self._head(account))
        ordered = sorted(account.owings, key=lambda each: list(STATES).index(each.state))
        for owing in ordered[:_MOST_MATTERS]:
            self._inside.addWidget(self._matter(owing))
        if len(ordered) > _MOST_MATTERS:
            more = len(ordered) - _MOST_MATTERS
            self._inside.addWidget(muted(tr("{n} older ones are not drawn here.", n=more)))
        self._inside.addStretch(1)

    def _head(self, account: Account) -> Card:
        word, icon, tone = STATES[account.state]
        card = Card(tr(word), icon, tone)
        card.body.addWidget(section(account.provider or tr("Not recorded")))
        card.body.addWidget(label(in_words(account, self._desk.today())))
        return card

    # ------------------------------------------------------------------ side by side

    def _matter(self, owing: Owing) -> Card:
        card = Card(title_of(owing), "link")
        card.setAccessibleName(title_of(owing))
        card.body.addWidget(
            SideBySide((self._plan_side(owing), self._bill_side(owing), self._paid_side(owing)))
        )
        card.body.addWidget(Label(_difference(owing), "strong"))
        for noted in self._noted:
            if is_about(noted, owing):
                card.body.addWidget(self._finding(noted))
        return card

    def _plan_side(self, owing: Owing) -> QWidget:
        made, body = _side(tr("The plan says"))
        for versions in owing.matter.explained:
            self._explained(body, versions)
        if not owing.matter.explained:
            body.addWidget(muted(tr("No explanation of benefits yet.")))
        return made

    def _explained(self, body: QVBoxLayout, versions: Versions) -> None:
        newest = versions.newest
        rows = [
            (tr(title), amount)
            for name, title in _PLAN_ROWS
            if (amount := newest.amount(name)) is not None
        ]
        share = versions.share
        if share is not None:
            rows.append((tr("What you owe"), share))
        body.addWidget(_figures(rows, is_last_strong=share is not None))
        if share is None:
            body.addWidget(muted(tr("Not decided, or not said, what you owe.")))
        if len(versions.all) > 1:
            words = count_of(len(versions.all), "{n} version", "{n} versions")
            body.addWidget(muted(" ".join((f"{words}.", versions.change))))
        body.addWidget(
            flow(
                *self._paper(newest.eob.document_id),
                self._changer(tr("explanation"), partial(ask_eob, self._desk, self._shell,
                                                         newest.eob.id)),
            )
        )  # fmt: skip

    def _bill_side(self, owing: Owing) -> QWidget:
        made, body = _side(tr("The bill asks"))
        for bill in owing.matter.live_bills:
            rows = [(tr("Charges"), bill.charges)] if bill.charges else []
            rows.append((tr("Asks for"), bill.amount))
            if bill.waived:
                rows.append((tr("Let go"), bill.waived))
            body.addWidget(_figures(rows))
            words = [word_for(BILL_STATES, bill.state)]
            if bill.billed_on:
                words.insert(0, short_date(bill.billed_on))
            if bill.due_on:
                words.append(tr("due {day}", day=short_date(bill.due_on)))
            body.addWidget(muted(" · ".join(words)))
            body.addWidget(flow(*self._paper(bill.document_id), *self._bill_buttons(bill)))
        if not owing.matter.bills:
            body.addWidget(muted(tr("No bill yet.")))
        return made

    def _bill_buttons(self, bill: Bill) -> list[QPushButton]:
        def move(state: str) -> Deed:
            words = {"disputed": tr("Dispute it: put it on hold"), "open": tr("Open it again"),
                     "settled": tr("It is done")}[state]  # fmt: skip
            icon = {"disputed": "hourglass", "open": "undo", "settled": "check"}[state]
            return Deed(words, icon, partial(move_bill, self._desk.binder, bill.id, state))

        states = ("disputed", "settled") if bill.state not in {"disputed", "settled"} else ("open",)
        change = partial(ask_bill, self._desk, self._shell, bill.id)
        more = more_button([move(state) for state in states])
        more.setAccessibleName(tr("More about the bill of {amount}", amount=str(bill.amount)))
        return [self._changer(tr("bill"), change), more]

    def _paid_side(self, owing: Owing) -> QWidget:
        made, body = _side(tr("You paid"))
        paid = owing.matter.paid
        rows = [
            (
                f"{short_date(line.paid_on)} · {word_for(METHODS, line.method).split(' (')[0]}",
                line.amount,
            )
            for line in paid[-_MOST_PAYMENTS:]
            if line.paid_on
        ]
        rows += [
            (tr("{day} · came back", day=short_date(one.came_on)), -one.amount)
            for one in owing.matter.refunds[-_MOST_PAYMENTS:]
        ]
        if len(rows) > 1 or len(paid) > _MOST_PAYMENTS:
            back = sum((one.amount for one in owing.matter.refunds), Money())
            rows.append((tr("In all"), owing.paid - back))
        if rows:
            body.addWidget(_figures(rows, is_last_strong=len(rows) > 1))
        else:
            body.addWidget(muted(tr("Nothing yet.")))
        for line in paid[-1:]:
            body.addWidget(flow(*self._paper(line.proof_id or line.document_id)))
        return made

    def _paper(self, document_id: str | None) -> list[QPushButton]:
        if document_id is None:
            return []
        go = partial(self._shell.go_to, "papers", "document", document_id)
        return [quiet_button(tr("Show me the paper"), go, "open")]

    def _changer(self, what: str, run: partial[None]) -> QPushButton:
        made = quiet_button(tr("Change …"), run, "edit")
        made.setAccessibleName(tr("Change the {what}", what=what))
        return made

    # ------------------------------------------------------------------ what stands out

    def _finding(self, noted: Noted) -> EntryLine:
        icon, tone, word = SEVERITIES[noted.finding.severity]
        mark, binder = noted.mark, self._desk.binder
        if mark is not None:
            again = quiet_button(
                tr("Ask again"), partial(unmark_finding, binder, noted.about), "undo"
            )
            said: Sequence[Label] = (
                muted(noted.finding.text),
                muted(" · ".join((word_for(MARKS, mark.state), mark.note)).rstrip(" ·")),
            )
            return EntryLine("check", "muted", said, [again])
        deeds = [
            Deed(tr(words), "check", partial(mark_finding, binder, noted.about, state))
            for state, words in MARKS.items()
        ]
        more = more_button(deeds)
        more.setText(tr("Answer …"))
        more.setAccessibleName(tr("Answer: {text}", text=noted.finding.text))
        head = muted(f"{tr(word)} · {noted.finding.id}")
        return EntryLine(icon, tone, (label(noted.finding.text), head), [more])


def _side(heading: str) -> tuple[QWidget, QVBoxLayout]:
    """Return one of the three columns, with its heading."""
    made = QWidget()
    body = column(4)
    made.setLayout(body)
    body.addWidget(Label(heading, "strong"))
    made.setAccessibleName(heading)
    return made, body


def _figures(rows: Sequence[tuple[str, Money]], *, is_last_strong: bool = False) -> QWidget:
    """Return words with their amounts, which stand below one another to the cent."""
    made = QWidget()
    grid = QGridLayout(made)
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setHorizontalSpacing(12)
    grid.setVerticalSpacing(2)
    grid.setColumnStretch(0, 1)
    for at, (words, amount) in enumerate(rows):
        look = "strong" if is_last_strong and at == len(rows) - 1 else "body"
        shown = Label(str(amount), look, wrap=False)
        shown.setAlignment(Qt.AlignmentFlag.AlignRight)
        grid.addWidget(Label(words, look if look == "strong" else "muted"), at, 0)
        grid.addWidget(shown, at, 1)
    return made


def _difference(owing: Owing) -> str:
    """Say in words what the three sides come to."""
    bills = owing.matter.live_bills
    asks = sum((bill.amount for bill in bills), Money())
    left = owing.balance
    match owing.state:
        case "not_due":
            words = tr("Nothing is due before the plan has decided.")
        case "on_hold":
            words = tr("{amount} is on hold: do not count it as owed.", amount=str(left))
        case "overpaid":
            words = tr("You paid {amount} too much. Ask for it back.", amount=str(-left))
        case "paid":
            words = tr("Nothing is left to pay.")
        case _:
            words = tr("You owe {amount}.", amount=str(left))
    if owing.asked is not None and owing.matter.explained and bills and asks > owing.asked:
        more = asks - owing.asked
        over = tr("The bill asks for {amount} more than the plan leaves you.", amount=str(more))
        return f"{over} {words}"
    return words
