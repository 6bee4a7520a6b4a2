"""The ledger at tax time: as a table, and as the printed summary of a year."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from app.binder import Binder
from app.domain.bundle import BoundFile, Gap
from app.domain.finding import Finding
from app.domain.hsa import YEAR_BASIS, HsaPlan, LedgerRow, Receipt, plan_hsa
from app.domain.money import Money
from app.exporting.hsa_pdf import bind_summary
from app.exporting.tables_csv import expenses_csv, hsa_csv
from app.jobs import Progress
from app.operations.exhibits import exhibit_of, with_sources
from app.operations.outputs import Written, write_file
from app.storage.queries.money import ExpenseRow, expense_rows
from app.storage.queries.papers import paper_rows
from app.storage.queries.records import all_people
from app.workers import WorkerPool


@dataclass(frozen=True, slots=True)
class HsaPrinted:
    """A printed summary: its file, its sums, what stands out, and receipts that could not go in.

    `year_basis` says by which date an expense belongs to the year.
    """

    year_basis: str
    answer: Mapping[str, Money]
    findings: tuple[Finding, ...]
    file: BoundFile
    gaps: tuple[Gap, ...]


def write_expenses(binder: Binder, target: Path, *, year: int | None = None) -> Written:
    """Write the ledger as a table that a spreadsheet opens.

    Raises:
        UserError: the place cannot be written to.
    """
    return write_file(target, expenses_csv(_ledger(binder, year)))


def write_hsa_table(binder: Binder, year: int, target: Path) -> Written:
    """Write the ledger of a summary as a table, with its exhibit numbers and findings.

    Raises:
        UserError: the place cannot be written to.
    """
    return write_file(target, hsa_csv(plan_summary(binder, year)))


def plan_summary(binder: Binder, year: int) -> HsaPlan:
    """Return what the summary of a year will show; nothing is opened or written yet."""
    holder = next((who.name for who in binder.ask(all_people) if who.relation == "self"), "")
    return plan_hsa(year, _ledger(binder, None), holder=holder)


def print_hsa(
    binder: Binder,
    workers: WorkerPool,
    year: int,
    target: Path,
    progress: Progress,
    *,
    today: date,
) -> HsaPrinted:
    """Print the HSA expense summary of a year as one PDF, its receipts as exhibits.

    Of a receipt that cannot go in, a page says so.

    Raises:
        UserError: the place cannot be written to.
        Cancelled: the person asked to stop.
    """
    plan = plan_summary(binder, year)
    ids = [exhibit.receipt.document for exhibit in plan.exhibits]
    papers = {paper.id: paper for paper in binder.ask(paper_rows, only=ids)}
    with ExitStack() as lent:
        receipts = [with_sources(binder, exhibit_of(papers[key]), lent) for key in ids]
        bound = bind_summary(plan, receipts, target, workers, progress, made_on=today)
    (file,) = bound.files
    return HsaPrinted(YEAR_BASIS, plan.answer, plan.findings, file, bound.gaps)


def _ledger(binder: Binder, year: int | None) -> list[LedgerRow]:
    rows = binder.ask(expense_rows, year=year)
    ids = {row.document_id for row in rows if row.document_id}
    there = {paper.id for paper in binder.ask(paper_rows, only=ids)}
    return [_row(row, there) for row in rows]


def _row(row: ExpenseRow, there: Collection[str]) -> LedgerRow:
    """Return a line as the summary takes it; a receipt in the trash supports nothing."""
    key = row.document_id
    receipts = (Receipt(key, row.document or ""),) if key and key in there else ()
    return LedgerRow(
        expense=row.id,
        served_on=row.served_on,
        paid_on=row.paid_on,
        patient=row.patient or "",
        provider=row.provider,
        category=row.category,
        amount=row.amount,
        method=row.method,
        claim=row.claim or "",
        receipts=receipts,
    )
