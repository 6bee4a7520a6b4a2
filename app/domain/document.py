"""A paper: a letter, a receipt, a photo; and the originals it consists of."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

KINDS: Final = (
    "denial", "appeal_decision", "information_request", "approval", "eob", "msn", "itemized_bill",
    "superbill", "pharmacy_label", "receipt", "card_slip", "necessity_letter", "medical_record",
    "lab_result", "imaging", "plan_document", "medical_policy", "study", "insurance_card",
    "trial_paper", "genetic_test", "certificate_of_analysis", "accreditation", "treatment_order",
    "infusion_record", "monitoring", "assistance_letter", "fax_confirmation", "mail_receipt",
    "envelope", "check", "account_statement", "appeal_letter", "photo", "other",
)  # fmt: skip
"""What kind of paper it is. None on a document means that nobody has said yet."""

PRIVATE_KINDS: Final = frozenset({"receipt", "card_slip", "check", "account_statement"})
"""Papers that stay out of a bundle until the person chooses them."""

_UNSAID: Final = frozenset({None, "photo", "other"})
"""Kinds that do not tell what a paper is for."""


def is_private(kind: str | None, *, was_paid: bool) -> bool:
    """Return whether a paper shows money: by its kind, or a payment was entered from it.

    Others see neither it nor its name until the person chooses so.
    """
    return kind in PRIVATE_KINDS or (was_paid and kind in _UNSAID)


@dataclass(frozen=True, kw_only=True, slots=True)
class Document:
    """A paper as the person sees it; its bytes are its parts, in order."""

    id: str
    name: str
    kind: str | None = None
    claim_id: str | None = None
    dated_on: date | None = None
    received_on: date | None = None
    note: str = ""
    author_id: str | None = None
    added_at: datetime
    trashed_at: datetime | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Part:
    """One original of a paper: three photos of one letter are three parts.

    `sha256` names the stored original; `name` is the file name it came with; `size` is in bytes.
    """

    id: str
    document_id: str
    position: int
    sha256: str
    name: str
    media_type: str
    size: int
