"""The sample's money: two accounts, who paid for what, and what the papers say about it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields
from datetime import date
from typing import Any, Final

from app.binder import Binder
from app.domain.eob import EobLine
from app.domain.expense import Expense
from app.domain.money import Money
from app.domain.travel import Stay
from app.operations.aids import add_aid, paid_by_aid
from app.operations.allocations import pay_from
from app.operations.appeal_holds import decide_hold
from app.operations.bills import enter_bill
from app.operations.dependents import say_dependent
from app.operations.eob_entry import enter_eob
from app.operations.expenses import enter_expense
from app.operations.hsa_accounts import add_account, add_contribution, record_form
from app.operations.necessity_letters import add_necessity_letter
from app.operations.plan_years import add_plan_year
from app.operations.refunds import add_refund
from app.operations.stays import record_stay
from app.operations.trips import Drive, record_trip
from app.operations.withdrawals import add_withdrawal
from app.storage.queries.records import all_records

_LINKS: Final = {
    "person": "person_id", "claim": "claim_id", "plan": "plan_id", "account": "account_id",
    "holder": "holder_id", "document": "document_id", "necessity": "necessity_id",
}  # fmt: skip
"""Words of the chapter that name a record by its key, and the field each fills."""
_AMOUNTS: Final = frozenset({
    "amount", "charges", "gross", "fair_value", "parking", "deductible_met", "oop_met",
    "deductible_family", "oop_person", "oop_family",
})  # fmt: skip
_LINE: Final = ("served_on", "code", "billed", "discount", "allowed")
"""What stands in the row of a service; all that is allowed goes to the deductible."""

_Row = Mapping[str, Any]


class MoneyChapter:
    """Plays the chapter of the money, with the verbs that a person has too."""

    def __init__(self, binder: Binder, told: Mapping[str, Any], ids: Mapping[str, str]) -> None:
        """Take the chapter `told` and the ids that the keys of the story stand for.

        A line of the story's own ledger is called by its provider and its amount.
        """
        self._binder = binder
        self._told = told
        ledger: tuple[Expense, ...] = binder.ask(all_records, "expense")
        lines = {f"{each.provider} {each.amount.plain}": each.id for each in ledger}
        self._ids = {**lines, **ids}

    def tell(self) -> None:
        """Do all of it, in the order in which it happened as far as one needs the other."""
        self._accounts()
        self._ledger()
        self._travel()
        for row in self._told["eobs"]:
            self._explain(row)
        for row in self._told["bills"]:
            enter_bill(self._binder, **self._fields(row))
        self._withdrawals()
        for row in self._told["later_eobs"]:
            self._explain(row)
        for row in self._told["refunds"]:
            known = self._fields(row, "expense", "came_on")
            on = date.fromisoformat(row["came_on"])
            add_refund(self._binder, self._ids[row["expense"]], on, **known)
        self._help()

    def _accounts(self) -> None:
        binder = self._binder
        for row in self._told["accounts"]:
            self._ids[row["key"]] = add_account(binder, **self._fields(row, "key")).id
        for row in self._told["contributions"]:
            add_contribution(binder, **self._fields(row))
        for row in self._told["dependents"]:
            say_dependent(binder, **self._fields(row))
        for row in self._told["plan_years"]:
            add_plan_year(binder, **self._fields(row))
        for row in self._told["forms"]:
            record_form(binder, **self._fields(row))

    def _ledger(self) -> None:
        for row in self._told["letters"]:
            letter = add_necessity_letter(self._binder, **self._fields(row, "key", "provider"))
            self._ids[row["key"]] = letter.id
        for row in self._told["expenses"]:
            self._ids[row["key"]] = enter_expense(self._binder, **self._fields(row, "key")).id

    def _travel(self) -> None:
        for row in self._told["trips"]:
            known = self._fields(row)
            drive = Drive(**_taken(known, Drive))
            record_trip(self._binder, drive, **known)
        for row in self._told["stays"]:
            known = self._fields(row)
            amount = known.pop("amount")
            stay = Stay(id="", expense_id="", **_taken(known, Stay))
            record_stay(self._binder, amount, stay, **known)

    def _explain(self, row: _Row) -> None:
        lines = [_service(line) for line in row["lines"]]
        totals = {
            name: sum((getattr(line, name) for line in lines), Money())
            for name in ("billed", "discount", "allowed", "deductible", "plan_paid", "patient_owes")
        }
        enter_eob(self._binder, lines, **totals, **self._fields(row, "lines"))

    def _withdrawals(self) -> None:
        for row in self._told["withdrawals"]:
            out = add_withdrawal(self._binder, **self._fields(row, "key", "pays"))
            pay_from(self._binder, out.id, [(self._ids[name], None) for name in row["pays"]])

    def _help(self) -> None:
        for row in self._told["aids"]:
            self._ids[row["key"]] = add_aid(self._binder, **self._fields(row, "key")).aid.id
        for row in self._told["helped"]:
            on = date.fromisoformat(row["on"])
            paid_by_aid(self._binder, self._ids[row["aid"]], self._ids[row["expense"]], on)
        for row in self._told["holds"]:
            decide_hold(self._binder, self._ids[row["expense"]], row["decision"])

    def _fields(self, row: _Row, *others: str) -> dict[str, Any]:
        """Return the fields of a record as its operation takes them."""
        return dict(self._field(name, row[name]) for name in sorted(row.keys() - set(others)))

    def _field(self, name: str, value: Any) -> tuple[str, Any]:
        if name == "provider_name":
            return "provider", value
        if name in _LINKS:
            return _LINKS[name], self._ids[value]
        if name in _AMOUNTS:
            return name, Money.parse(value)
        is_day = name == "on" or name.endswith("_on")
        return name, date.fromisoformat(value) if is_day else value


def _service(row: list[str]) -> EobLine:
    """Return one service of an explanation that went to the deductible as a whole."""
    told = dict(zip(_LINE, row, strict=True))
    billed, discount, allowed = (Money.parse(told[name]) for name in _LINE[2:])
    return EobLine(
        id="", eob_id="", position=0, served_on=date.fromisoformat(told["served_on"]),
        code=told["code"], billed=billed, discount=discount, allowed=allowed, deductible=allowed,
        plan_paid=Money(), patient_owes=allowed,
    )  # fmt: skip


def _taken(known: dict[str, Any], kind: type[Any]) -> dict[str, Any]:
    """Take the fields of a kind of record out of those that are known."""
    names = {each.name for each in fields(kind)} & known.keys()
    return {name: known.pop(name) for name in sorted(names)}
