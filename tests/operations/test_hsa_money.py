"""Accounts, withdrawals, who paid for which cent, letters, and the book of all of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from app.changes import Changes
from app.domain.allocation import Allocation
from app.domain.errors import UserError
from app.domain.expense import Expense
from app.domain.money import Money
from app.operations import trash
from app.operations.allocations import (
    change_allocation,
    claim_elsewhere,
    draw_for,
    left_of,
    pay_from,
    remove_allocations,
)
from app.operations.claiming import claimable, receipts_for
from app.operations.dependents import say_dependent
from app.operations.expenses import enter_expense
from app.operations.hsa_accounts import add_account, add_contribution, change_account, record_form
from app.operations.money_book import money_book
from app.operations.necessity_letters import add_necessity_letter, change_necessity_letter
from app.operations.people import add_person
from app.operations.refunds import add_refund
from app.operations.withdrawals import add_withdrawal, change_withdrawal, put_back
from app.storage.queries.dates import due_rows

OPENED = date(2020, 3, 1)


@pytest.fixture
def ada(binder):
    return add_person(binder, "Ada Example", relation="self", born_on=date(1980, 2, 3))


@pytest.fixture
def account(binder, ada):
    return add_account(binder, OPENED, holder_id=ada.id, custodian="Example Bank", last4="1234")


def paid(binder, ada, dollars: int, served: date = date(2025, 1, 5), **known) -> Expense:
    fields = {"paid_on": date(2025, 1, 10), "category": "physician_visit", **known}
    return enter_expense(
        binder, Money(dollars * 100), served_on=served, person_id=ada.id, provider="Bayside",
        **fields,
    )  # fmt: skip


def refused(act, *args, **known) -> str:
    with pytest.raises(UserError) as told:
        act(*args, **known)
    return str(told.value)


def test_a_line_is_paid_in_parts_by_two_withdrawals_and_one_withdrawal_pays_two_lines(
    binder, ada, account
):
    first = add_withdrawal(binder, date(2025, 6, 1), Money(10_000))
    second = add_withdrawal(binder, date(2025, 7, 1), Money(10_000))
    one, other = paid(binder, ada, 120), paid(binder, ada, 60)

    assert pay_from(binder, first.id, [(one.id, Money(10_000))]).left == Money(0)
    done = pay_from(binder, second.id, [(one.id, None), (other.id, None)])

    assert [each.amount for each in done.allocations] == [Money(2_000), Money(6_000)]
    assert done.left == Money(2_000)
    standings = money_book(binder).standings()
    assert standings[one.id].reimbursed == Money(12_000)
    assert claimable(money_book(binder)) == ()
    binder.undo()
    assert money_book(binder).standings()[one.id].claimable == Money(2_000)


def test_what_is_tied_again_grows_and_is_taken_off_whole(binder, ada, account):
    drawn = add_withdrawal(binder, date(2025, 6, 1), Money(10_000))
    line = paid(binder, ada, 100)
    pay_from(binder, drawn.id, [(line.id, Money(3_000))])
    (grown,) = pay_from(binder, drawn.id, [(line.id, Money(2_000))]).allocations
    assert grown.amount == Money(5_000)
    assert change_allocation(binder, grown.id, Money(10_000)).amount == Money(10_000)
    assert "Nothing of the expense" in refused(change_allocation, binder, grown.id, Money(10_001))
    remove_allocations(binder, [grown.id])
    assert money_book(binder).allocations == ()


def test_receipts_and_their_withdrawal_are_one_step(binder, ada, account):
    paid(binder, ada, 70)
    paid(binder, ada, 80)
    paid(binder, ada, 33)
    found, lines = receipts_for(binder, Money(15_000))
    assert (found.total, found.is_best) == (Money(15_000), True)
    draw_for(binder, date(2025, 8, 1), [(each.expense.id, None) for each in lines])
    book = money_book(binder)
    assert [each.amount for each in book.withdrawals] == [Money(15_000)]
    assert [each.amount for each in claimable(book)] == [Money(3_300)]
    binder.undo()
    assert money_book(binder).withdrawals == money_book(binder).allocations == ()


def test_what_the_database_would_refuse_is_refused_before_in_plain_words(binder, ada, account):
    drawn = add_withdrawal(binder, date(2025, 6, 1), Money(5_000))
    moved = add_withdrawal(binder, date(2025, 6, 1), Money(5_000), kind="rollover")
    unpaid = paid(binder, ada, 10, paid_on=None)
    fsa = paid(binder, ada, 10, method="fsa")
    card = paid(binder, ada, 10, method="hsa")
    old = paid(binder, ada, 10, served=date(2019, 12, 31))
    back = paid(binder, ada, 100)
    add_refund(binder, back.id, date(2025, 2, 1), Money(8_000))
    lost = paid(binder, ada, 10)
    trash.put_in_trash(binder, [("expense", lost.id)])

    def told(line, amount=None, withdrawal=drawn):
        return refused(pay_from, binder, withdrawal.id, [(line.id, amount)])

    assert "is not paid yet" in told(unpaid)
    assert "was paid by the FSA" in told(fsa)
    assert "established after that, on March 1, 2020" in told(old)
    assert "At most $20.00" in told(back, Money(2_001))
    assert "in the trash" in told(lost)
    assert "went to another account" in told(back, withdrawal=moved)
    assert "more than zero" in told(back, Money(-100))
    assert "$50.00 is left of this withdrawal, and $60.00 is asked for" in told(
        paid(binder, ada, 60)
    )
    assert "HSA card" in refused(claim_elsewhere, binder, "deducted", [(card.id, None)])
    assert "return of that year" in refused(
        claim_elsewhere, binder, "deducted", [(back.id, None)], tax_year=2024
    )
    assert "named twice" in refused(pay_from, binder, drawn.id, [(back.id, None)] * 2)
    assert "Choose the expenses first" in refused(pay_from, binder, drawn.id, [])
    assert money_book(binder).allocations == ()
    pay_from(binder, drawn.id, [(card.id, None)])  # the card's own withdrawal may be tied


def test_a_withdrawal_in_the_trash_has_paid_for_nothing_and_says_so_until_it_is_back(
    binder, ada, account
):
    drawn = add_withdrawal(binder, date(2025, 6, 1), Money(5_000))
    line = paid(binder, ada, 50)
    pay_from(binder, drawn.id, [(line.id, None)])
    trash.put_in_trash(binder, [("withdrawal", drawn.id)])
    assert money_book(binder).standings()[line.id].claimable == Money(5_000)
    trash.restore(binder, [("withdrawal", drawn.id)])
    assert money_book(binder).standings()[line.id].reimbursed == Money(5_000)

    trash.put_in_trash(binder, [("withdrawal", drawn.id)])
    other = add_withdrawal(binder, date(2025, 6, 2), Money(5_000))
    pay_from(binder, other.id, [(line.id, None)])
    trash.restore(binder, [("withdrawal", drawn.id)])
    assert list(money_book(binder).paid_by) == [other.id]

    trash.put_in_trash(binder, [("expense", line.id)])
    assert pay_from(binder, other.id, [(paid(binder, ada, 50).id, None)]).left == Money(0)


def test_money_put_back_is_no_longer_to_be_explained(binder, ada, account):
    drawn = add_withdrawal(binder, date(2025, 6, 1), Money(5_000))
    line = paid(binder, ada, 30)
    pay_from(binder, drawn.id, [(line.id, None)])
    assert "before that" in refused(put_back, binder, drawn.id, Money(100), date(2025, 5, 1))
    assert "no more than that" in refused(
        put_back, binder, drawn.id, Money(5_001), date(2026, 1, 1)
    )
    back = put_back(binder, drawn.id, Money(1_500), date(2025, 9, 1))
    assert left_of(back, money_book(binder).paid_by[drawn.id]) == Money(500)
    assert put_back(binder, drawn.id, Money(0), date(2025, 9, 1)).returned is None


def test_what_cannot_be_is_refused_of_withdrawals_and_contributions(binder, account):
    day = date(2025, 6, 1)
    for act in (add_withdrawal, add_contribution):
        for on, dollars, told in (
            (day, 0, "more than zero"),
            (day, -5, "more than zero"),
            (day, 1_000_000_000, "too much to be right"),
            (date(2036, 6, 1), 5, "still to come"),
            (date(2020, 2, 29), 5, "established on March 1, 2020"),
            (date(1996, 2, 29), 5, "cannot be right"),
        ):
            assert told in refused(act, binder, on, Money(dollars * 100))


def test_accounts_forms_and_years_that_cannot_be_are_refused(binder, ada, account):
    assert "still to come" in refused(add_account, binder, date(2036, 1, 1))
    assert "since 2004" in refused(add_account, binder, date(1990, 1, 1))
    assert "last four" in refused(change_account, binder, replace(account, last4="123456789"))
    assert "closed before" in refused(
        change_account, binder, replace(account, closed_on=date(2019, 1, 1))
    )
    assert "not for 2022" in refused(
        add_contribution, binder, date(2025, 1, 1), Money(100), tax_year=2022
    )
    assert "code from 1 to 6" in refused(
        record_form, binder, account.id, 2025, gross=Money(1), code="9"
    )
    assert "2019 cannot be right" in refused(
        record_form, binder, account.id, 2019, gross=Money(1), code="1"
    )
    assert "Enter the amount" in refused(record_form, binder, account.id, 2025)
    record_form(binder, account.id, 2025, gross=Money(1), code="1")
    record_form(binder, account.id, 2025, gross=Money(2), code="1")
    assert [each.gross for each in money_book(binder).forms] == [Money(2)]
    add_account(binder, OPENED, holder_id=ada.id)
    assert "several HSAs" in refused(add_withdrawal, binder, date(2025, 1, 1), Money(100))


def test_a_withdrawal_is_never_less_than_it_paid_for(binder, ada, account):
    drawn = add_withdrawal(binder, date(2025, 6, 1), Money(5_000))
    pay_from(binder, drawn.id, [(paid(binder, ada, 50).id, None)])
    assert "has paid for $50.00" in refused(
        change_withdrawal, binder, replace(drawn, amount=Money(4_999))
    )
    assert "was a normal one" in refused(change_withdrawal, binder, replace(drawn, kind="excess"))


def test_a_letter_of_medical_necessity_asks_for_the_next_one_a_month_before_its_end(binder, ada):
    letter = add_necessity_letter(
        binder, "Massage\n massage \nlight box", person_id=ada.id, signed_on=date(2026, 8, 1),
        until_on=date(2027, 7, 31),
    )  # fmt: skip
    assert letter.covers.splitlines() == ["massage", "light box"]
    assert [(row.kind, row.last_day) for row in binder.ask(due_rows)] == [
        ("necessity_letter", date(2027, 7, 1))
    ]
    changed = change_necessity_letter(binder, replace(letter, until_on=date(2027, 9, 30)))
    assert [row.last_day for row in binder.ask(due_rows)] == [date(2027, 8, 31)]
    change_necessity_letter(binder, replace(changed, until_on=None, signed_on=None))
    assert binder.ask(due_rows) == ()
    binder.undo()
    trash.put_in_trash(binder, [("necessity_letter", letter.id)])
    assert binder.ask(due_rows) == ()
    assert "Which things" in refused(add_necessity_letter, binder, " \n ")
    assert "ends before it begins" in refused(
        add_necessity_letter, binder, "massage", signed_on=date(2026, 8, 1),
        until_on=date(2026, 7, 1),
    )  # fmt: skip


def test_who_was_a_dependent_is_kept_by_year_and_may_be_forgotten(binder, ada):
    kim = add_person(binder, "Kim Example", relation="dependent", born_on=date(2003, 2, 3))
    say_dependent(binder, kim.id, 2025, "claimed")
    say_dependent(binder, kim.id, 2025, "not")
    assert [each.status for each in money_book(binder).dependents] == ["not"]
    say_dependent(binder, kim.id, 2025, "")
    assert money_book(binder).dependents == ()
    assert "spouse" in refused(say_dependent, binder, ada.id, 2025, "claimed")
    assert "cannot be right" in refused(say_dependent, binder, kim.id, 2002, "claimed")


def test_the_book_is_kept_and_revised_with_every_change_undo_and_redo(binder, ada, account):
    line, other = paid(binder, ada, 50), paid(binder, ada, 70)
    before = money_book(binder)
    standing = before.standings()[other.id]
    assert money_book(binder) is before

    drawn = add_withdrawal(binder, date(2025, 6, 1), Money(5_000))
    pay_from(binder, drawn.id, [(line.id, None)])
    after = money_book(binder)
    assert after.standings()[line.id].reimbursed == Money(5_000)
    assert after.standings()[other.id] is standing, "what nothing touched is not judged again"

    binder.undo()
    assert money_book(binder).standings()[line.id].claimable == Money(5_000)
    binder.redo()
    assert money_book(binder).standings() == after.standings()
    change_account(binder, replace(account, established_on=date(2025, 1, 6)))
    assert claimable(money_book(binder)) == ()
    trash.put_in_trash(binder, [("expense", line.id)])
    assert [each.id for each in money_book(binder).expenses] == [other.id]
    assert money_book(binder).allocations == ()


def test_many_changes_between_two_looks_lose_nothing(binder, ada, account):
    money_book(binder)
    with binder.operation("Many lines") as work:
        work.expenses.add_all(
            [
                Expense(
                    id=f"{number:012x}", amount=Money(100), paid_on=date(2025, 1, 1),
                    served_on=date(2025, 1, 1), person_id=ada.id, category="physician_visit",
                    added_at=binder.now(),
                )
                for number in range(500)
            ]
        )  # fmt: skip
        work.allocations.add(
            Allocation(
                id="a" * 12, expense_id=f"{7:012x}", payer="fsa", amount=Money(40),
                added_at=binder.now(),
            )
        )  # fmt: skip
    for _ in range(201):  # more than the feed remembers
        binder.feed.publish(Changes("Something else"))
    book = money_book(binder)
    assert len(book.expenses) == 500
    assert sum(each.amount.cents for each in claimable(book)) == 50_000 - 40
