"""The papers to measure on: those made by dice, and the two sets that were written out."""

from __future__ import annotations

import json
from pathlib import Path

from tests.reading.typeset import PaperData
from tests.reading.vary import development_papers

_WRITTEN = Path(__file__).parent


def papers_of(name: str, count: int | None, seed: int, only: str = "") -> list[PaperData]:
    """Return `count` papers of a set, `only` being in their ids; all sets but `dev` are written."""
    if name == "dev":
        return development_papers(count, seed, only)
    batches = [
        json.loads(path.read_text("utf-8")) for path in sorted(_WRITTEN.glob(f"{name}/*.json"))
    ]
    papers = [paper for batch in batches for paper in batch["papers"] if only in paper["id"]]
    return papers[:count]
