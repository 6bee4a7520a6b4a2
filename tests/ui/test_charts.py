"""Pictures of money: round scales, patterns that need no colour, and the numbers as a table."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QMarginsF, QRectF
from PySide6.QtGui import QColor, QImage, QPageLayout, QPageSize, QPainter, QPdfWriter

from app.domain.money import Money
from tests.ui.checks import check_widget
from ui.pages.money_pictures import SERIES
from ui.pages.picture_card import Picture, PictureCard, draw_pictures
from ui.widgets.chart_bars import Bar, BarChart, Series, nice_top
from ui.widgets.chart_fill import PATTERNS, fill
from ui.widgets.chart_meter import MeterBar
from ui.widgets.chart_table import Numbers

MONTHS = tuple(f"M{number:02d}" for number in range(1, 13))


def picture(rows=12):
    return Picture(
        title="Who paid in 2026",
        bars=tuple(Bar(name, (Money(100_00 * at), Money(50_00))) for at, name in
                   enumerate(MONTHS[:rows])),
        series=(Series("Own money", "solid"), Series("HSA card", "slant", "good")),
        first="Month",
        heads=("Own money", "HSA card"),
        rows=tuple(Numbers(name, (f"${at}00.00", "$50.00")) for at, name in
                   enumerate(MONTHS[:rows])),
        note="By the day the money moved.",
    )  # fmt: skip


@given(st.integers(0, 10_000_000_000_00))
def test_the_scale_ends_at_a_round_amount_that_nothing_passes(cents):
    top = nice_top(cents)
    assert top >= max(cents, 1)
    assert top % 4 == 0
    assert top <= max(8 * cents, 400)


def drawn(pattern):
    image = QImage(60, 40, QImage.Format.Format_RGB32)
    image.fill(QColor("white"))
    painter = QPainter(image)
    fill(painter, QRectF(1, 1, 56, 36), pattern, QColor("black"), 8)
    painter.end()
    return bytes(image.convertToFormat(QImage.Format.Format_Grayscale8).constBits())


def test_patterns_are_told_apart_in_black_and_white():
    assert len({drawn(pattern) for pattern in PATTERNS}) == len(PATTERNS)
    assert len({series.pattern for series in SERIES.values()}) == len(SERIES)


def test_a_picture_has_a_name_and_its_numbers_beneath_as_a_table(qtbot):
    card = PictureCard(picture())
    qtbot.addWidget(card)
    card.resize(800, 1200)
    card.show()
    check_widget(card)
    (chart,) = card.findChildren(BarChart)
    assert chart.accessibleName() == "Who paid in 2026"
    assert "table" in chart.accessibleDescription()
    model = card.table.model()
    assert model.rowCount() == 12
    assert model.index(3, 1).data() == "$300.00"
    assert card.table.accessibleName() == "Who paid in 2026"


def test_a_taller_column_is_painted_for_a_larger_amount(qtbot):
    chart = BarChart("Two")
    qtbot.addWidget(chart)
    chart.resize(400, 220)
    chart.show_bars([Bar("a", (Money(100_00),)), Bar("b", (Money(200_00),))], [Series("Own money")])
    chart.grab()
    first, second = (box.height() for box, _words in chart.boxes)
    assert second == pytest.approx(2 * first)


@pytest.mark.parametrize(
    ("used", "limit", "share"), [(0, 100, 0.0), (25, 100, 0.25), (250, 100, 1.0), (5, 0, 1.0)]
)
def test_a_meter_is_filled_as_far_as_the_limit_is_used(qtbot, used, limit, share):
    bar = MeterBar("Deductible", Money(used), Money(limit))
    qtbot.addWidget(bar)
    bar.resize(202, 24)
    image = bar.grab().toImage()
    accent = sum(
        image.pixelColor(across, 12).lightness() < 150 for across in range(2, image.width() - 2)
    )
    assert accent / (image.width() - 4) == pytest.approx(share, abs=0.03)


def test_pictures_are_printed_with_all_their_numbers_in_black(tmp_path):
    target = tmp_path / "pictures.pdf"
    writer = QPdfWriter(str(target))
    writer.setPageLayout(
        QPageLayout(
            QPageSize(QPageSize.PageSizeId.Letter), QPageLayout.Orientation.Portrait,
            QMarginsF(15, 15, 15, 15), QPageLayout.Unit.Millimeter,
        )
    )  # fmt: skip
    many = picture()
    long = Picture(**{
        **{name: getattr(many, name) for name in ("title", "bars", "series", "first", "heads")},
        "rows": tuple(Numbers(f"Row {at}", ("$1,000,000.00", "$2.00")) for at in range(60)),
    })  # fmt: skip
    draw_pictures((many, long), writer)
    del writer
    pypdf = pytest.importorskip("pypdf")
    pages = pypdf.PdfReader(target).pages
    assert len(pages) >= 3  # one for each picture, and more for many rows
    words = " ".join(" ".join(page.extract_text() for page in pages).split())
    for each in ("Who paid in 2026", "HSA card", "Row 59", "M12", "$300.00"):
        assert each in words
