"""What the money leaves on paper: the HSA summary, medical expenses paid, tables of both."""

from __future__ import annotations

from collections.abc import Container, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Final

from app.binder import Binder
from app.domain.bundle import BoundFile, ExhibitPlan, Gap
from app.domain.finding import Finding
from app.domain.hsa_plan import METHOD_NAMES, YEAR_BASIS, HsaExhibit, HsaPlan
from app.domain.hsa_planning import plan_hsa
from app.domain.medical_paid import MedicalPaid, plan_medical
from app.domain.money import Money
from app.domain.summary_choice import SummaryChoice
from app.exporting.hsa_pdf import bind_summary
from app.exporting.medical_pdf import medical_pdf
from app.exporting.tables_csv import Cell, hsa_csv, medical_csv, table_csv
from app.jobs import Progress
from app.operations.exhibits import exhibit_of, with_sources
from app.operations.money_book import money_book
from app.operations.outputs import Written, write_file
from app.operations.summary_source import claim_titles, hsa_source
from app.storage.queries.money import ExpenseRow, expense_rows
from app.storage.queries.papers import PaperRow, document_parts, paper_rows
from app.workers import WorkerPool

_LEDGER_HEADER: Final = (
    "Date paid", "Date of service", "Patient", "Provider", "Category", "Amount", "Paid with",
    "Claim", "Receipts", "Expense ID",
)  # fmt: skip
_AT_ONCE: Final = 900
"""So many ids go into one question: SQLite takes at least 999 values."""


@dataclass(frozen=True, slots=True)
class HsaPrinted:
    """A printed summary: its plan, its file, and papers that could not go in.

    `year_basis` says by which date an expense belongs to the year.
    """

    year_basis: str
    plan: HsaPlan
    file: BoundFile
    gaps: tuple[Gap, ...]

    @property
    def answer(self) -> Mapping[str, Money]:
        """The sums of the summary."""
        return self.plan.answer

    @property
    def findings(self) -> tuple[Finding, ...]:
        """What stands out."""
        return self.plan.findings


def write_expenses(binder: Binder, target: Path, *, year: int | None = None) -> Written:
    """Write the ledger as a table that a spreadsheet opens.

    Raises:
        UserError: the place cannot be written to.
    """
    rows = binder.ask(expense_rows, year=year)
    there = {paper.id for paper in binder.ask(paper_rows)}
    return write_file(target, table_csv(_LEDGER_HEADER, (_cells(row, there) for row in rows)))


def _cells(row: ExpenseRow, there: Container[str | None]) -> tuple[Cell, ...]:
    """Return a line as the table has it; a receipt in the trash supports nothing."""
    return (
        row.paid_on,
        row.served_on,
        row.patient,
        row.provider,
        row.category,
        row.amount,
        METHOD_NAMES.get(row.method, row.method),
        row.claim,
        row.document if row.document_id in there else None,
        row.id,
    )


def write_hsa_table(binder: Binder, choice: SummaryChoice, target: Path) -> Written:
    """Write the ledger of a summary as a table, with its exhibit numbers and findings.

    Raises:
        UserError: the place cannot be written to.
    """
    return write_plan_table(plan_summary(binder, choice), target)


def write_plan_table(plan: HsaPlan, target: Path) -> Written:
    """Write the ledger of a summary that was planned before; see `write_hsa_table`."""
    return write_file(target, hsa_csv(plan))


def plan_summary(binder: Binder, choice: SummaryChoice) -> HsaPlan:
    """Return what a summary will show; no paper is opened and nothing is written yet."""
    plan = plan_hsa(hsa_source(binder, choice), choice)
    return replace(plan, exhibits=tuple(_with_digests(binder, each) for each in plan.exhibits))


def print_hsa(
    binder: Binder,
    workers: WorkerPool,
    choice: SummaryChoice,
    target: Path,
    progress: Progress,
    *,
    today: date,
) -> HsaPrinted:
    """Print the HSA expense summary as one PDF, its papers as exhibits.

    Of a paper that cannot go in, a page says so.

    Raises:
        UserError: the place cannot be written to.
        Cancelled: the person asked to stop.
    """
    return print_plan(binder, workers, plan_summary(binder, choice), target, progress, today=today)


def print_plan(
    binder: Binder,
    workers: WorkerPool,
    plan: HsaPlan,
    target: Path,
    progress: Progress,
    *,
    today: date,
) -> HsaPrinted:
    """Print a summary that was planned before; see `print_hsa`."""
    papers = _papers(binder, [each.paper.id for each in plan.exhibits])
    with ExitStack() as lent:
        exhibits = [
            with_sources(binder, exhibit_of(papers[each.paper.id]), lent)
            if plan.choice.has_papers
            else _cover_only(each)
            for each in plan.exhibits
        ]
        bound = bind_summary(plan, exhibits, target, workers, progress, made_on=today)
    (file,) = bound.files
    return HsaPrinted(YEAR_BASIS, plan, file, bound.gaps)


def plan_paid(binder: Binder, choice: SummaryChoice) -> MedicalPaid:
    """Return what the list of medical expenses paid will show."""
    return plan_medical(money_book(binder), choice, claims=claim_titles(binder))


def print_paid(
    binder: Binder, choice: SummaryChoice, target: Path, *, today: date
) -> tuple[Written, MedicalPaid]:
    """Print the medical expenses paid, less what others paid; no HSA is needed for it.

    Raises:
        UserError: the place cannot be written to.
    """
    plan = plan_paid(binder, choice)
    return write_file(target, medical_pdf(plan, made_on=today)), plan


def write_paid_table(plan: MedicalPaid, target: Path) -> Written:
    """Write the medical expenses paid as a table.

    Raises:
        UserError: the place cannot be written to.
    """
    return write_file(target, medical_csv(plan))


def _with_digests(binder: Binder, exhibit: HsaExhibit) -> HsaExhibit:
    parts = binder.ask(document_parts, exhibit.paper.id)
    digests = tuple(part.sha256 for part in parts)
    return replace(exhibit, paper=replace(exhibit.paper, sha256=digests))


def _papers(binder: Binder, ids: Sequence[str]) -> dict[str, PaperRow]:
    groups = (ids[at : at + _AT_ONCE] for at in range(0, len(ids), _AT_ONCE))
    return {row.id: row for group in groups for row in binder.ask(paper_rows, only=group)}


def _cover_only(exhibit: HsaExhibit) -> ExhibitPlan:
    paper = exhibit.paper
    return ExhibitPlan(
        document_id=paper.id, name=paper.name, title=paper.name, kind=paper.kind, on=None,
        sources=(),
    )  # fmt: skip
