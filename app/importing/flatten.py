"""Flattens the sheet that is seen in a photo, and evens the light on it."""

from __future__ import annotations

from collections.abc import Callable

from app.imaging.sheet import Corners, Sheet, evened, is_sheet, laid_flat
from app.importing.pictures import Fit, Picture


def flattened(whole: Callable[[Fit], Picture], corners: Corners, fit: Fit) -> Picture:
    """Return the sheet with these corners, flat and evenly lit, as large as `fit` wants it.

    `whole` decodes the picture that it lies in. Corners that make no sheet leave it as it is.
    """

    def fit_whole(width: float, height: float) -> float:
        sheet = Sheet.of(corners, (width, height))
        return fit(sheet.width, sheet.height)

    if not is_sheet(corners):
        return whole(fit)
    seen = whole(fit_whole).image
    sheet = Sheet.of(corners, seen.size)
    return Picture(evened(laid_flat(seen, sheet)), sheet.width_pt, sheet.height_pt)
