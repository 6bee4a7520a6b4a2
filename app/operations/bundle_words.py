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
    "account_statement": "Account statement",
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


_APPEALS: Final = {1: "First appeal", 2: "Second appeal", 3: "External review"}
_MEDICARE_LATER: Final = {
    3: "Hearing (third level of appeal)",
    4: "Review by the Medicare Appeals Council (fourth level of appeal)",
}
_APPEALS_OF: Final[dict[str, dict[int, str]]] = {
    "original_medicare": {
        1: "First appeal (redetermination)",
        2: "Second appeal (reconsideration)",
        **_MEDICARE_LATER,
    },
    "medicare_advantage": {
        1: "First appeal (reconsideration)",
        2: "Second level: independent review",
        **_MEDICARE_LATER,
    },
    "part_d": {
        1: "First appeal (redetermination)",
        2: "Second level: independent review (reconsideration)",
        **_MEDICARE_LATER,
    },
    "medicaid_managed_care": {1: "Appeal to the health plan", 2: "State fair hearing"},
    "medicaid_ffs": {1: "State fair hearing"},
    "fehb": {1: "Reconsideration by the plan", 2: "Review by OPM"},
    "pshb": {1: "Reconsideration by the plan", 2: "Review by OPM"},
    "tricare": {1: "First appeal (reconsideration)"},
}
"""What the appeal of a denial of each level is called, where a kind of plan has its own words."""


def appeal_name(program: str, level: int) -> str:
    """Return what the appeal is called that answers a denial of this level."""
    names = _APPEALS_OF.get(program, _APPEALS)
    return names.get(level) or f"Appeal of level {level}"


_STORY: Final = {
    "denial": "Denied", "answer": "Answer to the appeal", "call": "Call", "request": "Asked for",
    "letter": "Letter", "sending": "Sent", "delivery": "Received", "authorization": "Authorization",
    "treatment": "Treatment", "diary": "Diary", "deadline": "Date", "expense": "Paid",
    "fast_appeal": "Fast appeal", "keep_care": "Care meanwhile",
}  # fmt: skip


def story_word(what: str) -> str:
    """Return the word for a line of the story."""
    return _STORY.get(what, what.capitalize())


_OUTCOMES: Final = {
    "helped": "It helped",
    "helped_some": "It helped a little",
    "no_effect": "It did not help",
    "reaction": "A reaction",
    "not_tolerated": "Not tolerated",
    "stopped": "Stopped",
    "ongoing": "Still running",
}
_ROUTES: Final = {
    "oral": "by mouth", "infusion": "infusion", "injection": "injection", "topical": "on the skin",
    "inhaled": "inhaled", "therapy": "therapy",
}  # fmt: skip
_PRODUCTS: Final = {"commercial": "commercial product", "compounded": "compounded"}


def treatment_way(route: str, product: str) -> str:
    """Return how a treatment was given: “infusion, compounded”."""
    return ", ".join(filter(None, (_ROUTES.get(route, ""), _PRODUCTS.get(product, ""))))


def treatment_outcome(outcome: str, reaction: str) -> str:
    """Return what came of a treatment: “A reaction: rash within an hour”."""
    words = _OUTCOMES.get(outcome, "")
    return ": ".join(filter(None, (words, reaction.strip())))
