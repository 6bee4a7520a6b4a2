"""Which papers an expense needs behind it, as the letters of a packet."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from app.domain.packet import BILL, EOB, LETTER, PAYMENT, TRAVEL
from app.domain.tax_category import TaxCategory

ITEMIZED: Final = frozenset({BILL, EOB})
"""Either says what was given, when, to whom and for how much."""

_ANSWERS: Final[Mapping[str, frozenset[str]]] = MappingProxyType(
    {
        "itemized_receipt_or_EOB": ITEMIZED,
        "pharmacy_label_or_printout": ITEMIZED,
        "store_receipt_naming_item": frozenset({BILL}),
        "receipt": frozenset({BILL}),
        "ticket": frozenset({BILL}),
        "ticket_or_log": frozenset({BILL, TRAVEL}),
        "hotel_folio": frozenset({BILL}),
        "premium_statement": frozenset({BILL, PAYMENT}),
        "SSA-1099_or_bill": frozenset({BILL, PAYMENT}),
        "registration": frozenset({BILL}),
        "proof_of_payment": frozenset({PAYMENT}),
        "letter_of_medical_necessity": frozenset({LETTER}),
        "mileage_log": frozenset({TRAVEL}),
        "appointment_proof": frozenset({TRAVEL}),
    }
)
"""Which letters answer for a paper of the categories; the others only a person can judge."""

_ANY: Final = (ITEMIZED, frozenset({PAYMENT}))
"""What is asked of an expense whose kind is not known."""


def required_letters(category: TaxCategory | None) -> tuple[frozenset[str], ...]:
    """Return what must be behind an expense of a kind: of each set at least one letter."""
    if category is None:
        return _ANY
    asked = (_ANSWERS[name] for name in category.documents if name in _ANSWERS)
    return tuple(dict.fromkeys(asked))


def missing_letters(category: TaxCategory | None, letters: str) -> tuple[frozenset[str], ...]:
    """Return the sets of which none of `letters` is one: what the packet still lacks."""
    return tuple(wanted for wanted in required_letters(category) if not wanted & set(letters))
