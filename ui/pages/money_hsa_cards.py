"""Cards of the HSA tab: the accounts, what came out of them, letters, and who was a dependent."""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from app.domain.allocation import Allocation
from app.domain.hsa_account import HsaAccount, Withdrawal
from app.domain.letter_cover import last_day
from app.domain.money import Money
from app.domain.money_book import MoneyBook
from app.domain.necessity_letter import NecessityLetter
from app.domain.person import Person
from app.operations.allocations import left_of
from ui.desk import Desk
from ui.hsa_names import DEPENDENT, WITHDRAWAL_KINDS, account_words
from ui.names import word_for
from ui.pages.care_deeds import CareLine, change_button, paper_button, trash_button
from ui.pages.hsa_steps import (
    OWN_CARE,
    ask_account,
    ask_claim,
    ask_dependent,
    ask_necessity_letter,
    ask_paid_for,
    ask_put_back,
    ask_withdrawal,
    put_away,
    take_off,
)
from ui.pages.money_hsa_year import MOST, HsaYear, more_words
from ui.shell import Shell
from ui.style import px
from ui.widgets.flow import flow
from ui.widgets.layout import Card, column, rule
from ui.widgets.text import Label, button, icon_button, label, muted, primary_button, quiet_button
from ui.wording import count_of, days_left, short_date, tr

# ---------------------------------------------------------------------- accounts


def accounts_card(desk: Desk, shell: Shell, book: MoneyBook) -> Card:
    """Return the accounts, each with the day from which it counts."""
    card = Card(tr("Health savings accounts"), "purse")
    for place, each in enumerate(book.accounts):
        if place:
            card.body.addWidget(rule())
        card.body.addWidget(_account_line(desk, shell, book, each))
    card.body.addWidget(flow(button(tr("Add an HSA …"), partial(ask_account, desk, shell), "plus")))
    return card


def _account_line(desk: Desk, shell: Shell, book: MoneyBook, one: HsaAccount) -> CareLine:
    name = account_words(one)
    holder = book.person_by_id.get(one.holder_id or "")
    said = [Label(name, "strong")]
    about = (
        tr("Holder: {name}", name=holder.name) if holder else "",
        one.custodian if one.name else "",
        tr("closed on {day}", day=short_date(one.closed_on)) if one.closed_on else "",
    )
    if any(about):
        said.append(muted(" · ".join(part for part in about if part)))
    if one.established_on is None:
        said.append(
            Label(
                tr("The day it was established is missing. Without it nobody can say what it may "
                   "pay for: look in the opening letter."),
                "warning",
            )
        )  # fmt: skip
    else:
        day = short_date(one.established_on)
        said.append(label(tr("Established on {day}: care from that day on counts.", day=day)))
        if one.document_id is None:
            said.append(muted(tr("Add the opening letter: it proves this day.")))
    if holder is None:
        said.append(Label(tr("Whose account is it? There is one tax form for each holder."),
                          "warning"))  # fmt: skip
    buttons = [change_button(name, partial(ask_account, desk, shell, one.id))]
    if one.document_id:
        buttons.append(paper_button(shell, one.document_id))
    buttons.append(trash_button(name, partial(put_away, desk, shell, "hsa_account", one.id, name)))
    made = CareLine("card", "accent", said, buttons)
    made.setObjectName(one.id)
    return made


# ---------------------------------------------------------------------- what came out


def claim_card(desk: Desk, shell: Shell, seen: HsaYear) -> Card:
    """Return what may be claimed now, and the way to claim it."""
    card = Card(tr("Claim receipts"), "receipt", "good" if seen.claimable_lines else "accent")
    if seen.claimable_lines:
        words = count_of(seen.claimable_lines, "{n} expense", "{n} expenses")
        card.body.addWidget(
            Label(
                tr("{amount} may be claimed now: {words} pass all six tests.",
                   amount=str(seen.claimable), words=words),
                "strong",
            )
        )  # fmt: skip
        go = primary_button(tr("Which receipts add up to …"), partial(ask_claim, desk, shell))
        card.body.addWidget(flow(go))
    else:
        card.body.addWidget(
            label(tr("No expense passes all six tests now. The ledger says of each what is "
                     "missing."))
        )  # fmt: skip
    return card


