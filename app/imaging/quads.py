"""Quadrilaterals in a picture: four corners in pixels, clockwise from the one that is top left."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.floating[Any]]
Quad = NDArray[np.floating[Any]]
"""Four corners, 4 × 2. The edge after the corner of the same number goes to the next corner."""


def in_order(corners: Quad) -> Quad:
    """Return corners clockwise on the screen, from the one that is top left."""
    away = corners - corners.mean(axis=0)
    around = corners[np.argsort(np.arctan2(away[:, 1], away[:, 0]))]
    heights = around[:, 1] + np.roll(around, -1, axis=0)[:, 1]
    return np.roll(around, -int(np.argmin(heights)), axis=0)  # the highest edge is the top


def areas(corners: Floats) -> Floats:
    """Return the areas of quadrilaterals, … × 4 × 2."""
    following = np.roll(corners, -1, axis=-2)
    cross = corners[..., 0] * following[..., 1] - corners[..., 1] * following[..., 0]
    return np.abs(cross.sum(axis=-1)) / 2


def convex(corners: Floats) -> NDArray[np.bool_]:
    """Say of quadrilaterals, … × 4 × 2, whether they have no dent and no crossing edges."""
    edges = np.roll(corners, -1, axis=-2) - corners
    following = np.roll(edges, -1, axis=-2)
    turns = edges[..., 0] * following[..., 1] - edges[..., 1] * following[..., 0]
    return np.abs(np.sign(turns).sum(axis=-1)) == 4


def outwards(quad: Quad) -> Floats:
    """Return for each edge the direction, one pixel long, that leads out of the quadrilateral."""
    along = np.roll(quad, -1, axis=0) - quad
    lengths = np.maximum(np.linalg.norm(along, axis=1, keepdims=True), 1e-9)
    return np.stack([along[:, 1], -along[:, 0]], axis=1) / lengths


def crossings(normals: Floats, offsets: Floats) -> Floats:
    """Return where each two of n lines `normal · point = offset` cross, n × n × 2.

    Parallel lines cross far away.
    """
    n, o = normals.astype(np.float64), offsets.astype(np.float64)
    det = n[:, None, 0] * n[None, :, 1] - n[:, None, 1] * n[None, :, 0]
    det = np.where(np.abs(det) < 1e-6, 1e-6, det)
    x = (o[:, None] * n[None, :, 1] - o[None, :] * n[:, None, 1]) / det
    y = (n[:, None, 0] * o[None, :] - n[None, :, 0] * o[:, None]) / det
    return np.stack([x, y], axis=-1)


def bounded_by(normals: Floats, offsets: Floats) -> Quad:
    """Return the quadrilateral whose edges lie on four lines, in their order."""
    met = crossings(normals, offsets)
    return np.stack([met[side - 1, side] for side in range(4)])


def widened(quad: Quad, by: Floats) -> Quad:
    """Return the quadrilateral with each edge moved outwards by so many pixels."""
    out = outwards(quad)
    return bounded_by(out, (out * quad).sum(axis=1) + by)


def depths(quad: Quad, points: Floats) -> Floats:
    """Return by how many pixels points, n × 2, lie inside; negative if outside."""
    out = outwards(quad)
    return ((out * quad).sum(axis=1) - points @ out.T).min(axis=1)
