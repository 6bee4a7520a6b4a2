"""What is known of codes: their shapes, the modifiers in use, and plain words for reasons."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

from app.importing.sifting import icd10
from app.resources import resource_json

FILE = "codes.json"


@cache
def shape(name: str) -> re.Pattern[str]:
    """Return the shape of a kind of code, by its name in the data."""
    return re.compile(_book()["shapes"][name])


@cache
def modifiers() -> frozenset[str]:
    """Return the modifiers in use."""
    return frozenset(_book()["modifiers"])


@cache
def words_before_hcpcs() -> frozenset[str]:
    """Return the words after which a letter with four digits is a HCPCS code."""
    return frozenset(_book()["before_hcpcs"])


def meaning_of(name: str, value: str) -> str | None:
    """Return plain words for a `carc` or `rarc`; None where there are none, as for CPT codes."""
    book = _book()
    if name == "rarc":
        return book["rarc"].get(value)
    if name != "carc":
        return None
    group, dash, reason = value.rpartition("-")
    meaning = book["carc"].get(reason)
    said = book["groups"].get(group) if dash else None
    return ". ".join(part for part in (meaning, said) if part) or None


def is_known_reason(reason: str) -> bool:
    """Say whether the number of a CARC is one of those that have plain words."""
    return reason in _book()["carc"]


def is_known_remark(remark: str) -> bool:
    """Say whether a RARC is one of those that have plain words."""
    return remark in _book()["rarc"]


def billing_note(code: str) -> str:
    """Return what to say of a diagnosis code that is too short to be billed; "" if it is not."""
    if icd10.is_billable(code):
        return ""
    return "This diagnosis code is only the start of more exact ones and cannot be billed as it is."


@cache
def _book() -> dict[str, Any]:
    return resource_json("reading", FILE)
