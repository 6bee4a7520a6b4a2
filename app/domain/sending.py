"""What was sent out, to whom and how: the proof against “we never got it”."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

WAYS: Final = ("certified_mail", "mail", "fax", "portal", "by_hand", "other")


@dataclass(frozen=True, kw_only=True, slots=True)
class Sending:
    """One packet that left the house.

    `bundle_id` is the bundle it was, with its exact files (`bundle_sha256` is the file of binders
    before schema 4). `delivered_on` is the day on which they got it, by its proof; `confirmed_on`
    and `confirmed_by` tell who said so, in `call_id` where it was a call.
    """

    id: str
    claim_id: str
    denial_id: str | None = None
    sent_on: date
    way: str = "other"
    to: str = ""
    tracking: str = ""
    pages: int | None = None
    bundle_sha256: str | None = None
    note: str = ""
    author_id: str | None = None
    added_at: datetime
    bundle_id: str | None = None
    delivered_on: date | None = None
    confirmed_on: date | None = None
    confirmed_by: str = ""
    call_id: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class SendingProof:
    """A paper that proves a sending: a receipt, a fax page, a picture of the website."""

    id: str
    sending_id: str
    document_id: str
