"""How large things may be, and how large pictures are made. Measured on letters and receipts."""

from __future__ import annotations

import math
from typing import Final

MAX_PAGES: Final = 10_000
MAX_PIXELS: Final = 180_000_000  # of a picture that is opened: 13,400 × 13,400
OCR_PIXELS: Final = 3_100_000  # a Letter page at 182 dpi; more finds no more words
OCR_MAX_DPI: Final = 300  # beyond that a small page is only blown up
THUMBNAIL_WIDTH: Final = 240
THUMBNAIL_HEIGHT: Final = 720  # of a very long receipt
SHOWN_WIDTHS: Final = (64, 4000)  # pixels, of a page for the window
SHOWN_PIXELS: Final = 24_000_000

POINTS: Final = 72  # an inch
MAX_SIDE_PT: Final = 14_400  # 200 inches, the largest page of the PDF standard


def ocr_scale(width_pt: float, height_pt: float) -> float:
    """Return pixels per point at which a page is drawn for reading."""
    return min(math.sqrt(OCR_PIXELS / (width_pt * height_pt)), OCR_MAX_DPI / POINTS)


def thumbnail_size(width: float, height: float) -> tuple[int, int]:
    """Return the size in pixels of the thumbnail of a page of these proportions."""
    scale = min(THUMBNAIL_WIDTH / width, THUMBNAIL_HEIGHT / height)
    return max(round(width * scale), 1), max(round(height * scale), 1)


def shown_scale(width: float, height: float, wanted_px: int) -> float:
    """Return pixels per unit at which a page of this size is shown about `wanted_px` wide."""
    least, most = SHOWN_WIDTHS
    scale = min(max(wanted_px, least), most) / width
    return min(scale, math.sqrt(SHOWN_PIXELS / (width * height)))
