"""How well a sending is proved, in words that say what to add."""

from __future__ import annotations

from typing import Final

from app.domain.sending import Sending

_TO_ADD: Final = {
    "certified_mail": "add the mail receipt.",
    "mail": "ordinary mail gives none. Ask them by phone whether they have it.",
    "fax": "add the fax confirmation page.",
    "portal": "add a picture of the website's confirmation.",
    "by_hand": "add the copy that they stamped, or note who took it.",
    "other": "add the paper that shows it was sent.",
}
_HAS_A_PAPER: Final = frozenset({"certified_mail", "fax", "portal"})
"""Ways of sending that always give a paper to keep."""


def proof_words(sending: Sending, proofs: int) -> str:
    """Return how a sending is proved, in one or two sentences.

    `proofs` is the number of its papers.
    """
    shown = [f"{proofs} {'paper' if proofs == 1 else 'papers'}"] if proofs else []
    if sending.delivered_on:
        shown.append("the day they got it")
    if sending.confirmed_by:
        shown.append("who confirmed it")
    to_add = _TO_ADD.get(sending.way, _TO_ADD["other"])
    if not shown:
        return f"No proof yet: {to_add}"
    said = f"Proved by {_joined(shown)}."
    return said if proofs or sending.way not in _HAS_A_PAPER else f"{said} Better: {to_add}"


def is_proved(sending: Sending, proofs: int) -> bool:
    """Return whether anything at all shows that it was sent or that it arrived."""
    return bool(proofs or sending.delivered_on or sending.confirmed_by)


def _joined(words: list[str]) -> str:
    return " and ".join(filter(None, (", ".join(words[:-1]), words[-1])))
