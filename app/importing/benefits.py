"""An explanation of benefits as an electronic file tells it, on its way from a worker.

Amounts are integer cents, by their role (see `resources/reading/eob_amounts.json`).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from typing import Any, Final, cast

from app.domain.money import LARGEST
from app.resources import resource_json

Amounts = dict[str, int]
"""Cents by role."""

_LONGEST: Final = 4000
_MOST_IN_A_LIST: Final = 5000


@dataclass(frozen=True, slots=True, kw_only=True)
class BenefitLine:
    """One service: `number` as in the file, codes as printed, reasons such as CO-50 or N130.

    `units` is how often or how much was done, where that is a whole number. `others` are amounts
    whose role is not known, each under its own name.
    """

    number: str = ""
    served_on: date | None = None
    served_until: date | None = None
    service: str = ""
    codes: tuple[str, ...] = ()
    reasons: tuple[str, ...] = ()
    units: int | None = None
    amounts: Amounts = field(default_factory=dict[str, int])
    others: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Benefit:
    """One explanation of benefits.

    `row` is where it stands in its file. `key` names it wherever it comes from, `version` is the
    moment of its making as far as it is told, `print` tells its lines and amounts apart from
    those of another version. `stopped` is the sentence that says why it is no bill, if so.
    `follows` are the names of the claims that it takes the place of, `followed_by` of those that
    take its place.
    """

    row: int
    key: str
    version: str
    print: str
    claim_number: str = ""
    kind: str = ""
    status: str = ""
    is_authorization: bool = False
    stopped: str = ""
    insurer: str = ""
    provider: str = ""
    patient: str = ""
    born_on: date | None = None
    member_id: str = ""
    created_on: date | None = None
    period_start: date | None = None
    period_end: date | None = None
    diagnoses: tuple[str, ...] = ()
    reasons: tuple[str, ...] = ()
    remarks: tuple[str, ...] = ()
    amounts: Amounts = field(default_factory=dict[str, int])
    others: tuple[tuple[str, int], ...] = ()
    lines: tuple[BenefitLine, ...] = ()
    network: str = ""
    state: str = ""
    follows: tuple[str, ...] = ()
    followed_by: tuple[str, ...] = ()

    @property
    def is_reversal(self) -> bool:
        """Whether it only takes another one back: its amounts are below zero, none above."""
        told = [self.amounts, *(line.amounts for line in self.lines)]
        cents = [amount for amounts in told for amount in amounts.values()]
        return min(cents, default=0) < 0 and max(cents, default=0) <= 0


@dataclass(frozen=True, slots=True)
class RefusedRow:
    """A row of the file that could not be taken, and why, in a whole sentence."""

    row: int
    reason: str


@cache
def role_names() -> dict[str, str]:
    """Return the roles of amounts in the order in which they are shown, with their words."""
    return resource_json("reading", "eob_amounts.json")["roles"]


def to_wire(benefit: Benefit) -> dict[str, Any]:
    """Return plain JSON values for the way out of a worker."""
    values = _plain(benefit)
    values["lines"] = [_plain(line) for line in benefit.lines]
    return values


def from_wire(values: dict[str, Any]) -> Benefit:
    """Return what `to_wire` was given.

    Raises:
        ValueError: the values have another shape; the worker cannot be trusted.
    """
    try:
        lines = tuple(_built(BenefitLine, line) for line in _list(values.get("lines")))
        return _built(Benefit, values, lines=lines)
    except (KeyError, TypeError) as error:
        raise ValueError("not an explanation of benefits") from error


def _plain(record: Any) -> dict[str, Any]:
    return {
        name: value.isoformat() if isinstance(value, date) else value
        for name in record.__slots__
        if (value := getattr(record, name)) is not None and name != "lines"
    }


def _built(kind: Callable[..., Any], values: Any, **known: Any) -> Any:
    given = _object(values)
    made = {name: _CHECKS[name](value) for name, value in given.items() if name not in known}
    return kind(**made, **known)


def _object(value: Any) -> dict[str, Any]:
    if isinstance(value, dict):
        return cast("dict[str, Any]", value)
    raise ValueError("not an object")


def _list(value: Any) -> list[Any]:
    if isinstance(value, list) and len(cast("list[Any]", value)) <= _MOST_IN_A_LIST:
        return cast("list[Any]", value)
    raise ValueError("not a list")


def _text(value: Any) -> str:
    if isinstance(value, str) and len(value) <= _LONGEST:
        return value
    raise ValueError("not a text")


def _texts(value: Any) -> tuple[str, ...]:
    return tuple(_text(item) for item in _list(value))


def _day(value: Any) -> date:
    return date.fromisoformat(_text(value))


def _cents(value: Any) -> int:
    if type(value) is int and abs(value) <= LARGEST:
        return value
    raise ValueError("not an amount")


def _amounts(value: Any) -> Amounts:
    given = _object(value)
    return {role: _cents(given[role]) for role in role_names() if role in given}


def _others(value: Any) -> tuple[tuple[str, int], ...]:
    return tuple((_text(name), _cents(cents)) for name, cents in _list(value))


def _row(value: Any) -> int:
    if type(value) is int and value > 0:
        return value
    raise ValueError("not a row")


def _flag(value: Any) -> bool:
    return value is True


_DAYS: Final = (
    "served_on", "served_until", "born_on", "created_on", "period_start", "period_end",
)  # fmt: skip
_TEXTS: Final = (
    "key", "version", "print", "claim_number", "kind", "status", "stopped", "insurer", "provider",
    "patient", "member_id", "number", "service", "network", "state",
)  # fmt: skip
_CHECKS: Final[dict[str, Callable[[Any], Any]]] = {
    "row": _row,
    "units": _row,
    "is_authorization": _flag,
    **dict.fromkeys(_DAYS, _day),
    **dict.fromkeys(_TEXTS, _text),
    **dict.fromkeys(("diagnoses", "reasons", "remarks", "codes", "follows", "followed_by"), _texts),
    "amounts": _amounts,
    "others": _others,
}
