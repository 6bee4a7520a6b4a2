"""Frames: a card that takes another one in, and one of several widgets that is seen."""

from __future__ import annotations

from PySide6.QtWidgets import QLabel, QWidget

from tests.ui.checks import show_active
from ui.widgets.layout import Card, OneOfMany
from ui.widgets.text import label


def test_a_card_takes_in_what_another_one_shows(qtbot):
    card, other = Card("Money"), Card("The Inbox", "inbox")
    card.body.addWidget(label("$20.00 is owed."))
    other.body.addWidget(label("Two papers wait."))
    qtbot.addWidget(card)
    qtbot.addWidget(other)
    card.take_in(other)
    show_active(card)
    words = [each.text() for each in card.findChildren(QLabel) if each.isVisible()]
    assert [word for word in words if word] == [
        "Money", "$20.00 is owed.", "The Inbox", "Two papers wait."
    ]  # fmt: skip


def test_what_is_not_seen_asks_for_no_room(qtbot):
    many, low, high = OneOfMany(), QWidget(), QWidget()
    low.setMinimumSize(100, 50)
    high.setMinimumSize(900, 800)
    for widget in (low, high):
        many.addWidget(widget)
    qtbot.addWidget(many)
    show_active(many)
    assert many.currentWidget() is low
    assert many.minimumSizeHint().height() == 50
    many.setCurrentWidget(high)
    assert (low.isVisible(), high.isVisible()) == (False, True)
    many.setCurrentWidget(low)
    assert (low.isVisible(), high.isVisible()) == (True, False)
