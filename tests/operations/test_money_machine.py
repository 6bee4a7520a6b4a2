"""Any sequence of payments, refunds, explanations, withdrawals and undo: no cent is claimed twice.

What must hold is asked of the database itself, not of the code that keeps it.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from hypothesis import strategies as st
from hypothesis.stateful import invariant, rule, run_state_machine_as_test
from sqlalchemy import Connection
from sqlalchemy.exc import IntegrityError

from app.binder import Binder
from app.domain.allocation import Allocation
from app.domain.eob import Eob, EobLine
from app.domain.errors import UserError
from app.domain.expense import METHODS, Expense
from app.domain.hsa_account import HsaAccount, Withdrawal
from app.domain.money import Money
from app.domain.money_book import MoneyBook
from app.operations import aids, allocations, expenses, payments, refunds, trash, withdrawals
from app.operations.ids import new_id
from app.operations.money_book import money_book
from app.operations.true_up import settle_true_ups
from app.storage.database import writing
from tests.operations.undo_history import History, how_long

CENTS = st.sampled_from([1, 3, 2_500, 5_000, 9_999, 10_000])
DAYS = st.sampled_from([date(2025, 12, 31), date(2026, 1, 1), date(2026, 3, 1), date(2026, 11, 20)])
TRASHED = ("expense", "withdrawal", "eob", "aid")

OVERDRAWN = {
    "more of a line is claimed than was paid": """
        SELECT e.id FROM expenses e JOIN allocations a ON a.expense_id = e.id
        GROUP BY e.id HAVING sum(a.amount) > e.amount OR e.paid_on IS NULL""",
    "what others had paid is claimed": """
        SELECT e.id FROM expenses e JOIN allocations a ON a.expense_id = e.id
        WHERE e.method IN ('fsa', 'hra', 'assistance')""",
    "what the HSA paid is claimed elsewhere": """
        SELECT e.id FROM expenses e JOIN allocations a ON a.expense_id = e.id
        WHERE e.method = 'hsa' AND a.payer <> 'hsa'""",
    "a withdrawal paid for more than it was": """
        SELECT w.id FROM withdrawals w JOIN allocations a ON a.withdrawal_id = w.id
        GROUP BY w.id HAVING sum(a.amount) > w.amount""",
    "an allocation is not above zero": "SELECT id FROM allocations WHERE amount <= 0",
    "more came back than was paid": """
        SELECT e.id FROM expenses e JOIN refunds r ON r.expense_id = e.id
        GROUP BY e.id HAVING sum(r.amount) > e.amount""",
    "a line has two tasks": """
        SELECT expense_id FROM due_items WHERE kind = 'tax'
        GROUP BY expense_id HAVING count(*) > 1""",
    "something is overdrawn": "SELECT id FROM overdrawn",
    "money came back after an HSA paid it, and no task says so": """
        WITH back AS (SELECT expense_id, sum(amount) AS cents FROM refunds GROUP BY 1),
        taken AS (
            SELECT a.expense_id, sum(a.amount) AS cents
            FROM allocations a JOIN withdrawals w ON w.id = a.withdrawal_id
            WHERE w.trashed_at IS NULL AND w.returned IS NULL GROUP BY 1)
        SELECT e.id FROM expenses e JOIN back b ON b.expense_id = e.id
        LEFT JOIN taken t ON t.expense_id = e.id
        WHERE e.trashed_at IS NULL AND e.paid_on IS NOT NULL
        AND CASE WHEN e.method = 'hsa' THEN e.amount ELSE coalesce(t.cents, 0) END
            > e.amount - b.cents
        AND NOT EXISTS (
            SELECT 1 FROM due_items d WHERE d.expense_id = e.id AND d.kind = 'tax')""",
    "a task is open about money that no HSA paid": """
        SELECT d.id FROM due_items d JOIN expenses e ON e.id = d.expense_id
        WHERE d.kind = 'tax' AND d.done_on IS NULL AND d.waived_on IS NULL
        AND e.method <> 'hsa' AND NOT EXISTS (
            SELECT 1 FROM allocations a WHERE a.expense_id = e.id AND a.payer = 'hsa')""",
}


def faults(connection: Connection) -> dict[str, list[str]]:
    run = connection.exec_driver_sql
    found = {what: list(run(query).scalars()) for what, query in OVERDRAWN.items()}
    return {what: ids for what, ids in found.items() if ids}


class Purse(History):
    """An HSA, a program, and the ledger of one person."""

    def fill(self) -> None:
        account = HsaAccount(
            id="hsa", established_on=date(2026, 1, 1), added_at=datetime(2026, 1, 1, tzinfo=UTC)
        )
        with self.binder.operation("fill") as work:
            work.hsa_accounts.add(account)
        aids.add_aid(self.binder, "Copay fund")

    # ------------------------------------------------------------------------- the ledger

    @rule(cents=CENTS, method=st.sampled_from(METHODS), paid=st.none() | DAYS, served=DAYS)
    def enter(self, cents: int, method: str, paid: date | None, served: date) -> None:
        known = {"method": method, "paid_on": paid, "served_on": served, "provider": "Dr. Lee"}
        known["category"] = "physician_visit"
        self.do(lambda: expenses.enter_expense(self.binder, Money(cents), **known))

    @rule(data=st.data(), cents=CENTS, on=DAYS)
    def pay_a_part(self, data: st.DataObject, cents: int, on: date) -> None:
        if line := self.one(data, "expense"):
            self.do(lambda: payments.pay_expense(self.binder, line.id, on, amount=Money(cents)))

    @rule(data=st.data(), cents=CENTS, method=st.sampled_from(METHODS), paid=st.none() | DAYS)
    def correct_a_line(
        self, data: st.DataObject, cents: int, method: str, paid: date | None
    ) -> None:
        if line := self.one(data, "expense"):
            other = replace(line, amount=Money(cents), method=method, paid_on=paid)
            self.do(lambda: expenses.change_expense(self.binder, other))

    @rule(data=st.data(), cents=CENTS, on=DAYS, giver=st.sampled_from(["provider", "insurer"]))
    def get_money_back(self, data: st.DataObject, cents: int, on: date, giver: str) -> None:
        if line := self.one(data, "expense"):
            self.do(lambda: refunds.add_refund(self.binder, line.id, on, Money(cents), giver=giver))

    @rule(data=st.data())
    def no_money_came_back(self, data: st.DataObject) -> None:
        if one := self.one(data, "refund"):
            self.do(lambda: refunds.remove_refund(self.binder, one.id))

    @rule(data=st.data(), on=DAYS)
    def a_program_pays(self, data: st.DataObject, on: date) -> None:
        aid, line = self.one(data, "aid"), self.one(data, "expense")
        if aid and line:
            self.do(lambda: aids.paid_by_aid(self.binder, aid.id, line.id, on))

    @rule(data=st.data(), cents=CENTS | st.just(0), on=DAYS, served=DAYS)
    def explain(self, data: st.DataObject, cents: int, on: date, served: date) -> None:
        """A version of an explanation, with one service; as it is entered from a paper."""
        before = self.id_or_none(data, "eob")
        version = Eob(
            id=new_id(), provider="Dr. Lee", number="C-1", follows_id=before, processed_on=on,
            patient_owes=Money(cents), added_at=self.tick(),
        )  # fmt: skip
        service = EobLine(
            id=new_id(), eob_id=version.id, position=1, served_on=served, patient_owes=Money(cents)
        )

        def enter() -> None:
            with self.binder.operation("Enter an explanation") as work:
                work.eobs.add(version)
                work.eob_lines.add(service)
                settle_true_ups(self.binder, work)

        self.do(enter)

    # ------------------------------------------------------------------------- who paid it

    @rule(cents=CENTS, on=DAYS, kind=st.sampled_from(["normal", "normal", "excess"]))
    def withdraw(self, cents: int, on: date, kind: str) -> None:
        self.do(lambda: withdrawals.add_withdrawal(self.binder, on, Money(cents), kind=kind))

    @rule(data=st.data(), cents=CENTS)
    def correct_a_withdrawal(self, data: st.DataObject, cents: int) -> None:
        if one := self.one(data, "withdrawal"):
            other = replace(one, amount=Money(cents))
            self.do(lambda: withdrawals.change_withdrawal(self.binder, other))

    @rule(data=st.data(), cents=CENTS | st.just(0), on=DAYS)
    def put_back(self, data: st.DataObject, cents: int, on: date) -> None:
        if one := self.one(data, "withdrawal"):
            self.do(lambda: withdrawals.put_back(self.binder, one.id, Money(cents), on))

    @rule(data=st.data(), cents=st.none() | CENTS)
    def pay_from_a_withdrawal(self, data: st.DataObject, cents: int | None) -> None:
        lines, one = self.ids("expense"), self.one(data, "withdrawal")
        if lines and one:
            some = data.draw(st.lists(st.sampled_from(lines), min_size=1, max_size=3))
            amount = None if cents is None else Money(cents)
            parts = [(key, amount) for key in some]
            self.do(lambda: allocations.pay_from(self.binder, one.id, parts))

    @rule(
        data=st.data(), cents=st.none() | CENTS, payer=st.sampled_from(["fsa", "hra", "deducted"])
    )
    def claim_elsewhere(self, data: st.DataObject, cents: int | None, payer: str) -> None:
        if line := self.one(data, "expense"):
            part = (line.id, None if cents is None else Money(cents))
            self.do(lambda: allocations.claim_elsewhere(self.binder, payer, [part]))

    @rule(data=st.data(), cents=CENTS)
    def correct_a_claim(self, data: st.DataObject, cents: int) -> None:
        if one := self.one(data, "allocation"):
            self.do(lambda: allocations.change_allocation(self.binder, one.id, Money(cents)))

    @rule(data=st.data())
    def claim_no_more(self, data: st.DataObject) -> None:
        if one := self.one(data, "allocation"):
            self.do(lambda: allocations.remove_allocations(self.binder, [one.id]))

    # ------------------------------------------------------------------------- away and back

    @rule(data=st.data(), kind=st.sampled_from(TRASHED), back=st.booleans())
    def trash_or_restore(self, data: st.DataObject, kind: str, back: bool) -> None:
        if one := self.one(data, kind):
            change = trash.restore if back else trash.put_in_trash
            self.do(lambda: change(self.binder, [(kind, one.id)]))

    @rule()
    def close_and_open(self) -> None:
        """A book that was revised change by change is the one that is read anew."""
        revised = money_book(self.binder)
        standings, shares, owed = revised.standings(), revised.shares, _owed(revised)
        super().close_and_open()
        anew = money_book(self.binder)
        assert anew == revised
        assert (anew.standings(), anew.shares, _owed(anew)) == (standings, shares, owed)

    # ------------------------------------------------------------------------- what must hold

    @invariant()
    def no_cent_is_claimed_twice(self) -> None:
        if hasattr(self, "binder"):
            assert self.binder.ask(faults) == {}

    @invariant()
    def the_cents_of_each_line_are_parted_without_rest(self) -> None:
        if not hasattr(self, "binder"):
            return
        for standing in money_book(self.binder).standings().values():
            parts = (
                standing.claimable, standing.needs_attention, standing.not_claimable,
                standing.reimbursed,
            )  # fmt: skip
            assert all(part >= Money() for part in parts)
            paid = standing.expense.amount if standing.expense.paid_on else Money()
            assert sum(parts, Money()) == paid


def _owed(book: MoneyBook) -> list[object]:
    """Return what all care comes to, in its order."""
    return [(each.asked, each.balance, each.state, each.matter.lines) for each in book.owings]


@pytest.mark.timeout(1800)
def test_no_sequence_claims_a_cent_twice_and_undo_brings_back_what_was(
    request: pytest.FixtureRequest,
):
    deep = bool(request.config.getoption("--deep"))
    run_state_machine_as_test(Purse, settings=how_long(deep=deep, runs=4))


# ----------------------------------------------------------------- what SQL itself cannot do


NOW = datetime(2026, 11, 21, tzinfo=UTC)
PAID = date(2026, 3, 1)


@pytest.fixture(scope="module")
def claimed(tmp_path_factory: pytest.TempPathFactory):
    """A line of $100.00 of which a withdrawal of $60.00 has paid $60.00, and other lines."""
    with Binder.create(tmp_path_factory.mktemp("claimed") / "binder") as binder:
        with binder.operation("fill") as work:
            for key, known in {
                "own": {"paid_on": PAID}, "unpaid": {}, "fsa": {"paid_on": PAID, "method": "fsa"},
                "hsa": {"paid_on": PAID, "method": "hsa"},
            }.items():  # fmt: skip
                work.expenses.add(Expense(id=key, amount=Money(10_000), added_at=NOW, **known))
            work.withdrawals.add(Withdrawal(id="out", on=PAID, amount=Money(6_000), added_at=NOW))
            work.allocations.add(
                Allocation(
                    id="a", expense_id="own", payer="hsa", amount=Money(6_000),
                    withdrawal_id="out", added_at=NOW,
                )
            )  # fmt: skip
        yield binder


def claim(key: str, line: str, payer: str, cents: int, out: str = "NULL") -> str:
    return (
        "INSERT INTO allocations(id, expense_id, payer, amount, withdrawal_id, note, added_at) "
        f"VALUES ('{key}', '{line}', '{payer}', {cents}, {out}, '', '2026-11-21T00:00:00')"
    )


def commit(binder: Binder, statements: list[str]) -> None:
    with writing(binder.engine) as connection:
        for statement in statements:
            connection.exec_driver_sql(statement)


@pytest.mark.parametrize(
    "statements",
    [
        [claim("b", "own", "fsa", 4_001)],
        [claim("b", "own", "fsa", 4_000), claim("c", "own", "deducted", 1)],
        [claim("b", "unpaid", "fsa", 1)],
        [claim("b", "fsa", "hsa", 1)],
        [claim("b", "hsa", "deducted", 1)],
        [claim("b", "own", "hsa", 1, "'out'")],
        ["UPDATE allocations SET amount = 10001 WHERE id = 'a'"],
        ["UPDATE allocations SET expense_id = 'unpaid' WHERE id = 'a'"],
        ["UPDATE expenses SET amount = 5999 WHERE id = 'own'"],
        ["UPDATE expenses SET paid_on = NULL WHERE id = 'own'"],
        ["UPDATE expenses SET method = 'hra' WHERE id = 'own'"],
        ["UPDATE withdrawals SET amount = 5999 WHERE id = 'out'"],
    ],
    ids=[
        "one cent more than was paid", "by two payers together", "of a line that is not paid",
        "of what the FSA paid", "elsewhere of what the HSA paid", "more than the withdrawal was",
        "a larger part", "moved to another line", "the line becomes less", "it was not paid",
        "others had paid", "the withdrawal becomes less",
    ],
)  # fmt: skip
def test_no_transaction_commits_that_claims_more_than_was_paid(
    claimed: Binder, statements: list[str]
):
    with pytest.raises(IntegrityError):
        commit(claimed, statements)
    assert claimed.ask(faults) == {}


def test_what_is_mended_within_the_transaction_commits(claimed: Binder):
    with writing(claimed.engine) as connection:
        connection.exec_driver_sql(claim("b", "own", "fsa", 9_000))
        assert connection.exec_driver_sql("SELECT id FROM overdrawn").scalars().all() == ["own"]
        connection.exec_driver_sql("DELETE FROM allocations WHERE id = 'b'")
    assert claimed.ask(faults) == {}


def test_the_operation_says_in_plain_words_what_the_database_would_refuse(claimed: Binder):
    with pytest.raises(UserError, match=r"At most \$40\.00"):
        allocations.claim_elsewhere(claimed, "fsa", [("own", Money(4_001))])
