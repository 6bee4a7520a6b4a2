"""What to do where a paper cannot go in, or the finished bundle did not pass its check."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from app.domain.bundle import Gap
from app.domain.errors import UserError
from ui.widgets.dialog import AskDialog
from ui.widgets.fields import ChoiceField
from ui.widgets.text import button, label, muted
from ui.wording import tr


class GapsDialog(AskDialog[bool]):
    """Names the papers that cannot go in, and asks whether a page may stand in for each."""

    def __init__(self, gaps: Sequence[Gap]) -> None:
        super().__init__(tr("Some papers cannot go in"), tr("Go on with a page for each"))
        for gap in gaps:
            self.form.add_widget(label(f"{gap.name}: {gap.reason}"))
        words = tr("A page with the name and the reason would stand in its place. "
                   "Nothing has been written yet.")  # fmt: skip
        self.form.add_widget(muted(words))

    def answer(self) -> bool:
        """Return that it may go on."""
        return True


@dataclass(frozen=True, slots=True)
class AnotherWay:
    """Make it without this paper; without one, hand out the originals with a plain cover."""

    without: str = ""


class AnotherWayDialog(AskDialog[AnotherWay]):
    """Says what failed, and offers the two ways that are left: it may be the last day."""

    def __init__(self, failed: str, papers: Sequence[tuple[str, str]]) -> None:
        """Offer the `papers`, id and name, of which one may be the cause."""
        super().__init__(tr("The bundle did not pass its check"), tr("Make it without this paper"))
        self._originals = False
        self.form.add_widget(label(failed))
        self.paper = self.form.add(
            tr("Which paper shall stay out?"),
            ChoiceField(papers, unknown=tr("Choose a paper"), value=None),
        )
        self.form.add_widget(
            muted(tr("Or take the originals: copies of your files, numbered in their order, with a "
                     "plain cover to print. What is blacked out stays out of them."))
        )  # fmt: skip
        self.originals = button(tr("Originals with a plain cover …"), self.take_originals, "print")
        self.buttons.insertWidget(0, self.originals)

    def take_originals(self) -> None:
        """Choose the originals."""
        self._originals = True
        self.accept()

    def answer(self) -> AnotherWay:
        """Return the way that was chosen.

        Raises:
            UserError: no paper is chosen.
        """
        if self._originals:
            return AnotherWay()
        paper = self.paper.value()
        if paper is None:
            raise UserError(tr("Choose the paper that shall stay out."))
        return AnotherWay(without=paper)
