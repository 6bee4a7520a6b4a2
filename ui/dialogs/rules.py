"""All rules of the program: to look through, to filter, to search, and to print."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Final

from PySide6.QtCore import QSize, Slot
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from app.domain.errors import UserError
from app.domain.rule_entry import RuleEntry
from app.domain.rule_group import RuleGroup
from ui.dialogs.rule_details import details
from ui.dialogs.rule_words import GROUPS, for_whom_short, sure_short, where
from ui.dialogs.telling import TellDialog
from ui.memory import Memory
from ui.names import PROGRAMS, STATES, choices
from ui.rule_sheets import rules_as_pdf, rules_on_paper
from ui.style import Tone, px
from ui.widgets.fields import ChoiceField, TextField
from ui.widgets.layout import Scrolling, column, emptied, line
from ui.widgets.lines import ChooserList, Line
from ui.widgets.panes import Pane, Panes
from ui.widgets.text import Label, button, copyable, muted, section
from ui.wording import count_of, tr

_NO_TIME: Final[dict[RuleGroup, str]] = {
    RuleGroup.URGENT: "lifebuoy",
    RuleGroup.AMOUNTS: "money",
    RuleGroup.NOTICES: "paper",
}
"""The icons of rules that are no time to be counted."""

_SHOWN: Final = 6


class RulesDialog(TellDialog):
    """A list of the rules with everything about the chosen one beside it."""

    def __init__(
        self,
        rules: Sequence[RuleEntry],
        memory: Memory,
        choose_new_file: Callable[[str, str, str], Path | None],
    ) -> None:
        """Show `rules`; `choose_new_file` asks where a PDF should lie."""
        super().__init__(tr("Deadline rules"))
        self._rules = tuple(rules)
        self._choose_new_file = choose_new_file
        self._words = {rule.id: _searchable(rule) for rule in rules}
        self.form.hide()
        self.search = TextField(hint=tr("Search: Medicare, Texas, 180, external review …"))
        self.search.setAccessibleName(tr("Search the rules"))
        self.group = _filter(tr("Kind of rule"), _offered(rules), tr("All rules"))
        self.kind = _filter(tr("Kind of plan"), choices(PROGRAMS), tr("All plans"))
        self.state = _filter(tr("State"), choices(STATES), tr("All states"))
        for field in (self.search, self.group, self.kind, self.state):
            field.changed.connect(self._find)
        self.found = muted("", wrap=False)
        self.list = ChooserList(tr("Rules"))
        self.list.chosen.connect(self._show)
        self.list.opened.connect(self._open)
        beside = QWidget()
        self._detail = column(4, 8)
        beside.setLayout(self._detail)
        self.panes = Panes(
            "rules",
            memory,
            [
                Pane(tr("Rules"), self.list, 1, 320),
                Pane(tr("The chosen rule"), Scrolling(beside), 1, 320),
            ],
        )
        self.panes.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Ignored)
        self.panes.setMinimumHeight(200)  # it scrolls itself
        made = QWidget()
        layout = QVBoxLayout(made)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(12)
        layout.addWidget(
            muted(
                tr("A tick stands where the program counts a date. The date in your letter always "
                   "comes first.")
            )
        )  # fmt: skip
        layout.addWidget(self.search)
        layout.addLayout(line(self.group, self.kind, self.state, stretch=False))
        layout.addWidget(self.panes, 1)
        tools = line(
            button(tr("Print …"), self._print, "print"),
            button(tr("Save as PDF …"), self.save, "save"),
        )
        tools.addWidget(self.found)
        layout.addLayout(tools)
        self.body.insertWidget(0, Scrolling(made), 1)
        self.body.setStretch(self.body.count() - 1, 0)
        self._find()
        self.search.setFocus()

    @property
    def shown(self) -> tuple[RuleEntry, ...]:
        """The rules that fit what was chosen and searched for."""
        wanted = self.search.value().casefold().split()
        group, kind, state = self.group.value(), self.kind.value(), self.state.value()
        return tuple(
            rule
            for rule in self._rules
            if (group is None or rule.group == group)
            and rule.fits(kind, state)
            and all(word in self._words[rule.id] for word in wanted)
        )

    @Slot()
    def _find(self) -> None:
        shown = self.shown
        self.list.set_lines([_line(rule) for rule in shown])
        if shown and not self.list.chosen_id:
            self.list.choose(shown[0].id)
        self.found.setText(count_of(len(shown), "{n} rule", "{n} rules"))
        if not shown:
            self._show("")

    @Slot(str)
    def _show(self, rule_id: str) -> None:
        emptied(self._detail)
        rule = next((rule for rule in self._rules if rule.id == rule_id), None)
        if rule is None:
            self._detail.addWidget(
                muted(tr("No rule fits all of this. Try fewer words, or another kind."))
            )
        else:
            self._detail.addWidget(muted(tr(GROUPS[rule.group])))
            self._detail.addWidget(section(rule.title))
            for heading, words in details(rule):
                self._detail.addSpacing(8)
                self._detail.addWidget(Label(heading, "strong"))
                self._detail.addWidget(copyable(words))
        self._detail.addStretch(1)

    @Slot(str)
    def _open(self, _rule_id: str) -> None:
        self.panes.show_pane(1)

    def _print(self) -> None:
        rules_on_paper(self.shown, self.windowTitle(), self)

    def save(self) -> None:
        """Ask for a place and write the shown rules there as a PDF."""
        self.problem.say("")
        target = self._choose_new_file(
            tr("Save the rules"), tr("Deadline rules.pdf"), tr("PDF files (*.pdf)")
        )
        if target is None:
            return
        try:
            rules_as_pdf(self.shown, self.windowTitle(), target)
        except UserError as error:
            self.problem.say(str(error))
        else:
            self.found.setText(tr("Saved: {name}", name=target.name))

    def sizeHint(self) -> QSize:
        """A large part of the screen: it is for reading."""
        screen = self.screen().availableSize()
        return QSize(
            min(px(1120), screen.width() * 9 // 10), min(px(720), screen.height() * 9 // 10)
        )


def _offered(rules: Sequence[RuleEntry]) -> list[tuple[str, str]]:
    there = {rule.group for rule in rules}
    return [(group.value, tr(words)) for group, words in GROUPS.items() if group in there]


def _filter(name: str, offered: list[tuple[str, str]], everything: str) -> ChoiceField[str]:
    field = ChoiceField(offered, unknown=everything)
    field.setAccessibleName(name)
    field.setMinimumContentsLength(_SHOWN)  # three stand side by side in large text, too
    return field


def _line(rule: RuleEntry) -> Line:
    icon, tone = _look(rule)
    told = (rule.window if rule.group not in _NO_TIME else "", where(rule), for_whom_short(rule))
    return Line(
        rule.id,
        rule.title,
        " · ".join(each for each in told if each),
        icon,
        tone,
        spoken_trailing=sure_short(rule),
    )


def _look(rule: RuleEntry) -> tuple[str, Tone]:
    if rule.counts_dates:
        return "check-circle", "good"
    return _NO_TIME.get(rule.group, "letter"), "muted"


def _searchable(rule: RuleEntry) -> str:
    said = " ".join(words for _heading, words in details(rule))
    return f"{rule.title} {tr(GROUPS[rule.group])} {said} {rule.window}".casefold()
