"""The OCR engine: RapidOCR on ONNX Runtime, with the models that lie in its wheel.

Runs in a worker only. Settings measured on letters, forms and receipts: one thread, no classifier
of lines (`ocr` finds which way up a page is at no cost), one line at a time.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any, Final, cast

import cv2
import numpy as np
import rapidocr
from numpy.typing import NDArray
from rapidocr.main import RapidOCRError

from app.importing.lines import Piece, Seen

Pixels = NDArray[np.uint8]
"""A picture as the engine wants it: height × width × (blue, green, red)."""

Corners = NDArray[np.float32]
"""Four corners each of n pieces of text, in pixels, clockwise from top left: n × 4 × 2."""

_DETECTION_PIXELS: Final = 1280 * 989  # a Letter page 1,280 high; at 960 faint print is lost
_FINE_PRINT: Final = 14  # pixels; where a tenth of the pieces is no higher, lines get lost
_GRID: Final = 32  # pixels; the network wants multiples
_MOST_RATIO: Final = 60  # a thinner strip holds no text, and the engine would pad it without end
_NARROWEST: Final = 120  # pixels a piece is padded to; the engine's own 320 costs a fifth more
_MODELS: Final = Path(rapidocr.__file__).parent / "models"
_COLUMN_GAP: Final = 5  # columns of the network from which the engine parts letters
_WIDE_GAP: Final = 2.5  # letters, from the middle of one to the middle of the next


@cache
def _engine() -> rapidocr.RapidOCR:
    settings = {
        "Global.log_level": "critical",
        "Global.use_cls": False,
        "Global.return_word_box": True,
        "Det.model_path": str(_MODELS / "PP-OCRv6_det_small.onnx"),  # named: never downloaded
        "Det.limit_type": "max",
        "Det.limit_side_len": 1 << 16,  # `detected` scales the picture itself
        "Rec.model_path": str(_MODELS / "PP-OCRv6_rec_small.onnx"),
        "Rec.rec_batch_num": 1,
        "Rec.rec_img_shape": [3, 48, _NARROWEST],
        "EngineConfig.onnxruntime.intra_op_num_threads": 1,
        "EngineConfig.onnxruntime.inter_op_num_threads": 1,
    }
    return rapidocr.RapidOCR(params=settings)


def detected(picture: Pixels) -> Corners:
    """Return where there is text.

    The picture is scaled by its area, not by its longer side as the engine would: the print of a
    long receipt stays as large as that of a letter. Fine print, which is lost that small, is looked
    for once more in twice as many pixels.
    """
    corners, is_fine = first_look(picture)
    return closer_look(picture) if is_fine else corners


def first_look(picture: Pixels) -> tuple[Corners, bool]:
    """Return where there is text, and whether print is so fine that some of it may be missing."""
    corners, scale = _detected(picture, _DETECTION_PIXELS)
    fine = len(corners) > 0 and np.percentile(heights(corners), 10) * scale <= _FINE_PRINT
    return corners, scale < 1 and bool(fine)


def closer_look(picture: Pixels) -> Corners:
    """Return where there is text, fine print too."""
    return _detected(picture, 2 * _DETECTION_PIXELS)[0]


def _detected(picture: Pixels, most_pixels: int) -> tuple[Corners, float]:
    """Return where there is text in a picture of so many pixels, and how it was scaled for that."""
    height, width = picture.shape[:2]
    if max(height, width) > _MOST_RATIO * min(height, width):
        return np.empty((0, 4, 2), np.float32), 1.0
    scale = min(math.sqrt(most_pixels / (width * height)), 1.0)
    size = _on_grid(width * scale), _on_grid(height * scale)
    small = cv2.resize(picture, size, interpolation=cv2.INTER_AREA)
    record: dict[str, Any] = {}
    try:
        _, found = _engine().detect_and_crop(small, record)
    except RapidOCRError:  # it found nothing
        return np.empty((0, 4, 2), np.float32), scale
    corners = cast("Corners", found.boxes).astype(np.float32)
    corners[:, :, 1] -= record["padding_1"]["top"]  # black bars that it gives very wide pictures
    return (corners * (width / size[0], height / size[1])).astype(np.float32), scale


def heights(corners: Corners) -> NDArray[np.float32]:
    """Return how high each piece of text is, upright or on end."""
    sides = [np.linalg.norm(corners[:, 0] - corners[:, k], axis=1) for k in (1, 3)]
    return np.minimum(*sides)


def cut_out(picture: Pixels, corners: Corners) -> list[Pixels]:
    """Return each piece of text as a picture of its own; a tall one is laid on its left side."""
    return cast("list[Pixels]", _engine().crop_text_regions(picture, corners))


def recognised(cuttings: Sequence[Pixels], corners: Corners) -> list[tuple[Piece, float]]:
    """Return what is written on each cutting, and how sure the engine is, 0 to 1."""
    if not cuttings:
        return []
    answer: Any = _engine().recognize_txt(list(cuttings))
    rows = zip(answer.txts, answer.scores, answer.word_results, corners, strict=True)
    return [(_piece(text, info, corner), float(score)) for text, score, info, corner in rows]


def _on_grid(side: float) -> int:
    return max(round(side / _GRID), 1) * _GRID


def _piece(text: str, info: Any, corners: NDArray[np.float32]) -> Piece:
    """Place the words of a piece: the network tells in which of its columns it saw each letter."""
    top_left, top_right, bottom_right, bottom_left = corners.astype(float)
    if tall(corners[np.newaxis])[0]:  # it was laid on its side to be read
        top_left, top_right, bottom_right, bottom_left = (
            top_right, bottom_right, bottom_left, top_left,
        )  # fmt: skip
    words: list[Seen] = []
    for word, first, last, score in _words(text, info):
        ends = [
            start + (end - start) * min(max(column / info.line_txt_len, 0.0), 1.0)
            for start, end in ((top_left, top_right), (bottom_left, bottom_right))
            for column in (first, last)
        ]
        (x0, y0), (x1, y1) = np.min(ends, axis=0), np.max(ends, axis=0)
        words.append(Seen(word, float(x0), float(y0), float(x1), float(y1), score))
    spaced = " ".join(word.text for word in words)
    return Piece(spaced, tuple(words), tuple((float(x), float(y)) for x, y in corners))


def _words(text: str, info: Any) -> list[tuple[str, float, float, float]]:
    """Return each word of a piece with its first and last column, and how sure the engine is.

    The engine parts letters at spaces, between scripts, and at any wide gap. A gap inside a word
    in wide type is no gap: it must be wide among these letters too.
    """
    runs = list(zip(info.words, info.word_cols, strict=True))
    scores = iter(info.confs)
    width = _letter_width([columns for _, columns in runs])
    words: list[tuple[str, float, float, float]] = []
    rest, end, sure = text, -math.inf, list[float]()
    for letters, columns in runs:
        run, bare = "".join(letters), rest.lstrip()
        gap = columns[0] - end
        parted = bare != rest or gap > max(_COLUMN_GAP, _WIDE_GAP * width)
        rest, end = bare[len(run) :], columns[-1]
        new = [next(scores, 0.0) for _ in letters]
        right = columns[-1] + 0.5 + width / 2
        if words and not parted:
            before, left, _, _ = words.pop()
            sure += new
            words.append((before + run, left, right, sum(sure) / len(sure)))
        else:
            sure = new
            words.append((run, columns[0] + 0.5 - width / 2, right, sum(sure) / len(sure)))
    return words


def _letter_width(runs: Sequence[Sequence[int]]) -> float:
    """Return how many columns a letter takes."""
    steps = sum(len(columns) - 1 for columns in runs)
    return sum(columns[-1] - columns[0] for columns in runs) / steps if steps else 2.0


def tall(corners: Corners) -> NDArray[np.bool_]:
    """Say of each piece whether it stands on end, as the engine judges it."""
    widths = np.linalg.norm(corners[:, 0] - corners[:, 1], axis=1)
    heights = np.linalg.norm(corners[:, 0] - corners[:, 3], axis=1)
    return heights >= 1.5 * widths
