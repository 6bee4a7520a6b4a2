"""Sentences about the patient's windows put together from parts: more than anyone would write."""

from __future__ import annotations

import json
import random
import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any, Final

_PARTS: Final = Path(__file__).parent / "papers" / "phrases.json"
_SLOT: Final = re.compile(r"\{([A-Za-z]+)\}")
_UNITS: Final = ("calendar_days", "calendar_days", "calendar_days", "business_days", "months")
_FILED: Final = (None, None, "received", "received", "postmarked", "either")
_TELLS_FILING: Final = "{filed}"


def composed(level: str, chance: random.Random) -> dict[str, Any]:
    """Return a phrase as in `papers/windows.json`; its text still wants the amount, `{n}`."""
    parts = _parts()
    sentence = chance.choice(list(parts["sentences"].values()))
    unit = chance.choice(_UNITS)
    anchor = chance.choice(list(parts["from"]))
    filed = chance.choice(_FILED) if _TELLS_FILING in sentence else None
    chosen = {
        name: chance.choice(parts[name]) for name in ("patient", "may", "limit", "span")
    } | {
        "ask": chance.choice(parts["ask"][level]),
        "noun": chance.choice(parts["noun"][level]),
        "days": chance.choice(parts["days"][unit]),
        "from": chance.choice(parts["from"][anchor]),
        "filed": chance.choice(parts["filed"][filed or ""]),
    }  # fmt: skip
    text = _grammatical(_filled(sentence, chosen))
    return {
        "text": chance.choice(parts["before"]) + text + chance.choice(parts["after"]),
        "for": "patient",
        "level": level,
        "anchor": anchor,
        "unit": unit,
        "filed": filed,
    }


def can_compose(wanted: Mapping[str, Any], language: str) -> bool:
    """Say whether a sentence of this kind can be put together."""
    return (
        language == "en"
        and wanted.get("level") in _parts()["ask"]
        and set(wanted) <= {"for", "level", "group"}
        and not wanted.get("group")
    )


@cache
def _parts() -> Any:
    return json.loads(_PARTS.read_text(encoding="utf-8"))


def _filled(text: str, chosen: Mapping[str, str]) -> str:
    """Fill the slots, and those in what was filled in; a capital letter begins a sentence."""

    def part(found: re.Match[str]) -> str:
        name = found[1]
        if name == "n":
            return found[0]
        words = _filled(chosen[name.lower()], chosen)
        return words if name.islower() else words[0].upper() + words[1:]

    return _SLOT.sub(part, text)


def _grammatical(text: str) -> str:
    """One member has, many have; an appeal, a request; within days of a day, not after it."""
    text = re.sub(r"\b(member|person|disagrees|enrollee|representative) have\b", r"\1 has", text)
    text = re.sub(r"\b(member|person|disagrees|enrollee) are\b", r"\1 is", text)
    return re.sub(r"\ba (?=[aeio])", "an ", text)
