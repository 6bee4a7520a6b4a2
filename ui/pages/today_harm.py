"""Whether waiting could harm: asked again, calmly, about one denial that was filed without it."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import Final

from PySide6.QtWidgets import QFrame

from app.domain.denial import Denial
from app.operations.denials import answer_of
from app.storage.queries.dates import OpenDenial, open_denials
from ui.desk import Desk
from ui.dialogs.denial_words import HARM_QUESTION, harm_meant
from ui.pages.due_deed import Deed, deed_buttons
from ui.shell import Shell
from ui.widgets.layout import column
from ui.widgets.text import Label, label
from ui.wording import tr

_WHY: Final = "If it could, a fast appeal may be asked for today."


def not_asked(desk: Desk) -> dict[str, OpenDenial]:
    """Return the open denials about which nobody has said whether waiting could harm."""
    return {
        row.denial.id: row
        for row in desk.binder.ask(open_denials)
        if not (row.denial.urgent or row.denial.continuing)
    }


class HarmQuestion(QFrame):
    """The question about one denial; `with_claim` names it where its own line is not above."""

    def __init__(self, desk: Desk, shell: Shell, row: OpenDenial, *, with_claim: bool) -> None:
        super().__init__()
        layout = column(4)
        self.setLayout(layout)
        if with_claim:
            self.setProperty("look", "banner")
            layout.setContentsMargins(16, 12, 16, 12)
            whose = (tr("They said no"), row.claim, row.patient)
            layout.addWidget(Label(" · ".join(filter(None, whose)), "strong"))
        layout.addWidget(label(f"{tr(HARM_QUESTION)} {tr(_WHY)}"))
        say = partial(_say, desk, shell, row.denial)
        layout.addWidget(
            deed_buttons(
                (
                    Deed(tr("Yes …"), "", partial(_tell_more, desk, shell, row.denial)),
                    Deed(tr("I am not sure"), "", partial(say, "unsure")),
                    Deed(tr("No"), "", partial(say, "no")),
                )
            )
        )


def _tell_more(desk: Desk, shell: Shell, denial: Denial) -> None:
    """Open the denial: its first question tells harm from treatment that is running."""
    from ui.pages.denial_steps import ask_denial  # noqa: PLC0415 - its form is loaded when asked

    ask_denial(desk, shell, denial.id)


def _say(desk: Desk, shell: Shell, denial: Denial, harm: str) -> None:
    from ui.pages.denial_steps import save_denial  # noqa: PLC0415 - see above

    urgent, continuing = harm_meant(harm)
    answer = replace(answer_of(denial), urgent=urgent, continuing=continuing)
    save_denial(desk, shell, denial.id, answer)
