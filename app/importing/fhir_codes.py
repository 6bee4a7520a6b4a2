"""The codes and amounts of a FHIR explanation of benefits: which coding says what.

One category may carry several codings, and the first is not always the one that says most: CMS
puts the general code of CARIN first and its own variable second. So all codings are looked at.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal
from functools import cache
from typing import Any, Final

from app.domain.money import LARGEST
from app.importing.benefits import Amounts
from app.importing.fhir_json import an_object, objects, words
from app.resources import resource_json

_WRITTEN: Final = re.compile(r"-?\d{1,15}(?:\.\d{1,9})?")
_REASON: Final = re.compile(r"(CO|PR|OA|PI|CR)[- ]?(\d{1,3}|[A-Z]\d{1,3})", re.IGNORECASE)
_NO_REASON: Final = frozenset(
    (
        "innetwork", "outofnetwork", "other", "paid", "denied", "partiallypaid", "contracted",
        "noncontracted",
    )
)  # fmt: skip
"""Words on the state of a payment that stand where reasons stand."""
_NETWORKS: Final = {
    "innetwork": "in",
    "contracted": "in",
    "outofnetwork": "out",
    "noncontracted": "out",
}
_STATES: Final = {"paid": "paid", "denied": "denied", "partiallypaid": "partly"}
_LABELS: Final = (
    ("ama-assn.org/go/cpt", ""),
    ("hcpcs", ""),
    ("/sid/ndc", "NDC "),
    ("revenue", "revenue code "),
    ("rev_cntr", "revenue code "),
    ("snodent", "dental code "),
    ("cdt", "dental code "),
)
"""What stands before a code, by a part of its system's address."""


class NotUsableError(ValueError):
    """A resource cannot be taken; the message is a whole sentence for people."""


@dataclass
class Sums:
    """The amounts of a line or a claim while they are gathered."""

    amounts: Amounts = field(default_factory=dict[str, int])
    others: list[tuple[str, int]] = field(default_factory=list[tuple[str, int]])
    _seen: set[str] = field(default_factory=set[str])

    def add(self, category: Any, money: Any) -> None:
        """Take one amount in.

        Raises:
            NotUsableError: it is no amount in US dollars.
        """
        amount = cents_of(money)
        if amount is None:
            return
        codes, name = codings_of(category), name_of(category)
        variable = next(
            (code for code in map(_last_part, codes) if code in _table("variables")), None
        )
        code = variable or next((code for code in codes if code in _table("codes")), None)
        role = code and (_table("variables") if variable else _table("codes"))[code]
        if role is None:
            self.others.append((name or "Another amount", amount))
        elif role not in self.amounts:
            self.amounts[role] = amount
        elif role in _added_up():
            self.amounts[role] += amount

    def add_all(self, adjudications: Any) -> None:
        """Take in all amounts of a list of adjudications."""
        for item in objects(adjudications):
            self.add(item.get("category"), item.get("amount"))


@cache
def _table(name: str) -> dict[str, str | None]:
    return resource_json("reading", "eob_amounts.json")[name]


@cache
def _added_up() -> frozenset[str]:
    return frozenset(resource_json("reading", "eob_amounts.json")["added_up"])


def codings_of(concept: Any) -> list[str]:
    """Return all codes of a concept, in their order."""
    return [code for item in _codings(concept) if (code := words(item.get("code"), 300))]


def name_of(concept: Any) -> str:
    """Return how a concept is shown: the most telling name it has."""
    shown = [text for item in _codings(concept) if (text := words(item.get("display")))]
    return shown[-1] if shown else words(an_object(concept).get("text"))


def _codings(concept: Any) -> list[dict[str, Any]]:
    told = an_object(concept)
    return objects(told.get("coding")) or ([told] if "code" in told else [])


def _last_part(code: str) -> str:
    return code.rstrip("/").rsplit("/", 1)[-1]


