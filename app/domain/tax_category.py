"""Kinds of expense, and who may pay them: the HSA, the FSA and the deduction apart."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final


class Status(StrEnum):
    """What a law or a publication says of a kind of expense, for one payer."""

    QUALIFIED = "qualified"
    LIMITED = "limited"
    NEEDS_LETTER = "needs_lmn"
    CONDITIONAL = "conditional"
    NOT_QUALIFIED = "not_qualified"


class Confidence(StrEnum):
    """How well a row of the tax data was checked."""

    PRIMARY = "primary_text_seen"
    SECONDARY = "secondary_seen"
    MEMORY = "from_memory"
    UNKNOWN = "unknown"


class LimitKind(StrEnum):
    """How the part of an amount that counts is found."""

    MILEAGE = "mileage"
    LODGING = "lodging"
    MONTHLY_FEE = "monthly_fee"
    LTC_PREMIUM = "ltc_premium"
    RULE = "rule"
    """Only the person can say it; the question of the category asks."""


CHECK_502: Final = "Check Publication 502."
"""What is added to whatever was written down from memory."""


@dataclass(frozen=True, kw_only=True, slots=True)
class CategoryLimit:
    """What bounds a limited category. `question` decides between two ways to count, if any.

    `starts` is the first day on which the category counts at all.
    """

    kind: LimitKind
    rule: str = ""
    question: str = ""
    starts: date | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Before:
    """What held for amounts paid before `paid_from`: never, or where the question is answered."""

    paid_from: date
    text: str
    question: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class TaxCategory:
    """One kind of expense. `hsa`, `health_fsa` and `schedule_a` are three separate flags.

    `question` asks in plain words for what decides; “yes” means that it counts. `holder_age` is
    the age the holder of the account must have reached. `documents` are the papers to keep.
    """

    id: str
    label: str
    group: str
    hsa: Status
    health_fsa: Status
    schedule_a: Status
    source: str
    confidence: Confidence
    names: tuple[str, ...] = ()
    documents: tuple[str, ...] = ()
    note: str = ""
    question: str = ""
    limit: CategoryLimit | None = None
    before: Before | None = None
    holder_age: int | None = None

    @property
    def is_premium(self) -> bool:
        """Return whether it is paid for insurance, not for care."""
        return self.group == "premium"

    @property
    def needs_letter(self) -> bool:
        """Return whether a payer, or the list of papers, asks for a letter of necessity."""
        asked = Status.NEEDS_LETTER in (self.hsa, self.health_fsa, self.schedule_a)
        return asked or "letter_of_medical_necessity" in self.documents

    @property
    def caution(self) -> str:
        """What is to be added where the row was not compared with the current publication."""
        return CHECK_502 if self.confidence is Confidence.MEMORY else ""
