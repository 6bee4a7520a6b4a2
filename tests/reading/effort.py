"""CPU of reading a photo: opening it and the OCR engine alone, and the program's whole work.

The engine alone gets the photo upright.
Each is measured in a process of its own: `python -m tests.reading.effort alone|whole FOLDER`.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import psutil

from tests.reading.photo import Shot, photo
from tests.reading.typeset import PaperData, chance_of, pictures_of

_DPI = 280


def effort(papers: Sequence[PaperData], seed: int) -> tuple[float, float]:
    """Return the CPU seconds a page of the engine alone and of the program."""
    with tempfile.TemporaryDirectory() as folder:
        for paper in papers:
            _write(paper, seed, Path(folder))
        alone, whole = (_in_a_process(work, folder) for work in ("alone", "whole"))
    return alone, whole


def _write(paper: PaperData, seed: int, folder: Path) -> None:
    """Write the first page's photo as taken, and the same photo upright for the engine."""
    page = pictures_of(paper, _DPI)[0]
    shot = Shot.of(chance_of(paper, "effort", seed))
    for kind, taken in (("whole", shot), ("alone", replace(shot, lying=0, orientation=1))):
        (folder / kind).mkdir(exist_ok=True)
        content = photo(page, chance_of(paper, "photo", seed), taken)
        (folder / kind / f"{paper['id']}.jpg").write_bytes(content)


def _in_a_process(work: str, folder: str) -> float:
    command = [sys.executable, "-m", "tests.reading.effort", work, folder]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    return float(done.stdout)


def _alone(photos: Sequence[Path]) -> float:
    from app.importing.engine import cut_out, detected, recognised  # noqa: PLC0415 - see `main`
    from app.importing.limits import ocr_scale  # noqa: PLC0415
    from app.importing.pages import picture  # noqa: PLC0415

    def read(path: Path) -> float:
        values = {"path": str(path), "media_type": "image/jpeg", "page": 1, "password": None}
        began = time.process_time()
        image = picture(values, ocr_scale).image
        pixels = np.ascontiguousarray(np.asarray(image)[:, :, ::-1])
        corners = detected(pixels)
        recognised(cut_out(pixels, corners), corners)
        return time.process_time() - began

    read(photos[0])  # loads the models
    return sum(map(read, photos)) / len(photos)


def _whole(photos: Sequence[Path]) -> float:
    from app.importing.reader import DocumentReader  # noqa: PLC0415
    from app.jobs import Silent  # noqa: PLC0415

    with DocumentReader(pool_size=1) as reader:

        def read(path: Path) -> None:
            list(reader.read(path, media_type="image/jpeg", progress=Silent()))

        read(photos[0])
        began = _cpu_seconds()
        for path in photos:
            read(path)
        return (_cpu_seconds() - began) / len(photos)


def _cpu_seconds() -> float:
    """Return the CPU seconds of this process and of its workers, which go on running."""
    every = [psutil.Process(), *psutil.Process().children(recursive=True)]
    return sum(sum(process.cpu_times()[:2]) for process in every)


def main(words: list[str]) -> None:
    """Measure one of the two; what it loads is loaded only by its own process."""
    work, folder = words
    photos = sorted((Path(folder) / work).glob("*.jpg"))
    sys.stdout.write(f"{(_alone if work == 'alone' else _whole)(photos)}\n")


if __name__ == "__main__":
    main(sys.argv[1:])