def cents_of(money: Any) -> int | None:
    """Return an amount in cents, halves rounded up; None where there is none.

    Raises:
        NotUsableError: it is no number, absurdly large, or not in US dollars.
    """
    told = an_object(money)
    if "value" not in told:
        return None
    currency = words(told.get("currency")) or words(told.get("code"))
    if currency and currency.upper() not in {"USD", "US$", "$"}:
        raise NotUsableError(
            f"Its amounts are in {currency[:10]}, not in US dollars. "
            "Enter what you owe by hand, in dollars."
        )
    value = told["value"]
    if isinstance(value, str) and _WRITTEN.fullmatch(value.strip()):
        value = Decimal(value.strip())
    if not isinstance(value, Decimal) or not value.is_finite():
        raise NotUsableError(
            "One of its amounts is not a number. Ask the sender for a correct file."
        )
    if abs(value) * 100 > LARGEST:
        raise NotUsableError(
            "One of its amounts is too large to be right. Ask the sender for a correct file."
        )
    return int((value * 100).quantize(Decimal(1), ROUND_HALF_UP))


def service_codes(item: dict[str, Any]) -> Iterator[str]:
    """Yield the codes of a service, each once: CPT or HCPCS, modifiers, drug, revenue code."""
    for name, label in (
        ("productOrService", ""), ("service", ""), ("modifier", "modifier "),
        ("revenue", "revenue code "), ("diagnosis", ""),
    ):  # fmt: skip
        for concept in objects(item.get(name)):
            yield from _labelled(concept, label)
    for detail in objects(item.get("detail")):
        yield from _labelled(detail.get("productOrService"), "")


def _labelled(concept: Any, label: str) -> Iterator[str]:
    told = an_object(concept)
    drugs = [an_object(more.get("valueCoding")) for more in objects(told.get("extension"))]
    drugs = [drug for drug in drugs if "/sid/ndc" in words(drug.get("system"))]
    for coding in (*_codings(concept), *drugs):
        code, system = words(coding.get("code"), 40), words(coding.get("system")).lower()
        if not code or system.endswith("data-absent-reason"):
            continue
        mark = label or next((mark for part, mark in _LABELS if part in system), "")
        yield f"{mark}{code}"


def reasons_of(adjudications: Iterable[dict[str, Any]]) -> Iterator[str]:
    """Yield the reason codes of adjudications: CO-50, 45, N130."""
    yield from (code for code, _ in _reasons(adjudications) if code)


def reason_words(adjudications: Iterable[dict[str, Any]]) -> Iterator[str]:
    """Yield the reasons that the file tells in words, after their codes."""
    for code, said in _reasons(adjudications):
        if said:
            yield f"Reason {code}: {said}" if code else f"Reason: {said}"


def _reasons(adjudications: Iterable[dict[str, Any]]) -> Iterator[tuple[str, str]]:
    for item in adjudications:
        codings = [
            (code, coding)
            for coding in _codings(item.get("reason"))
            if (code := words(coding.get("code"), 20))
            and code.lower() not in _NO_REASON
            and _is_of_reasons(words(coding.get("system")), item)
        ]
        for code, coding in codings:
            grouped = _REASON.fullmatch(code)
            shown = f"{grouped[1].upper()}-{grouped[2].upper()}" if grouped else code
            yield shown, words(coding.get("display"), 300)
        if not codings and _is_of_reasons("", item):
            yield "", words(an_object(item.get("reason")).get("text"), 300)


def _is_of_reasons(system: str, adjudication: dict[str, Any]) -> bool:
    """Tell reasons for a payment cut from the many other codes that stand in the same place."""
    known = ("adjustment-reason", "remark-code", "rejectreason", "_ansi_cd", "adjustmentreason")
    if any(part in system.lower() for part in known):
        return True
    categories = {code.lower() for code in codings_of(adjudication.get("category"))}
    return bool(categories & {"denialreason", "rejectreason", "adjustmentreason"})


def network_of(adjudications: Iterable[dict[str, Any]]) -> str:
    """Return `in` or `out` where adjudications say whether the provider has a contract."""
    return next((_NETWORKS[code] for code in _status_codes(adjudications) if code in _NETWORKS), "")


def state_of(adjudications: Iterable[dict[str, Any]]) -> str:
    """Return `paid`, `denied` or `partly`; lines that differ make `partly`, none an empty text."""
    told = {_STATES[code] for code in _status_codes(adjudications) if code in _STATES}
    return next(iter(told), "") if len(told) < 2 else "partly"


def _status_codes(adjudications: Iterable[dict[str, Any]]) -> Iterator[str]:
    for item in adjudications:
        yield from (code.lower() for code in codings_of(item.get("reason")))
