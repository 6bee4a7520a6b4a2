"""From “make the bundle” to the file in its folder, with nothing left out in silence."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QWidget

from app.binder import Binder
from app.domain.bundle import BlackBox, BoundBundle
from app.domain.errors import UserError
from app.jobs import Progress
from app.operations.black_outs import black_boxes, set_black_outs
from app.operations.bundle_case import case_of
from app.operations.bundle_choices import choose, chosen_for
from app.operations.bundle_look import Looked, look_over
from app.operations.bundle_originals import HandedOut, hand_out_originals
from app.operations.bundle_plan import Form, Wishes, plan_bundle
from app.operations.bundles import BundleCheckError, bind_bundle
from app.operations.preflight import Outgoing
from app.operations.saved_bundles import NOT_KEPT, freeze_bundle
from app.storage.queries.papers import page_refs, paper_row, paper_rows
from app.workers import WorkerPool
from ui.desk import Desk
from ui.dialogs.bundle import BundleDialog, BundleInput, wishes_of
from ui.dialogs.bundle_black_out import BlackOutDialog
from ui.dialogs.bundle_trouble import AnotherWayDialog, GapsDialog
from ui.pages.opening_files import open_file, refuse_inside
from ui.pages.sent_steps import record_what_was_sent
from ui.shell import BannerAction, Shell
from ui.widgets.dialog import ask
from ui.wording import count_of, tr

_WORKERS = 2
_MOST_WARNINGS = 2
_PAGES = {"people": "people", "plan": "people", "calendar": "calendar"}
"""Pages of the program on which a finding is mended."""

_PARTS = frozenset({"evidence", "letters"})
"""Parts of a claim in which one is."""


@dataclass(frozen=True, slots=True)
class _Order:
    """One bundle to be made: of which claim, where to, and as what was asked for."""

    claim_id: str
    target: Path
    given: BundleInput
    allow_gaps: bool = False


def make_bundle(
    desk: Desk, shell: Shell, claim_id: str, open_part: Callable[[str], object] | None = None
) -> None:
    """Ask what goes in and where it should lie, then make it.

    `open_part` opens a part of the claim by its name, where something can be mended.
    """
    binder = desk.binder
    chosen = chosen_for(binder, claim_id)
    case = case_of(binder, claim_id, desk.today())
    boxes = black_boxes(binder, [paper.id for paper in chosen.papers])
    dialog = BundleDialog(
        desk.quick,
        chosen,
        {key: len(some) for key, some in boxes.items()},
        look=partial(_look, desk, claim_id),
        black_out=partial(_black_out, desk),
        speaker=case.speaker.representative.name if case.speaker else "",
    )
    dialog.keep_size(desk.memory, "bundle")

    def keep(given: BundleInput) -> None:
        choose(binder, claim_id, given.choices, given.parts)

    given = shell.ask_dialog(dialog, keep)
    if given is None:
        return
    if given.show:
        _show(shell, claim_id, given.show, open_part)
        return
    name = _file_name(f"Appeal {case.claim.title}")
    target = shell.choose_new_file(tr("Save the bundle"), f"{name}.pdf", tr("PDF files (*.pdf)"))
    if target:
        refuse_inside(desk, target)
        _bind(desk, shell, _Order(claim_id, target, given))


def _look(desk: Desk, claim_id: str, wishes: Wishes, form: Form, outgoing: Outgoing) -> Looked:
    """Look a bundle over; on a thread."""
    return look_over(
        desk.binder, claim_id, today=desk.today(), wishes=wishes, form=form, outgoing=outgoing,
        draw=desk.reader.page_picture,
    )  # fmt: skip


def _black_out(desk: Desk, over: QWidget, document_id: str, page: int) -> int | None:
    """Show a paper and ask what is blacked out on it; return how many boxes it has then."""
    binder, reader = desk.binder, desk.reader
    paper = binder.ask(paper_row, document_id)
    if paper is None:
        return None
    dialog = BlackOutDialog(
        desk.quick,
        lambda number, width: reader.page_picture(document_id, number, width),
        name=paper.name,
        pages=paper.pages or len(binder.ask(page_refs, document_id)),
        boxes=black_boxes(binder, [document_id]).get(document_id, ()),
        page=page,
    )
    dialog.setParent(over, dialog.windowFlags())
    given: tuple[BlackBox, ...] | None = ask(
        dialog, lambda boxes: set_black_outs(binder, document_id, boxes)
    )
    return None if given is None else len(given)


def _show(shell: Shell, claim_id: str, tab: str, open_part: Callable[[str], object] | None) -> None:
    """Go where something can be mended."""
    if tab in _PAGES:
        shell.go_to(_PAGES[tab])
        return
    shell.go_to("claims", "claim", claim_id)
    if open_part and tab in _PARTS:
        open_part(tab)


def _bind(desk: Desk, shell: Shell, order: _Order) -> None:
    today = desk.today()

    def work(progress: Progress) -> BoundBundle | BundleCheckError:
        try:
            return _made(desk.binder, order, today, progress)
        except BundleCheckError as error:
            return error

    def done(made: BoundBundle | BundleCheckError) -> None:
        if isinstance(made, BundleCheckError):
            _offer_another_way(desk, shell, order, made)
        elif made.files:
            _say(desk, shell, order.claim_id, made)
            if order.given.look:
                first = made.files[0].path
                open_file(first.parent if len(made.files) > 1 else first)
        elif shell.ask_dialog(GapsDialog(made.gaps)):
            _bind(desk, shell, replace(order, allow_gaps=True))

    shell.run(tr("Making the bundle"), work, done)


def _made(binder: Binder, order: _Order, today: date, progress: Progress) -> BoundBundle:
    """Make the bundle and keep its exact bytes, with what was known to lack; on a thread."""
    given = order.given
    looked = look_over(
        binder, order.claim_id, today=today, wishes=wishes_of(given.choices, given.parts),
        form=given.shape, outgoing=given.outgoing,
    )  # fmt: skip
    with WorkerPool(_WORKERS) as workers:
        bound = bind_bundle(
            binder, workers, looked.plan, order.target, progress, allow_gaps=order.allow_gaps
        )
    if bound.files:
        decided = [found.sentence for found in looked.findings]
        try:
            freeze_bundle(binder, order.claim_id, looked.plan, bound, decided=decided)
        except UserError as error:  # the file is made all the same
            return replace(bound, warnings=(f"{NOT_KEPT} {error}", *bound.warnings))
    return bound


def _offer_another_way(desk: Desk, shell: Shell, order: _Order, error: BundleCheckError) -> None:
    """It may be the last day: offer it without a paper, or the originals with a plain cover."""
    ticked = [each for each in order.given.choices if each.goes_in]
    names = {
        row.id: row.name
        for row in desk.binder.ask(paper_rows, only=[each.document_id for each in ticked])
    }
    papers = [(each.document_id, names.get(each.document_id, "")) for each in ticked]
    way = shell.ask_dialog(AnotherWayDialog(str(error), papers))
    if way is None:
        return
    if way.without:
        choices = tuple(
            replace(each, goes_in=False) if each.document_id == way.without else each
            for each in order.given.choices
        )
        _bind(desk, shell, replace(order, given=replace(order.given, choices=choices)))
        return
    folder = shell.choose_folder(tr("An empty folder for the originals"))
    if folder:
        refuse_inside(desk, folder)
        _hand_out(desk, shell, order, folder)


def _hand_out(desk: Desk, shell: Shell, order: _Order, folder: Path) -> None:
    wishes = wishes_of(order.given.choices, order.given.parts)
    today = desk.today()

    def work(_progress: Progress) -> HandedOut:
        plan = plan_bundle(
            desk.binder, order.claim_id, today=today, wishes=wishes, form=order.given.shape
        )
        return hand_out_originals(desk.binder, plan, folder)

    def done(handed: HandedOut) -> None:
        words = [
            count_of(
                len(handed.files) - 1,
                "The cover and {n} file lie in the folder, in their order.",
                "The cover and {n} files lie in the folder, in their order.",
            )
        ]
        if handed.left_out:
            named = ", ".join(gap.name for gap in handed.left_out)
            words.append(tr("These stay out: {names}.", names=named))
        shell.say(" ".join(words), BannerAction(tr("Open it"), partial(open_file, folder)))

    shell.run(tr("Copying the originals"), work, done)


def _say(desk: Desk, shell: Shell, claim_id: str, bound: BoundBundle) -> None:
    made = bound.files[0]
    pages = sum(file.pages for file in bound.files)
    words = [
        tr("The bundle is ready: {name}.", name=made.path.name),
        count_of(pages, "{n} page.", "{n} pages."),
    ]
    if len(bound.files) > 1:
        words.append(count_of(len(bound.files), "{n} part.", "{n} parts."))
    if bound.gaps:
        words.append(
            count_of(
                len(bound.gaps),
                "A page stands in for {n} paper that could not go in.",
                "Pages stand in for {n} papers that could not go in.",
            )
        )
    words += bound.warnings[:_MOST_WARNINGS]
    if not any(warning.startswith(NOT_KEPT) for warning in bound.warnings):
        words.append(tr("Its exact bytes are kept."))
    sent = partial(record_what_was_sent, desk, shell, claim_id)
    shell.say(" ".join(words), BannerAction(tr("How was it sent? …"), sent))


def _file_name(title: str) -> str:
    """Return a title as a file name that every system takes."""
    kept = "".join(letter if letter.isalnum() or letter in " -_" else " " for letter in title)
    return " ".join(kept.split())[:80] or "Appeal"
