"""The kinds of dates in the calendar: their words, their icons, and which may be moved."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from app.domain.due_item import LEGAL_KINDS, TAX_KINDS


@dataclass(frozen=True, slots=True)
class DueKind:
    """What one entry of this kind is called, what many of them are, and their icon."""

    word: str
    many: str
    icon: str


DUE_KINDS: Final[Mapping[str, DueKind]] = {
    "appeal": DueKind("Appeal", "Appeals", "flag"),
    "keep_benefits": DueKind("Keep my care", "Keep my care going", "keep-care"),
    "step": DueKind("Step by a rule", "Other steps by a rule", "scales"),
    "peer_to_peer": DueKind("Call between doctors", "Calls between doctors", "talk"),
    "answer": DueKind("Answer they owe", "Answers they owe", "hourglass"),
    "promise": DueKind("Promise from a call", "Promises from calls", "promise"),
    "evidence": DueKind("Paper asked for", "Papers asked for", "papers"),
    "settlement": DueKind("Owed after a win", "Owed after a win", "purse"),
    "tax": DueKind("Day of tax law", "Days of tax law", "scales"),
    "authorization": DueKind("Authorization", "Authorizations", "approved"),
    "fsa": DueKind("Spending account (FSA)", "Spending accounts (FSA)", "purse"),
    "necessity_letter": DueKind("Doctor's letter", "Doctor's letters", "stethoscope"),
    "assistance": DueKind("Help with the cost", "Help with the cost", "lifebuoy"),
    "appointment": DueKind("Infusion appointment", "Infusion appointments", "treatment"),
    "stop": DueKind("Stop and decide", "Stop and decide", "stop"),
    "own": DueKind("Your own date", "Your own dates", "clock"),
}
"""In the order in which they are offered: what a letter or a law has set comes first."""

_OTHER: Final = DueKind("Date", "Dates", "calendar")


def due_kind(kind: str) -> DueKind:
    """Return what is said of a kind; one of a later version is called a date."""
    return DUE_KINDS.get(kind, _OTHER)


def is_movable(kind: str) -> bool:
    """Return whether a person moves such a date by hand: never one of a letter or a law."""
    return kind not in {*LEGAL_KINDS, *TAX_KINDS}
