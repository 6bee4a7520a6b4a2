"""What other readers have found on a paper, as far as it tells which kind of paper it is."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from app.domain.fact import WindowSaid
from app.importing.sifting.found import Found
from app.importing.sifting.paper import Paper
from app.importing.sifting.receipts import is_receipt_like

_EOB_ROLES: Final = frozenset(
    {"billed", "allowed", "discount", "plan_paid", "not_covered", "deductible", "copay",
     "coinsurance", "patient_owes"}
)  # fmt: skip
_EOB_LEAST: Final = 3
_BILL_ROLES: Final = frozenset({"billed", "patient_owes"})
_APPEALS: Final = frozenset({"internal", "second", "external", "hearing"})
_CASE: Final = frozenset({"claim_number", "reference_number", "authorization_number", "member_id"})
_REASONS: Final = frozenset({"carc"})
_CONTRACTED: Final = ("45", "1", "2", "3")  # reasons for a smaller payment, not for a denial
_LIKE: Final = 0.5


def signs_on(paper: Paper, found: Iterable[Found]) -> frozenset[str]:
    """Return the names of the signs; `resources/reading/kinds.json` says what they speak for."""
    return frozenset(_signs(paper, tuple(found)))


def _signs(paper: Paper, found: tuple[Found, ...]) -> Iterator[str]:
    windows = [item.value for item in found if isinstance(item.value, WindowSaid)]
    if any(said.for_whom == "patient" and said.level in _APPEALS for said in windows):
        yield "window"
    roles = {item.name for item in found}
    if len(roles & _EOB_ROLES) >= _EOB_LEAST and "plan_paid" in roles:
        yield "eob_amounts"
    if roles >= _BILL_ROLES and "plan_paid" not in roles:
        yield "bill_amounts"
    if roles & _CASE:
        yield "case"
    if any(item.name in _REASONS and _denies(str(item.value)) for item in found):
        yield "reason_code"
    if is_receipt_like(paper) >= _LIKE:
        yield "receipt_like"


def _denies(reason: str) -> bool:
    return reason.rpartition("-")[2] not in _CONTRACTED
