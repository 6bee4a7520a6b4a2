"""An invented household and its lines of the ledger, for the tests of the tax rules."""

from __future__ import annotations

from datetime import UTC, date, datetime

from app.domain.allocation import Allocation
from app.domain.expense import Expense
from app.domain.hsa_account import Contribution, HsaAccount, HsaForm, Withdrawal
from app.domain.line_facts import LineFacts
from app.domain.money import Money
from app.domain.money_book import MoneyBook
from app.domain.necessity_letter import NecessityLetter
from app.domain.person import Person
from app.domain.refund import Refund
from app.domain.standing import stand
from app.domain.travel import Stay, Trip
from app.operations.tax_book import tax_book

AT = datetime(2026, 1, 1, 12, tzinfo=UTC)
SELF = Person(id="p-self", name="Maya", relation="self", born_on=date(1970, 5, 1))
SPOUSE = Person(id="p-spouse", name="Theo", relation="spouse", born_on=date(1955, 5, 1))
CHILD = Person(id="p-child", name="Ida", relation="dependent", born_on=date(2007, 6, 1))
AUNT = Person(id="p-aunt", name="Vera", relation="other", born_on=date(1950, 1, 1))
PEOPLE = (SELF, SPOUSE, CHILD, AUNT)


def account(key="a-1", established=date(2015, 1, 1), holder=SELF, **changed):
    return HsaAccount(
        id=key,
        holder_id=holder.id if holder else None,
        name=f"Account {key}",
        established_on=established,
        added_at=AT,
        **changed,
    )


ACCOUNT = account()


def expense(key="e-1", **changed):
    served = changed.get("served_on", date(2026, 2, 3))
    return Expense(
        **{
            "id": key,
            "served_on": served,
            "paid_on": served,
            "person_id": SELF.id,
            "category": "physician_visit",
            "amount": Money(100_00),
            "added_at": AT,
            **changed,
        }
    )


def facts(*, patient=SELF, accounts=(ACCOUNT,), **changed):
    """Return the facts of one line; the fields of an expense go to it, the others to the facts."""
    of_line = {name: changed.pop(name) for name in list(changed) if name in Expense.__slots__}
    return LineFacts(expense=expense(**of_line), patient=patient, accounts=accounts, **changed)


def standing(**changed):
    return stand(facts(**changed), tax_book())


def cents(made):
    """Return the four parts of a standing in cents."""
    return (
        made.claimable.cents,
        made.needs_attention.cents,
        made.not_claimable.cents,
        made.reimbursed.cents,
    )


def states(made):
    """Return how the six tests came out, in one word: p, f and u."""
    return "".join(test.state.value[0] for test in made.tests)


def allocation(amount, payer="hsa", key="x-1", line="e-1", **changed):
    return Allocation(
        id=key, expense_id=line, payer=payer, amount=Money(amount), added_at=AT, **changed
    )


def refund(amount, came_on=date(2026, 3, 1), key="r-1", line="e-1", **changed):
    return Refund(
        id=key, expense_id=line, came_on=came_on, amount=Money(amount), added_at=AT, **changed
    )


def withdrawal(amount, on=date(2026, 4, 1), key="w-1", account_id="a-1", **changed):
    return Withdrawal(
        id=key, account_id=account_id, on=on, amount=Money(amount), added_at=AT, **changed
    )


def contribution(amount, year=2026, on=None, key="c-1", account_id="a-1", **changed):
    return Contribution(
        id=key,
        account_id=account_id,
        on=on or date(year, 6, 1),
        tax_year=year,
        amount=Money(amount),
        added_at=AT,
        **changed,
    )


def form_1099(gross, year=2026, key="f-1", account_id="a-1", code="1"):
    return HsaForm(
        id=key, account_id=account_id, year=year, gross=Money(gross), code=code, added_at=AT
    )


def letter(covers="massage", person=SELF, **changed):
    return NecessityLetter(
        **{
            "id": "l-1",
            "person_id": person.id,
            "covers": covers,
            "signed_on": date(2026, 1, 10),
            "added_at": AT,
            **changed,
        }
    )


def trip(miles, on, rate=0, **changed):
    return Trip(id="t-1", expense_id="e-1", on=on, miles=miles, rate=rate, **changed)


def stay(nights=1, persons=1, answers="yes", **changed):
    four = dict.fromkeys(("essential", "licensed", "modest", "no_holiday"), answers)
    return Stay(
        id="s-1",
        expense_id="e-1",
        from_on=date(2026, 2, 3),
        nights=nights,
        persons=persons,
        **{**four, **changed},
    )


def book(*lines, **records):
    """Return a book of these lines, with the household and its account unless told otherwise."""
    return MoneyBook(
        **{
            "rules": tax_book(),
            "expenses": tuple(lines),
            "people": PEOPLE,
            "accounts": (ACCOUNT,),
            **records,
        }
    )
