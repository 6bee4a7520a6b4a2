"""More about a claim, folded: its codes, and how much is asked for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from app.domain.claim import Claim
from app.storage.queries.care import confirmed_values
from ui.care_choices import Named
from ui.desk import Desk
from ui.dialogs.more import More
from ui.widgets.fields import ChoiceField, DateField, NumberField, TextField
from ui.widgets.text import quiet_button
from ui.wording import tr


@dataclass(frozen=True, kw_only=True, slots=True)
class ClaimMore:
    """What stands in the fold; the names are those of `Claim`."""

    facility_id: str | None
    diagnosis_codes: str
    service_codes: str
    asks_units: int | None
    asks_unit: str
    asks_from: date | None
    asks_until: date | None


class MoreAboutClaim(More):
    """The place of care, the codes of the request, and what is asked for in numbers."""

    def __init__(self, desk: Desk, providers: Sequence[Named], before: Claim | None) -> None:
        super().__init__(tr("More: place of care, codes, how much you ask for"))
        known = before or Claim(id="", title="", added_at=desk.binder.now())
        self.facility: ChoiceField[str] = ChoiceField(
            providers, unknown=tr("Not said"), value=known.facility_id
        )
        self.form.add(
            tr("Where is the care given?"),
            self.facility,
            tr("Hospitals, clinics and infusion centers are kept on the People page."),
        )
        self.diagnosis_codes = TextField(known.diagnosis_codes)
        self.service_codes = TextField(known.service_codes)
        self.form.add_beside(
            [
                (tr("Diagnosis codes"), self.diagnosis_codes),
                (tr("Service codes"), self.service_codes),
            ]
        )
        self._offer_read_codes(desk, known)
        self.asks_units = NumberField(known.asks_units)
        self.asks_unit = TextField(known.asks_unit, tr("infusions, visits"))
        self.form.add_beside(
            [(tr("How many do you ask for?"), self.asks_units), (tr("Of what?"), self.asks_unit)]
        )
        self.asks_from = DateField(desk.today, "near", known.asks_from)
        self.asks_until = DateField(desk.today, "near", known.asks_until)
        self.form.add_beside([(tr("From"), self.asks_from), (tr("Until"), self.asks_until)])
        self.open_if(
            known.facility_id, known.diagnosis_codes, known.service_codes, known.asks_units,
            known.asks_unit, known.asks_from, known.asks_until, *(codes for _, codes in self._read),
        )  # fmt: skip

    def _offer_read_codes(self, desk: Desk, known: Claim) -> None:
        """Offer the codes that a person confirmed in the claim's papers, where none is kept."""
        self._read = [
            (field, " ".join(desk.binder.ask(confirmed_values, known.id, name)))
            for field, name in ((self.diagnosis_codes, "icd10"), (self.service_codes, "procedure"))
            if not field.value()
        ]
        words = tr("Take the codes that you confirmed in its papers")
        self.fill = quiet_button(words, self._take_read, "check")
        self.form.add_widget(self.fill)
        self.fill.setVisible(any(codes for _, codes in self._read))

    def _take_read(self) -> None:
        for field, codes in self._read:
            field.set_value(codes)
        self.fill.hide()

    def value(self) -> ClaimMore:
        """Return what is filled in now."""
        return ClaimMore(
            facility_id=self.facility.value(),
            diagnosis_codes=self.diagnosis_codes.value(),
            service_codes=self.service_codes.value(),
            asks_units=self.asks_units.value(),
            asks_unit=self.asks_unit.value(),
            asks_from=self.asks_from.value(),
            asks_until=self.asks_until.value(),
        )
