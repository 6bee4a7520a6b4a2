"""A treatment that was tried: what it was, when, what came of it, and the paper that proves it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Slot

from app.domain.errors import UserError
from app.domain.treatment import Treatment
from ui.care_choices import Named
from ui.care_names import OUTCOMES, PRODUCTS, ROUTES
from ui.desk import Desk
from ui.dialogs.more import More
from ui.names import choices
from ui.widgets.dialog import AskDialog
from ui.widgets.fields import ChoiceField, NoteField, NumberField, TextField
from ui.widgets.partial_dates import PartialDateField
from ui.wording import tr


@dataclass(frozen=True, kw_only=True, slots=True)
class TreatmentInput:
    """The fields of a treatment as filled in; their names are those of `Treatment`."""

    what: str
    route: str
    product: str
    dose: str
    began: str
    ended: str
    outcome: str
    reaction: str
    provider_id: str | None
    document_id: str | None
    page: int | None
    note: str


class TreatmentDialog(AskDialog[TreatmentInput]):
    """Asks what was tried; only its name is needed, and a year is enough for a day."""

    def __init__(
        self,
        desk: Desk,
        providers: Sequence[Named],
        papers: Sequence[Named],
        before: Treatment | None = None,
    ) -> None:
        """Make the form; `papers` may prove it, `before` is the treatment to change."""
        super().__init__(
            tr("Change a treatment") if before else tr("A treatment that was tried"),
            tr("Save") if before else tr("Add"),
        )
        known = before or Treatment(id="", claim_id="", what="", added_at=desk.binder.now())
        self._ask_what(desk, known)
        self._ask_proof(papers, known)
        self.more = More(tr("More about this treatment"))
        self._ask_more(providers, known)
        self.form.add_widget(self.more)
        self.proof.changed.connect(self._show)
        self._show()

    def _ask_what(self, desk: Desk, known: Treatment) -> None:
        form = self.form
        self.what = form.add(
            tr("Which drug or therapy?"),
            TextField(known.what, tr("For example: iron tablets (ferrous sulfate)")),
        )
        self.route = ChoiceField(choices(ROUTES), unknown=tr("Not said"), value=known.route or None)
        self.dose = TextField(known.dose, tr("325 mg once a day"))
        form.add_beside([(tr("How was it given?"), self.route), (tr("Dose"), self.dose)])
        self.began = PartialDateField(desk.today, known.began)
        self.ended = PartialDateField(desk.today, known.ended)
        form.add_beside([(tr("From"), self.began), (tr("Until"), self.ended)])
        self.outcome = form.add(
            tr("What came of it?"),
            ChoiceField(choices(OUTCOMES), unknown=tr("Not said"), value=known.outcome or None),
        )
        self.reaction = form.add(
            tr("What happened? In your own words"),
            NoteField(known.reaction, tr("For example: vomiting after each tablet"), lines=2),
        )

    def _ask_proof(self, papers: Sequence[Named], known: Treatment) -> None:
        self.proof: ChoiceField[str] = ChoiceField(
            papers, unknown=tr("None yet"), value=known.document_id
        )
        self.form.add(
            tr("Which paper proves it?"),
            self.proof,
            tr("A note of the doctor, a lab result, a list of the pharmacy."),
        )
        self.page = self.form.add(tr("On which page of it?"), NumberField(known.page))

    def _ask_more(self, providers: Sequence[Named], known: Treatment) -> None:
        form = self.more.form
        self.product = form.add(
            tr("Which kind of product?"),
            ChoiceField(choices(PRODUCTS), unknown=tr("Not said"), value=known.product or None),
        )
        self.provider: ChoiceField[str] = ChoiceField(
            providers, unknown=tr("Not said"), value=known.provider_id
        )
        form.add(tr("Who gave or ordered it?"), self.provider)
        self.note = form.add(tr("Notes for yourself"), NoteField(known.note, lines=2))
        self.more.open_if(known.product, known.provider_id, known.note)

    @Slot()
    def _show(self) -> None:
        """A page is asked for only where there is a paper."""
        self.form.set_row_visible(self.page, self.proof.value() is not None)

    @Slot()
    def accept(self) -> None:
        """Give the answer; what cannot be read in the fold is unfolded and shown."""
        if self.more.check():
            super().accept()

    def answer(self) -> TreatmentInput:
        """Return what is filled in now."""
        if not self.what.value():
            raise UserError(tr("Which drug or therapy was it? Write its name."))
        return TreatmentInput(
            what=self.what.value(),
            route=self.route.value() or "",
            product=self.product.value() or "",
            dose=self.dose.value(),
            began=self.began.value(),
            ended=self.ended.value(),
            outcome=self.outcome.value() or "",
            reaction=self.reaction.value(),
            provider_id=self.provider.value(),
            document_id=self.proof.value(),
            page=self.page.value() if self.proof.value() else None,
            note=self.note.value(),
        )
