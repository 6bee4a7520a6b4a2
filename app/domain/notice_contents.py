"""What a notice must say, by the law that says so."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from app.domain.rule_rows import (
    SPAN_WORDS,
    RulesDataError,
    RuleSpan,
    check_law,
    check_row,
    span_of,
)
from app.domain.verification import Verification

_ITEM: Final = "The item of a notice"
_NEEDED: Final = frozenset(
    {"id", "notice", "program", "when", "text", "source", "sources", "verification"}
)
NOTICES: Final = ("denial", "appeal_decision")
"""The kinds of letter that have something they must say, as kinds of paper."""

CASES: Final = (
    "always", "missing_information", "relied_on", "medical_judgment", "urgent", "services",
)  # fmt: skip
"""When an item must be there; `relied_on`: a rule or guideline was used."""


@dataclass(frozen=True, kw_only=True, slots=True)
class NoticeRequirement:
    """One thing that a letter must say. `programs` are programmes of the rules.

    `missing` is the sentence for a letter that shows nothing like it, "" where letters are not
    searched for it. It may stand in an enclosure: it is no reproach.
    """

    id: str
    notice: str
    programs: tuple[str, ...]
    state: str | None
    when: str
    text: str
    missing: str
    source: str
    sources: tuple[str, ...]
    verification: Verification
    span: RuleSpan


def parse_notices(data: Mapping[str, Any]) -> dict[str, NoticeRequirement]:
    """Return the items of `notices.json` by id, in the order of the file.

    Raises:
        RulesDataError: an item has no law or an unknown word, or stands there twice.
    """
    items: dict[str, NoticeRequirement] = {}
    for row in data["rows"]:
        item = _item(row, data["sources"])
        if item.id in items:
            raise RulesDataError(f"{_ITEM} {item.id} is there twice.")
        items[item.id] = item
    return items


def _item(row: Mapping[str, Any], texts: Mapping[str, Any]) -> NoticeRequirement:
    check_row(_ITEM, row, _NEEDED, {"state", "missing"} | SPAN_WORDS)
    check_law(_ITEM, row, texts)
    if row["notice"] not in NOTICES or row["when"] not in CASES or not row["program"]:
        raise RulesDataError(f"{_ITEM} {row['id']} is for no letter that is known.")
    try:
        return NoticeRequirement(
            id=row["id"],
            notice=row["notice"],
            programs=tuple(row["program"]),
            state=row.get("state"),
            when=row["when"],
            text=row["text"],
            missing=row.get("missing", ""),
            source=row["source"],
            sources=tuple(row["sources"]),
            verification=Verification(row["verification"]),
            span=span_of(row),
        )
    except (ValueError, TypeError) as error:
        raise RulesDataError(f"{_ITEM} {row['id']} cannot be read: {error}.") from error
