"""Tables and named receipts: from “which file” to the lines in the ledger."""

from __future__ import annotations

from pathlib import Path

from app.domain.errors import UserError
from app.jobs import Progress
from app.operations.table_imports import (
    ImportedTable,
    OpenTable,
    TableChoice,
    look_over,
    open_table,
)
from app.operations.table_imports import import_table as enter_table
from app.operations.table_imports_look import SeenTable, see_table
from app.operations.table_imports_named import (
    SeenReceipt,
    TakenReceipt,
    look_over_named,
)
from app.operations.table_imports_named import import_named as enter_named
from app.storage.queries.claims import claim_rows
from app.storage.queries.records import record_names
from app.workers import WorkerPool
from ui.desk import Desk
from ui.dialogs.import_named import ImportNamedDialog
from ui.dialogs.import_outcome import counted
from ui.dialogs.import_table import ImportTableDialog, Told
from ui.pages.paper_reading import start_reading
from ui.shell import BannerAction, Shell
from ui.wording import count_of, tr


def import_table(desk: Desk, shell: Shell) -> None:
    """Let the person choose a table, say what its columns are, see what happens, and enter it."""
    paths = shell.choose_files(
        tr("Choose the table of a portal or an HSA"),
        tr("Tables (*.csv *.tsv *.txt *.xls *.htm *.html *.ofx *.qfx)")
        + ";;"
        + tr("All files (*)"),
    )
    if paths:
        open_and_ask(desk, shell, paths[0])


def open_and_ask(desk: Desk, shell: Shell, path: Path) -> None:
    """Read a table, and ask what it is."""

    def work(progress: Progress) -> tuple[OpenTable, SeenTable]:
        with WorkerPool(1) as workers:
            table = open_table(workers, path, progress)
        return table, see_table(desk.binder, table, TableChoice())

    def done(read: tuple[OpenTable, SeenTable]) -> None:
        _ask(desk, shell, *read)

    shell.run(tr("Reading the table"), work, done)


def _ask(desk: Desk, shell: Shell, table: OpenTable, seen: SeenTable) -> None:
    def look(choice: TableChoice, told: Told) -> None:
        def failed(error: BaseException) -> None:
            if not isinstance(error, UserError):
                raise error
            told(error)

        desk.quick.run(
            "", lambda _progress: look_over(desk.binder, table, choice), told, failed, owner=dialog
        )

    accounts = desk.binder.ask(record_names, "hsa_account")
    claims = [(row.id, row.title) for row in desk.binder.ask(claim_rows)]
    dialog = ImportTableDialog(table.path.name, seen, look, accounts, claims)
    choice = shell.ask_dialog(dialog)
    if choice is None:
        return

    def work(progress: Progress) -> ImportedTable:
        progress.step(0, 0, tr("Entering the lines"))
        return enter_table(desk.binder, table, choice)

    def done(made: ImportedTable) -> None:
        shell.say(_about(made), BannerAction(tr("Undo"), desk.binder.undo))

    shell.run(tr("Importing the table"), work, done)


def _about(made: ImportedTable) -> str:
    return tr("The table is imported: {counts}.", counts=counted(made) or tr("nothing new"))


def import_named(desk: Desk, shell: Shell) -> None:
    """Let the person choose a folder of receipts that are named by date, name and amount."""
    folder = shell.choose_folder(tr("Choose the folder with the named receipts"))
    if folder is None:
        return

    def work(_progress: Progress) -> tuple[SeenReceipt, ...]:
        return look_over_named(desk.binder, [folder])

    def done(seen: tuple[SeenReceipt, ...]) -> None:
        _ask_named(desk, shell, folder, seen)

    shell.run(tr("Looking at the names"), work, done)


def _ask_named(desk: Desk, shell: Shell, folder: Path, seen: tuple[SeenReceipt, ...]) -> None:
    claims = [(row.id, row.title) for row in desk.binder.ask(claim_rows)]
    claim_id = shell.ask_dialog(ImportNamedDialog(seen, claims))
    if claim_id is None:
        return

    def work(progress: Progress) -> tuple[TakenReceipt, ...]:
        return enter_named(desk.binder, [folder], progress, claim_id=claim_id or None)

    def done(rows: tuple[TakenReceipt, ...]) -> None:
        new = sum(row.outcome == "added" for row in rows)
        here = sum(row.outcome == "duplicate" for row in rows)
        refused = len(rows) - new - here
        parts = (
            count_of(new, "{n} receipt is entered", "{n} receipts are entered"),
            count_of(here, "{n} was here already", "{n} were here already") if here else "",
            count_of(refused, "{n} file was not kept", "{n} files were not kept")
            if refused
            else "",
        )
        undo = BannerAction(tr("Undo"), desk.binder.undo) if new else None
        shell.say(" · ".join(filter(None, parts)) + ".", undo)
        start_reading(desk, shell)

    shell.run(tr("Keeping the receipts"), work, done)
