"""Finds the sheet of paper in a photo: four corners, and only when they are sure.

A photo that is left as it is costs nothing; one that is cropped wrongly loses words. So a sheet is
told only where all four of its edges are seen, what lies inside them is of one piece, and (the
caller's part, `inside`) no text lies outside. All this works on a picture made small.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

import cv2
import numpy as np
from numpy.typing import NDArray

from app.imaging.quads import (
    Floats,
    Quad,
    areas,
    bounded_by,
    convex,
    crossings,
    depths,
    in_order,
    outwards,
    widened,
)

LONG_SIDE: Final = 640
"""Pixels of the longer side of the picture in which a sheet is looked for."""

_COLOUR: Final = (1.0, 1.6, 1.6)  # weights of Lab
_STEP: Final = 7.0  # levels of these, from which two colours differ
_CLOSING: Final = 11  # pixels; wider than the strokes and letters of print, which so vanish

_CLEAR_STEP: Final = 60.0  # of paper on a dark table

_LIVELY: Final = 3.0  # levels by which colours spread where they part paper and table

_SHORTEST: Final = 36.0  # pixels of a segment that may be part of an edge
_MOST_LINES: Final = 28
_SAME_ANGLE: Final = 0.045  # radians
_SAME_PLACE: Final = 3.5  # pixels
_OPPOSITE: Final = 0.7  # radians between opposite edges, at most
_CORNER: Final = 0.75  # radians between neighbouring edges, at least
_SHOWS: Final = 0.3  # of each edge, for a quadrilateral to be looked at closely
_BEST: Final = 14  # of which so many are
_ALIKE: Final = 6.0  # pixels between the corners of quadrilaterals that are one

_OUTSIDE: Final = 0.015  # of the picture's side, by which a corner may lie beyond the frame
_LEAST_AREA: Final = 0.1  # of the picture

_SAMPLES: Final = 48  # places along an edge
_ENDS: Final = 0.03  # of an edge at its corners, often folded or round
_REACH: Final = 9  # pixels by which a curled edge may leave its chord
_BAND: Final = 6  # pixels on each side whose colours are compared
_STRAIGHT: Final = 2.5  # pixels
_SIDE_SEEN: Final = 0.5  # of an edge: a hand or a dark letterhead may hide the rest
_EDGES_SEEN: Final = 0.76  # of all four
_ONE_PIECE: Final = 0.6  # of the border of the sheet that looks like what lies further in
_FURTHER_IN: Final = 0.05  # of the way to the middle
_MARGIN: Final = 1.8  # pixels kept around a sheet
_TEXT_SLACK: Final = 0.012  # of the picture's side: text this far outside is still inside


@dataclass(frozen=True, slots=True)
class _Lines:
    """Straight lines across the picture, `normal · point = offset`.

    `seen` counts, pixel by pixel from `starts`, how often a line parted two colours so far.
    """

    normals: Floats  # n × 2
    offsets: Floats  # n
    starts: Floats  # n × 2
    seen: Floats  # n × length


@dataclass(frozen=True, slots=True)
class _Edges:
    """A quadrilateral seen closely: drawn to the edges that are there, and how sure each is."""

    quad: Quad
    shares: Floats  # how much of each edge is seen
    steps: Floats  # by how much the colours on both sides of each differ
    bulges: Floats  # by how many pixels the paper goes beyond each edge
    whole: float  # how much of the border of the sheet looks like what lies further in


def sheets(picture: NDArray[np.uint8]) -> list[Quad]:
    """Return the sheets that are surely seen in a small RGB picture, the likeliest first.

    They are proposals for one and the same sheet: the caller takes the first that holds all text.
    """
    size = np.array((picture.shape[1], picture.shape[0]))
    smooth = cv2.cvtColor(cv2.medianBlur(picture, 3), cv2.COLOR_RGB2LAB)
    bare = _without_print(smooth)
    found: list[tuple[float, Quad]] = []
    for quad in [*_by_contour(bare, size), *_by_lines(smooth, bare, size)]:
        edges = _edges(quad, bare)
        wide = widened(edges.quad, edges.bulges + _MARGIN)
        if _is_sure(edges) and _plausible(wide[np.newaxis], size)[0]:
            found.append((_score(edges), np.clip(wide, 0, size)))
    return _distinct([quad for _, quad in sorted(found, key=lambda item: -item[0])])


def inside(quad: Quad, pieces: Floats, size: tuple[int, int]) -> NDArray[np.bool_]:
    """Say of each piece of text, n × 4 × 2, whether a sheet holds all of it."""
    within = depths(quad, pieces.reshape(-1, 2)) > -_TEXT_SLACK * max(size)
    return np.asarray(within.reshape(-1, 4).all(axis=1))


def _without_print(lab: NDArray[Any]) -> Floats:
    """Return the weighted colours with what is printed filled in by the paper around it."""
    bare = lab.copy()
    kernel = np.ones((_CLOSING, _CLOSING), np.uint8)
    bare[:, :, 0] = cv2.morphologyEx(lab[:, :, 0], cv2.MORPH_CLOSE, kernel)
    bare[:, :, 1:] = cv2.medianBlur(np.ascontiguousarray(lab[:, :, 1:]), 5)
    return (cv2.GaussianBlur(bare, (0, 0), 1.0) * np.array(_COLOUR)).astype(np.float32)


def _by_contour(bare: Floats, size: Floats) -> list[Quad]:
    """Return what is brighter than the rest as a quadrilateral: for edges that are not straight."""
    light = bare[:, :, 0].astype(np.uint8)
    _, mask = cv2.threshold(light, 0, 255, cv2.THRESH_BINARY | cv2.THRESH_OTSU)
    mask = cv2.morphologyEx(mask, cv2.MORPH_OPEN, np.ones((9, 9), np.uint8))
    contours, _ = cv2.findContours(mask, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_SIMPLE)
    if not contours:
        return []
    hull = cv2.convexHull(max(contours, key=cv2.contourArea))
    for part in (0.01, 0.02, 0.03, 0.05, 0.08):
        corners = cv2.approxPolyDP(hull, part * cv2.arcLength(hull, closed=True), closed=True)
        if len(corners) == 4:
            quad = in_order(corners.reshape(4, 2).astype(np.float64))
            return [quad] if _plausible(quad[np.newaxis], size)[0] else []
    return []


def _by_lines(smooth: NDArray[Any], bare: Floats, size: Floats) -> list[Quad]:
    """Return the best quadrilaterals whose edges are lines of the picture."""
    segments = _segments(_layers(smooth))
    if len(segments) < 4:
        return []
    lines = _sampled(segments, bare)
    sides = _four_sides(lines.normals)
    if not len(sides):
        return []
    met = crossings(lines.normals, lines.offsets)
    corners = np.stack([met[sides[:, k - 1], sides[:, k]] for k in range(4)], axis=1)
    keep = _plausible(corners, size)
    corners, sides = corners[keep], sides[keep]
    seen = np.stack(
        [
            _seen_between(lines, sides[:, k], corners[:, k], corners[:, (k + 1) % 4])
            for k in range(4)
        ],
        axis=1,
    )
    score = seen.mean(axis=1) * areas(corners) ** 0.15 * (seen.min(axis=1) > _SHOWS)
    best = np.argsort(-score)[: 4 * _BEST]
    return _distinct([in_order(corners[index]) for index in best if score[index] > 0])[:_BEST]


def _layers(lab: NDArray[Any]) -> list[NDArray[np.uint8]]:
    """Return the lightness and, where there are colours, the livelier one of their two scales."""
    lightness, *colours = np.moveaxis(lab, 2, 0)
    lively = max(colours, key=lambda layer: float(layer.std()))
    return [lightness, lively] if lively.std() > _LIVELY else [lightness]


def _segments(layers: Sequence[NDArray[np.uint8]]) -> Floats:
    """Return one segment (x0, y0, x1, y1) for each line with much to be seen of it, n × 4."""
    finder = cv2.createLineSegmentDetector()
    found: list[Any] = [finder.detect(np.ascontiguousarray(layer))[0] for layer in layers]
    every = np.concatenate(
        [np.empty((0, 4)), *(each.reshape(-1, 4) for each in found if each is not None)]
    )
    lengths = np.hypot(every[:, 2] - every[:, 0], every[:, 3] - every[:, 1])
    order = [index for index in np.argsort(-lengths) if lengths[index] >= _SHORTEST]
    every, lengths = every[order], lengths[order]
    first, last = every[:, :2], every[:, 2:]
    along = (last - first) / lengths[:, np.newaxis]
    normals = np.stack([-along[:, 1], along[:, 0]], axis=1)
    free = np.ones(len(every), bool)
    groups: list[tuple[float, int]] = []
    for index in range(len(every)):
        if not free[index]:
            continue
        apart = np.abs((np.stack([first, last]) - first[index]) @ normals[index]).max(axis=0)
        same = free & (np.abs(normals @ along[index]) < _SAME_ANGLE) & (apart < _SAME_PLACE)
        free &= ~same
        groups.append((float(lengths[same].sum()), index))
    return every[[index for _, index in sorted(groups, reverse=True)[:_MOST_LINES]]]


def _sampled(segments: Floats, bare: Floats) -> _Lines:
    """Measure along each line, all across the picture, where it parts two colours."""
    along = segments[:, 2:] - segments[:, :2]
    along = along / np.linalg.norm(along, axis=1, keepdims=True)
    normals = np.stack([-along[:, 1], along[:, 0]], axis=1)
    reach = int(np.hypot(*bare.shape[:2])) + 1
    starts = segments[:, :2] - along * reach
    places = starts[:, None] + along[:, None] * np.arange(2 * reach)[None, :, None]
    sides = [
        _at(bare, places + normals[:, None] * near)
        + _at(bare, places + normals[:, None] * 2 * near)
        for near in (-2.5, 2.5)
    ]
    apart = np.linalg.norm(sides[1] - sides[0], axis=-1) / 2
    return _Lines(normals, (normals * starts).sum(axis=1), starts, np.cumsum(apart > _STEP, axis=1))


def _four_sides(normals: Floats) -> NDArray[np.intp]:
    """Return all ways to choose four lines that may be the edges of a sheet, in order: n × 4."""
    sine = normals[:, None, 0] * normals[None, :, 1] - normals[:, None, 1] * normals[None, :, 0]
    turn = np.arcsin(np.clip(np.abs(sine), 0, 1))
    left, right = np.nonzero(np.triu(turn < _OPPOSITE, 1))
    one, other = np.triu_indices(len(left), 1)
    sides = np.stack([left[one], left[other], right[one], right[other]], axis=1)
    corners = [turn[sides[:, k - 1], sides[:, k]] > _CORNER for k in range(4)]
    return sides[np.logical_and.reduce(corners)]


def _seen_between(lines: _Lines, which: NDArray[np.intp], one: Floats, other: Floats) -> Floats:
    """Return how much of some lines is seen between two points of each."""
    starts = lines.starts[which]
    ends = np.stack([np.linalg.norm(point - starts, axis=1) for point in (one, other)])
    low, high = np.sort(ends.astype(int).clip(0, lines.seen.shape[1] - 1), axis=0)
    return (lines.seen[which, high] - lines.seen[which, low]) / np.maximum(high - low, 1)


def _distinct(quads: Sequence[Quad]) -> list[Quad]:
    """Leave out quadrilaterals that are nearly the same as one before."""
    kept: list[Quad] = []
    for quad in quads:
        if all(np.abs(quad - other).max() > _ALIKE for other in kept):
            kept.append(quad)
    return kept


def _plausible(corners: Floats, size: Floats) -> NDArray[np.bool_]:
    """Say of quadrilaterals whether they may be a sheet: well inside the picture, no sliver."""
    slack = size * _OUTSIDE
    framed = ((corners > -slack) & (corners < size + slack)).all(axis=(1, 2))
    return framed & convex(corners) & (areas(corners) > _LEAST_AREA * size.prod())


def _is_sure(edges: _Edges) -> bool:
    return (
        bool(edges.shares.min() >= _SIDE_SEEN)
        and bool(edges.shares.mean() >= _EDGES_SEEN)
        and edges.whole >= _ONE_PIECE
    )


def _score(edges: _Edges) -> float:
    """Prefer the larger sheet to a box printed on it, and its edge to a joint of the table."""
    clear = float((edges.steps / _CLEAR_STEP).clip(0, 1).mean())
    return float(edges.shares.mean() * areas(edges.quad) ** 0.25) * clear**0.3


def _edges(quad: Quad, bare: Floats) -> _Edges:
    """Look along the edges of a quadrilateral for where the colour really changes."""
    along, out = np.roll(quad, -1, axis=0) - quad, outwards(quad)
    parts = np.linspace(_ENDS, 1 - _ENDS, _SAMPLES)
    base = quad[:, None] + along[:, None] * parts[None, :, None]  # 4 × samples × 2
    offsets, strengths = _steps(base, out, bare)
    seen = strengths > _STEP
    shares, steps, bulges, ends = np.zeros(4), np.zeros(4), np.zeros(4), np.zeros((4, 2, 2))
    for side in range(4):
        slope, height = _line_through(parts[seen[side]], offsets[side][seen[side]])
        chord = slope * parts + height
        beyond = (offsets[side] - chord)[seen[side]]
        shares[side] = (seen[side] & _goes_on(offsets[side])).mean()
        steps[side] = np.median(strengths[side])
        bulges[side] = np.percentile(beyond.clip(0), 97) if len(beyond) else 0.0
        ends[side] = base[side][[0, -1]] + out[side] * chord[[0, -1], None]
    drawn = ends[:, 1] - ends[:, 0]
    normals = np.stack([drawn[:, 1], -drawn[:, 0]], axis=1)
    fitted = bounded_by(normals, (normals * ends[:, 0]).sum(axis=1))
    return _Edges(fitted, shares, steps, bulges, _one_piece(quad, base, bare))


def _steps(base: Floats, out: Floats, bare: Floats) -> tuple[Floats, Floats]:
    """Return how far outside of each place the colour changes most, and by how much."""
    around = np.arange(-_REACH - _BAND, _REACH + _BAND)
    colours = _at(bare, base[:, :, None] + out[:, None, None] * around[None, None, :, None])
    sums = np.cumsum(np.insert(colours, 0, 0, axis=2), axis=2)
    bands = (sums[:, :, _BAND:] - sums[:, :, :-_BAND]) / _BAND
    steps = np.linalg.norm(bands[:, :, _BAND:] - bands[:, :, :-_BAND], axis=-1)
    middles = np.arange(steps.shape[2]) - _REACH - 0.5
    most = np.argmax(steps * (1 - 0.04 * np.abs(middles)), axis=2)  # the nearer the likelier
    return middles[most], np.take_along_axis(steps, most[..., None], axis=2)[..., 0]


def _line_through(parts: Floats, offsets: Floats) -> tuple[float, float]:
    """Fit offset = slope × part + height, leaving out what lies off the line."""
    keep = np.ones(len(parts), bool)
    slope = height = 0.0
    for _ in range(3):
        if keep.sum() < 4:
            break
        slope, height = map(float, np.polyfit(parts[keep], offsets[keep], 1))
        away = np.abs(offsets - slope * parts - height)
        keep = away <= max(_STRAIGHT, 2 * float(np.median(away)))
    return slope, height


def _goes_on(offsets: Floats) -> NDArray[np.bool_]:
    """Say of each place of an edge whether the next or the one before lies level with it."""
    level = np.abs(np.diff(offsets)) <= _STRAIGHT
    return np.append(level, level[-1]) | np.insert(level, 0, level[0])


def _one_piece(quad: Quad, base: Floats, bare: Floats) -> float:
    """Return how much of the sheet's border looks like the sheet a little further in."""
    border = base - outwards(quad)[:, None] * (_REACH - 1)
    further = border + (quad.mean(axis=0) - base) * _FURTHER_IN
    apart = np.linalg.norm(_at(bare, border) - _at(bare, further), axis=-1)
    return float((apart < 2.5 * _STEP).mean())


def _at(bare: Floats, places: Floats) -> Floats:
    """Return the colours at places, … × 2."""
    flat = places.reshape(-1, places.shape[-2], 2).astype(np.float32)
    seen = cv2.remap(
        bare, flat[..., 0], flat[..., 1], cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE
    )
    return np.asarray(seen, np.float32).reshape(*places.shape[:-1], bare.shape[2])
