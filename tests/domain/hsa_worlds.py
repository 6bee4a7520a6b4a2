"""Random households with their money, as hypothesis makes them: legal ones, and torn ones."""

from __future__ import annotations

from datetime import date

from hypothesis import strategies as st

from app.domain.money import Money
from tests.domain.hsa_makers import (
    CHILD,
    SELF,
    SPOUSE,
    account,
    allocation,
    book,
    contribution,
    expense,
    form_1099,
    refund,
    withdrawal,
)

DAYS = st.dates(date(2018, 1, 1), date(2027, 12, 31))
CATEGORIES = st.sampled_from(
    [
        "physician_visit", "rx_drug", "otc_drug", "gym", "premium_regular", "premium_ltc",
        "direct_primary_care", "denied_service_self_pay", "lodging_outpatient", "", "medical",
    ]
)  # fmt: skip
METHODS = st.sampled_from(["own", "card", "hsa", "fsa", "assistance", "other"])
ANSWERS = st.sampled_from(["", "", "yes", "no"])
ACCOUNTS = (
    account("a-1", date(2018, 6, 1)),
    account("a-2", date(2021, 1, 1), holder=SPOUSE),
    account("a-3", None, holder=None),
)


@st.composite
def households(draw, lines=5):
    """A household whose records the database would take: no cent is claimed twice."""
    expenses, allocations, refunds, withdrawals = [], [], [], []
    for number in range(draw(st.integers(0, lines))):
        served = draw(st.none() | DAYS)
        line = expense(
            f"e-{number}",
            served_on=served,
            paid_on=draw(st.none() | DAYS),
            person_id=draw(st.sampled_from([SELF.id, SPOUSE.id, CHILD.id, None])),
            category=draw(CATEGORIES),
            method=draw(METHODS),
            amount=Money(draw(st.integers(1, 600_00))),
            answer=draw(ANSWERS),
            account_id=draw(st.sampled_from([None, "a-1", "a-2"])),
        )
        expenses.append(line)
        if line.paid_on is None:
            continue
        left = line.amount.cents
        refunds += [
            refund(draw(st.integers(1, left)), draw(DAYS), f"r-{number}-{turn}", line.id)
            for turn in range(draw(st.integers(0, 2)))
        ]
        if line.method in {"fsa", "assistance"}:
            continue
        payers = ["hsa"] if line.method == "hsa" else ["hsa", "fsa", "hra", "deducted"]
        for turn in range(draw(st.integers(0, 3))):
            if not left:
                break
            part, payer = draw(st.integers(1, left)), draw(st.sampled_from(payers))
            left -= part
            key, paid_by = f"{number}-{turn}", None
            if payer == "hsa" and draw(st.booleans()):
                more = draw(st.integers(0, 50_00))
                source = draw(st.sampled_from(["a-1", "a-2", "a-3", None]))
                paid_by = withdrawal(part + more, draw(DAYS), f"w-{key}", source)
                withdrawals.append(paid_by)
            allocations.append(
                allocation(
                    part,
                    payer,
                    f"x-{key}",
                    line.id,
                    on=draw(st.none() | DAYS),
                    withdrawal_id=paid_by.id if paid_by else None,
                    tax_year=draw(st.integers(2018, 2027)) if payer == "deducted" else None,
                )
            )
    withdrawals += [
        withdrawal(
            amount,
            draw(DAYS),
            f"w-free-{number}",
            kind=draw(st.sampled_from(["normal", "rollover", "excess"])),
            returned=draw(st.none() | st.integers(0, amount).map(Money)),
        )
        for number, amount in enumerate(draw(st.lists(st.integers(1, 400_00), max_size=3)))
    ]
    return book(
        *expenses,
        accounts=draw(st.sampled_from([ACCOUNTS, ACCOUNTS[:1], ACCOUNTS[:2], ()])),
        allocations=tuple(allocations),
        refunds=tuple(refunds),
        withdrawals=tuple(withdrawals),
        contributions=tuple(
            contribution(cents, year, key=f"c-{number}")
            for number, (cents, year) in enumerate(
                draw(
                    st.lists(
                        st.tuples(st.integers(1, 9000_00), st.integers(2018, 2028)), max_size=3
                    )
                )
            )
        ),
        forms=tuple(
            form_1099(cents, year, f"f-{year}", code=code)
            for cents, year, code in draw(
                st.lists(
                    st.tuples(
                        st.integers(0, 900_00),
                        st.integers(2018, 2027),
                        st.sampled_from(["", "1", "3"]),
                    ),
                    max_size=2,
                    unique_by=lambda each: each[1],
                )
            )
        ),
    )
