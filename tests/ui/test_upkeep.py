"""Menu entries of upkeep, other binders, what the program is, and the papers of tax time."""

from __future__ import annotations

from datetime import date

import pytest
from pypdf import PdfReader
from PySide6.QtCore import Qt

from app.domain.errors import UserError
from app.operations import claims
from app.paths import default_binder, sample_binder
from tests.ui.checks import check_widget, show_active
from tests.ui.conftest import TODAY
from tests.ui.household import pay, rosas_household
from ui.dialogs.about import AboutDialog
from ui.dialogs.telling import ProblemsDialog
from ui.pages import COMMANDS, summary_steps, upkeep_steps
from ui.pages.upkeep_commands import UPKEEP_COMMANDS
from ui.widgets.text import Label


def command(name: str):
    return next(each for each in COMMANDS if each.name == name)


def test_every_upkeep_command_is_in_the_menus_and_leads_to_its_code(desk, shell, qtbot):
    assert set(UPKEEP_COMMANDS) <= set(COMMANDS)
    seen: list[str] = []

    def close(dialog) -> None:
        seen.append(dialog.windowTitle())
        dialog.reject()

    for name in ("back-up", "backup-place", "restore", "check", "rules"):
        shell.scripts.append(close)
        command(name).run(desk, shell)
    assert seen == [
        "Where should the backups go?", "Where should the backups go?", "Bring a backup back",
        "Check the binder", "Deadline rules",
    ]  # fmt: skip
    assert not shell.said
    assert not shell.failed


def test_the_sample_the_own_and_another_binder_are_a_menu_entry_away(desk, shell, tmp_path):
    command("open-sample").run(desk, shell)
    command("open-own").run(desk, shell)
    shell.folder = tmp_path / "moms"
    command("open-another").run(desk, shell)
    assert shell.opened == [sample_binder(), default_binder(), tmp_path / "moms"]


def test_the_own_binder_is_not_opened_again_when_it_is_open(desk, shell):
    desk.memory.choose(binder=str(desk.binder.root))
    upkeep_steps.open_own(desk, shell)
    shell.folder = desk.binder.root
    upkeep_steps.open_another(desk, shell)
    assert not shell.opened
    assert "already" in shell.said[0]


@pytest.mark.parametrize("percent", [100, 200])
@pytest.mark.parametrize(
    "make",
    [
        AboutDialog,
        lambda: ProblemsDialog("A heading", "This is not:", ["“<b>A & B</b>” is missing."], "End."),
    ],
)
def test_dialogs_that_tell_hold_for_eye_ear_and_keyboard(qtbot, style, percent, make):
    style.choose_percent(percent)
    dialog = make()
    qtbot.addWidget(dialog)
    show_active(dialog)
    check_widget(dialog)
    assert all(
        each.textFormat() is Qt.TextFormat.PlainText for each in dialog.form.findChildren(Label)
    )


def test_about_names_the_licence_the_notices_and_what_the_program_is_not(qtbot):
    dialog = AboutDialog()
    qtbot.addWidget(dialog)
    said = " ".join(each.text() for each in dialog.form.findChildren(Label))
    for part in ("Version 0.", "Apache License 2.0", "THIRD-PARTY-NOTICES.md",
                 "Nothing leaves this computer", "not a lawyer and not a doctor"):  # fmt: skip
        assert part in said


# ------------------------------------------------------------------------------- tax time


def test_the_hsa_summary_of_a_year_is_made_where_one_says(desk, shell, binder, tmp_path, qtbot):
    home = rosas_household(binder)
    pay(binder, home.claim, "125.40", date(2026, 3, 3))
    summary_steps.print_summary(desk, shell, 2026)
    assert not shell.said, "no place was chosen"
    shell.new_file = tmp_path / "summary.pdf"
    summary_steps.print_summary(desk, shell, 2026)
    qtbot.waitUntil(lambda: bool(shell.said or shell.failed), timeout=60_000)
    assert "HSA summary of 2026 is ready" in shell.said[0]
    assert shell.actions[0] is not None
    text = "".join(page.extract_text() for page in PdfReader(shell.new_file).pages)
    assert "125.40" in text


def test_the_ledger_is_saved_as_a_table_of_one_year(desk, shell, binder, tmp_path, qtbot):
    home = rosas_household(binder)
    pay(binder, home.claim, "125.40", date(2026, 3, 3))
    pay(binder, home.claim, "77.00", date(2025, 3, 3))
    shell.new_file = tmp_path / "ledger.csv"
    summary_steps.save_table(desk, shell, 2026)
    qtbot.waitUntil(lambda: bool(shell.said))
    written = shell.new_file.read_text(encoding="utf-8-sig")
    assert "125.40" in written
    assert "77.00" not in written


def test_a_file_inside_the_binder_is_refused_before_anything_is_made(desk, shell):
    shell.new_file = desk.binder.root / "binder.db"
    for ask in (summary_steps.print_summary, summary_steps.save_table):
        with pytest.raises(UserError, match="outside"):
            ask(desk, shell, 2026)
    assert not desk.jobs.busy


def test_everything_is_written_as_plain_files_where_one_says(
    desk, shell, binder, tmp_path, qtbot, desktop
):
    claims.open_claim(binder, "Infusions")
    shell.folder = tmp_path
    upkeep_steps.export_everything(desk, shell)
    qtbot.waitUntil(lambda: bool(shell.said))
    folder = tmp_path / f"ClaimBinder papers {TODAY.isoformat()}"
    assert (folder / "index.html").is_file()
    assert folder.name in shell.said[-1]
    shell.actions[-1].run()
    assert desktop.opened == [folder]
