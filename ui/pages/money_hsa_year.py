"""What is worked out about the HSAs of a year, and its cards: tax form, limits, shoebox."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from typing import Final

from PySide6.QtWidgets import QWidget

from app.binder import Binder
from app.domain.form_8889 import Form8889, forms_8889
from app.domain.hsa_account import Contribution, HsaForm
from app.domain.money import Money
from app.domain.money_book import MoneyBook
from app.domain.money_finding import Noted
from app.domain.shoebox import ShoeboxYear, shoebox_years
from app.domain.tax_category import Confidence
from app.operations.findings import all_findings
from app.operations.money_book import money_book
from ui.desk import Desk
from ui.hsa_names import CODES, CONTRIBUTORS, LIMITS, account_words
from ui.names import category_labels, word_for
from ui.pages.care_deeds import CareLine, change_button, paper_button, trash_button
from ui.pages.hsa_steps import (
    ask_contribution,
    ask_form,
    put_away,
    remove_form,
)
from ui.shell import Shell
from ui.widgets.chart_table import Numbers, NumbersTable
from ui.widgets.flow import flow
from ui.widgets.layout import Card, rule
from ui.widgets.text import Label, button, label, muted
from ui.wording import count_of, short_date, tr

_LINES: Final = (
    ("line_14a", "14a  All that came out"),
    ("line_14b", "14b  Rolled over, or excess taken back"),
    ("line_14c", "14c  14a less 14b"),
    ("line_15", "15  Paid for expenses that pass all six tests"),
    ("line_16", "16  The rest: may be taxable"),
    ("line_17b", "17b  Additional tax on it, {percent} %"),
)
_SHOEBOX: Final = (
    ("opening", "Before"), ("paid", "Newly paid"), ("hsa", "HSA paid"),
    ("employer", "FSA, HRA"), ("deducted", "Deducted"), ("back", "Came back"),
    ("closing", "Left"),
)  # fmt: skip


TAX_CARD: Final = "figures of Form 8889"
CONTRIBUTIONS_CARD: Final = "contributions"
"""The names by which these two cards are found."""

MOST: Final = 40
"""Rows of a card: the rest is counted, and stands in the printed summary."""


def more_words(number: int) -> str:
    """Say how many rows are not shown here."""
    return count_of(
        number,
        "{n} more is not shown here: the HSA summary of the year lists all.",
        "{n} more are not shown here: the HSA summary of the year lists all.",
    )


@dataclass(frozen=True)
class HsaYear:
    """The HSAs of a year as they are shown: made on a thread, for a ledger may be long."""

    book: MoneyBook
    year: int
    forms: tuple[Form8889, ...]
    shoebox: tuple[ShoeboxYear, ...]
    findings: tuple[Noted, ...]
    claimable: Money
    claimable_lines: int
    labels: Mapping[str, str] = field(default_factory=category_labels)
    """The words for kinds of expense."""

    @classmethod
    def of(cls, binder: Binder, year: int, today: date) -> HsaYear:
        """Work it out."""
        book = money_book(binder)
        open_amounts = [each.claimable for each in book.standings().values()]
        claimable = [each.cents for each in open_amounts if each.cents > 0]
        return cls(
            book=book,
            year=year,
            forms=forms_8889(book, year) if book.accounts or book.withdrawals else (),
            shoebox=shoebox_years(book, today.year),
            findings=all_findings(binder, today, year=year),
            claimable=Money(sum(claimable)),
            claimable_lines=len(claimable),
        )


# ---------------------------------------------------------------------- Form 8889


def tax_card(desk: Desk, shell: Shell, seen: HsaYear) -> Card:
    """Return the figures to compare with Form 8889, and the forms that custodians sent."""
    card = Card(tr("Figures for Form 8889, {year}", year=seen.year), "scales")
    card.setObjectName(TAX_CARD)
    for form in seen.forms:
        card.body.addWidget(_figures(seen, form))
        card.body.addWidget(_tie_out(form))
        if form.has_exemption:
            words = tr("{amount} of line 16 bears no additional tax (line 17a): the holder was 65 "
                       "or older, disabled, or had died.", amount=str(form.exempt))  # fmt: skip
            card.body.addWidget(label(words))
    for each in seen.book.forms:
        if each.year == seen.year:
            card.body.addWidget(rule())
            card.body.addWidget(_form_line(desk, shell, seen, each))
    card.body.addWidget(
        flow(button(tr("Enter a tax form …"), partial(ask_form, desk, shell, seen.year), "plus"))
    )
    card.body.addWidget(
        muted(
            tr("Figures from your records, to compare with the form you file. Not a tax form, and "
               "not tax advice.")
        )
    )  # fmt: skip
    return card


def _figures(seen: HsaYear, form: Form8889) -> QWidget:
    holder = seen.book.person_by_id.get(form.holder_id or "")
    name = holder.name if holder else tr("Holder not known")
    percent = seen.book.rules.additional_tax.percent
    table = NumbersTable(tr("Figures of {name}", name=name), name, (tr("Amount"),))
    table.show_numbers(
        [
            Numbers(tr(words, percent=percent), (str(getattr(form, name_of_line)),))
            for name_of_line, words in _LINES
        ]
    )
    return table


def _tie_out(form: Form8889) -> Label:
    """Say whether the records and Form 1099-SA come to the same."""
    if form.difference is None:
        if form.line_14a == Money(0):
            return muted(tr("No Form 1099-SA was entered, and nothing came out."))
        return Label(tr("Form 1099-SA was not entered yet. It comes by January 31."), "warning")
    if form.difference == Money(0):
        return Label(tr("This agrees with Form 1099-SA: {sum}.", sum=str(form.reported)), "good")
    return Label(
        tr("Form 1099-SA says {reported}, and your records come to {recorded}: {apart} apart.",
           reported=str(form.reported), recorded=str(form.line_14a),
           apart=str(Money(abs(form.difference.cents)))),
        "danger",
    )  # fmt: skip


def _form_line(desk: Desk, shell: Shell, seen: HsaYear, one: HsaForm) -> CareLine:
    name = tr("Form {form}, {year}", form=one.form, year=one.year)
    amount = one.gross if one.gross is not None else one.fair_value
    said = [Label(f"{name} · {amount if amount is not None else ''}", "strong")]
    about = (
        account_words(seen.book.account_by_id.get(one.account_id)),
        tr("code {code}", code=word_for(CODES, one.code)) if one.code else "",
        tr("worth {amount}", amount=str(one.fair_value)) if one.fair_value else "",
        one.note,
    )
    said.append(muted(" · ".join(part for part in about if part)))
    buttons = [change_button(name, partial(ask_form, desk, shell, one.year, one.id))]
    if one.document_id:
        buttons.append(paper_button(shell, one.document_id))
    buttons.append(trash_button(name, partial(remove_form, desk, shell, one.id)))
    buttons[-1].setText(tr("Take out"))
    return CareLine("paper", "ink", said, buttons)


# ---------------------------------------------------------------------- contributions


def contributions_card(desk: Desk, shell: Shell, seen: HsaYear) -> Card:
    """Return what went in for the year, beside the limits of the law."""
    book = seen.book
    card = Card(tr("What went in for {year}", year=seen.year), "purse")
    card.setObjectName(CONTRIBUTIONS_CARD)
    mine = [each for each in book.contributions if each.tax_year == seen.year]
    for each in mine[:MOST]:
        card.body.addWidget(_contribution_line(desk, shell, book, each))
    counted = [each for each in mine if each.giver != "rollover"]
    total = sum((each.amount for each in counted), Money())
    if len(mine) > MOST:
        card.body.addWidget(muted(more_words(len(mine) - MOST)))
    if mine:
        card.body.addWidget(Label(tr("Together {amount}", amount=str(total)), "strong"))
    for words in _limit_words(book, seen.year):
        card.body.addWidget(words)
    card.body.addWidget(
        flow(button(tr("Record a contribution …"), partial(ask_contribution, desk, shell), "plus"))
    )
    return card


def _contribution_line(desk: Desk, shell: Shell, book: MoneyBook, one: Contribution) -> CareLine:
    name = tr("{amount} on {day}", amount=str(one.amount), day=short_date(one.on))
    account = account_words(book.account_by_id.get(one.account_id or ""))
    from_whom = tr("From: {who}", who=word_for(CONTRIBUTORS, one.giver))
    said = [Label(name, "strong"), muted(f"{from_whom} · {account}")]
    away = partial(put_away, desk, shell, "contribution", one.id, name)
    buttons = [
        change_button(name, partial(ask_contribution, desk, shell, one.id)),
        trash_button(name, away),
    ]
    made = CareLine("plus", "accent", said, buttons)
    made.setObjectName(one.id)
    return made


def _limit_words(book: MoneyBook, year: int) -> Iterator[Label]:
    limit = book.rules.limit(year, "hsa_contribution")
    if limit is None:
        yield muted(tr("The limits of {year} are not known to this program.", year=year))
        return
    parts = [
        tr("{what}: {amount}", what=word_for(LIMITS, name), amount=str(amount))
        for name, amount in limit.amounts.items()
        if amount is not None
    ]
    yield label(tr("The most that may go in: {limits}.", limits="; ".join(parts)))
    until = book.rules.year(year).contribute_by
    if until and until.day:
        yield label(tr("It may go in until {day}.", day=short_date(until.day)))
    checks = {limit.confidence, until.confidence if until else limit.confidence}
    source = tr("Source: {source}.", source=limit.source)
    if Confidence.MEMORY in checks:
        source = f"{source} {tr('The last day was written from memory: check it.')}"
    yield muted(source)


# ---------------------------------------------------------------------- the shoebox


def shoebox_card(seen: HsaYear) -> Card:
    """Return what an HSA may still pay, rolled forward year by year."""
    card = Card(tr("Still to claim, year by year"), "receipt")
    table = NumbersTable(
        tr("What an HSA may still pay, by year"),
        tr("Year"),
        [tr(words) for _, words in _SHOEBOX],
    )
    table.show_numbers(
        [
            Numbers(str(row.year), tuple(str(getattr(row, name)) for name, _ in _SHOEBOX))
            for row in reversed(seen.shoebox)
        ]
    )
    card.body.addWidget(table)
    card.body.addWidget(
        muted(
            tr("There is no time limit: what was paid after the HSA was established may be paid "
               "back in any later year, as long as the papers are kept (Notice 2004-50, Q&A-39).")
        )
    )  # fmt: skip
    return card
