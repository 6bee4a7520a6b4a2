"""Importing tables of portals and custodians: expenses, withdrawals and contributions.

What a row becomes, why one is refused and how duplicates are found: `app.importing.tables_lines`
and `app.operations.table_imports_known`. A row is named by its line in the file, the first of the
file being 1 (in an HTML page, which has no lines of that kind, by its row of the table).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Final

from app.binder import Binder
from app.domain.errors import UserError
from app.importing.benefits import RefusedRow
from app.importing.tables import RawTable, read_table
from app.importing.tables_lines import TableLines, likely_table, lines_of, ranges
from app.importing.tables_profile import GENERIC, TABLES, Head, head_of, likely_heads, table_of
from app.importing.tables_words import (
    AMOUNT_ROLES,
    DATE_ROLES,
    ROLES,
    generic_roles,
    plain_head,
    plain_heads,
)
from app.jobs import Progress
from app.operations.holding import regular_file, why_unreadable
from app.operations.table_imports_profiles import keep_profile, profiles_for
from app.operations.table_imports_records import Drafts, Kept
from app.storage.queries.records import all_records, record
from app.workers import WorkerPool

LABEL: Final = "Import a table"

_NOT_THIS: Final = (
    "This file does not have the columns of “{name}”. Its columns seem to be: {heads}. Leave the "
    "profile away to let the program find out, or say what each column is."
)
_NO_HEAD: Final = (
    "No line of this file names columns that the program knows: a date and an amount at least. "
    "Say what each column is: in the window under Money, or with --column."
)
_NO_COLUMN: Final = "There is no column “{name}” in this file. Its columns are: {heads}."
_NO_ROLE: Final = "“{name}” is nothing that a column may be. It may be: {roles}."
_NEEDS: Final = "Say which column is the date, and which is the amount."
_UNSURE: Final = (
    "The dates of this file could be month first or day first. They were read month first, as in "
    "the United States; look at one that you know."
)
_DAY_FIRST: Final = "The dates of this file are written day first, and were read so."
_ZEROS: Final = "The file had zero bytes in it, as after a bad copy. They were passed over."
_OUTSIDE: Final = "Not taken as lines of the table (words around it, its head again, totals): {}."
_NAMELESS: Final = "Nobody of this binder is called {}. Choose for whom these lines are."
_NO_YEAR: Final = (
    "Contributions of which the file does not say for which year they are: {n}. The year of the "
    "day was taken; look at those from January to April."
)
_REIMBURSED: Final = (
    "Lines that say they were reimbursed: {n}. Tie them to the withdrawal that paid them, so that "
    "nothing is claimed twice."
)
_MOST_NAMED: Final = 5
_AT_A_TIME: Final = 5000  # lines that are written at once; all of them are one transaction


@dataclass(frozen=True, slots=True)
class OpenTable:
    """A file that was read, and what is in it row by row; nothing of it is kept yet."""

    path: Path
    raw: RawTable


@dataclass(frozen=True, slots=True, kw_only=True)
class TableChoice:
    """What a person said about a table; what is left away is found out.

    `columns` are roles by the plain words of heads. `gives` is ledger or account, `order` mdy or
    dmy. With `save_as` the columns are remembered under that name.
    """

    profile: str = ""
    columns: Mapping[str, str] = field(default_factory=dict[str, str])
    gives: str = ""
    order: str = ""
    account_id: str | None = None
    claim_id: str | None = None
    save_as: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportedTable:
    """What became of a file, or would become of it.

    `left_out` are lines that are nothing the program keeps (interest, fees, investments), each with
    its reason; `duplicates` the lines that are here already.
    """

    profile: str
    gives: str
    expenses: int
    withdrawals: int
    contributions: int
    paid_since: int
    duplicates: tuple[int, ...]
    refused: tuple[RefusedRow, ...]
    left_out: tuple[RefusedRow, ...]
    notes: tuple[str, ...]

    @property
    def added(self) -> int:
        """How many records are new."""
        return self.expenses + self.withdrawals + self.contributions


def open_table(workers: WorkerPool, path: Path, progress: Progress) -> OpenTable:
    """Read a table in a worker process.

    Raises:
        UserError: there is no such file, or it is no table.
        Cancelled: the person asked to stop.
    """
    try:
        with regular_file(path):
            pass
    except (OSError, ValueError) as error:
        raise UserError(why_unreadable(error)) from error
    return OpenTable(path, read_table(workers, path, progress))


def head_for(binder: Binder, table: OpenTable, choice: TableChoice) -> Head:
    """Return which row names the columns of a table, and what they are.

    Raises:
        UserError: it cannot be told, or what was chosen does not fit the file.
    """
    head = found_head(binder, table, choice)
    known = set(head.roles)
    if not (known & DATE_ROLES and known & AMOUNT_ROLES):
        raise UserError(_NEEDS if choice.columns else _NO_HEAD)
    return head


def found_head(binder: Binder, table: OpenTable, choice: TableChoice) -> Head:
    """Return the head of a table as `head_for` does, even where its columns do not suffice.

    Raises:
        UserError: what was chosen does not fit the file.
    """
    rows = table.raw.rows
    profiles, by_words = profiles_for(binder, choice.profile)
    found = head_of(rows, profiles, by_words=by_words)
    if found is None:
        at, cells = likely_heads(rows)
        if not by_words:
            shown = ", ".join(cells)[:300] or "none"
            raise UserError(_NOT_THIS.format(name=choice.profile, heads=shown))
        heads = plain_heads(cells)
        found = Head(at, heads, generic_roles(heads), "", GENERIC)
    head = _with_columns(found, choice)
    gives = choice.gives or head.gives or table_of(head.roles) or likely_table(rows, head)
    return replace(head, gives=gives, order=choice.order or head.order)


def look_over(binder: Binder, table: OpenTable, choice: TableChoice) -> ImportedTable:
    """Return what importing a table would do; nothing is written.

    Raises:
        UserError: the table cannot be imported so.
    """
    head, lines = _read(binder, table, choice)
    drafts = _drafts(binder, lines, choice, binder.ask(_kept))
    return _result(table, head, lines, drafts)


def import_table(binder: Binder, table: OpenTable, choice: TableChoice) -> ImportedTable:
    """Enter what is new in a table, all in one step.

    Raises:
        UserError: the table cannot be imported so; nothing was entered.
    """
    head, lines = _read(binder, table, choice)
    with binder.operation(LABEL) as work:
        drafts = _drafts(binder, lines, choice, _kept(work.connection))
        for at in range(0, len(drafts.expenses), _AT_A_TIME):
            work.expenses.add_all(drafts.expenses[at : at + _AT_A_TIME])
        for each in drafts.paid_since:
            work.expenses.save(each)
        work.withdrawals.add_all(drafts.withdrawals)
        work.contributions.add_all(drafts.contributions)
        if choice.save_as:
            keep_profile(binder, work, choice.save_as, head)
    return _result(table, head, lines, drafts)


def _read(binder: Binder, table: OpenTable, choice: TableChoice) -> tuple[Head, TableLines]:
    for kind, chosen in (("claim", choice.claim_id), ("hsa_account", choice.account_id)):
        if chosen and binder.ask(record, kind, chosen) is None:
            raise UserError(f"There is no such record “{chosen}” in this binder.")
    head = head_for(binder, table, choice)
    return head, lines_of(table.raw.rows, head, head.gives, binder.today())


def _kept(connection: Any) -> Kept:
    """Return what is here already: asked of storage, within the writing transaction too."""
    kinds = ("person", "claim", "hsa_account", "expense", "withdrawal", "contribution")
    return Kept(*(all_records(connection, kind) for kind in kinds))


def _drafts(binder: Binder, lines: TableLines, choice: TableChoice, kept: Kept) -> Drafts:
    drafts = Drafts(binder)
    drafts.take_ledger(lines.ledger, kept, choice.claim_id)
    drafts.take_account(lines.account, kept, choice.account_id)
    return drafts


def _with_columns(head: Head, choice: TableChoice) -> Head:
    """Return a head with the columns as the person said they are."""
    if choice.gives and choice.gives not in TABLES:
        raise UserError(_NO_ROLE.format(name=choice.gives, roles=", ".join(TABLES)))
    if not choice.columns:
        return head
    said = {plain_head(name): role for name, role in choice.columns.items()}
    for name, role in said.items():
        if role and role not in ROLES:
            raise UserError(_NO_ROLE.format(name=role, roles=", ".join(ROLES)))
        if name not in head.heads:
            raise UserError(_NO_COLUMN.format(name=name, heads=", ".join(head.heads)[:300]))
    taken = set(said.values())
    roles = tuple(
        said.get(name, "" if role in taken else role)
        for name, role in zip(head.heads, head.roles, strict=True)
    )
    return replace(head, roles=roles)


def _result(table: OpenTable, head: Head, lines: TableLines, drafts: Drafts) -> ImportedTable:
    by_row = [sorted(each, key=lambda one: one.row) for each in
              ((*lines.refused, *drafts.refused), (*lines.left_out, *drafts.left_out))]  # fmt: skip
    return ImportedTable(
        profile=head.profile,
        gives=lines.gives,
        expenses=len(drafts.expenses),
        withdrawals=len(drafts.withdrawals),
        contributions=len(drafts.contributions),
        paid_since=len(drafts.paid_since),
        duplicates=tuple(drafts.duplicates),
        refused=tuple(by_row[0]),
        left_out=tuple(by_row[1]),
        notes=tuple(_notes(table, lines, drafts)),
    )


def _notes(table: OpenTable, lines: TableLines, drafts: Drafts) -> list[str]:
    notes: list[str] = []
    if any(not each.is_sure for each in lines.orders.values()):
        notes.append(_UNSURE)
    if any(each.order == "dmy" for each in lines.orders.values()):
        notes.append(_DAY_FIRST)
    if table.raw.had_zeros:
        notes.append(_ZEROS)
    if drafts.nameless:
        names = sorted(drafts.nameless)
        more = " …" if len(names) > _MOST_NAMED else ""
        notes.append(_NAMELESS.format(", ".join(f"“{n}”" for n in names[:_MOST_NAMED]) + more))
    unsure = sum(not line.is_year_told for line in lines.account)
    if unsure:
        notes.append(_NO_YEAR.format(n=unsure))
    reimbursed = sum(line.is_reimbursed for line in lines.ledger)
    if reimbursed:
        notes.append(_REIMBURSED.format(n=reimbursed))
    if lines.outside:
        notes.append(_OUTSIDE.format(ranges(lines.outside)))
    return [*notes, *drafts.notes]
