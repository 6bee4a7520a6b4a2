"""What this program is."""

from __future__ import annotations

import tomllib
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from ui.dialogs.telling import TellDialog
from ui.widgets.text import label, muted, section
from ui.wording import tr


class AboutDialog(TellDialog):
    """The version, the licence, and what the program promises and does not."""

    def __init__(self) -> None:
        super().__init__(tr("About ClaimBinder"))
        add = self.form.add_widget
        add(section(tr("Version {number}", number=program_version())))
        add(label(tr("Keeps the paperwork of people whose health insurance said no.")))
        add(
            label(
                tr("Nothing leaves this computer. The program never goes online and asks "
                   "for no account. What you put in stays in your binder.")
            )
        )  # fmt: skip
        add(
            label(
                tr("It is not a lawyer and not a doctor. It counts days and keeps papers; "
                   "what to do is your decision. The date in your letter always comes first.")
            )
        )  # fmt: skip
        add(
            muted(
                tr("Free software under the Apache License 2.0, without any warranty. It stands "
                   "on the work of many others: their names and licenses are in the files "
                   "LICENSE and THIRD-PARTY-NOTICES.md that come with it.")
            )
        )  # fmt: skip


def program_version() -> str:
    """Return the version that is installed, or that of the source code beside this file."""
    try:
        return version("claimbinder")
    except PackageNotFoundError:
        about = Path(__file__).resolve().parents[2] / "pyproject.toml"
        return str(tomllib.loads(about.read_text(encoding="utf-8"))["project"]["version"])
