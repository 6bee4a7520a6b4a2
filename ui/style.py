"""The look: two palettes, three text sizes, one small style sheet, and the size of the text.

The colours in force are found from the application's own palette, so that widgets and models ask
`colours()` and need not be handed a style.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from string import Template
from typing import Literal

from PySide6.QtCore import QObject, Qt, Signal, Slot
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPalette
from PySide6.QtWidgets import QApplication

from app.resources import resource

Theme = Literal["system", "light", "dark"]
Tone = Literal["ink", "muted", "accent", "danger", "warning", "good", "on_accent"]

_LENGTHS = (2, 3, 4, 6, 7, 8, 9, 10, 11, 12, 14, 16, 20, 24, 32)

BODY_PT = 12.0
SECTION_PT = 15.0
TITLE_PT = 20.0
SMALLEST, LARGEST, STEP = 100, 200, 10
"""The size of the text in percent, and how far one key press goes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Colours:
    """One palette, as `#RRGGBB`; every text pair is at least 4.5 : 1, lines at least 3 : 1.

    `line` is the edge of what can be pressed or filled in; `edge` only parts one thing from
    another, and nothing depends on seeing it.
    """

    ground: str
    surface: str
    hover: str
    ink: str
    muted: str
    accent: str
    on_accent: str
    danger: str
    warning: str
    good: str
    selected: str
    line: str
    edge: str
    highlight: str


LIGHT = Colours(
    ground="#FBFAF7",
    surface="#FFFFFF",
    hover="#F1EFE9",
    ink="#1F2933",
    muted="#52606D",
    accent="#0B6464",
    on_accent="#FFFFFF",
    danger="#8F2D2D",
    warning="#7A4F00",
    good="#2B6236",
    selected="#D5EBEA",
    line="#8C877B",
    edge="#DDD9CF",
    highlight="#FFE9A8",
)
DARK = Colours(
    ground="#1B1F23",
    surface="#23282D",
    hover="#2B3238",
    ink="#ECEFF1",
    muted="#A9B4BD",
    accent="#62CCC6",
    on_accent="#1B1F23",
    danger="#F2A09A",
    warning="#F0C36A",
    good="#8FD19E",
    selected="#1F4A4A",
    line="#7C868E",
    edge="#3B434A",
    highlight="#6B5A1E",
)


def colours() -> Colours:
    """Return the palette in force."""
    return DARK if QApplication.palette().window().color().lightness() < 128 else LIGHT


def colour(tone: Tone) -> QColor:
    """Return the colour of a tone in the palette in force."""
    return QColor(str(getattr(colours(), tone)))


def scale() -> float:
    """Return the size of the text as a factor: 1.0 at 100 %."""
    return QApplication.font().pointSizeF() / BODY_PT


def px(length: int) -> int:
    """Return a length of the 8 px grid, grown with the text."""
    return round(length * scale())


def row_height() -> int:
    """Return the height of one row of a list: 40 px, or more where the text needs it."""
    return max(40, QFontMetrics(QApplication.font()).height() + 16)


def palette_of(look: Colours) -> QPalette:
    """Return the Qt palette for these colours."""
    role = QPalette.ColorRole
    pairs = {
        role.Window: look.ground,
        role.WindowText: look.ink,
        role.Base: look.surface,
        role.AlternateBase: look.ground,
        role.Text: look.ink,
        role.Button: look.surface,
        role.ButtonText: look.ink,
        role.BrightText: look.danger,
        role.Highlight: look.selected,
        role.HighlightedText: look.ink,
        role.PlaceholderText: look.muted,
        role.ToolTipBase: look.surface,
        role.ToolTipText: look.ink,
        role.Link: look.accent,
        role.LinkVisited: look.accent,
        role.Accent: look.accent,
        role.Light: look.surface,
        role.Midlight: look.hover,
        role.Mid: look.line,
        role.Dark: look.line,
        role.Shadow: look.line,
    }
    palette = QPalette()
    for which, value in pairs.items():
        palette.setColor(which, QColor(value))
    for which in (role.WindowText, role.Text, role.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, which, QColor(look.muted))
    return palette


def style_sheet(look: Colours, percent: int) -> str:
    """Return the style sheet for these colours at this size of text."""
    factor = percent / 100
    names = asdict(look)
    names |= {f"s{length}": f"{round(length * factor)}px" for length in _LENGTHS}
    theme = "dark" if look is DARK else "light"
    names |= {
        "down": resource("icons", "fixed", f"down-{theme}.svg").as_posix(),
        "check": resource("icons", "fixed", f"check-{theme}.svg").as_posix(),
        "round": f"{round(16 * factor) // 2 + 1}px",
        "body": f"{BODY_PT * factor:g}pt",
        "section": f"{SECTION_PT * factor:g}pt",
        "title": f"{TITLE_PT * factor:g}pt",
        "target": f"{max(32, round(32 * factor))}px",
    }
    return Template(resource("style.qss").read_text(encoding="utf-8")).substitute(names)


class Style(QObject):
    """Puts the look on the application and remembers what was chosen."""

    changed = Signal()

    def __init__(self, app: QApplication, theme: Theme = "system", percent: int = 100) -> None:
        super().__init__(app)
        self._app = app
        self._family = app.font().family()
        self._theme: Theme = theme
        self._percent = self._within(percent)
        self._hints = app.styleHints()  # kept: a chained call on it may die
        self._hints.colorSchemeChanged.connect(self._system_changed)
        app.setStyle("Fusion")
        self.apply()

    @staticmethod
    def _within(percent: int) -> int:
        return max(SMALLEST, min(LARGEST, percent))

    @property
    def theme(self) -> Theme:
        """What was chosen: a theme, or to follow the system."""
        return self._theme

    @property
    def percent(self) -> int:
        """The size of the text, 100 to 200."""
        return self._percent

    @property
    def look(self) -> Colours:
        """The palette that the chosen theme means now."""
        if self._theme == "system":
            return DARK if self._hints.colorScheme() is Qt.ColorScheme.Dark else LIGHT
        return DARK if self._theme == "dark" else LIGHT

    def choose_theme(self, theme: Theme) -> None:
        """Use this theme from now on."""
        self._theme = theme
        self.apply()

    def choose_percent(self, percent: int) -> None:
        """Use this size of text, brought into 100 to 200."""
        self._percent = self._within(percent)
        self.apply()

    @Slot()
    def bigger(self) -> None:
        """Make the text one step bigger."""
        self.choose_percent(self._percent + STEP)

    @Slot()
    def smaller(self) -> None:
        """Make the text one step smaller, down to 100 %."""
        self.choose_percent(self._percent - STEP)

    @Slot()
    def normal(self) -> None:
        """Go back to 100 %."""
        self.choose_percent(100)

    @Slot()
    def _system_changed(self) -> None:
        if self._theme == "system":
            self.apply()

    def apply(self) -> None:
        """Put palette, font and style sheet on the application, then tell everyone."""
        font = QFont(self._family)
        font.setPointSizeF(BODY_PT * self._percent / 100)
        font.setFeature(QFont.Tag("tnum"), 1)  # equal digits: amounts and dates stand in columns
        self._app.setPalette(palette_of(self.look))
        self._app.setFont(font)
        self._app.setStyleSheet(style_sheet(self.look, self._percent))
        self.changed.emit()
