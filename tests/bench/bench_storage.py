"""Search as you type, adding and reading papers, and room on the disk.

Run: python -m tests.bench.bench_storage
"""

from __future__ import annotations

import hashlib
import io
import random
import resource
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from contextlib import closing
from pathlib import Path

import pypdfium2 as pdfium
import typst
from sqlcipher3 import dbapi2

from app.binder import Binder
from app.domain.page import unpack_text
from app.importing.limits import THUMBNAIL_WIDTH
from app.importing.reader import DocumentReader
from app.jobs import Silent
from app.operations.intake import add_papers
from app.operations.reading import read_waiting
from app.storage.queries.find import find_anything
from tests.bench.large_binder import make_large_binder, vocabulary, words

PAPERS = 10_000
ROUNDS = 3
LETTERS = 200
SAID = (
    "the claim was denied because medical necessity records of your provider infusion therapy and "
    "treatment member benefit review decision letter date appeal within days you may request a copy"
)


def typed(dots: random.Random, count: int = 40) -> list[str]:
    """Return what stands in the search box after each key, for one and two words."""
    known = vocabulary(random.Random(20261121))
    keys: list[str] = []
    for number in range(count):
        first = known[int(len(known) * dots.random() ** 2.5)]
        whole = f"{first} {known[dots.randrange(400)]}" if number % 3 == 0 else first
        keys += [whole[: end + 1] for end in range(len(whole)) if whole[end] != " "]
    return keys


def bare_index(path: Path, binder: Binder) -> None:
    """Make the yardstick: one FTS5 table of the same words, which keeps them itself."""
    with closing(dbapi2.connect(str(path))) as bare, binder.engine.connect() as connection:
        bare.execute("CREATE VIRTUAL TABLE t USING fts5(body, tokenize='unicode61')")
        rows = connection.exec_driver_sql("SELECT text FROM pages ORDER BY rowid")
        bare.executemany("INSERT INTO t(body) VALUES (?)", ((unpack_text(row[0]),) for row in rows))
        bare.commit()
        bare.execute("INSERT INTO t(t) VALUES('optimize')")
        bare.commit()


def as_fts(text: str) -> str:
    """Return what is typed as FTS5 wants it: each word quoted, the last one unfinished."""
    return " ".join(f'"{word}"' for word in text.split()) + "*"


def p95(figures: Sequence[float]) -> float:
    return statistics.quantiles(figures, n=20)[-1]


def timed(question: Callable[[], object]) -> float:
    began = time.perf_counter()
    question()
    return time.perf_counter() - began


def search(folder: Path) -> list[str]:
    """Return the rows about searching."""
    make_large_binder(folder / "binder", PAPERS)
    dots = random.Random(7)
    keys = typed(dots)
    ours: list[float] = []
    newest: list[float] = []
    best: list[float] = []
    with Binder.open(folder / "binder") as binder:
        bare_index(folder / "bare.db", binder)
        with closing(dbapi2.connect(str(folder / "bare.db"))) as bare:
            for _ in range(ROUNDS):
                for text in keys:
                    match = as_fts(text)
                    newest.append(timed(lambda m=match: top_50(bare, m, "rowid DESC")))
                    ours.append(timed(lambda t=text: binder.ask(find_anything, t)))
                    best.append(timed(lambda m=match: top_50(bare, m, "rank")))
    return [
        row(
            f"search as you type, {PAPERS:,} papers, {len(keys)} keys, p95",
            f"bare FTS5, top 50 with snippet, {order}: {1000 * p95(bare_times):.1f} ms",
            f"{1000 * p95(ours):.1f} ms, {p95(ours) / p95(bare_times):.2f} ×",
            "≤ 1.5 ×",
        )
        for order, bare_times in (("newest first", newest), ("best first", best))
    ]


def top_50(bare: object, match: str, order: str) -> list[tuple[int, str]]:
    query = (
        "SELECT rowid, snippet(t, 0, '', '', '…', 24) FROM t WHERE t MATCH ? "
        f"ORDER BY {order} LIMIT 50"
    )
    return bare.execute(query, (match,)).fetchall()  # type: ignore[attr-defined]


