"""What the pages that stand alone as an exhibit share: whose they are, in the look of a bundle."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

from app.domain.calendar_days import spoken
from app.exporting.plain_text import shortened

_LONGEST_NAME: Final = 120
_LONGEST_RUNNER: Final = 70


@dataclass(frozen=True, kw_only=True, slots=True)
class ExhibitHead:
    """Whose pages these are. Empty and None mean unknown: nothing is printed for it."""

    claim: str
    made_on: date
    patient: str = ""
    born_on: date | None = None
    plan: str = ""
    member_id: str = ""
    claim_number: str = ""


def head_data(head: ExhibitHead) -> dict[str, object]:
    """Return what the template `exhibit_sheet.typ` prints above the rows and at each foot."""
    facts = (
        ("Patient", head.patient),
        ("Date of birth", spoken(head.born_on) if head.born_on else ""),
        ("Plan", head.plan),
        ("Member ID", head.member_id),
        ("Claim number", head.claim_number),
        ("About", head.claim),
    )
    claim = f"Claim {head.claim_number}" if head.claim_number else ""
    member = f"Member ID {head.member_id}" if head.member_id and not claim else ""
    return {
        "facts": [
            [name, shortened(value, _LONGEST_NAME)] for name, value in facts if value.strip()
        ],
        "runner": shortened(
            " · ".join(filter(None, (head.patient, claim, member))), _LONGEST_RUNNER
        ),
        "made_on": spoken(head.made_on),
    }