def withdrawals_card(desk: Desk, shell: Shell, seen: HsaYear) -> Card:
    """Return what came out in the year, what each paid for, and what nothing explains."""
    card = Card(tr("What came out in {year}", year=seen.year), "money")
    mine = [each for each in seen.book.withdrawals if each.on.year == seen.year]
    if not mine:
        card.body.addWidget(muted(tr("No withdrawal is recorded for this year.")))
    mine.sort(key=lambda each: (_rest(seen.book, each) == Money(0), each.on))
    for place, each in enumerate(mine[:MOST]):
        if place:
            card.body.addWidget(rule())
        card.body.addWidget(_withdrawal_line(desk, shell, seen, each))
    if len(mine) > MOST:
        card.body.addWidget(muted(more_words(len(mine) - MOST)))
    new = button(tr("Record a withdrawal …"), partial(ask_withdrawal, desk, shell), "plus")
    card.body.addWidget(flow(new))
    return card


def _withdrawal_line(desk: Desk, shell: Shell, seen: HsaYear, one: Withdrawal) -> QWidget:
    book = seen.book
    name = tr("{amount} on {day}", amount=str(one.amount), day=short_date(one.on))
    paid = sorted(
        book.paid_by.get(one.id, ()),
        key=lambda each: (book.expense_by_id[each.expense_id].paid_on or one.on, each.id),
    )
    left = left_of(one, paid)
    said = [Label(name, "strong")]
    about = (
        account_words(book.account_by_id.get(one.account_id or "")),
        word_for(WITHDRAWAL_KINDS, one.kind) if one.kind != "normal" else "",
        one.how, one.reference, one.note,
    )  # fmt: skip
    said.append(muted(" · ".join(part for part in about if part)))
    if one.returned:
        said.append(
            label(tr("{amount} was put back on {day}.", amount=str(one.returned),
                     day=short_date(one.returned_on)))
        )  # fmt: skip
    if one.kind == "normal":
        said.append(_left_words(left))
    buttons: list[QPushButton] = []
    if one.kind == "normal" and left > Money(0):
        choose = quiet_button(
            tr("What did it pay for? …"), partial(ask_paid_for, desk, shell, one.id), "receipt"
        )
        choose.setAccessibleName(tr("What did {what} pay for?", what=name))
        buttons.append(choose)
    buttons.append(change_button(name, partial(ask_withdrawal, desk, shell, one.id)))
    if one.kind == "normal":
        back = quiet_button(tr("Put back …"), partial(ask_put_back, desk, shell, one.id), "undo")
        back.setAccessibleName(tr("Put back of {what}", what=name))
        buttons.append(back)
    if one.document_id:
        buttons.append(paper_button(shell, one.document_id))
    buttons.append(trash_button(name, partial(put_away, desk, shell, "withdrawal", one.id, name)))
    tone = "good" if one.kind != "normal" or left == Money(0) else "warning"
    made = QWidget()
    inside = column(4)
    made.setLayout(inside)
    line = CareLine("check-circle" if tone == "good" else "help", tone, said, buttons)
    line.setObjectName(one.id)
    inside.addWidget(line)
    for each in paid[:MOST]:
        inside.addWidget(_paid_line(desk, shell, seen, each))
    if len(paid) > MOST:
        inside.addWidget(muted(more_words(len(paid) - MOST)))
    return made


def _rest(book: MoneyBook, one: Withdrawal) -> Money:
    """Return what nothing explains of a withdrawal that was for expenses."""
    return left_of(one, book.paid_by.get(one.id, ())) if one.kind == "normal" else Money(0)


def _left_words(left: Money) -> Label:
    if left == Money(0):
        return Label(tr("Explained to the cent."), "good")
    return Label(
        tr("{amount} is not explained by any receipt: it may be taxable.", amount=str(left)),
        "warning",
    )


def _paid_line(desk: Desk, shell: Shell, seen: HsaYear, one: Allocation) -> QWidget:
    """Return one receipt of a withdrawal: how much of it, and a way to it and off it."""
    line = seen.book.expense_by_id[one.expense_id]
    of = tr("{amount} of {whole}", amount=str(one.amount), whole=str(line.amount))
    about = (
        of if one.amount != line.amount else str(one.amount), line.provider,
        line.what or word_for(seen.labels, line.category), short_date(line.served_on),
    )  # fmt: skip
    words = " · ".join(part for part in about if part)
    row = QWidget()
    inside = QHBoxLayout(row)
    inside.setContentsMargins(px(32), 0, 0, 0)
    inside.setSpacing(4)
    inside.addWidget(label(words), 1)
    go = partial(shell.go_to, "money", "expense", line.id)
    inside.addWidget(icon_button(tr("Show: {what}", what=words), "search", go))
    off = partial(take_off, desk, shell, one.id)
    inside.addWidget(icon_button(tr("Take off: {what}", what=words), "close", off))
    return row


