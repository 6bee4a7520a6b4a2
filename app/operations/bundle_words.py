"""How papers are called in a bundle, and the order in which a reviewer wants to read them."""

from __future__ import annotations

import re
from typing import Final

_NAMES: Final = {
    "denial": "Denial letter",
    "appeal_decision": "Decision on the appeal",
    "appeal_letter": "Appeal letter",
    "necessity_letter": "Letter of medical necessity",
    "treatment_order": "Treatment order",
    "medical_record": "Medical record",
    "lab_result": "Lab result",
    "imaging": "Imaging report",
    "genetic_test": "Genetic or nutrient test",
    "infusion_record": "Infusion record",
    "monitoring": "Monitoring report",
    "pharmacy_label": "Pharmacy label",
    "certificate_of_analysis": "Certificate of analysis",
    "trial_paper": "Clinical-trial paper",
    "accreditation": "Accreditation or license",
    "medical_policy": "Medical policy",
    "plan_document": "Plan document",
    "study": "Medical study",
    "approval": "Approval or prior authorization",
    "information_request": "Request for information",
    "eob": "Explanation of benefits",
    "msn": "Medicare summary notice",
    "itemized_bill": "Bill",
    "superbill": "Superbill",
    "assistance_letter": "Letter of an assistance program",
    "mail_receipt": "Certified-mail receipt",
    "fax_confirmation": "Fax confirmation",
    "envelope": "Envelope with postmark",
    "insurance_card": "Insurance card",
    "receipt": "Receipt",
    "card_slip": "Card slip",
    "check": "Check",
    "photo": "Photo",
    "other": "Paper",
}
"""The kinds in the order of a bundle: what they said, what we answer, the proof, the rest."""

_ORDER: Final = {kind: place for place, kind in enumerate(_NAMES)}
_TOGETHER: Final = {"appeal_decision": "denial"}
"""What they said belongs together, by date."""

_ENDING: Final = re.compile(r"\.(pdf|jpe?g|png|tiff?|heic|heif|webp|gif|bmp|txt)$", re.IGNORECASE)
_MACHINE_MADE: Final = re.compile(
    r"(img|image|dsc[nf]?|pxl|mvimg|scan(ned)?|photo|screenshot|document|doc|file|whatsapp image)?"
    r"[\W\d_]*(at)?[\W\d_]*(am|pm)?",
    re.IGNORECASE,
)
"""Names that a camera or a scanner gives: they tell a reviewer nothing."""


def kind_name(kind: str | None) -> str:
    """Return the words for a kind of paper."""
    return _NAMES.get(kind or "other", _NAMES["other"])


def place_of(kind: str | None) -> int:
    """Return where papers of a kind stand in a bundle, the smallest first."""
    known = kind or "other"
    return _ORDER.get(_TOGETHER.get(known, known), len(_ORDER))


def exhibit_title(name: str, kind: str | None) -> str:
    """Return what a paper is listed as: its own name, unless a camera or a scanner gave it."""
    bare = _ENDING.sub("", name).strip()
    return kind_name(kind) if _MACHINE_MADE.fullmatch(bare) else bare
