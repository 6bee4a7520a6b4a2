"""What a column is by the words of its head, and by what stands in it; the words are data."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import cache
from typing import Final

from app.importing.tables_values import has_digit, looks_like_day
from app.resources import resource_json

ROLES: Final = (
    "served", "paid", "date", "provider", "patient", "what", "category", "method", "reference",
    "claim_number", "paid_amount", "owed_amount", "amount", "amount_in", "amount_out", "currency",
    "reimbursed", "kind", "tax_year", "account", "account_number", "note",
)  # fmt: skip
"""What a column may be; an empty text is a column that is not taken."""
DATE_ROLES: Final = frozenset(("served", "paid", "date"))
AMOUNT_ROLES: Final = frozenset(("paid_amount", "owed_amount", "amount", "amount_in", "amount_out"))

_CAMEL: Final = re.compile(r"(?<=[a-z])(?=[A-Z])")
_WORD: Final = re.compile(r"[a-z0-9]+")
_EXACT: Final = 1000
_OF_PLAN: Final = frozenset(("billed", "allowed", "charges", "charged", "approved", "submitted"))
_OF_PERSON: Final = frozenset(
    ("you", "your", "i", "we", "me", "my", "patient", "member", "pocket", "subscriber")
)


def plain_head(text: str) -> str:
    """Return the words of a head: `ServiceDate`, `Service_Date` and `SERVICE DATE` are the same."""
    bare = unicodedata.normalize("NFKD", _CAMEL.sub(" ", text)).replace("#", " number ")
    return " ".join(_WORD.findall(bare.casefold())) or " ".join(text.casefold().split())


def plain_heads(cells: Sequence[str]) -> tuple[str, ...]:
    """Return the words of all heads, each different: a second `Amount` is `amount 2`.

    Empty cells at the end are no heads.
    """
    count = len(cells)
    while count and not cells[count - 1]:
        count -= 1
    seen: Counter[str] = Counter()
    heads: list[str] = []
    for cell in cells[:count]:
        head = plain_head(cell)
        seen[head] += 1
        heads.append(head if seen[head] == 1 else f"{head} {seen[head]}".strip())
    return tuple(heads)


def generic_roles(heads: Sequence[str]) -> tuple[str, ...]:
    """Return what each column is by the words of its head; each role is given once."""
    offers = sorted(
        (-score, rank, column, role)
        for column, head in enumerate(heads)
        for score, rank, role in _fitting(head)
    )
    roles: dict[int, str] = {}
    for _, _, column, role in offers:
        if column not in roles and (role == "skip" or role not in roles.values()):
            roles[column] = role
    given = [roles.get(column, "") for column in range(len(heads))]
    return tuple(_without_unsure(_without_payments_of_plan(heads, given)))


def roles_by_content(roles: Sequence[str], cells: Sequence[Sequence[str]]) -> tuple[str, ...]:
    """Return the roles again after a look into the columns; `cells` are those of each column.

    A column “Paid” may hold days, or only yes and no; neither is an amount.
    """
    settled: list[str] = []
    for role, column in zip(roles, cells, strict=True):
        filled = [cell for cell in column if cell]
        if role not in AMOUNT_ROLES or not filled or any(map(_may_be_amount, filled)):
            settled.append(role)
        elif role == "paid_amount" and any(map(looks_like_day, filled)) and "paid" not in roles:
            settled.append("paid")
        else:
            settled.append("")
    return tuple(settled)


def _may_be_amount(cell: str) -> bool:
    return has_digit(cell) and not looks_like_day(cell)


def _without_payments_of_plan(heads: Sequence[str], roles: list[str]) -> list[str]:
    """Return roles without what a list of an insurer's claims calls “paid”: that is by the plan.

    It is such a list where bills or allowed amounts have columns, and no head says that it was the
    patient who paid. Its amount is then the patient's share, and nothing tells that it was paid.
    """
    is_list_of_claims = any(_OF_PLAN & set(head.split()) for head in heads)
    of_person = any(
        role == "paid_amount" and _OF_PERSON & set(head.split())
        for head, role in zip(heads, roles, strict=True)
    )
    if not is_list_of_claims or of_person:
        return roles
    gone = {"paid_amount", "paid"} if "owed_amount" in roles else {"paid_amount"}
    return ["" if role in gone else role for role in roles]


def _without_unsure(roles: list[str]) -> list[str]:
    """Take a column of unsure amounts only where there is no other; drop what is to be skipped."""
    has_amount = bool(AMOUNT_ROLES & set(roles))
    named = {"skip": "", "amount_maybe": "" if has_amount else "amount"}
    return [named.get(role, role) for role in roles]


def _fitting(head: str) -> Iterable[tuple[int, int, str]]:
    """Yield how well each role fits the words of a head, and its rank among the roles."""
    words = tuple(head.split())
    for rank, (role, phrases) in enumerate(_phrases().items()):
        best = max((_score(words, *each) for each in phrases), default=0)
        if best:
            yield best, rank, role


def _score(words: tuple[str, ...], phrase: tuple[str, ...], partly: bool) -> int:  # noqa: FBT001 - a pair of the table
    if words == phrase:
        return _EXACT
    length = len(phrase)
    if not partly or length >= len(words):
        return 0
    stands = any(words[at : at + length] == phrase for at in range(len(words) - length + 1))
    return length * 20 - min(len(words), 15) if stands else 0


@cache
def _phrases() -> dict[str, tuple[tuple[tuple[str, ...], bool], ...]]:
    told: dict[str, list[str]] = resource_json("imports", "generic.json")["words"]
    return {role: tuple(map(_phrase, phrases)) for role, phrases in told.items()}


def _phrase(text: str) -> tuple[tuple[str, ...], bool]:
    words = tuple(text.removeprefix("~").split())
    return words, text.startswith("~") or len(words) > 1
