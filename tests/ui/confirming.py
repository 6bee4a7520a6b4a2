"""Papers with what was read in them, kept as the background reading keeps it."""

from __future__ import annotations

from collections.abc import Sequence

from app.binder import Binder
from app.domain.fact import Fact, KindRead, Sifted, WindowSaid
from app.domain.matching import values_to_match
from app.domain.sifted_form import pack_sifted
from app.storage.derived import Sifting
from app.storage.queries.papers import document_parts
from tests.ui.paper_makers import read

WORDS_BOX = (0.1, 0.1, 0.4, 0.13)
DATE_BOX = (0.25, 0.2, 0.67, 0.23)
APPEAL = WindowSaid(180, "calendar_days", "receipt", "patient", "internal")
PLANS_OWN = WindowSaid(30, "calendar_days", "receipt", "plan")
DENIED = KindRead("denial", 0.97, "At the top it says “Notice of denial”.")


def fact(name: str, value: str | WindowSaid, score: float = 0.95, **more) -> Fact:
    """Return a value as if it had been read on the first page."""
    given = {"text": str(value), "page": 1, "boxes": (DATE_BOX,), **more}
    return Fact(name=name, value=value, score=score, **given)


DENIAL = (
    fact("insurer", "Harbor Mutual", boxes=(WORDS_BOX,)),
    fact("letter_date", "2026-08-03", text="August 3, 2026"),
    fact("claim_number", "20260214-77"),
    fact("carc", "CO-50"),
    fact("appeal_window", APPEAL, text="within 180 days of the day you get this letter"),
    fact("appeal_window", PLANS_OWN),
)


def sift(
    binder: Binder,
    document_id: str,
    facts: Sequence[Fact] = DENIAL,
    kind: KindRead = DENIED,
    *,
    letters: tuple[int, ...] = (1,),
    prints: tuple[str, ...] = (),
    version: int = 1,
    questions: tuple[str, ...] = (),
) -> None:
    """Do what the background reading does after the pages of a paper are read."""
    made_of = " ".join(part.sha256 for part in binder.ask(document_parts, document_id))
    found = Sifted(kind, tuple(facts), letters, prints, questions)
    with binder.deriving("Reading") as derived:
        packed, values = pack_sifted(found), values_to_match(found)
        derived.keep_sifting(Sifting(document_id, made_of, version, packed, values))


def read_and_sift(binder: Binder, document_id: str, *args, pages: int = 1, **more) -> None:
    """Read the pages of a paper and what they say."""
    read(binder, document_id, pages)
    sift(binder, document_id, *args, **more)
