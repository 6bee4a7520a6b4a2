from __future__ import annotations

import re
from dataclasses import fields
from itertools import product

import pytest
from PySide6.QtGui import QColor, QFontInfo, QPalette
from PySide6.QtWidgets import QApplication

from app.resources import resource
from ui.style import DARK, LIGHT, Colours, colours, row_height, style_sheet
from ui.widgets.icons import dress_again, pixmap
from ui.widgets.layout import Card, EmptyState
from ui.widgets.text import button, elided, label, plain, primary_button, tip

TEXTS = ("ink", "muted", "accent", "danger", "warning", "good")
GROUNDS = ("ground", "surface", "hover", "selected")
THEMES = [pytest.param(LIGHT, id="light"), pytest.param(DARK, id="dark")]


def luminance(colour: str) -> float:
    """Relative luminance as WCAG 2 defines it."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    ]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_the_measure_of_contrast_is_right():
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)
    assert contrast("#777777", "#FFFFFF") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("look", THEMES)
@pytest.mark.parametrize(("text", "ground"), list(product(TEXTS, GROUNDS)))
def test_every_text_can_be_read_on_every_ground(look: Colours, text, ground):
    assert contrast(getattr(look, text), getattr(look, ground)) >= 4.5


@pytest.mark.parametrize("look", THEMES)
def test_words_on_the_primary_button_and_on_lit_places_can_be_read(look: Colours):
    assert contrast(look.on_accent, look.accent) >= 4.5
    assert contrast(look.ink, look.highlight) >= 4.5


@pytest.mark.parametrize("look", THEMES)
@pytest.mark.parametrize("ground", ["ground", "surface", "hover"])
@pytest.mark.parametrize("edge", ["line", "accent", "danger"])
def test_the_edge_of_what_can_be_used_is_seen(look: Colours, edge, ground):
    assert contrast(getattr(look, edge), getattr(look, ground)) >= 3


@pytest.mark.parametrize("look", THEMES)
def test_all_colours_are_written_in_full(look: Colours):
    assert all(re.fullmatch("#[0-9A-F]{6}", getattr(look, each.name)) for each in fields(look))


@pytest.mark.parametrize("look", THEMES)
def test_the_style_sheet_uses_only_colours_of_the_palette(look: Colours):
    written = set(re.findall(r"#[0-9A-Fa-f]{6}\b", style_sheet(look, 100)))
    assert written <= {getattr(look, each.name) for each in fields(look)}
    assert "$" not in style_sheet(look, 200)


@pytest.mark.parametrize(("theme", "look"), [("light", LIGHT), ("dark", DARK)])
def test_the_marks_of_boxes_have_the_colours_of_their_theme(theme, look: Colours):
    assert look.ink in resource("icons", "fixed", f"down-{theme}.svg").read_text()
    assert look.on_accent in resource("icons", "fixed", f"check-{theme}.svg").read_text()


def test_our_icons_share_one_grid_and_one_stroke():
    for path in resource("icons").glob("*.svg"):
        drawing = path.read_text()
        assert 'viewBox="0 0 24 24"' in drawing, path.name
        assert set(re.findall(r'stroke-width="([^"]+)"', drawing)) == {"1.75"}, path.name
        assert 'stroke="currentColor"' in drawing, path.name


def test_a_theme_puts_its_palette_on_the_program(style):
    style.choose_theme("dark")
    palette = QApplication.palette()
    assert palette.window().color() == QColor(DARK.ground)
    assert palette.color(QPalette.ColorRole.PlaceholderText) == QColor(DARK.muted)
    assert colours() is DARK
    style.choose_theme("light")
    assert colours() is LIGHT


def test_following_the_system_is_light_where_the_system_does_not_say(style):
    style.choose_theme("dark")
    style.choose_theme("system")
    assert style.look is LIGHT


def test_the_text_grows_in_steps_and_stays_within_100_and_200_percent(style):
    sizes = []
    style.changed.connect(lambda: sizes.append(style.percent))
    style.smaller()
    style.bigger()
    for _ in range(15):
        style.bigger()
    assert (sizes[0], sizes[1], style.percent) == (100, 110, 200)
    assert QFontInfo(QApplication.font()).pointSizeF() == pytest.approx(24, abs=0.5)
    style.normal()
    assert QApplication.font().pointSizeF() == 12


def test_rows_are_40_pixels_and_grow_with_the_text(style):
    assert row_height() == 40
    style.choose_percent(200)
    assert row_height() > 48


def test_icons_take_the_colour_of_the_theme_again(qtbot, style):
    made = button("Add", icon="plus")
    qtbot.addWidget(made)

    def ink_of() -> int:
        image = made.icon().pixmap(24, 24).toImage()
        found = [image.pixelColor(x, 12) for x in range(24)]
        return max(found, key=lambda each: each.alpha()).lightness()

    dark_on_light = ink_of()
    style.choose_theme("dark")
    dress_again()
    assert dark_on_light < 100
    assert ink_of() > 200


def test_an_icon_is_drawn_sharp_for_the_screen(qapp):
    shown = pixmap("inbox", 20, ratio=2.0)
    assert (shown.width(), shown.deviceIndependentSize().width()) == (40, 20)


def test_labels_show_markup_as_it_stands(qtbot):
    shown = label("<b>Not</b> bold & <img src='file:///etc/passwd'>")
    qtbot.addWidget(shown)
    assert shown.text().startswith("<b>")
    bold = label("x")
    qtbot.addWidget(bold)
    assert shown.sizeHint().width() > 8 * bold.sizeHint().width()


def test_a_tooltip_never_becomes_markup(qtbot):
    made = button("x")
    qtbot.addWidget(made)
    tip(made, "Claim 12")
    assert made.toolTip() == "Claim 12"
    tip(made, "<img src=x>")
    assert "&lt;img" in made.toolTip()
    assert "&amp;lt;" in plain("&lt;")


def test_a_button_shows_an_ampersand(qtbot):
    clicked = []
    made = primary_button("Save & close", lambda: clicked.append(1))
    qtbot.addWidget(made)
    assert (made.text(), made.accessibleName()) == ("Save && close", "Save & close")
    made.click()
    assert clicked == [1]


def test_a_cut_line_keeps_its_whole_text(qtbot):
    made = elided("Reading a letter with a very long name.pdf")
    qtbot.addWidget(made)
    made.resize(80, 20)
    made.show()
    assert super(type(made), made).text().endswith("…")
    assert made.text() == made.toolTip() == "Reading a letter with a very long name.pdf"


def test_an_empty_page_teaches_with_one_button(qtbot):
    begun = []
    page = EmptyState("inbox", "Nothing here", "Papers come here.", "Add", lambda: begun.append(1))
    qtbot.addWidget(page)
    page.show()
    page.go.click()
    assert begun == [1]


def test_a_card_has_its_heading(qtbot):
    card = Card("An appeal is due", "flag")
    qtbot.addWidget(card)
    assert card.heading.text() == "An appeal is due"
