"""What was tried for a claim and what came of it; below, the diary with its fast entry."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from typing import Final

from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from app.domain.treatment import Treatment
from app.operations import trash, treatments
from app.storage.queries.care import TreatmentTried, treatments_of
from app.storage.queries.records import record
from ui.care_choices import offered_papers, offered_providers
from ui.care_names import FAILED, how_words, outcome_words, when_words
from ui.desk import Desk
from ui.dialogs import values_of
from ui.dialogs.treatment import TreatmentDialog, TreatmentInput
from ui.pages.care_deeds import CareLine, change_button, paper_button, trash_button
from ui.pages.claim_diary import DiaryPart
from ui.shell import BannerAction, Shell
from ui.style import Tone
from ui.widgets.flow import flow
from ui.widgets.layout import Scrolling, column, emptied, rule
from ui.widgets.text import Label, LabelLook, button, muted, quiet_button, section
from ui.wording import count_of, tr

_LOOKS: Final[dict[str, tuple[str, Tone, LabelLook]]] = {
    "helped": ("check-circle", "good", "good"),
    "helped_some": ("check-circle", "good", "good"),
    "no_effect": ("close", "warning", "warning"),
    "reaction": ("warning", "danger", "danger"),
    "not_tolerated": ("warning", "danger", "danger"),
    "stopped": ("stop", "ink", "body"),
    "ongoing": ("hourglass", "ink", "body"),
}
_NO_LOOK: Final[tuple[str, Tone, LabelLook]] = ("circle", "muted", "muted")


class TreatmentsPart(QWidget):
    """The tab of a claim: treatments in the order of time, the diary below them."""

    def __init__(self, desk: Desk, shell: Shell) -> None:
        super().__init__()
        self._desk, self._shell = desk, shell
        self._claim_id = ""
        self._rows: tuple[TreatmentTried, ...] = ()
        self._shown: dict[str, CareLine] = {}
        self.summary = muted("")
        self.lines = QVBoxLayout()
        self.lines.setSpacing(4)
        self.diary = DiaryPart(desk, shell)
        self.add_one = button(tr("Add a treatment …"), self.add, "plus")
        self.to_diary = quiet_button(tr("Write in the diary"), self._go_to_diary, "note")
        inner = QWidget()
        inside = column(8)
        inside.setContentsMargins(0, 0, 8, 8)
        inside.addWidget(section(tr("Treatments tried")))
        inside.addWidget(self.summary)
        inside.addWidget(flow(self.add_one, self.to_diary))
        inside.addLayout(self.lines)
        inside.addSpacing(16)
        inside.addWidget(self.diary, 1)
        inner.setLayout(inside)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        self._scroll = Scrolling(inner, least=240)
        layout.addWidget(self._scroll)

    def show_claim(self, claim_id: str) -> None:
        """Show the treatments and the diary of a claim."""
        self._claim_id = claim_id
        rows = tuple(self._desk.binder.ask(treatments_of, claim_id))
        self.summary.setText(_summary(rows) if rows else tr(_TEACH))
        if rows != self._rows:
            self._rows = rows
            self._fill()
        self.diary.show_claim(claim_id)

    def _fill(self) -> None:
        """Show the treatments anew; the keys stay on the one they were on."""
        at = self.focusWidget()
        held = next(
            (key for key, shown in self._shown.items() if at and shown.isAncestorOf(at)), ""
        )
        emptied(self.lines)
        self._shown = {tried.treatment.id: self._line(tried) for tried in self._rows}
        for shown in self._shown.values():
            self.lines.addWidget(rule())
            self.lines.addWidget(shown)
        if held:
            line = self._shown.get(held)
            again = line.findChild(QPushButton) if line else None
            (again or self.add_one).setFocus()

    def show_record(self, kind: str, record_id: str) -> None:
        """Bring a treatment into view, or the diary."""
        shown = self.diary if kind == "diary_line" else self._shown.get(record_id)
        if shown is not None:
            self._scroll.ensureWidgetVisible(shown)

    def _line(self, tried: TreatmentTried) -> CareLine:
        one = tried.treatment
        icon, tone, look = _LOOKS.get(one.outcome, _NO_LOOK)
        name = Label(one.what, "strong")
        how = " · ".join(part for part in (when_words(one), how_words(one), tried.provider) if part)
        said = [name, *([muted(how)] if how else [])]
        if outcome := outcome_words(one):
            said.append(Label(outcome, look))
        said.append(muted(_proof(tried)))
        proof = one.document_id if tried.paper else None
        opened = [paper_button(self._shell, proof, one.page)] if proof else []
        change = change_button(one.what, partial(self.change, one.id))
        remove = trash_button(one.what, partial(self._to_trash, one.id))
        return CareLine(icon, tone, said, [change, *opened, remove])

    # ------------------------------------------------------------------ doing

    def _go_to_diary(self) -> None:
        """Bring the line to write in into view."""
        self._scroll.ensureWidgetVisible(self.diary)
        self.diary.text.setFocus()

    def add(self) -> None:
        """Ask for a treatment that was tried."""

        def do(given: TreatmentInput) -> None:
            treatments.add_treatment(self._desk.binder, self._claim_id, **values_of(given))

        self._shell.ask_dialog(self._dialog(None), do)

    def change(self, treatment_id: str) -> None:
        """Ask again about a treatment."""
        before = self._desk.binder.ask(record, "treatment", treatment_id)
        if not isinstance(before, Treatment):
            return

        def do(given: TreatmentInput) -> None:
            treatments.change_treatment(self._desk.binder, replace(before, **values_of(given)))

        self._shell.ask_dialog(self._dialog(before), do)

    def _dialog(self, before: Treatment | None) -> TreatmentDialog:
        binder = self._desk.binder
        providers = offered_providers(binder, before.provider_id if before else None)
        papers = offered_papers(binder, self._claim_id, before.document_id if before else None)
        return TreatmentDialog(self._desk, providers, papers, before)

    def _to_trash(self, treatment_id: str) -> None:
        trash.put_in_trash(self._desk.binder, [("treatment", treatment_id)])
        undo = BannerAction(tr("Undo"), self._desk.binder.undo)
        self._shell.say(tr("The treatment is in the trash."), undo)


_TEACH: Final = (
    "Write down what was tried before: each drug and therapy, from when until when, and what came "
    "of it. Failed attempts are often what a plan asks for."
)


def _summary(rows: Sequence[TreatmentTried]) -> str:
    """Return how many attempts failed, by mouth too, and how many have no paper."""
    failed = [row.treatment for row in rows if row.treatment.outcome in FAILED]
    oral = sum(1 for each in failed if each.route == "oral")
    bare = sum(1 for row in rows if row.paper is None)
    parts = (
        count_of(len(failed), "{n} failed attempt", "{n} failed attempts") if failed else "",
        tr("{n} of them by mouth", n=oral) if oral else "",
        tr("{n} without a paper that proves it", n=bare) if bare else tr("each with its paper"),
    )
    return " · ".join(part for part in parts if part)


def _proof(tried: TreatmentTried) -> str:
    if tried.paper is None:
        return tr("No paper proves it yet.")
    page = tried.treatment.page
    if page:
        return tr("Proof: {paper}, page {page}", paper=tried.paper, page=page)
    return tr("Proof: {paper}", paper=tried.paper)
