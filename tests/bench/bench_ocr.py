"""OCR of a page through the workers against the OCR engine alone on the same upright pictures.

Run: python -m tests.bench.bench_ocr
"""

from __future__ import annotations

import random
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import psutil
from PIL import Image, ImageDraw, ImageFont

PAGES = 6
ROUNDS = 2
SIDES = (960, 1280)
"""The engine's own setting, pixels of the longer side; DEPENDENCIES names this range."""

TEXT = (
    "the claim was denied because medical necessity records of provider infusion therapy and "
    "treatment member benefit review decision letter date appeal within days you may request a "
    "copy of the plan documents coverage authorization number amount paid service hospital"
)


def draw_pages(folder: Path) -> None:
    """Write letters as a scanner sees them: 40 lines of 11 point type at 182 dpi, in PNG."""
    chance, known = random.Random(5), TEXT.split()
    font = ImageFont.load_default(27)
    for number in range(PAGES):
        page = Image.new("L", (1548, 2002), 246)
        draw = ImageDraw.Draw(page)
        for row in range(40):
            words = " ".join(chance.choice(known) for _ in range(chance.randint(4, 13)))
            line = f"{words} ${chance.randint(10, 9999)}.{chance.randint(10, 99)}"
            draw.text((150, 150 + row * 43), line, 30, font)
        page.convert("RGB").save(folder / f"{number}.png", dpi=(182, 182))


def engine_alone(folder: Path, side: int) -> float:
    """Return the CPU seconds a page of the engine, after one page to warm up."""
    import cv2  # noqa: PLC0415 - only this process pays for them
    from rapidocr import RapidOCR  # noqa: PLC0415

    engine = RapidOCR(
        params={
            "Global.use_cls": False,
            "Global.log_level": "critical",
            "Global.return_word_box": True,
            "Det.limit_type": "max",
            "Det.limit_side_len": side,
            "Rec.rec_batch_num": 1,
            "EngineConfig.onnxruntime.intra_op_num_threads": 1,
            "EngineConfig.onnxruntime.inter_op_num_threads": 1,
        }
    )
    pictures = [cv2.imread(str(path)) for path in sorted(folder.glob("*.png"))]
    engine(pictures[0])
    began = time.process_time()
    for picture in pictures:
        engine(picture)
    return (time.process_time() - began) / len(pictures)


def through_the_workers(folder: Path) -> tuple[float, float]:
    """Return the CPU seconds a page with one worker, and how much faster two are by the clock."""
    from app.importing.reader import DocumentReader  # noqa: PLC0415

    papers = sorted(folder.glob("*.png"))
    with DocumentReader(pool_size=1) as reader:
        read_all(reader, papers[:1], 1)
        cpu, began = cpu_seconds(), time.perf_counter()
        read_all(reader, papers, 1)
        one = time.perf_counter() - began
        cpu = cpu_seconds() - cpu
    with DocumentReader(pool_size=2) as reader:
        read_all(reader, papers[:2], 2)
        began = time.perf_counter()
        read_all(reader, papers, 2)
        two = time.perf_counter() - began
    return cpu / len(papers), one / two


def read_all(reader: object, papers: list[Path], lanes: int) -> None:
    from app.jobs import Silent  # noqa: PLC0415

    def read(paper: Path) -> None:
        list(reader.read(paper, media_type="image/png", progress=Silent()))  # type: ignore[attr-defined]

    with ThreadPoolExecutor(lanes) as threads:
        list(threads.map(read, papers))


def cpu_seconds() -> float:
    """Return the CPU seconds of this process and of its workers, which go on running."""
    every = [psutil.Process(), *psutil.Process().children(recursive=True)]
    return sum(sum(process.cpu_times()[:2]) for process in every)


def in_a_process(*words: str) -> list[float]:
    command = [sys.executable, "-m", __spec__.name, *words]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    return [float(word) for word in done.stdout.split()]


def measure(folder: Path) -> str:
    """Return the row of the table: the least of some rounds, each part in its own process."""
    alone = dict.fromkeys(SIDES, 1e9)
    ours, faster = 1e9, 0.0
    for _ in range(ROUNDS):
        for side in SIDES:
            alone[side] = min(alone[side], *in_a_process("alone", str(folder), str(side)))
        cpu, gain = in_a_process("ours", str(folder))
        ours, faster = min(ours, cpu), max(faster, gain)
    against = " · ".join(
        f"engine alone at {side}: {cpu:.2f} s, ratio {ours / cpu:.2f}"
        for side, cpu in alone.items()
    )
    return (
        f"| OCR of a page, CPU | {against} | ours {ours:.2f} s, two workers "
        f"{faster:.1f} × as fast as one | ≤ 1.15, two cores busy |"
    )


def main(words: list[str]) -> None:
    """Print the row."""
    match words:
        case ["alone", folder, side]:
            sys.stdout.write(f"{engine_alone(Path(folder), int(side))}\n")
        case ["ours", folder]:
            sys.stdout.write("{} {}\n".format(*through_the_workers(Path(folder))))
        case _:
            with tempfile.TemporaryDirectory() as folder:
                draw_pages(Path(folder))
                sys.stdout.write(measure(Path(folder)) + "\n")


if __name__ == "__main__":
    main(sys.argv[1:])
