"""Binders of many papers, made quickly: bytes in the vault, rows and words through storage."""

from __future__ import annotations

import io
import random
from pathlib import Path

from app.binder import Binder
from app.domain.document import Document, Part
from app.domain.page import PageText, pack_page
from app.operations.claims import open_claim
from app.operations.ids import new_id
from app.operations.people import add_person
from app.storage.derived import PageRecord

WORDS_A_PAPER = 300
BATCH = 250

_SYLLABLES = (
    "ba",
    "co",
    "de",
    "fi",
    "gu",
    "ha",
    "je",
    "ki",
    "lo",
    "mu",
    "na",
    "po",
    "qui",
    "ra",
    "se",
    "ti",
    "vo",
)


def words(dots: random.Random, vocabulary: list[str], count: int = WORDS_A_PAPER) -> str:
    """Return words as they occur in letters: a few often, most of them seldom."""
    chosen = (vocabulary[int(len(vocabulary) * dots.random() ** 2.5)] for _ in range(count))
    return " ".join(chosen)


def vocabulary(dots: random.Random, size: int = 12_000) -> list[str]:
    """Return invented words of two to four syllables."""
    return ["".join(dots.choices(_SYLLABLES, k=dots.randint(2, 4))) for _ in range(size)]


def make_large_binder(root: Path, papers: int) -> None:
    """Make a binder of one-page papers with `WORDS_A_PAPER` words each, under twenty claims."""
    dots = random.Random(20261121)
    known = vocabulary(dots)
    with Binder.create(root) as binder:
        person = add_person(binder, "Rosa Alvarez", relation="self")
        claims = [
            open_claim(binder, f"Claim {number}", person_id=person.id).id for number in range(20)
        ]
        for first in range(0, papers, BATCH):
            texts = [words(dots, known) for _ in range(min(BATCH, papers - first))]
            held = [binder.vault.put(io.BytesIO(text.encode())) for text in texts]
            with binder.operation("Add papers") as work:
                for number, (text, stored) in enumerate(zip(texts, held, strict=True), first):
                    work.derived.register(stored.sha256, stored.size, "text/plain", binder.now())
                    document = work.documents.add(
                        Document(
                            id=new_id(), name=f"Letter {number}.txt", kind="denial",
                            claim_id=dots.choice(claims), added_at=binder.now(),
                        )
                    )  # fmt: skip
                    work.parts.add(
                        Part(
                            id=new_id(), document_id=document.id, position=0,
                            sha256=stored.sha256, name=document.name, media_type="text/plain",
                            size=stored.size,
                        )
                    )  # fmt: skip
                    page = PageText(1, text, "embedded")
                    kept = PageRecord(1, 612, 792, 0, "embedded", pack_page(page), text)
                    work.derived.keep_pages(stored.sha256, [kept])
                    work.derived.finish(stored.sha256, 1)
