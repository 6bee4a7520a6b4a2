"""From “make the bundle” to the file in its folder, with nothing left out in silence."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from app.domain.bundle import BoundBundle, BundlePlan
from app.jobs import Progress
from app.operations.bundle_plan import Wishes, plan_bundle
from app.operations.bundles import bind_bundle
from app.operations.preflight import preflight
from app.storage.queries.papers import paper_rows
from app.workers import WorkerPool
from ui.desk import Desk
from ui.dialogs.bundle import BundleDialog, GapsDialog
from ui.pages.opening_files import open_file
from ui.shell import BannerAction, Shell
from ui.wording import count_of, tr

_WORKERS = 2


def make_bundle(desk: Desk, shell: Shell, claim_id: str) -> None:
    """Ask what goes in and where it should lie, then make it."""
    binder, today = desk.binder, desk.today()
    papers = binder.ask(paper_rows, claim_id=claim_id)
    first = plan_bundle(binder, claim_id, today=today)
    chosen = [exhibit.document_id for exhibit in first.exhibits]
    given = shell.ask_dialog(BundleDialog(papers, chosen, [each.sentence for each in preflight(binder, claim_id, first)]))
    if given is None:
        return
    wishes = Wishes(left_out=given.left_out, put_in=given.order, order=given.order)
    plan = plan_bundle(binder, claim_id, today=today, wishes=wishes)
    target = shell.choose_new_file(
        tr("Save the bundle"), f"{_file_name(plan.title)}.pdf", tr("PDF files (*.pdf)")
    )
    if target:
        _bind(desk, shell, plan, target, look=given.look, allow_gaps=False)


def _bind(
    desk: Desk, shell: Shell, plan: BundlePlan, target: Path, *, look: bool, allow_gaps: bool
) -> None:
    def work(progress: Progress) -> BoundBundle:
        with WorkerPool(_WORKERS) as workers:
            return bind_bundle(desk.binder, workers, plan, target, progress, allow_gaps=allow_gaps)

    def done(bound: BoundBundle) -> None:
        if bound.files:
            _say(shell, bound)
            if look:
                open_file(bound.files[0].path)
        elif shell.ask_dialog(GapsDialog(bound.gaps)):
            _bind(desk, shell, plan, target, look=look, allow_gaps=True)

    shell.run(tr("Making the bundle"), work, done)


def _say(shell: Shell, bound: BoundBundle) -> None:
    made = bound.files[0]
    words = [
        tr("The bundle is ready: {name}.", name=made.path.name),
        count_of(made.pages, "{n} page.", "{n} pages."),
    ]
    if bound.gaps:
        words.append(
            count_of(
                len(bound.gaps),
                "A page stands in for {n} paper that could not go in.",
                "Pages stand in for {n} papers that could not go in.",
            )
        )
    shell.say(" ".join(words), BannerAction(tr("Open it"), partial(open_file, made.path)))


def _file_name(title: str) -> str:
    """Return a title as a file name that every system takes."""
    kept = "".join(letter if letter.isalnum() or letter in " -_" else " " for letter in title)
    return " ".join(kept.split())[:80] or "Appeal"
