"""Something to do by a day: an appeal, a promise to follow up, a date of one's own."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

LEGAL_KINDS: Final = ("appeal", "keep_benefits", "step", "peer_to_peer", "answer")
"""What a letter or a law has set: nobody moves such a day by hand."""

OWN_KINDS: Final = (
    "authorization", "fsa", "necessity_letter", "assistance", "appointment", "stop", "own",
)  # fmt: skip
"""Days that a person sets: an authorization or a doctor's letter that ends, the last day of a
spending account, an application, an infusion, the day to stop and decide, anything else."""

TAX_KINDS: Final = ("tax",)
"""Days of tax law that money sets, such as the last day to put back a mistaken distribution."""

FOLLOW_UP_KINDS: Final = ("evidence", "settlement")
"""Days to ask again: for a paper that was asked for, and for what a won appeal still owes."""

KINDS: Final = (*LEGAL_KINDS, "promise", *FOLLOW_UP_KINDS, *TAX_KINDS, *OWN_KINDS)
BASES: Final = ("letter", "rule", "promise", "own")
"""Where the date comes from: printed in the letter, computed from a rule, promised, or chosen."""


@dataclass(frozen=True, kw_only=True, slots=True)
class DueItem:
    """A dated entry of the calendar that a person has confirmed.

    `last_day` is the last day that counts; `safe_on` the day to aim for. `rule_id`, `source` and
    `verification` name the law where the date is a rule's; `latest_on` is the legal latest where
    the program plans on an earlier day. `letter_on` and `rule_on` keep both dates side by side.
    `due_at` (UTC) is the moment of a rule in hours, as the clocks of `zone` show it. An entry is
    settled once it is done or waived.
    """

    id: str
    kind: str
    title: str
    claim_id: str | None = None
    denial_id: str | None = None
    call_id: str | None = None
    last_day: date
    safe_on: date | None = None
    basis: str = "own"
    letter_on: date | None = None
    rule_on: date | None = None
    latest_on: date | None = None
    rule_id: str | None = None
    source: str = ""
    verification: str = ""
    counts_as_filed: str = ""
    note: str = ""
    doer_id: str | None = None
    done_on: date | None = None
    author_id: str | None = None
    added_at: datetime
    clock_id: str | None = None
    due_at: datetime | None = None
    zone: str = ""
    waived_on: date | None = None
    evidence_id: str | None = None
    authorization_id: str | None = None
    expense_id: str | None = None
    aid_id: str | None = None
    necessity_id: str | None = None

    @property
    def is_open(self) -> bool:
        """Return whether it is still to be done: neither done nor waived."""
        return self.done_on is None and self.waived_on is None