# ---------------------------------------------------------------------- letters


def letters_card(desk: Desk, shell: Shell, seen: HsaYear) -> Card:
    """Return the letters of medical necessity with what each covers and until when."""
    card = Card(tr("Letters of medical necessity"), "letter")
    book = seen.book
    if not book.letters:
        card.body.addWidget(
            muted(tr("Some things count only with a doctor's letter that ties them to a "
                     "diagnosis, such as massage or a weight loss program. A letter is evidence, "
                     "never an approval."))
        )  # fmt: skip
    for place, each in enumerate(book.letters):
        if place:
            card.body.addWidget(rule())
        card.body.addWidget(_letter_line(desk, shell, seen, each))
    add = button(tr("Add a letter …"), partial(ask_necessity_letter, desk, shell), "plus")
    card.body.addWidget(flow(add))
    return card


def _letter_line(desk: Desk, shell: Shell, seen: HsaYear, one: NecessityLetter) -> CareLine:
    covers = ", ".join(seen.labels.get(each, each) for each in one.covers.splitlines())
    patient = seen.book.person_by_id.get(one.person_id or "")
    said = [Label(covers, "strong")]
    about = (
        tr("For {name}", name=patient.name) if patient else tr("It names no patient."),
        one.prescriber,
        tr("signed on {day}", day=short_date(one.signed_on))
        if one.signed_on
        else tr("no date of signature"),
    )
    said.append(muted(" · ".join(part for part in about if part)))
    ends = last_day(one)
    if ends is None:
        said.append(Label(tr("Nobody can say how long it holds: its dates are missing."),
                          "warning"))  # fmt: skip
    else:
        words = tr("Holds until {day}", day=short_date(ends))
        if one.until_on is None:
            words = tr("It names no end: most take it for a year, until {day}",
                       day=short_date(ends))  # fmt: skip
        is_over = ends < desk.today()
        said.append(
            Label(f"{words} · {days_left(ends, desk.today())}", "warning" if is_over else "body")
        )
    buttons = [change_button(covers, partial(ask_necessity_letter, desk, shell, one.id))]
    if one.document_id:
        buttons.append(paper_button(shell, one.document_id))
    away = partial(put_away, desk, shell, "necessity_letter", one.id, covers)
    buttons.append(trash_button(covers, away))
    made = CareLine("letter", "accent", said, buttons)
    made.setObjectName(one.id)
    return made


# ---------------------------------------------------------------------- dependents


def dependents_card(desk: Desk, shell: Shell, seen: HsaYear) -> Card | None:
    """Return what was said of everybody whose care counts only as a dependent's."""
    people = [each for each in seen.book.people if each.relation not in OWN_CARE]
    people = [each for each in people if each.relation != "helper"]
    if not people:
        return None
    card = Card(tr("Who was a dependent?"), "people")
    for each in people:
        card.body.addWidget(_dependent_line(desk, shell, seen, each))
    card.body.addWidget(
        muted(
            tr("The care of a dependent counts in the years in which they are one, or could have "
               "been but for their income, a joint return or another's claim.")
        )
    )  # fmt: skip
    return card


def _dependent_line(desk: Desk, shell: Shell, seen: HsaYear, person: Person) -> CareLine:
    known = {each.year: each for each in seen.book.dependents if each.person_id == person.id}
    said = [Label(person.name, "strong")]
    this = known.get(seen.year)
    now = word_for(DEPENDENT, this.status) if this else tr("not said")
    said.append(label(tr("{year}: {answer}", year=seen.year, answer=now)))
    others = [
        tr("{year}: {answer}", year=year, answer=word_for(DEPENDENT, each.status))
        for year, each in sorted(known.items(), reverse=True)
        if year != seen.year
    ]
    if others:
        said.append(muted(" · ".join(others)))
    say = quiet_button(
        tr("Say it for {year} …", year=seen.year),
        partial(ask_dependent, desk, shell, seen.year, person.id, this.status if this else ""),
        "edit",
    )
    say.setAccessibleName(
        tr("Say for {year} whether {name} was a dependent", year=seen.year, name=person.name)
    )
    return CareLine("person", "ink", said, [say])