# ------------------------------------------------------------------- adding, and room on the disk


def draw_letters(folder: Path) -> None:
    """Write letters as insurers send them: one page of text, a PDF each."""
    dots = random.Random(3)
    known = vocabulary(dots)
    folder.mkdir()
    for number in range(LETTERS):
        said = [*words(dots, known, 180).split(), *dots.choices(SAID.split(), k=120)]
        dots.shuffle(said)
        page = f"Claim 20260214-{number:06}-00, March 3, 2026.\\n{' '.join(said)}"
        source = f'#set page("us-letter")\n= Letter {number}\n{page}'
        (folder / f"letter {number}.pdf").write_bytes(typst.compile(source.encode()))


def bare_loop(folder: Path, target: Path) -> float:
    """Hash, copy, take the text and draw one thumbnail of each; return CPU seconds."""
    target.mkdir()
    began = cpu_seconds()
    for path in sorted(folder.iterdir()):
        digest = hashlib.sha256()
        with path.open("rb") as source, (target / path.name).open("wb") as copy:
            while piece := source.read(1 << 20):
                digest.update(piece)
                copy.write(piece)
        with pdfium.PdfDocument(path) as document:
            for number in range(len(document)):
                page = document[number]
                page.get_textpage().get_text_bounded()
                if number == 0:
                    scale = THUMBNAIL_WIDTH / page.get_width()
                    small = page.render(scale=scale).to_pil().convert("RGB")
                    small.save(io.BytesIO(), "JPEG", quality=75)
    return cpu_seconds() - began


def through_the_program(folder: Path, root: Path) -> float:
    """Add and read them all; return CPU seconds, workers and their start included."""
    began = cpu_seconds()
    with Binder.create(root) as binder:
        rows = add_papers(binder, [folder], Silent())
        with DocumentReader() as reader:
            result = read_waiting(binder, reader, Silent(), sifts=False)
    assert {row.outcome for row in rows} == {"added"}
    assert (result.read, result.failed) == (LETTERS, ())
    return cpu_seconds() - began


def cpu_seconds() -> float:
    """Return the CPU seconds of this process and of the children it has waited for."""
    mine, theirs = (
        resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    )
    return mine.ru_utime + mine.ru_stime + theirs.ru_utime + theirs.ru_stime


def bytes_in(folder: Path) -> int:
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


def adding(folder: Path) -> list[str]:
    """Return the rows about adding: the least of some rounds each."""
    draw_letters(folder / "letters")
    bare = [bare_loop(folder / "letters", folder / f"bare {turn}") for turn in range(ROUNDS)]
    ours = [
        through_the_program(folder / "letters", folder / f"binder {turn}") for turn in range(ROUNDS)
    ]
    originals = bytes_in(folder / "letters")
    kept = bytes_in(folder / "binder 0")
    return [
        row(
            f"adding {LETTERS} text PDFs, read and indexed, CPU",
            f"hash, copy, PDFium text and one thumbnail in a bare loop: {min(bare):.2f} s",
            f"{min(ours):.2f} s, {min(ours) / min(bare):.2f} ×",
            "≤ 1.5 ×",
        ),
        row(
            f"disk, {LETTERS} text PDFs of {originals // LETTERS // 1000} kB",
            f"the originals: {originals / 1e6:.1f} MB",
            f"{kept / 1e6:.1f} MB, {kept / originals:.2f} ×",
            "≤ 1.2 ×",
        ),
    ]


def row(*cells: str) -> str:
    return f"| {' | '.join(cells)} |"


def main() -> None:
    """Print the rows."""
    for measure in (adding, search):
        with tempfile.TemporaryDirectory() as folder:
            for row in measure(Path(folder)):
                sys.stdout.write(row + "\n")
                sys.stdout.flush()


if __name__ == "__main__":
    main()
