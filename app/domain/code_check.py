"""Codes of a claim: whether each has the form of its kind and was complete on the day of the care.

Form and completeness only: what a code means is not said, and no code is ever suggested.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final, Literal, Protocol

from app.domain.calendar_days import spoken

CodeKind = Literal["diagnosis", "service", "drug"]

_SPLIT: Final = re.compile(r"[\s,;/]+")
_DIAGNOSIS: Final = re.compile(r"[A-Z][0-9A][0-9A-Z](?:\.?[0-9A-Z]{1,4})?")
_SERVICE: Final = re.compile(r"(?:[0-9]{4}[0-9A-Z]|[A-Z][0-9]{4})(?:-[0-9A-Z]{2}){0,4}")
_DRUG: Final = re.compile(r"[0-9]{5}-[0-9]{4}-[0-9]{1,2}|[0-9]{5}-[0-9]{3}-[0-9]{2}"
                          r"|[0-9]{4}-[0-9]{4}-[0-9]{2}|[0-9]{11}")  # fmt: skip
_LIKE_DRUG: Final = re.compile(r"[0-9-]{8,}")
_MODIFIER: Final = 2  # letters: “25”, “JW”; part of the code before it
_CATEGORY: Final = 3  # letters and digits before the dot

_ASK_DIAGNOSIS: Final = (
    "Ask the doctor's office for the complete code, and which code they sent to the plan."
)
_ASK_SERVICE: Final = "Ask the office that bills for the whole code, with five letters or digits."
_ASK_DRUG: Final = "Ask the pharmacy for the whole drug code (NDC) with its 11 digits."


class NewestCodes(Protocol):
    """The newest release of ICD-10-CM; codes with or without their dot."""

    def is_code(self, code: str) -> bool:
        """Return whether a code is in it, complete or not."""
        ...

    def is_billable(self, code: str) -> bool:
        """Return whether a code in it is complete."""
        ...


@dataclass(frozen=True, slots=True)
class EarlierRelease:
    """Where an older release differs from the newest: what was complete then, and only later."""

    first: date
    last: date
    complete_then: frozenset[str]
    complete_only_later: frozenset[str]


@dataclass(frozen=True, slots=True)
class DiagnosisCodes:
    """All that is known of diagnosis codes; `first` and `last` are the newest release's days."""

    newest: NewestCodes
    first: date
    last: date
    earlier: tuple[EarlierRelease, ...]

    def is_known(self, code: str) -> bool:
        """Return whether any release that is known has a code."""
        bare = bare_code(code)
        return self.newest.is_code(bare) or any(bare in one.complete_then for one in self.earlier)

    def was_complete(self, code: str, on: date) -> bool | None:
        """Return whether a known code was complete on a day; None where that is not known.

        Between two releases that agree it is as in both; before the first and after the last that
        is known, it is as in that one.
        """
        bare = bare_code(code)
        states = [(one.first, one.last, self._was_complete_in(one, bare)) for one in self.earlier]
        states.append((self.first, self.last, self.is_complete_now(bare)))
        before = [(last, state) for first, last, state in states if first <= on]
        after = [state for first, _, state in states if first > on]
        if not before:
            return after[0]
        last, state = before[-1]
        if on <= last or not after or after[0] == state:
            return state
        return None

    def is_complete_now(self, code: str) -> bool:
        """Return whether a code is complete in the newest release."""
        bare = bare_code(code)
        return self.newest.is_code(bare) and self.newest.is_billable(bare)

    def _was_complete_in(self, release: EarlierRelease, bare: str) -> bool:
        if bare in release.complete_then:
            return True
        return self.is_complete_now(bare) and bare not in release.complete_only_later


def parse_earlier(data: Mapping[str, Any], newest: NewestCodes) -> DiagnosisCodes:
    """Return what `icd10cm-earlier.json` tells beside the newest release."""
    return DiagnosisCodes(
        newest=newest,
        first=date.fromisoformat(data["newest_from"]),
        last=date.fromisoformat(data["newest_until"]),
        earlier=tuple(
            EarlierRelease(
                first=date.fromisoformat(row["from"]),
                last=date.fromisoformat(row["until"]),
                complete_then=frozenset(" ".join(row["complete_then"]).split()),
                complete_only_later=frozenset(" ".join(row["complete_only_later"]).split()),
            )
            for row in data["releases"]
        ),
    )


@dataclass(frozen=True, slots=True)
class CodeProblem:
    """What is wrong with a code, in a sentence, and what to ask."""

    kind: CodeKind
    code: str
    sentence: str
    ask: str


def bare_code(code: str) -> str:
    """Return a diagnosis code without its dot, in capitals."""
    return code.strip().upper().replace(".", "")


def shown_code(code: str) -> str:
    """Return a diagnosis code with its dot: “G43909” as “G43.909”."""
    bare = bare_code(code)
    return bare if len(bare) <= _CATEGORY else f"{bare[:_CATEGORY]}.{bare[_CATEGORY:]}"


def codes_in(typed: str) -> Iterator[str]:
    """Yield the codes that were typed in one field, each once; modifiers belong to theirs."""
    words = (word.upper() for word in _SPLIT.split(typed) if len(word) > _MODIFIER)
    yield from dict.fromkeys(words)


def diagnosis_problem(code: str, on: date, codes: DiagnosisCodes) -> CodeProblem | None:
    """Return what is wrong with a diagnosis code for care on a day, None if nothing is."""

    def told(sentence: str) -> CodeProblem:
        return CodeProblem("diagnosis", code, sentence, _ASK_DIAGNOSIS)

    if not _DIAGNOSIS.fullmatch(code.strip().upper()):
        return told(f"“{code}” does not look like a diagnosis code (ICD-10-CM).")
    shown, day = shown_code(code), spoken(on)
    if not codes.is_known(code):
        return told(f"We do not find {shown} among the diagnosis codes that we know.")
    match codes.was_complete(code, on):
        case True:
            return None
        case None:
            return told(
                f"{shown} may not have been a complete diagnosis code on {day}: the list of codes "
                "changed around that time."
            )
        case False if codes.is_complete_now(code):
            return told(f"{shown} is newer than the care on {day}.")
        case _:
            return told(
                f"{shown} is not a complete diagnosis code for care on {day}: there are longer, "
                "more exact codes below it."
            )


def service_problem(code: str) -> CodeProblem | None:
    """Return what is wrong with the form of a service code (CPT, HCPCS or dental)."""
    if _SERVICE.fullmatch(code.strip().upper()):
        return None
    return CodeProblem(
        "service", code,
        f"“{code}” is not a whole service code: these have five letters or digits.", _ASK_SERVICE,
    )  # fmt: skip


def drug_problem(code: str) -> CodeProblem | None:
    """Return what is wrong with the form of a drug code (NDC)."""
    if _DRUG.fullmatch(code.strip()):
        return None
    return CodeProblem(
        "drug", code,
        f"“{code}” is not a whole drug code (NDC): some of its digits are missing, or its dashes.",
        _ASK_DRUG,
    )  # fmt: skip


def problem_of_service(code: str) -> CodeProblem | None:
    """Return what is wrong with a code that may be of a service or of a drug."""
    problem = service_problem(code)
    return drug_problem(code) if problem and _LIKE_DRUG.fullmatch(code) else problem
