"""Get the appeal out: the papers, a look over them, what they tell, and how it goes out."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from PySide6.QtCore import QSize, Qt, QTimer, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QStackedWidget, QWidget

from app.domain.errors import UserError
from app.operations.bundle_choices import PATIENT_SIGNS, Chosen, PaperChoice
from app.operations.bundle_look import Looked
from app.operations.bundle_plan import Form as Shape
from app.operations.bundle_plan import Wishes
from app.operations.preflight import Outgoing
from app.storage.queries.papers import PaperRow
from ui.bridges import JobBridge
from ui.dialogs.bundle_check import CheckStep, LearnStep
from ui.dialogs.bundle_form import FormStep
from ui.dialogs.bundle_paper import PagesAndInk, PagesDialog
from ui.dialogs.bundle_papers import PapersStep, going_in
from ui.dialogs.bundle_room import Room
from ui.style import px
from ui.widgets.dialog import AskDialog, ask
from ui.widgets.layout import Scrolling
from ui.widgets.lines import ChooserList, Line
from ui.wording import tr

LOOK_MS: Final = 350
"""So long after the last change it is looked over anew."""

STEPS: Final = (
    ("papers", "Papers", "papers"),
    ("check", "Check", "checklist"),
    ("learn", "What they learn", "people"),
    ("out", "How it goes out", "sent"),
)
Look = Callable[[Wishes, Shape, Outgoing], Looked]
"""Looks a bundle over; called on a thread."""

BlackOut = Callable[[QWidget, str, int], int | None]
"""Asks what is blacked out on a paper, from a page on; returns how many boxes it has then."""


@dataclass(frozen=True, slots=True)
class BundleInput:
    """The papers in order with the choice of each, the parts put in, and how it goes out.

    `look` says whether the finished PDF is to be opened. With `show` nothing is made: that part of
    the claim is to be shown instead.
    """

    choices: tuple[PaperChoice, ...]
    parts: tuple[str, ...]
    shape: Shape
    outgoing: Outgoing
    look: bool = True
    show: str = ""


class BundleDialog(AskDialog[BundleInput]):
    """Four steps side by side; the PDF can be made from any of them."""

    def __init__(
        self,
        jobs: JobBridge,
        chosen: Chosen,
        boxes: Mapping[str, int],
        *,
        look: Look,
        black_out: BlackOut,
        speaker: str = "",
    ) -> None:
        """Begin with what was `chosen`; `boxes` counts what is blacked out, by paper.

        `speaker` is who may speak for the patient, if anybody is named.
        """
        super().__init__(tr("Get the appeal out"), tr("Make the PDF …"))
        self._jobs, self._look, self._black_out = jobs, look, black_out
        self._names = {paper.id: paper.name for paper in chosen.papers}
        self._looking = self._again = False
        self._show = ""
        self.papers = PapersStep(
            chosen, boxes, ask_pages=self._ask_pages, black_out=lambda key: self._cover(key, 1)
        )
        self.check = CheckStep(self._cover, self._show_tab)
        self.learn = LearnStep(self._cover)
        self.out = FormStep(speaker, patient_signs=PATIENT_SIGNS in chosen.parts)
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(LOOK_MS)
        self._rest.timeout.connect(self._look_over)
        self._build()
        self.papers.changed.connect(self._rest.start)
        self.out.changed.connect(self._rest.start)
        self._look_over()

    def _build(self) -> None:
        self.form.hide()
        self.steps = ChooserList(tr("Steps"), boxed=False)
        self.steps.set_lines(_lines(0))
        self.stack = QStackedWidget()
        for page in (Scrolling(self.papers), self.check, self.learn, Scrolling(self.out)):
            self.stack.addWidget(page)
        self._middle = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._middle.setSpacing(24)
        self._middle.addWidget(self.steps)
        self._middle.addWidget(Room(self.stack, QSize(320, 260)), 1)
        self.body.insertLayout(0, self._middle, 1)
        self.body.setStretch(self.body.count() - 1, 0)
        self.steps.chosen.connect(self._go_to)
        self.steps.choose("papers")
        self._fit()

    # ------------------------------------------------------------------ steps

    @Slot(str)
    def _go_to(self, step: str) -> None:
        names = [name for name, _, _ in STEPS]
        if step in names:
            self.stack.setCurrentIndex(names.index(step))

    def show_step(self, step: str) -> None:
        """Open a step by its name."""
        self.steps.choose(step)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """Put the steps above what they open where the window is too narrow for both."""
        narrow = self.width() < px(620)
        rows = self.steps.sizeHintForRow(0) * len(STEPS) + 8
        direction = QBoxLayout.Direction
        self._middle.setDirection(direction.TopToBottom if narrow else direction.LeftToRight)
        self.steps.setMaximumHeight(rows)
        self.steps.setMinimumHeight(rows)
        self.steps.setFixedWidth(px(224) if not narrow else max(px(224), self.width() - 80))
        side = Qt.AlignmentFlag.AlignTop
        self._middle.setAlignment(self.steps, side)

    def sizeHint(self) -> QSize:
        """Room for a list of papers and a few findings."""
        screen = self.screen().availableSize()
        return QSize(
            min(max(px(980), 1040), screen.width() * 9 // 10),
            min(max(px(760), 840), screen.height() * 9 // 10),
        )

    # ------------------------------------------------------------------ looking over

    @Slot()
    def _look_over(self) -> None:
        """Look over what is chosen now, on a thread; one look at a time, the newest last."""
        if self._looking:
            self._again = True
            return
        self._looking, self._again = True, False
        look, wishes, outgoing = self._look, self._wishes(), self.out.outgoing()
        try:
            shape = self.out.shape()
        except UserError:
            shape = Shape()
        papers = going_in(self.papers.choices())
        if not self.check.findings:
            self.check.wait()
            self.learn.wait()

        def done(looked: Looked) -> None:
            self._looking = False
            self.check.show_findings(looked.findings)
            self.learn.show_learned(looked.learned, self._names)
            self.out.show_size(papers, looked.about)
            self.steps.set_lines(_lines(len(looked.findings)))
            if self._again:
                self._look_over()

        def failed(error: BaseException) -> None:
            self._looking = False
            if not isinstance(error, UserError):
                self._jobs.failed.emit(error)
                return
            self.problem.say(str(error))

        self._jobs.run(
            "", lambda _progress: look(wishes, shape, outgoing), done, failed, owner=self
        )

    def _wishes(self) -> Wishes:
        return wishes_of(self.papers.choices(), self._parts())

    def _parts(self) -> tuple[str, ...]:
        signs = (PATIENT_SIGNS,) if self.out.patient_signs.value() else ()
        return (*self.papers.chosen_parts(), *signs)

    # ------------------------------------------------------------------ asking more

    def _ask_pages(self, paper: PaperRow, now: PaperChoice) -> PaperChoice | None:
        dialog = PagesDialog(paper.name, paper.pages, PagesAndInk(now.pages, now.ink))
        dialog.setParent(self, dialog.windowFlags())
        given = ask(dialog)
        return replace(now, pages=given.pages, ink=given.ink) if given else None

    def _cover(self, document_id: str, page: int) -> None:
        """Show a page, where parts of it can be blacked out."""
        count = self._black_out(self, document_id, page)
        if count is not None and self.papers.row_of(document_id):
            self.papers.show_boxes(document_id, count)
            self._look_over()

    def _show_tab(self, tab: str) -> None:
        """Leave, with what was chosen, to where something can be mended."""
        self._show = tab
        self.accept()
        self._show = ""

    def answer(self) -> BundleInput:
        """Return what is chosen now.

        Raises:
            UserError: no paper is ticked, or a limit is no number.
        """
        choices = self.papers.choices()
        if not self._show and not going_in(choices):
            self.show_step("papers")
            raise UserError(tr("Tick at least one paper."))
        return BundleInput(
            choices=choices,
            parts=self._parts(),
            shape=Shape() if self._show else self.out.shape(),
            outgoing=self.out.outgoing(),
            look=self.out.look.value(),
            show=self._show,
        )


def wishes_of(choices: Sequence[PaperChoice], parts: Sequence[str]) -> Wishes:
    """Return choices as wishes for one bundle."""
    return Wishes(
        put_in=[each.document_id for each in choices if each.goes_in],
        left_out=[each.document_id for each in choices if not each.goes_in],
        order=[each.document_id for each in choices],
        pages={each.document_id: each.pages for each in choices},
        parts=parts,
    )


def _lines(findings: int) -> list[Line]:
    """Return the steps as lines; the check says how much is worth a look."""
    return [
        Line(
            name,
            tr(words),
            icon=icon,
            trailing=str(findings) if name == "check" and findings else "",
            trailing_tone="accent",
            spoken_trailing=tr("{n} worth a look", n=findings) if name == "check" else "",
        )
        for name, words, icon in STEPS
    ]
