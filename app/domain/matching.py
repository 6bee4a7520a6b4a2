"""Which claim a paper belongs to, and which papers are nearly the same: by what both say."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from app.domain.fact import Sifted

PRINT: Final = "print"
"""The name under which the prints of a text are kept among the values to match."""

_WEIGHTS: Final = {
    "claim_number": 0.9, "reference_number": 0.85, "authorization_number": 0.85,
    "member_id": 0.3, "medicare_number": 0.3, "patient": 0.3, "service_date": 0.35,
    "provider": 0.25, "facility": 0.25, "npi": 0.25, "icd10": 0.1, "procedure": 0.15,
}  # fmt: skip
"""How much one equal value says, 0 to 1; values that differ say nothing."""

_WORDS: Final = {
    "claim_number": "claim number", "reference_number": "reference number",
    "authorization_number": "authorization number", "member_id": "member ID",
    "medicare_number": "Medicare number", "patient": "patient", "service_date": "date of service",
    "provider": "provider", "facility": "facility", "npi": "NPI", "icd10": "diagnosis code",
    "procedure": "service code",
}  # fmt: skip
_NUMBERS: Final = frozenset({"claim_number", "reference_number", "authorization_number"})
_LEAST: Final = 0.45
_MOST: Final = 3
_ALIKE_WORDS: Final = 0.8
_ALIKE_NUMBERS: Final = 0.75


@dataclass(frozen=True, slots=True)
class Sign:
    """A value that a paper and a claim share: its name, the value, and the paper it stands in.

    `paper` is None where the claim itself, its person or its plan has the value.
    """

    claim_id: str
    name: str
    value: str
    paper: str | None = None


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A claim that a paper may belong to, how likely (0 to 1), and why in one sentence."""

    claim_id: str
    score: float
    reason: str


def key_of(value: str) -> str:
    """Return a value as it is compared: letters and digits only, in capitals, no accents."""
    plain = unicodedata.normalize("NFKD", value)
    return "".join(letter for letter in plain.upper() if letter.isalnum())[:80]


def values_to_match(sifted: Sifted) -> frozenset[tuple[str, str]]:
    """Return the values by which a paper is matched with claims and other papers.

    All numbers of a case count as one kind: one side's reference is the other's claim number.
    """
    values = {
        (_kind_of(fact.name), key_of(fact.value))
        for fact in sifted.facts
        if fact.name in _WEIGHTS and isinstance(fact.value, str)
    }
    prints = {(PRINT, one) for one in sifted.prints}
    return frozenset(pair for pair in values | prints if pair[1])


def suggestions(signs: Iterable[Sign]) -> tuple[Suggestion, ...]:
    """Return the few likeliest claims, the likeliest first; the same sign counts once."""
    by_claim: dict[str, dict[str, Sign]] = {}
    for sign in signs:
        best = by_claim.setdefault(sign.claim_id, {})
        if sign.name not in best or sign.paper is None:
            best[sign.name] = sign
    found: list[Suggestion] = []
    for claim_id, best in by_claim.items():
        doubt = 1.0
        for name in best:
            doubt *= 1 - _WEIGHTS[name]
        if 1 - doubt >= _LEAST:
            found.append(Suggestion(claim_id, round(1 - doubt, 2), _reason(tuple(best.values()))))
    return tuple(sorted(found, key=lambda one: (-one.score, one.claim_id))[:_MOST])


def are_nearly_same(one: str, other: str) -> bool:
    """Say whether two texts are the same paper, scanned or faxed twice.

    Letters of one insurer share most of their words; only copies also share their numbers.
    """
    words, others = _tokens(one), _tokens(other)
    digits = {word for word in words if any(map(str.isdigit, word))}
    their_digits = {word for word in others if any(map(str.isdigit, word))}
    return (
        _overlap(words, others) >= _ALIKE_WORDS and _overlap(digits, their_digits) >= _ALIKE_NUMBERS
    )


def _reason(signs: Sequence[Sign]) -> str:
    strongest = sorted(signs, key=lambda sign: -_WEIGHTS[sign.name])[:2]
    parts = [
        f"the same {_WORDS[sign.name]} stands in “{sign.paper}”"
        if sign.paper
        else f"it has the {_WORDS[sign.name]} of this claim"
        for sign in strongest
    ]
    sentence = ", and ".join(parts)
    return f"{sentence[0].upper()}{sentence[1:]}."


def _kind_of(name: str) -> str:
    return "claim_number" if name in _NUMBERS else name


def _tokens(text: str) -> Counter[str]:
    words = ("".join(filter(str.isalnum, word)) for word in text.casefold().split())
    return Counter(word for word in words if word)


def _overlap(one: Iterable[str], other: Iterable[str]) -> float:
    """Return the share of words that both texts have; two empty texts share nothing."""
    mine, theirs = set(one), set(other)
    return len(mine & theirs) / len(mine | theirs) if mine or theirs else 0.0
