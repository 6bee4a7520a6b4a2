"""What was read in a paper against what stands in it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final, Self

from app.domain.fact import Fact, Sifted, WindowSaid
from tests.reading.typeset import PaperData

JUDGED: Final = (
    "letter_date", "received_date", "service_date", "claim_number", "reference_number",
    "authorization_number", "member_id", "group_number", "insurer", "provider", "patient", "npi",
    "icd10", "procedure", "modifier", "ndc", "carc", "rarc", "billed", "allowed", "plan_paid",
    "not_covered", "deductible", "copay", "coinsurance", "patient_owes", "patient_paid", "total",
    "purchase_date", "merchant", "appeal_address", "appeal_fax", "denial_reason",
)  # fmt: skip
"""The names of `facts` that stand in the truth of every paper; windows and kinds are apart.

What else a reader gives (`missing_from_notice`, a phone, a payment) is not judged.
"""

_FOLDED: Final = frozenset({"insurer", "provider", "patient", "merchant", "appeal_address"})
_DIGITS_ONLY: Final = frozenset({"appeal_fax"})

Key = tuple[str, str]
WindowKey = tuple[int | None, str, str, str]
"""Amount, unit, anchor (an explicit date: the date), for whom.

The plan's clocks have no anchor here: what starts them has no name of its own in `facts`.
"""


@dataclass(slots=True)
class Score:
    """Counts over papers; `remarks` say which values are wrong or missing.

    `facts` has (name, "truth" | "found" | "wrong"), `kinds` (kind in truth, outcome). `parts` has
    (unit, anchor or level of a window, "truth" | "right").
    """

    facts: Counter[tuple[str, str]] = field(default_factory=Counter)
    windows: Counter[str] = field(default_factory=Counter)
    parts: Counter[tuple[str, str]] = field(default_factory=Counter)
    kinds: Counter[tuple[str | None, str]] = field(default_factory=Counter)
    remarks: list[tuple[str, str]] = field(default_factory=list)

    def __iadd__(self, other: Score) -> Self:
        self.facts += other.facts
        self.windows += other.windows
        self.parts += other.parts
        self.kinds += other.kinds
        self.remarks += other.remarks
        return self


def compared(paper: PaperData, sifted: Sifted) -> Score:
    """Return the score of one paper."""
    score = Score()
    _compare_kind(paper, sifted, score)
    _compare_facts(paper, sifted.facts, score)
    _compare_windows(paper, sifted.facts, score)
    return score


def folded(text: str) -> str:
    """Return a name without regard to case, punctuation and spaces."""
    return re.sub(r"[\W_]+", "", text.casefold())


def key_of(name: str, value: str) -> Key:
    """Return what two readings of the same value have in common."""
    if name == "merchant":
        value = re.sub(r"#\s*\d+", "", value)  # the number of a shop is no part of its name
    if name in _FOLDED:
        return name, folded(value)
    if name in _DIGITS_ONLY:
        return name, re.sub(r"\D", "", value)[-10:]
    return name, " ".join(value.split())


def _compare_kind(paper: PaperData, sifted: Sifted, score: Score) -> None:
    truth, given = paper["kind"], sifted.kind.value
    if truth == given:
        score.kinds[truth, "right"] += 1
    elif given is None:
        score.kinds[truth, "can't tell"] += 1
        score.remarks.append(("missing", f"kind {truth}"))
    else:
        score.kinds[truth, "wrong"] += 1
        score.remarks.append(("wrong", f"kind {given}, is {truth}: {sifted.kind.reason}"))


def _compare_facts(paper: PaperData, facts: Iterable[Fact], score: Score) -> None:
    truth = dict(_keyed(paper.get("truth", ())))
    optional = dict(_keyed(paper.get("optional", ())))
    given = {
        key_of(fact.name, fact.value): fact
        for fact in facts
        if isinstance(fact.value, str) and fact.name in JUDGED
    }
    for key, value in truth.items():
        score.facts[key[0], "truth"] += 1
        if key in given:
            score.facts[key[0], "found"] += 1
        else:
            score.remarks.append(("missing", f"{key[0]} {value}"))
    for key, fact in given.items():
        if key not in truth and key not in optional:
            score.facts[key[0], "wrong"] += 1
            score.remarks.append(("wrong", f"{key[0]} {fact.value}: “{fact.text}” ({fact.score})"))


def _keyed(entries: Iterable[Mapping[str, Any]]) -> Iterator[tuple[Key, str]]:
    for entry in entries:
        if entry["name"] in JUDGED:
            value = str(entry["value"])
            yield key_of(entry["name"], value), value


def _compare_windows(paper: PaperData, facts: Iterable[Fact], score: Score) -> None:
    """Count the patient's windows right and missing; every other one given as theirs is invented.

    Those of the provider and the plan are nobody's duty to give; one given with wrong parts is
    wrong, for it may be taken for the truth.
    """
    truth = {
        key for entry in _said(paper, "truth") if (key := _key_of_entry(entry))[3] == "patient"
    }
    parts = {_key_of_entry(entry): _parts_of(entry["value"]) for entry in _said(paper, "truth")}
    every = truth | {_key_of_entry(entry) for entry in _said(paper, "optional", "truth")}
    given = {
        _key_of_window(fact.value): fact for fact in facts if isinstance(fact.value, WindowSaid)
    }
    for key in truth:
        score.windows["truth"] += 1
        score.parts.update((part, "truth") for part in parts[key])
        if key in given:
            score.windows["right"] += 1
            score.parts.update((part, "right") for part in parts[key])
        else:
            score.remarks.append(("missing", f"window {key}"))
    for key, fact in given.items():
        if key in every:
            continue
        ours = key[3] == "patient"
        known = any(key[:2] == other[:2] and other[3] == "patient" for other in every)
        fault = "wrong" if known or not ours else "invented"
        score.windows[fault] += 1
        score.remarks.append(("wrong", f"window {fault} {key}: “{fact.text}” ({fact.score})"))
    _compare_levels(paper, facts, score)


def _compare_levels(paper: PaperData, facts: Iterable[Fact], score: Score) -> None:
    """Count of the right windows those whose level and way of filing are right too."""
    truth = {
        (_key_of_entry(entry), entry["value"].get("level"), entry["value"].get("filed_when"))
        for entry in _said(paper, "truth")
    }
    for fact in facts:
        if isinstance(fact.value, WindowSaid):
            key = _key_of_window(fact.value)
            mine = [entry for entry in truth if entry[0] == key]
            if mine:
                score.windows["level judged"] += 1
                score.windows["level right"] += any(fact.value.level == entry[1] for entry in mine)
                score.windows["filed right"] += any(
                    fact.value.filed_when == entry[2] for entry in mine
                )


def _parts_of(value: Mapping[str, Any]) -> tuple[str, ...]:
    """Return by what windows are told apart in the report."""
    if value["unit"] == "explicit_date":
        return "a printed last day", f"level: {value['level']}"
    return value["unit"], f"from: {value['anchor']}", f"level: {value['level']}"


def _said(paper: PaperData, *parts: str) -> list[Mapping[str, Any]]:
    return [
        entry for part in parts for entry in paper.get(part, ()) if entry["name"] == "appeal_window"
    ]


def _key_of_entry(entry: Mapping[str, Any]) -> WindowKey:
    value = entry["value"]
    return _window_key(
        value["amount"], value["unit"], value["anchor"], value["for"], entry.get("due")
    )


def _key_of_window(said: WindowSaid) -> WindowKey:
    due = said.due.isoformat() if said.due else None
    return _window_key(said.amount, said.unit, said.anchor, said.for_whom, due)


def _window_key(
    amount: int | None, unit: str, anchor: str, for_whom: str, due: str | None
) -> WindowKey:
    if unit == "explicit_date":
        return amount, unit, str(due), for_whom
    return amount, unit, "" if for_whom == "plan" else anchor, for_whom
