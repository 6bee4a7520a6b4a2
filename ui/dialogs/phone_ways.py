"""How photos come from a phone to this computer: three ways for each kind of phone, in steps."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ui.widgets.fields import ChoiceField
from ui.widgets.form import Form
from ui.widgets.layout import Card, column, emptied
from ui.widgets.text import Label, icon_label, label
from ui.wording import tr


@dataclass(frozen=True, slots=True)
class Way:
    """One way: what it is called, the icons of its picture from left to right, its steps."""

    name: str
    icons: tuple[str, ...]
    steps: tuple[str, ...]


_IPHONE: Final = (
    Way(
        "With the cable",
        ("phone", "cable", "computer"),
        (
            "Connect the iPhone to the computer with its cable and unlock it.",
            "On the iPhone, press “Trust” or “Allow”.",
            (
                "Mac: open the Photos or Image Capture program and copy the photos to a folder. "
                "Windows: open the Photos program and press Import."
            ),
            "Come back here, press “By cable”, then “Photos in a folder …” and choose that folder.",
        ),
    ),
    Way(
        "With iCloud",
        ("phone", "cloud", "folder"),
        (
            (
                "On the iPhone, open Settings, your name, iCloud, Photos, and turn on "
                "“Sync this iPhone”."
            ),
            (
                "Mac: open Photos, choose the pictures, then File, Export, into a folder. "
                "Windows: install iCloud for Windows and turn on Photos; they come into a "
                "folder by themselves."
            ),
            "Press “From a folder” above and choose that folder.",
        ),
    ),
    Way(
        "By email or AirDrop",
        ("phone", "envelope", "computer"),
        (
            "On the iPhone, open Photos and choose the pictures of one letter.",
            (
                "Press the Share button: AirDrop sends them to a Mac, Mail sends them to your own "
                "address."
            ),
            "On the computer, save them to a folder.",
            "Drop them on the ClaimBinder window.",
        ),
    ),
)
_ANDROID: Final = (
    Way(
        "With the cable",
        ("phone", "cable", "computer"),
        (
            "Connect the phone to the computer with its cable and unlock it.",
            (
                "On the phone, pull down from the top, press the message about USB, and choose "
                "“File transfer”."
            ),
            "Press “By cable” above, then “Look again”.",
            (
                "Is it still not there? In the computer's file program open the phone, then DCIM, "
                "then Camera, and drag the photos onto the ClaimBinder window."
            ),
        ),
    ),
    Way(
        "With Google Drive, OneDrive or Dropbox",
        ("phone", "cloud", "folder"),
        (
            "On the phone, open the program and choose the photos, or turn on its camera upload.",
            "On the computer, install the same program. It keeps a folder that fills itself.",
            "Press “From a folder” above and choose that folder.",
        ),
    ),
    Way(
        "By email or Quick Share",
        ("phone", "envelope", "computer"),
        (
            "On the phone, open Photos or Gallery and choose the pictures of one letter.",
            (
                "Press Share: Gmail sends them to your own address, Quick Share sends them to a "
                "computer nearby."
            ),
            "On the computer, save them to a folder.",
            "Drop them on the ClaimBinder window.",
        ),
    ),
)
WAYS: Final = {"iphone": _IPHONE, "android": _ANDROID}


class WaysPanel(QWidget):
    """Shows the three ways for the phone that is chosen."""

    def __init__(self) -> None:
        super().__init__()
        form = Form()
        self.phone = form.add(
            tr("Which phone is it?"),
            ChoiceField([("iphone", "iPhone"), ("android", tr("Android: any other phone"))]),
        )
        self._cards = QVBoxLayout()
        self._cards.setSpacing(12)
        layout = column(16)
        self.setLayout(layout)
        layout.addWidget(form)
        layout.addLayout(self._cards)
        layout.addStretch(1)
        self.phone.changed.connect(self._show)
        self._show()

    @Slot()
    def _show(self) -> None:
        emptied(self._cards)
        for way in WAYS[self.phone.value() or "iphone"]:
            self._cards.addWidget(_WayCard(way))


class _WayCard(Card):
    """One way: a row of icons, then its steps with their numbers."""

    def __init__(self, way: Way) -> None:
        super().__init__(tr(way.name), way.icons[-2])
        self.body.addLayout(_drawing(way.icons))
        for number, step in enumerate(way.steps, start=1):
            self.body.addLayout(_step(number, tr(step)))


def _step(number: int, words: str) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(12)
    row.addWidget(Label(f"{number}.", "strong", wrap=False), 0, Qt.AlignmentFlag.AlignTop)
    row.addWidget(label(words), 1)
    return row


def _drawing(icons: tuple[str, ...]) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(12)
    for place, name in enumerate(icons):
        if place:
            row.addWidget(icon_label("right", 20, "muted"))
        row.addWidget(icon_label(name, 40, "accent"))
    row.addStretch(1)
    return row
