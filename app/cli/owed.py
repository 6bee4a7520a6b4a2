"""The command on what is owed: owed."""

from __future__ import annotations

from argparse import Namespace
from typing import Any, Final

from app.cli.answer import Answer, table
from app.cli.dates import iso
from app.cli.desk import Desk, with_binder
from app.cli.naming import id_or_none
from app.domain.money import Money
from app.domain.money_finding import MoneyCase, Noted
from app.domain.owed import Account, accounts_of
from app.domain.owed_words import in_words
from app.operations.owed import findings_of_care, money_case
from app.storage.queries.records import all_people

_PRINTED: Final = ("billed", "allowed", "plan_paid")
_SUMS: Final = ("paid", "refunded", "waived", "owed", "overpaid", "on_hold")


@with_binder
def owed(desk: Desk, words: Namespace) -> Answer:
    """List the accounts with the providers, of one claim or of all."""
    claim_id = id_or_none(desk.binder, "claim", words.claim)
    case = money_case(desk.binder, desk.today)
    names = {person.id: person.name for person in desk.binder.ask(all_people)}
    noted = [each for each in findings_of_care(desk.binder, desk.today) if each.mark is None]
    accounts = accounts_of(case.owings, claim_id=claim_id)
    rows = [_row(desk, account, names, noted) for account in accounts]
    totals = {
        name: sum((getattr(each, name) for each in accounts), Money()).plain for name in _SUMS
    }
    lines = table(
        ("provider", "patient", "share", "paid", "owed", "on hold", "state"),
        ([row[name] for name in
          ("provider", "patient", "share", "paid", "owed", "on_hold", "state")] for row in rows),
    )  # fmt: skip
    lines += [f"{row['provider'] or 'Unknown'}: {row['text']}" for row in rows]
    lines.append(f"Owed in all: {totals['owed']}. On hold: {totals['on_hold']}.")
    value = {"claim": claim_id, "rows": rows, "total": totals}
    return Answer({**value, "owed": totals["owed"], "on_hold": totals["on_hold"]}, lines)


def _row(desk: Desk, account: Account, names: dict[str, str], noted: list[Noted]) -> dict[str, Any]:
    bills = [bill for each in account.owings for bill in each.matter.live_bills]
    asked = sum((bill.amount for bill in bills), Money()) if bills else None
    share = account.share
    printed = {name: account.printed(name) for name in _PRINTED}
    return {
        "provider": account.provider,
        "patient": names.get(account.person_id or ""),
        **{name: money and money.plain for name, money in printed.items()},
        "share": share and share.plain,
        "asked": asked and asked.plain,
        **{name: getattr(account, name).plain for name in _SUMS},
        "due_now": account.due_by(desk.today).plain,
        "next_due_on": iso(account.next_due_on),
        "state": account.state,
        "findings": [
            each.finding.id for each in noted if each.finding.record in account.records
        ],
        "text": in_words(account, desk.today),
        "eobs": [versions.newest.eob.id for each in account.owings
                 for versions in each.matter.explained],
        "bills": [bill.id for bill in bills],
        "expenses": [line.id for each in account.owings for line in each.matter.lines],
    }  # fmt: skip


def records_of(case: MoneyCase, claim_id: str) -> frozenset[tuple[str, str]]:
    """Return all records that hang together with a claim."""
    accounts = accounts_of(case.owings, claim_id=claim_id)
    return frozenset[tuple[str, str]]().union(*(account.records for account in accounts))
