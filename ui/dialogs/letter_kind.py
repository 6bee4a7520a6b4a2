"""Which letter: each with what it is for in plain words, those that help now first."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QSize, Slot

from app.domain.errors import UserError
from app.domain.letter_template import LetterTemplate
from ui.style import px
from ui.widgets.dialog import AskDialog
from ui.widgets.fields import ChoiceField
from ui.widgets.lines import ChooserList, Line
from ui.widgets.text import Label
from ui.wording import tr

Named = Sequence[tuple[str, str]]

_TO: Final[Mapping[str, str]] = {
    "plan": "To the health plan",
    "reviewer": "To the office that reviews",
    "doctor": "To a doctor",
    "provider": "To a doctor, clinic or hospital",
    "employer": "To the employer or the plan's office",
    "regulator": "To the state",
    "both": "To the health plan, signed by both",
}
_ICONS: Final[Mapping[str, str]] = {
    "doctor": "stethoscope", "provider": "stethoscope", "regulator": "scales", "both": "people",
}  # fmt: skip
_TO_PROVIDERS: Final = frozenset({"doctor", "provider"})
_HIGH: Final = 320


@dataclass(frozen=True, kw_only=True, slots=True)
class LetterChoice:
    """The kind of letter, the “no” it is about, and the provider it goes to, if one was chosen."""

    kind: str
    denial_id: str | None
    addressed_id: str | None


class LetterKindDialog(AskDialog[LetterChoice]):
    """Asks which letter is to be written."""

    def __init__(
        self,
        templates: Sequence[LetterTemplate],
        useful: Callable[[str | None], Collection[str]],
        denials: Named,
        providers: Named,
        first: str = "",
    ) -> None:
        """Offer `templates`; `useful` tells which kinds help now with a denial of this id.

        `first` is the kind that is chosen already.
        """
        super().__init__(tr("Write a letter"), tr("Write it …"))
        self._templates = {each.kind: each for each in templates}
        self._useful = useful
        self.list = ChooserList(tr("Which letter?"))
        self.list.setMinimumHeight(px(_HIGH))
        self.list.chosen.connect(self._show)
        self.list.opened.connect(self._open)
        self.about = Label("")
        self.form.add_widget(self.list)
        self.form.add_widget(self.about)
        self.denial = self.form.add(
            tr("About which “no”?"), ChoiceField(denials, value=denials[0][0] if denials else None)
        )
        self.form.set_row_visible(self.denial, len(denials) > 1)
        self.to = self.form.add(
            tr("Whom do you write to?"),
            ChoiceField(providers, unknown=tr("The one of the claim, or fill it in")),
        )
        self._has_providers = bool(providers)
        self.denial.changed.connect(self._offer)
        self._offer()
        self.list.choose(first)
        self.list.setFocus()

    def answer(self) -> LetterChoice:
        """Return what is chosen."""
        template = self._templates.get(self.list.chosen_id)
        if template is None:
            raise UserError(tr("Choose a letter first."))
        to_provider = template.to in _TO_PROVIDERS or template.by_doctor
        return LetterChoice(
            kind=template.kind,
            denial_id=self.denial.value(),
            addressed_id=self.to.value() if to_provider else None,
        )

    @Slot()
    def _offer(self) -> None:
        useful = self._useful(self.denial.value())
        ordered = sorted(self._templates.values(), key=lambda each: each.kind not in useful)
        chosen = self.list.chosen_id
        self.list.set_lines(
            [
                Line(
                    each.kind,
                    tr(each.title),
                    tr(each.about),
                    _ICONS.get(each.to, "letter"),
                    "accent",
                    tr("useful now") if each.kind in useful else "",
                    "good",
                )
                for each in ordered
            ]
        )
        if ordered and not self.list.choose(chosen):
            self.list.choose(ordered[0].kind)

    @Slot(str)
    def _show(self, kind: str) -> None:
        template = self._templates.get(kind)
        if template is None:
            return
        self.about.setText(f"{tr(_TO[template.to])}. {tr(template.about)}")
        to_provider = template.to in _TO_PROVIDERS or template.by_doctor
        self.form.set_row_visible(self.to, to_provider and self._has_providers)

    @Slot(str)
    def _open(self, _kind: str) -> None:
        self.accept()

    def sizeHint(self) -> QSize:
        """As wide as the words of a letter need."""
        hint = super().sizeHint()
        return hint.expandedTo(QSize(min(px(720), self.screen().availableSize().width()), 0))
