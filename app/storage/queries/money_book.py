"""All records of the money at one moment, from few questions, however many lines the ledger has."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from sqlalchemy import Connection, func, select

from app.storage.queries.appeal_holds import claims_under_appeal
from app.storage.repository import record_of
from app.storage.schema import RECORD_TABLES, claims

KINDS: Final = (
    "expense", "person", "hsa_account", "withdrawal", "contribution", "hsa_form", "allocation",
    "refund", "necessity_letter", "trip", "stay", "dependent_year", "eob", "eob_line", "bill",
    "plan_year", "aid", "finding_mark", "plan", "provider",
)  # fmt: skip
"""The kinds of record that make up the money of a binder."""

_ONE_BY_ONE: Final = 400
"""Up to how many changed records are read alone; of more, the whole kind is read again."""

Records = Mapping[str, Any]
"""Records of one kind by their ids."""


@dataclass(frozen=True, kw_only=True, slots=True)
class MoneyRecords:
    """What a binder knows of money, kind by kind, without what lies in the trash.

    `claim_people` names the patient of a claim by its id; `fought_claims` are under appeal.
    """

    kinds: Mapping[str, Records] = field(default_factory=dict[str, Records])
    claim_people: Mapping[str, str | None] = field(default_factory=dict[str, str | None])
    fought_claims: frozenset[str] = frozenset()


def money_records(
    connection: Connection,
    before: MoneyRecords | None = None,
    changed: Mapping[str, Collection[str]] | None = None,
) -> MoneyRecords:
    """All records of the money, one question for each kind of record.

    Given what was read `before` and the ids that `changed` since, by their kinds, only those are
    read again.
    """
    known: Mapping[str, Records] = before.kinds if before else {}
    moved = changed or {}
    people = select(claims.c.id, claims.c.person_id)
    return MoneyRecords(
        kinds={
            kind: _read(connection, kind, known.get(kind), moved.get(kind, ())) for kind in KINDS
        },
        claim_people={row.id: row.person_id for row in connection.execute(people)},
        fought_claims=claims_under_appeal(connection),
    )


def _read(
    connection: Connection, kind: str, known: Records | None, changed: Collection[str]
) -> Records:
    if known is not None and not changed:
        return known
    table = RECORD_TABLES[kind][0]
    query = select(table)
    if "trashed_at" in table.c:
        query = query.where(table.c.trashed_at.is_(None))
    if known is None or len(changed) > _ONE_BY_ONE:
        rows = connection.execute(query.order_by(table.c.id)).mappings()
        return {row["id"]: record_of(kind, row) for row in rows}
    wanted = select(func.json_each(json.dumps(sorted(changed))).table_valued("value").c.value)
    rows = connection.execute(query.where(table.c.id.in_(wanted))).mappings()
    kept = {key: record for key, record in known.items() if key not in changed}
    return kept | {row["id"]: record_of(kind, row) for row in rows}
