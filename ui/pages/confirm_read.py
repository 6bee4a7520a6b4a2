"""What is known of a paper for the confirming page, and which of it stands in the fields."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from app.binder import Binder
from app.domain.fact import KindRead, WindowSaid
from app.domain.fact_rows import FactRow
from app.domain.matching import Suggestion
from app.operations.letter_answer import persons_windows
from app.operations.page_words import meaning_of_code
from app.storage.queries.facts import PaperFacts, paper_facts
from app.storage.queries.matching import Likeness, claim_suggestions, near_duplicates

_RECEIPTS: Final = frozenset({"receipt", "card_slip", "pharmacy_label"})
_BILLS: Final = frozenset({"itemized_bill", "superbill"})
_FROM_PROVIDERS: Final = frozenset(
    {"necessity_letter", "medical_record", "lab_result", "imaging", "treatment_order",
     "infusion_record", "monitoring", "genetic_test"}
)  # fmt: skip
CODES: Final = ("carc", "rarc")
_NOTHING_YET: Final = PaperFacts(KindRead(None, 0.0), (), (1,), is_sifted=False)


@dataclass(frozen=True, slots=True)
class PaperRead:
    """One paper as the machine and people know it; `meanings` are the plain words of its codes."""

    document_id: str = ""
    facts: PaperFacts = _NOTHING_YET
    suggestions: tuple[Suggestion, ...] = ()
    copies: tuple[Likeness, ...] = ()
    meanings: Mapping[str, str] = field(default_factory=dict[str, str])

    @property
    def kind(self) -> KindRead:
        """The kind of paper as it was read."""
        return self.facts.kind

    def sender(self, kind: str | None) -> FactRow | None:
        """Return who sent it, as far as that was read; who that is depends on the kind."""
        return _best(self.facts.rows, sender_names(kind))

    def dated(self, kind: str | None) -> FactRow | None:
        """Return the date on it; which one that is depends on the kind."""
        return _best(self.facts.rows, date_names(kind))

    def windows(self, kind: str | None) -> tuple[FactRow, ...]:
        """Return the windows of the person, the one that comes next first."""
        return persons_windows(self.facts.rows, kind)

    @property
    def others_windows(self) -> tuple[FactRow, ...]:
        """The clocks of providers and of the plan: never the person's."""
        return tuple(row for row in self._windows() if _window(row).for_whom != "patient")

    def named(self, *names: str) -> tuple[FactRow, ...]:
        """Return the values of these names."""
        return tuple(row for row in self.facts.rows if row.name in names)

    def _windows(self) -> Iterable[FactRow]:
        return (row for row in self.facts.rows if isinstance(row.value, WindowSaid))


def read_paper(binder: Binder, document_id: str) -> PaperRead:
    """Ask for all that is known of a paper; for a thread."""
    facts = binder.ask(paper_facts, document_id)
    codes = [row for row in facts.rows if row.name in CODES and isinstance(row.value, str)]
    return PaperRead(
        document_id,
        facts,
        binder.ask(claim_suggestions, document_id),
        binder.ask(near_duplicates, document_id),
        {str(row.value): meaning_of_code(row.name, str(row.value)) for row in codes},
    )


def sender_names(kind: str | None) -> tuple[str, ...]:
    """Return the names under which the sender of such a paper is read, the first the best."""
    if kind in _RECEIPTS:
        return "merchant", "provider", "facility"
    if kind in _BILLS or kind in _FROM_PROVIDERS:
        return "provider", "facility", "merchant", "insurer"
    return "insurer", "administrator", "merchant", "provider", "facility"


def date_names(kind: str | None) -> tuple[str, ...]:
    """Return the names under which the date of such a paper is read, the first the best."""
    if kind in _RECEIPTS:
        return "purchase_date", "statement_date", "letter_date"
    if kind in _BILLS:
        return "statement_date", "letter_date"
    if kind == "envelope":
        return "postmark_date", "letter_date"
    return "letter_date", "statement_date", "processed_date", "purchase_date"


def _best(rows: Sequence[FactRow], names: Sequence[str]) -> FactRow | None:
    """Return the value of the first name that was read: what a person said, else the surest."""
    for name in names:
        found = [row for row in rows if row.name == name]
        if found:
            return max(found, key=lambda row: (row.is_confirmed, row.score))
    return None


def _window(row: FactRow) -> WindowSaid:
    assert isinstance(row.value, WindowSaid)
    return row.value
