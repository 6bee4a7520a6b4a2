"""Which papers stand behind an expense, as letters: what an examiner looks for at a glance."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

EOB, BILL, PAYMENT, LETTER, TRAVEL = LETTERS = ("E", "B", "P", "L", "T")
"""An explanation of benefits, a bill or itemized receipt, proof of the payment, a letter of
medical necessity, a travel log."""

_SHOWS: Final = {
    "eob": EOB,
    "msn": EOB,
    "receipt": BILL + PAYMENT,
    "card_slip": PAYMENT,
    "check": PAYMENT,
    "account_statement": PAYMENT,
    "necessity_letter": LETTER,
}
"""What a kind of paper shows by itself. A card slip, a check or a statement prove a payment and
nothing else; what was bought is itemized on a receipt, and that it was paid (section 2.1 of the
substantiation rules of flexible spending, Prop. Reg. 1.125-6(b))."""


def packet_of(receipt_kind: str | None, beside: Iterable[str]) -> str:
    """Return the letters of the papers of an expense, in the order of `LETTERS`.

    `receipt_kind` is the kind of its bill or receipt, None where there is none; one whose kind
    nobody said counts as a bill. `beside` are the letters of what it is tied to.
    """
    shown = set("" if receipt_kind is None else _SHOWS.get(receipt_kind, BILL)) | set(beside)
    return "".join(letter for letter in LETTERS if letter in shown)
