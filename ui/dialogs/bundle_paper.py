"""Which pages of one paper go in, and how they are printed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from app.operations.bundle_choices import parsed_pages
from ui.widgets.dialog import AskDialog
from ui.widgets.fields import ChoiceField, TextField
from ui.widgets.text import label
from ui.wording import count_of, tr

INKS: Final = (("color", "As it is, in color"), ("black", "Black on white, clear for a fax"))


@dataclass(frozen=True, slots=True)
class PagesAndInk:
    """The pages as “1-3, 5”, empty for all; the ink, empty for what suits the way it goes out."""

    pages: str
    ink: str


class PagesDialog(AskDialog[PagesAndInk]):
    """Asks for the pages and the ink of one paper."""

    def __init__(self, name: str, pages: int | None, now: PagesAndInk) -> None:
        super().__init__(tr("Pages and ink"), tr("Use this"))
        about = count_of(pages, "{n} page", "{n} pages") if pages else ""
        self.form.add_widget(label(f"{name} · {about}" if about else name))
        self.pages = self.form.add(
            tr("Which pages go in?"),
            TextField(now.pages, tr("All pages")),
            tr("Like 1-3, 5. Leave it empty for all pages."),
        )
        self.ink = self.form.add(
            tr("How is it printed?"),
            ChoiceField(
                [(key, tr(words)) for key, words in INKS],
                unknown=tr("As suits the way it goes out"),
                value=now.ink or None,
            ),
        )

    def answer(self) -> PagesAndInk:
        """Return what is filled in now.

        Raises:
            UserError: these are no pages.
        """
        parsed_pages(self.pages.value())
        return PagesAndInk(self.pages.value(), self.ink.value() or "")
