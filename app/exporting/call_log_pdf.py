"""The call log of a claim on paper, as an exhibit: who said what, and what was promised."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from app.exporting.exhibit_pages import ExhibitHead, head_data
from app.exporting.plain_text import shortened
from app.exporting.typeset import typeset

_TITLE: Final = "Telephone calls"
_LONGEST_NAME: Final = 200
_LONGEST_REMARK: Final = 4000


@dataclass(frozen=True, kw_only=True, slots=True)
class CallEntry:
    """One call in words. `promise_state` says whether the promise was kept; empty: not known.

    `remark` is what the person wrote for themselves; it is printed only where they chose so.
    """

    day: str
    time: str
    minutes: int | None = None
    with_whom: str = ""
    department: str = ""
    phone: str = ""
    reference: str = ""
    promise: str = ""
    promised_by: str = ""
    promise_state: str = ""
    remark: str = ""


def call_log_pdf(head: ExhibitHead, calls: Sequence[CallEntry], *, summary: str) -> bytes:
    """Return the log as a PDF on upright US Letter pages, in the order given.

    `summary` is the one sentence above the calls.
    """
    data = {**head_data(head), "summary": summary, "calls": [_row(call) for call in calls]}
    return typeset("call_log.typ", data, title=_TITLE, made_on=head.made_on)


def _row(call: CallEntry) -> dict[str, object]:
    minutes = call.minutes
    lasted = "1 minute" if minutes == 1 else f"{minutes:,} minutes" if minutes else ""
    return {
        "day": call.day,
        "time": call.time,
        "lasted": lasted,
        "who": shortened(call.with_whom, _LONGEST_NAME),
        "department": shortened(call.department, _LONGEST_NAME),
        "phone": shortened(call.phone, _LONGEST_NAME),
        "reference": shortened(call.reference, _LONGEST_NAME),
        "promise": shortened(call.promise, _LONGEST_REMARK),
        "promised_by": call.promised_by,
        "state": call.promise_state,
        "remark": shortened(call.remark, _LONGEST_REMARK),
    }
