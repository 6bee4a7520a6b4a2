"""The days kept in reserve: how long before the last day one wants to have filed."""

from __future__ import annotations

from app.domain.choice import SUGGESTED_BUFFER_DAYS
from app.domain.errors import UserError
from ui.widgets.dialog import AskDialog
from ui.widgets.fields import NumberField
from ui.widgets.flow import flow
from ui.widgets.text import label, quiet_button
from ui.wording import tr


class ReserveDialog(AskDialog[int]):
    """Asks for a number of days; what it moves is shown before it is accepted."""

    def __init__(self, days: int) -> None:
        """Make the form; `days` are kept in reserve now."""
        super().__init__(tr("Days in reserve"), tr("Go on"))
        self.form.add_widget(
            label(
                tr("Mail gets lost, and many plans count the day on which your papers arrive. "
                   "So the calendar can aim for some days before the last day.")
            )
        )  # fmt: skip
        self.days = self.form.add(
            tr("How many days before the last day do you want to have filed?"),
            NumberField(days),
            tr("We suggest {n}. The last days themselves never move.", n=SUGGESTED_BUFFER_DAYS),
        )
        suggest = tr("Take {n} days", n=SUGGESTED_BUFFER_DAYS)
        self.suggested = quiet_button(
            suggest, lambda: self.days.set_value(SUGGESTED_BUFFER_DAYS), "check"
        )
        self.form.add_widget(flow(self.suggested))

    def answer(self) -> int:
        """Return what is filled in now."""
        days = self.days.value()
        if days is None:
            raise UserError(tr("Enter a number of days, 0 for none."))
        return days
