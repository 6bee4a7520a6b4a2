"""What was read in a paper: values with their place. None of it is true until a person says so."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final, Literal

Box = tuple[float, float, float, float]
"""Left, top, right, bottom, as fractions of the upright page, origin top left."""

WindowUnit = Literal[
    "calendar_days", "business_days", "months", "years", "hours", "noon_next_day", "explicit_date"
]
Anchor = Literal[
    "receipt", "date_of_notice", "date_of_decision", "mailed_date", "date_on_bill", "service",
    "unstated",
]  # fmt: skip
ForWhom = Literal["patient", "provider", "plan"]
AppealLevel = Literal["internal", "second", "external", "hearing", "continue_benefits", "dispute"]
FiledWhen = Literal["received", "postmarked", "either"]

FACT_NAMES: Final = (
    "letter_date", "received_date", "processed_date", "effective_date", "postmark_date",
    "statement_date", "service_date", "claim_number", "reference_number", "authorization_number",
    "member_id", "group_number", "medicare_number", "insurer", "administrator", "provider",
    "facility", "patient", "npi", "icd10", "procedure", "modifier", "ndc", "carc", "rarc",
    "billed", "allowed", "discount", "plan_paid", "not_covered", "deductible", "copay",
    "coinsurance", "patient_owes", "patient_paid", "total", "purchase_date", "merchant",
    "payment", "appeal_window", "appeal_address", "appeal_fax", "appeal_phone", "appeal_portal",
    "denial_reason", "missing_from_notice",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class WindowSaid:
    """How long somebody has to do something, in the letter's own words taken apart.

    `amount` is None for an explicit date, which is `due`. `filed_when` is None where the letter
    does not say what counts as in time. `for_whom` tells the patient's windows from those of
    the provider and from the plan's promises about itself.
    """

    amount: int | None
    unit: WindowUnit
    anchor: Anchor = "unstated"
    for_whom: ForWhom = "patient"
    level: AppealLevel | None = None
    filed_when: FiledWhen | None = None
    due: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """A value and where it was read.

    `text` are the exact words, `boxes` their places, a box a line; `page` counts from 1 within
    the paper. `score` is how sure the reader is, 0 to 1. `note` says in a sentence what was
    repaired or is doubtful. `row` is the line of a table that the value belongs to, from 1.
    """

    name: str
    value: str | WindowSaid
    text: str
    page: int
    boxes: tuple[Box, ...]
    score: float
    note: str = ""
    row: int | None = None

    @property
    def box(self) -> Box:
        """The box around all its words."""
        lefts, tops, rights, bottoms = zip(*self.boxes, strict=True)
        return min(lefts), min(tops), max(rights), max(bottoms)


@dataclass(frozen=True, slots=True)
class KindRead:
    """What kind of paper it seems to be; `value` None means that the reader cannot tell.

    `reason` is a plain sentence: what on the paper tells.
    """

    value: str | None
    score: float
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Sifted:
    """All that was read in a paper.

    `letters` are the pages on which another letter seems to begin: [1] for a single one.
    `questions` are asked where amounts of an EOB or a bill do not add up. `prints` are few for
    any text and mostly the same for nearly the same text.
    """

    kind: KindRead
    facts: tuple[Fact, ...] = ()
    letters: tuple[int, ...] = (1,)
    prints: tuple[str, ...] = ()
    questions: tuple[str, ...] = ()
