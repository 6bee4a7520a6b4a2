"""How a bundle goes out: for whom it is made, in parts of which size, on which paper."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.domain.bundle import FAX_PAGES, PORTAL_BYTES
from app.domain.errors import UserError
from app.operations.bundle_plan import Form as Shape
from app.operations.bundle_sizes import AboutSizes
from app.operations.preflight import Outgoing
from ui.widgets.fields import CheckField, ChoiceField, NumberField
from ui.widgets.form import Form
from ui.widgets.text import muted
from ui.wording import count_of, tr

_MEGABYTE: Final = 1_000_000
PROFILES: Final = (
    ("print", "On paper, by mail or by hand"),
    ("portal", "Through their website, in parts"),
    ("fax", "By fax, in black and white"),
    ("reviewer", "To be read on a screen, as sharp as can be"),
)
_WAY_OF: Final = {"print": "mail", "portal": "portal", "fax": "fax", "reviewer": ""}
"""How a bundle of a profile usually leaves the house, as the last day is looked at."""


class FormStep(QWidget):
    """The last step. `changed` comes with each choice."""

    changed = Signal()

    def __init__(self, speaker: str = "", *, patient_signs: bool = False) -> None:
        """Begin on paper; `speaker` is who may speak for the patient, and else signs."""
        super().__init__()
        self.form = Form()
        self.profile = self.form.add(
            tr("How will it go out?"),
            ChoiceField([(key, tr(words)) for key, words in PROFILES], value="print"),
        )
        self.mail_days = self.form.add(
            tr("How many days will the mail take, as far as you know?"),
            NumberField(),
            tr("The program knows no times of the mail. With your guess it can compare it with "
               "the last day."),
        )  # fmt: skip
        self.megabytes = self.form.add(
            tr("How large may one file be, in megabytes?"),
            NumberField(PORTAL_BYTES // _MEGABYTE),
            tr("The website says it where you choose the file."),
        )
        self.pages = self.form.add(tr("How many pages may one fax have?"), NumberField(FAX_PAGES))
        self.paper = self.form.add(
            tr("Size of the paper"),
            ChoiceField([("letter", tr("US Letter")), ("a4", tr("A4"))], value="letter"),
        )
        self.patient_signs = CheckField(
            tr("The patient signs, not {name}", name=speaker), value=patient_signs
        )
        self.form.add("", self.patient_signs)
        self.form.set_row_visible(self.patient_signs, bool(speaker))
        self.look = CheckField(tr("Open the PDF to look at it when it is ready"))
        self.look.set_value(True)
        self.form.add("", self.look)
        self.amount = muted("")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(16)
        layout.addWidget(self.form)
        layout.addWidget(self.amount)
        layout.addStretch(1)
        self.profile.changed.connect(self._show)
        for field in (
            self.mail_days, self.megabytes, self.pages, self.paper, self.patient_signs,
        ):  # fmt: skip
            field.changed.connect(self.changed)
        self._show()

    @Slot()
    def _show(self) -> None:
        """Ask only what matters for this way."""
        way = self.profile.value()
        self.form.set_row_visible(self.mail_days, way == "print")
        self.form.set_row_visible(self.megabytes, way == "portal")
        self.form.set_row_visible(self.pages, way == "fax")
        self.changed.emit()

    def show_size(self, papers: int, about: AboutSizes) -> None:
        """Say about how much the bundle will be, before anything is made."""
        size = about.bytes / _MEGABYTE
        words = [
            count_of(papers, "{n} paper", "{n} papers"),
            tr("about {n} MB", n=f"{size:,.0f}" if size >= 10 else f"{max(size, 0.1):.1f}"),
            count_of(about.pages, "about {n} page", "about {n} pages"),
        ]
        if about.parts > 1:
            words.append(tr("in about {n} parts", n=about.parts))
        self.amount.setText(" · ".join(words))

    def shape(self) -> Shape:
        """Return how it goes out.

        Raises:
            UserError: a limit is no number that a file or a fax can keep.
        """
        profile = self.profile.value() or "print"
        megabytes = self.megabytes.value() if profile == "portal" else None
        pages = self.pages.value() if profile == "fax" else None
        if megabytes is not None and megabytes < 1:
            raise UserError(tr("One file needs one megabyte at least."))
        if pages is not None and pages < 2:
            raise UserError(tr("One fax needs two pages at least: one is its cover sheet."))
        return Shape(
            profile=profile,
            paper=self.paper.value() or "letter",
            max_bytes=megabytes * _MEGABYTE if megabytes else None,
            max_pages=pages,
        )

    def outgoing(self) -> Outgoing:
        """Return how it will leave the house, with the person's own guess of the mail."""
        profile = self.profile.value() or "print"
        try:
            days = self.mail_days.value() if profile == "print" else None
        except UserError:
            days = None
        return Outgoing(way=_WAY_OF[profile], mail_days=days)
