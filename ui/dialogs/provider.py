"""A doctor, a place of care, a pharmacy or a laboratory."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import Slot

from app.domain.provider import Provider
from ui.care_names import COMPOUNDINGS, NETWORKS, PROVIDER_KINDS, SETTINGS
from ui.desk import Desk
from ui.dialogs.more import More
from ui.names import choices
from ui.widgets.dialog import AskDialog
from ui.widgets.fields import ChoiceField, DateField, NoteField, TextField
from ui.wording import tr


@dataclass(frozen=True, kw_only=True, slots=True)
class ProviderInput:
    """The fields of a provider as filled in; their names are those of `Provider`."""

    name: str
    kind: str
    setting: str
    network: str
    npi: str
    specialty: str
    credentials: str
    license: str
    accreditation: str
    accredited_until: date | None
    compounding: str
    address: str
    phone: str
    fax: str
    note: str


class ProviderDialog(AskDialog[ProviderInput]):
    """Asks for a name first; all else may stay empty."""

    def __init__(self, desk: Desk, before: Provider | None = None) -> None:
        """Make the form; `before` is the provider to change."""
        super().__init__(
            tr("Change a doctor or place") if before else tr("Add a doctor or place"),
            tr("Save") if before else tr("Add"),
        )
        known = before or Provider(id="", name="", added_at=desk.binder.now())
        form = self.form
        self.name = form.add(tr("Name"), TextField(known.name, tr("As it is on the letters")))
        self.kind = form.add(
            tr("What is it?"), ChoiceField(choices(PROVIDER_KINDS), value=known.kind)
        )
        self.setting = form.add(
            tr("Where is the care given?"),
            ChoiceField(choices(SETTINGS), unknown=tr("Not said"), value=known.setting or None),
            tr("For many plans the place decides what they pay."),
        )
        self.network = form.add(
            tr("Does the plan have a contract with them?"),
            ChoiceField(choices(NETWORKS), unknown=tr("I don't know"), value=known.network or None),
        )
        self.npi, self.phone = TextField(known.npi), TextField(known.phone)
        form.add_beside([(tr("NPI number"), self.npi), (tr("Phone"), self.phone)])
        self.compounding = form.add(
            tr("Does it make drugs itself?"),
            ChoiceField(
                choices(COMPOUNDINGS), unknown=tr("No, or not known"),
                value=known.compounding or None,
            ),
        )  # fmt: skip
        self.more = More(tr("More: license, accreditation, address"))
        self._ask_more(desk, known)
        form.add_widget(self.more)
        self.kind.changed.connect(self._show)
        self._show()

    def _ask_more(self, desk: Desk, known: Provider) -> None:
        form = self.more.form
        self.specialty = TextField(known.specialty, tr("hematology"))
        self.license = TextField(known.license)
        form.add_beside([(tr("Specialty"), self.specialty), (tr("License"), self.license)])
        self.credentials = form.add(
            tr("Credentials"), TextField(known.credentials, tr("MD, board certified in …"))
        )
        self.accreditation = TextField(known.accreditation, tr("ACHC, AAAHC …"))
        self.accredited_until = DateField(desk.today, "future", known.accredited_until)
        form.add_beside(
            [(tr("Accredited by"), self.accreditation), (tr("until"), self.accredited_until)]
        )
        self.address = form.add(tr("Address"), NoteField(known.address, lines=3))
        self.fax = form.add(tr("Fax"), TextField(known.fax))
        self.note = form.add(tr("Notes for yourself"), NoteField(known.note, lines=2))
        self.more.open_if(
            known.specialty, known.license, known.credentials, known.accreditation,
            known.accredited_until, known.address, known.fax, known.note,
        )  # fmt: skip

    @Slot()
    def _show(self) -> None:
        """Only a pharmacy makes drugs; it is also asked where that is known already."""
        made = self.kind.value() == "pharmacy" or self.compounding.value() is not None
        self.form.set_row_visible(self.compounding, made)

    @Slot()
    def accept(self) -> None:
        """Give the answer; what cannot be read in the fold is unfolded and shown."""
        if self.more.check():
            super().accept()

    def answer(self) -> ProviderInput:
        """Return what is filled in now."""
        return ProviderInput(
            name=self.name.value(),
            kind=self.kind.value() or "doctor",
            setting=self.setting.value() or "",
            network=self.network.value() or "",
            npi=self.npi.value(),
            specialty=self.specialty.value(),
            credentials=self.credentials.value(),
            license=self.license.value(),
            accreditation=self.accreditation.value(),
            accredited_until=self.accredited_until.value(),
            compounding=self.compounding.value() or "",
            address=self.address.value(),
            phone=self.phone.value(),
            fax=self.fax.value(),
            note=self.note.value(),
        )
