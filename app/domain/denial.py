"""A denial: they said no, on a day, for a reason, with time to answer."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

LETTER_SAYS: Final = ("date", "days", "nothing", "unknown")
"""What the letter says about how long one has; `unknown` means that nobody has looked yet."""

COUNTS_FROM: Final = ("notice", "receipt")
"""From which day the letter's own number of days runs."""

LETTER_UNITS: Final = ("calendar_days", "business_days", "months")
"""What the letter's own number counts; a week is seven calendar days."""

STANDINGS: Final = ("open", "appealed", "not_appealing", "answered")
"""`open` needs a date and an appeal; `appealed` waits for the answer."""

SURE: Final = ("", "yes", "unsure", "no")
"""Answers to a question about harm; empty means that it was not asked."""

CARE: Final = ("", "ahead", "done", "infused_drug")
"""Whether the care is still to come, was given already, or is a drug given by infusion."""

ASKED: Final = ("", "asked", "not_needed")
"""What became of something to ask for, a fast appeal or keeping the care: empty means that nobody
has asked yet."""

OUTCOMES: Final = ("", "upheld", "partly", "overturned", "withdrawn")
"""What the answer to the appeal was; empty while there is none."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Denial:
    """One “no”, with the dates its clock is counted from.

    `letter_days` is the letter's own number, of `letter_unit`. `action_on` is the day on which a
    change takes effect or approved treatment ends. `urgent` says whether waiting could harm, and
    `continuing` whether treatment is running now. `peer_by` is the last day for a call between
    doctors, as the letter has it. `fast` and `keep` tell what became of asking for a fast appeal
    and for the care to go on meanwhile, and when; `keep_by` is the letter's own last day to ask
    for that. `asks` is what this appeal asks for, and `news` what it has that the last one had not.
    `follows_id` names the denial whose appeal this one answers; `outcome` and
    `answered_on` are the answer to this one's own appeal.
    """

    id: str
    claim_id: str
    document_id: str | None = None
    notice_on: date | None = None
    received_on: date | None = None
    level: int = 1
    kind: str = ""
    reason: str = ""
    letter_says: str = "unknown"
    letter_date: date | None = None
    letter_days: int | None = None
    letter_counts_from: str = "notice"
    standing: str = "open"
    author_id: str | None = None
    added_at: datetime
    letter_unit: str = "calendar_days"
    action_on: date | None = None
    urgent: str = ""
    continuing: str = ""
    care: str = ""
    peer_by: date | None = None
    fast: str = ""
    fast_on: date | None = None
    keep: str = ""
    keep_on: date | None = None
    follows_id: str | None = None
    outcome: str = ""
    answered_on: date | None = None
    keep_by: date | None = None
    asks: str = ""
    news: str = ""

    @property
    def needs_fast_appeal(self) -> bool:
        """Return whether a fast appeal is still to be asked for: harm is not ruled out."""
        could_harm = bool({self.urgent, self.continuing} & {"yes", "unsure"})
        return could_harm and not self.fast and self.standing == "open"
