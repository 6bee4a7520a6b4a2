"""The papers to measure on: the development set, made by dice, and the held-out set, as written."""

from __future__ import annotations

import json
from pathlib import Path

from tests.reading.typeset import PaperData
from tests.reading.vary import development_papers

_HELD_OUT = Path(__file__).parent / "held_out"


def papers_of(name: str, count: int | None, seed: int, only: str = "") -> list[PaperData]:
    """Return `count` papers of the set `dev` or `held_out` whose name has `only` in it."""
    if name == "dev":
        return development_papers(count, seed, only)
    batches = [json.loads(path.read_text("utf-8")) for path in sorted(_HELD_OUT.glob("*.json"))]
    papers = [paper for batch in batches for paper in batch["papers"] if only in paper["id"]]
    return papers[:count]
