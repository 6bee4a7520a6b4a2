"""Calls with promises, and what a person presses, for tests of the call card and the log."""

from __future__ import annotations

from datetime import UTC, date, datetime

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QPushButton

from app.operations import calls

EARLIER = datetime(2026, 7, 3, 16, 5, tzinfo=UTC)


def settled(qtbot, desk):
    qtbot.waitUntil(lambda: not desk.quick.busy)


def buttons(page, text):
    """The buttons with this word that are shown; for the ear each also says its promise."""
    QCoreApplication.processEvents()
    return [each for each in page.findChildren(QPushButton)
            if each.text() == text and each.isVisible()]  # fmt: skip


def click(page, text):
    buttons(page, text)[0].click()


def late_promise(binder, claim, promise="mail the policy", on=date(2026, 8, 10)):
    return calls.log_call(
        binder, claim_id=claim.id, with_whom="Maurice", department="Appeals", reference="R-9",
        phone="555-0188", promise=promise, promise_by=on, called_at=EARLIER,
    )  # fmt: skip
