"""Search as you type, adding and reading papers, and room on the disk.

Run: python -m tests.bench.bench_storage
"""

from __future__ import annotations

import random
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from contextlib import closing
from pathlib import Path

from sqlcipher3 import dbapi2

from app.binder import Binder
from app.domain.page import unpack_text
from app.storage.queries.find import find_anything
from app.storage.search import _word_match
from tests.bench.large_binder import make_large_binder, vocabulary

PAPERS = 10_000
ROUNDS = 3
LETTERS = "abcdefghijklmnopqrstuvwxyz"


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
                for words in keys:
                    match = _word_match(words)
                    newest.append(timed(lambda m=match: top_50(bare, m, "rowid DESC")))
                    ours.append(timed(lambda w=words: binder.ask(find_anything, w)))
                    best.append(timed(lambda m=match: top_50(bare, m, "rank")))
    return [
        f"| search as you type, {PAPERS:,} papers, {len(keys)} keys, p95 | bare FTS5, top 50 with "
        f"snippet, {order}: {1000 * p95(bare_times):.1f} ms | {1000 * p95(ours):.1f} ms, "
        f"{p95(ours) / p95(bare_times):.2f} × | ≤ 1.5 × |"
        for order, bare_times in (("newest first", newest), ("best first", best))
    ]


def top_50(bare: object, match: str, order: str) -> list[tuple[int, str]]:
    query = (
        "SELECT rowid, snippet(t, 0, '', '', '…', 24) FROM t WHERE t MATCH ? "
        f"ORDER BY {order} LIMIT 50"
    )
    return bare.execute(query, (match,)).fetchall()  # type: ignore[attr-defined]


def main() -> None:
    """Print the rows."""
    with tempfile.TemporaryDirectory() as folder:
        for row in search(Path(folder)):
            sys.stdout.write(row + "\n")


if __name__ == "__main__":
    main()
