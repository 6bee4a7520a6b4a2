"""The bundle of 500 pages (80 MB) against `qpdf` merging the same papers.

Run: python -m tests.bench.bench_bundle
"""

from __future__ import annotations

import io
import random
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pikepdf
from PIL import Image

from app.domain.bundle import BundlePlan, Cover, ExhibitPlan, SourceFile
from app.exporting.bundle_pdf import bind
from app.workers import Limits, WorkerPool

PAPERS = 20
PAGES_OF_A_PAPER = 25
BYTES = 80_000_000
ROUNDS = 5
CHECKING = "Checking every page"


class Stopwatch:
    """A progress that notes when the check began."""

    def __init__(self) -> None:
        self.checking_at = 0.0

    def step(self, done: int, total: int, note: str = "") -> None:
        if note == CHECKING and not self.checking_at:
            self.checking_at = time.perf_counter()


def scan(dots: random.Random, size: int) -> bytes:
    """Return a JPEG of a letter-sized scan of about `size` bytes."""
    noise = Image.frombytes("L", (170, 220), dots.randbytes(170 * 220))
    page = noise.resize((1700, 2200), Image.Resampling.BILINEAR).convert("RGB")
    low, high = 5, 98
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if len(as_jpeg(page, middle)) <= size else (low, middle - 1)
    return as_jpeg(page, low)


def as_jpeg(page: Image.Image, quality: int) -> bytes:
    buffer = io.BytesIO()
    page.save(buffer, "JPEG", quality=quality)
    return buffer.getvalue()


def write_papers(folder: Path) -> None:
    """Write papers of scans with a line of text on each page, together about `BYTES`."""
    dots = random.Random(500)
    pictures = [scan(dots, BYTES // (PAPERS * PAGES_OF_A_PAPER)) for _ in range(5)]
    papers = [folder / f"paper-{number:02}.pdf" for number in range(PAPERS)]
    for paper in papers:
        with pikepdf.new() as pdf:
            for number in range(PAGES_OF_A_PAPER):
                add_scan(pdf, pictures[number % len(pictures)], f"{paper.stem} page {number}")
            pdf.save(paper)


def add_scan(pdf: pikepdf.Pdf, picture: bytes, words: str) -> None:
    image = pikepdf.Stream(
        pdf, picture, Type=pikepdf.Name.XObject, Subtype=pikepdf.Name.Image, Width=1700,
        Height=2200, BitsPerComponent=8, ColorSpace=pikepdf.Name.DeviceRGB,
        Filter=pikepdf.Name.DCTDecode,
    )  # fmt: skip
    font = pikepdf.Dictionary(
        Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica
    )
    page = pdf.add_blank_page(page_size=(612, 792))
    page.Resources = pikepdf.Dictionary(
        XObject=pikepdf.Dictionary(Im=image), Font=pikepdf.Dictionary(F=font)
    )
    drawn = f"q 612 0 0 792 0 0 cm /Im Do Q BT /F 12 Tf 72 720 Td ({words}) Tj ET"
    page.Contents = pdf.make_stream(drawn.encode())


def plan_of(papers: list[Path]) -> BundlePlan:
    exhibits = tuple(
        ExhibitPlan(
            document_id=paper.stem,
            name=paper.name,
            title=paper.stem,
            sources=(SourceFile(path=paper, media_type="application/pdf"),),
        )
        for paper in papers
    )
    return BundlePlan(
        title="Appeal", made_on=date(2026, 8, 18), cover=Cover(patient="Ana"), exhibits=exhibits
    )


def seconds(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def bind_once(plan: BundlePlan, target: Path, pool: WorkerPool) -> tuple[float, float, int]:
    """Return the seconds to assemble and write, those to check, and the number of pages."""
    watch = Stopwatch()
    start = time.perf_counter()
    bound = bind(plan, target, pool, watch, allow_gaps=False)
    end = time.perf_counter()
    return watch.checking_at - start, end - watch.checking_at, bound.files[0].pages


def measure(folder: Path) -> str:
    """Return the row of the table."""
    qpdf = shutil.which("qpdf")
    if qpdf is None:
        return "This measurement needs the qpdf command."
    papers = sorted(folder.glob("paper-*.pdf"))
    plan = plan_of(papers)
    merge = [qpdf, "--empty", "--pages", *map(str, papers), "--", str(folder / "merged.pdf")]
    merges: list[float] = []
    binds: list[float] = []
    checks: list[float] = []
    pages = 0
    with WorkerPool(2, Limits()) as pool:
        bind_once(plan_of(papers[:2]), folder / "warm.pdf", pool)
        for _ in range(ROUNDS):
            merges.append(seconds(lambda: subprocess.run(merge, check=True)))
            assembled, checked, pages = bind_once(plan, folder / "bundle.pdf", pool)
            binds.append(assembled)
            checks.append(checked)
    one, many = statistics.median(merges), statistics.median(binds)
    own, workers = (
        resource.getrusage(who).ru_maxrss / 1024
        for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    )
    size = sum(paper.stat().st_size for paper in papers) / 1e6
    return (
        f"bundle of {pages} pages ({size:.0f} MB) | qpdf merge {one:.2f} s | "
        f"assemble and write {many:.2f} s | ratio {many / one:.1f} (aim 3) | "
        f"check {statistics.median(checks):.2f} s | "
        f"largest memory: own process {own:.0f} MB, a worker {workers:.0f} MB"
    )


def main(words: list[str]) -> None:
    """Write the papers and measure in two processes, so that only the second is measured."""
    match words:
        case ["papers", folder]:
            write_papers(Path(folder))
        case ["measure", folder]:
            sys.stdout.write(measure(Path(folder)) + "\n")
        case _:
            with tempfile.TemporaryDirectory() as folder:
                for step in ("papers", "measure"):
                    command = [sys.executable, "-m", __spec__.name, step, folder]
                    subprocess.run(command, check=True)


if __name__ == "__main__":
    main(sys.argv[1:])
