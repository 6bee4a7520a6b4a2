"""What stands out in the HSAs of a year: each with a way to its record, and room for an answer."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Final

from PySide6.QtWidgets import QPushButton

from app.domain.money_finding import Noted
from app.operations.owed import mark_finding, unmark_finding
from ui.desk import Desk
from ui.names import word_for
from ui.pages.care_deeds import CareLine
from ui.pages.due_deed import Deed, more_button
from ui.pages.money_hsa_year import CONTRIBUTIONS_CARD, MOST, TAX_CARD, HsaYear, more_words
from ui.pages.owed_words import MARKS, SEVERITIES
from ui.shell import Shell
from ui.widgets.layout import Card
from ui.widgets.text import Label, label, muted, quiet_button
from ui.wording import short_date, tr

_OF_HSA: Final = "H"
_OF_LINES: Final = frozenset({"H07", "H08", "H09", "H22", "H25", "H32"})
"""Findings that stand beside each line of the ledger; here they would hide the others."""

_CARDS: Final = {"H10": TAX_CARD, "H16": CONTRIBUTIONS_CARD}
"""Findings about a holder that are looked into on this very page, with the card to look at."""

Bring = Callable[[str], object]
"""Brings the widget of this name into view."""


def findings_card(desk: Desk, shell: Shell, seen: HsaYear, bring: Bring) -> Card | None:
    """Return what stands out in the year, the gravest first; what was answered stands last."""
    found = [
        each
        for each in seen.findings
        if each.finding.id.startswith(_OF_HSA) and each.finding.id not in _OF_LINES
    ]
    if not found:
        return None
    found.sort(key=lambda each: each.mark is not None)
    card = Card(tr("Worth a look"), "flag", "warning")
    for noted in found[:MOST]:
        card.body.addWidget(_line(desk, shell, seen, noted, bring))
    if len(found) > MOST:
        card.body.addWidget(muted(more_words(len(found) - MOST)))
    return card


def _line(desk: Desk, shell: Shell, seen: HsaYear, noted: Noted, bring: Bring) -> CareLine:
    finding = noted.finding
    line = seen.book.expense_by_id.get(finding.expense or "")
    buttons: list[QPushButton] = []
    if go := _way(shell, noted, bring):
        show = quiet_button(tr("Show me"), go, "search")
        show.setAccessibleName(tr("Show me: {what}", what=finding.text))
        buttons.append(show)
    about = [str(line.amount), line.provider, short_date(line.served_on)] if line else []
    if noted.mark is not None:
        again = partial(unmark_finding, desk.binder, noted.about)
        buttons.append(quiet_button(tr("Ask again"), again, "undo"))
        buttons[-1].setAccessibleName(tr("Ask again: {what}", what=finding.text))
        words = (word_for(MARKS, noted.mark.state), noted.mark.note, *about)
        said: list[Label] = [muted(finding.text), muted(" · ".join(filter(None, words)))]
        return CareLine("check", "muted", said, buttons)
    icon, tone, word = SEVERITIES[finding.severity]
    words = (tr(word), *about, finding.id, finding.source)
    said = [label(finding.text), muted(" · ".join(filter(None, words)))]
    answers = [
        Deed(tr(answer), "check", partial(mark_finding, desk.binder, noted.about, state))
        for state, answer in MARKS.items()
    ]
    more = more_button(answers)
    more.setText(tr("Answer …"))
    more.setAccessibleName(tr("Answer: {text}", text=finding.text))
    return CareLine(icon, tone, said, [*buttons, more])


def _way(shell: Shell, noted: Noted, bring: Bring) -> Callable[[], object] | None:
    """Return what shows that which a finding is about, if it is about one thing."""
    if card := _CARDS.get(noted.finding.id):
        return partial(bring, card)
    if noted.finding.record is None:
        return None
    kind, key = noted.finding.record
    return partial(shell.go_to, "people" if kind == "person" else "money", kind, key)
