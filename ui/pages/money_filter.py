"""What narrows the ledger: words, a year, how a line stands with an HSA, and more when asked."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QWidget

from app.storage.queries.ledger import LedgerChoices, LedgerFilter
from ui.names import METHODS, STANDINGS, choices, word_for
from ui.style import px
from ui.widgets.fields import ChoiceField, TextField
from ui.widgets.flow import flow
from ui.widgets.layout import column
from ui.widgets.text import icon_button, quiet_button, relabel
from ui.wording import count_of, tr

_PAUSE_MS: Final = 150
"""So long after the last key the ledger is asked: a word is not looked for letter by letter."""


class LedgerFilterBar(QWidget):
    """Fields that narrow the ledger. `changed` comes when it must be listed anew."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.words = TextField(hint=tr("Find in the ledger"))
        self.words.setAccessibleName(tr("Find in the ledger"))
        self.words.setMinimumWidth(px(160))
        self.year = ChoiceField[int]([], unknown=tr("All years"))
        self.standing = ChoiceField(choices(STANDINGS), unknown=tr("HSA: all lines"))
        self.paid = ChoiceField[bool](
            [(True, tr("Paid")), (False, tr("Not paid yet"))], unknown=tr("Paid or not")
        )
        self.person = ChoiceField[str]([], unknown=tr("For anybody"))
        self.claim = ChoiceField[str]([], unknown=tr("For any claim"))
        self.provider = ChoiceField[str]([], unknown=tr("To anybody"))
        self.category = ChoiceField[str]([], unknown=tr("For anything"))
        self.method = ChoiceField[str]([], unknown=tr("Paid in any way"))
        self._more = (
            self.paid, self.person, self.claim, self.provider, self.category, self.method,
        )  # fmt: skip
        for field, name in (
            (self.year, tr("Which year")), (self.standing, tr("How it stands with an HSA")),
            (self.paid, tr("Paid or not")), (self.person, tr("For whom")),
            (self.claim, tr("Which claim")), (self.provider, tr("To whom")),
            (self.category, tr("What for")), (self.method, tr("How it was paid")),
        ):  # fmt: skip
            field.setAccessibleName(name)
            field.setMinimumContentsLength(9)
        self._turn = quiet_button("", self._show_or_hide, "filter")
        self._clear = icon_button(tr("Show all lines"), "close", self.clear)
        self._rest = flow(*self._more)
        self._rest.hide()
        layout = column()
        layout.addWidget(flow(self.words, self.year, self.standing, self._turn, self._clear))
        layout.addWidget(self._rest)
        self.setLayout(layout)
        self._labels: Mapping[str, str] = {}
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE_MS)
        self._pause.timeout.connect(self._tell)
        self.words.changed.connect(self._pause.start)
        for field in (self.year, self.standing, *self._more):
            field.changed.connect(self._tell)
        self._tidy()

    # ------------------------------------------------------------------ for the ledger

    def value(self) -> LedgerFilter:
        """Return what is to be listed."""
        return LedgerFilter(
            year=self.year.value(),
            person_id=self.person.value(),
            claim_id=self.claim.value(),
            provider=self.provider.value(),
            is_paid=self.paid.value(),
            category=self.category.value(),
            method=self.method.value(),
            words=self.words.value(),
            labels=self._labels,
        )

    @property
    def narrows(self) -> bool:
        """Whether anything is left out."""
        return bool(self.words.value() or self.year.value() or self.standing.value()) or bool(
            self._chosen
        )

    def set_choices(self, found: LedgerChoices, labels: Mapping[str, str]) -> None:
        """Offer what occurs in the ledger; `labels` are the words for categories."""
        self._labels = {**METHODS, **labels}
        named = sorted(((key, word_for(labels, key)) for key in found.categories), key=_word)
        ways = ["own", *(key for key in METHODS if key in found.methods and key != "own")]
        self.year.set_choices([(year, str(year)) for year in found.years])
        self.person.set_choices(found.people)
        self.claim.set_choices(found.claims)
        self.provider.set_choices([(name, name) for name in found.providers])
        self.category.set_choices(named)
        self.method.set_choices([(key, word_for(METHODS, key)) for key in ways])
        self._tidy()

    def clear(self) -> None:
        """List everything."""
        for field in (self.year, self.standing, *self._more):
            field.blockSignals(True)
            field.set_value(None)
            field.blockSignals(False)
        self.words.blockSignals(True)
        self.words.set_value("")
        self.words.blockSignals(False)
        self._tell()

    # ------------------------------------------------------------------ inside

    @property
    def _chosen(self) -> list[Any]:
        return [field for field in self._more if field.value() is not None]

    def _tell(self) -> None:
        self._pause.stop()
        self._tidy()
        self.changed.emit()

    def _show_or_hide(self) -> None:
        self._rest.setVisible(self._rest.isHidden())
        self._tidy()

    def _tidy(self) -> None:
        """Say how many further fields narrow, also while they are hidden."""
        count = len(self._chosen)
        more = count_of(count, "{n} more filter", "{n} more filters") if count else tr("More")
        relabel(self._turn, more if self._rest.isHidden() else tr("Fewer filters"))
        self._clear.setVisible(self.narrows)


def _word(pair: tuple[str, str]) -> str:
    return pair[1].casefold()
