from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from app.domain.hsa import UNKNOWN, LedgerRow, Receipt, added, plan_hsa
from app.domain.money import Money


def row(expense="e-1", **changed):
    return LedgerRow(
        **{
            "expense": expense,
            "served_on": date(2026, 2, 3),
            "paid_on": date(2026, 2, 10),
            "patient": "Maya",
            "provider": "Cedar Hollow",
            "category": "Infusion",
            "amount": Money(7500),
            "method": "own",
            "receipts": (Receipt(f"d-{expense}", "bill.pdf"),),
            **changed,
        }
    )


def ids(plan, expense="e-1"):
    return {finding.id for finding in plan.findings if finding.expense == expense}


def test_an_expense_belongs_to_the_year_in_which_it_was_paid():
    december = row("old", served_on=date(2025, 12, 30), paid_on=date(2026, 1, 2))
    later = row("new", served_on=date(2026, 12, 30), paid_on=date(2027, 1, 2))
    assert plan_hsa(2026, [december, later]).rows == (december,)
    assert plan_hsa(2027, [december, later]).rows == (later,)


def test_the_ledger_is_in_order_of_the_date_paid():
    rows = [
        row("c", paid_on=date(2026, 5, 1), served_on=date(2026, 4, 2)),
        row("b", paid_on=date(2026, 5, 1), served_on=date(2026, 4, 1)),
        row("a", paid_on=date(2026, 5, 1), served_on=date(2026, 4, 2)),
        row("d", paid_on=date(2026, 1, 1), served_on=None),
    ]
    assert [item.expense for item in plan_hsa(2026, rows).rows] == ["d", "b", "a", "c"]


def test_no_conclusion_is_drawn_before_the_tests_are_applied():
    plan = plan_hsa(2026, [row("a"), row("b", method="hsa", amount=Money(1000))])
    assert {name: amount.plain for name, amount in plan.answer.items()} == {
        "claimable": "0.00",
        "needs_attention": "85.00",
        "not_claimable": "0.00",
        "reimbursed": "10.00",
        "unreimbursed_carried": "0.00",
    }
    assert plan.findings[0].id == "H00"
    assert plan.findings[0].expense is None


def test_totals_by_person_are_divided_by_category():
    plan = plan_hsa(
        2026,
        [
            row("a"),
            row("b", category="Travel", amount=Money(2000)),
            row("c", patient="Ben", amount=Money(-500)),
            row("d", patient=" "),
        ],
    )
    assert [(total.name, total.amount.cents, total.count) for total in plan.by_person] == [
        ("Ben", -500, 1),
        ("Maya", 9500, 2),
        (UNKNOWN, 7500, 1),
    ]
    assert [(part.name, part.amount.cents) for part in plan.by_person[1].parts] == [
        ("Infusion", 7500),
        ("Travel", 2000),
    ]


@given(
    st.lists(
        st.builds(
            row,
            st.uuids().map(str),
            patient=st.sampled_from(["Maya", "maya", "Ben", "", "玛雅"]),
            category=st.sampled_from(["Infusion", "Travel", ""]),
            method=st.sampled_from(["own", "hsa", "fsa", "hra", "other", "coupon"]),
            amount=st.integers(-10_000, 10_000).map(Money),
            paid_on=st.none() | st.dates(date(2025, 12, 1), date(2027, 1, 31)),
        )
    )
)
def test_every_way_of_adding_gives_the_same_total(rows):
    plan = plan_hsa(2026, rows)
    for totals in (plan.by_person, plan.by_category, plan.by_method):
        assert sum(total.amount.cents for total in totals) == plan.paid.cents
        assert sum(total.count for total in totals) == len(plan.rows)
        assert len({total.name for total in totals}) == len(totals)
    for total in plan.by_person:
        assert sum(part.amount.cents for part in total.parts) == total.amount.cents
    assert plan.answer["needs_attention"] == plan.paid == added(plan.rows)


def test_receipts_are_numbered_in_ledger_order():
    first, second = Receipt("d-1", "a.pdf"), Receipt("d-2", "b.pdf")
    late = row("late", paid_on=date(2026, 9, 1), receipts=(first,))
    early = row("early", paid_on=date(2026, 1, 1), receipts=(second,))
    plan = plan_hsa(2026, [late, early])
    assert [(exhibit.number, exhibit.receipt) for exhibit in plan.exhibits] == [
        ("HSA-2026-001", second),
        ("HSA-2026-002", first),
    ]
    assert plan.numbers_of(late) == ("HSA-2026-002",)


def test_a_receipt_behind_two_expenses_is_one_exhibit():
    shared = Receipt("d-1", "both.pdf")
    rows = (row("a", receipts=(shared, shared)), row("b", receipts=(shared,)))
    plan = plan_hsa(2026, rows)
    assert [exhibit.rows for exhibit in plan.exhibits] == [rows]
    assert plan.numbers_of(rows[0]) == ("HSA-2026-001",)


def test_a_complete_row_has_no_findings():
    assert ids(plan_hsa(2026, [row()])) == set()


def test_a_row_without_a_receipt_is_named():
    assert ids(plan_hsa(2026, [row(receipts=())])) == {"H07"}


def test_a_row_without_a_date_of_service_is_named():
    assert ids(plan_hsa(2026, [row(served_on=None)])) == {"H26"}


def test_paid_before_the_service_and_in_another_year_are_named():
    early = row(served_on=date(2026, 3, 1), paid_on=date(2026, 2, 28))
    assert ids(plan_hsa(2026, [early])) == {"H18"}
    same_day = row(served_on=date(2026, 3, 1), paid_on=date(2026, 3, 1))
    assert ids(plan_hsa(2026, [same_day])) == set()
    other_year = row(served_on=date(2025, 12, 31), paid_on=date(2026, 1, 1))
    assert ids(plan_hsa(2026, [other_year])) == {"H22"}


def test_zero_and_negative_amounts_are_named():
    assert ids(plan_hsa(2026, [row(amount=Money(0))])) == {"H23"}
    assert ids(plan_hsa(2026, [row(amount=Money(-1))])) == {"H24"}


def test_what_another_account_paid_is_named():
    assert ids(plan_hsa(2026, [row(method="hsa")])) == {"H25"}
    assert ids(plan_hsa(2026, [row(method="fsa")])) == {"H03"}
    assert ids(plan_hsa(2026, [row(method="hra")])) == {"H03"}


def test_unpaid_rows_are_counted_not_listed():
    rows = [
        row("a", paid_on=None),
        row("b", paid_on=None, served_on=None, amount=Money(100)),
        row("c", paid_on=None, served_on=date(2027, 1, 1)),
    ]
    plan = plan_hsa(2026, rows)
    [unpaid] = [finding for finding in plan.findings if finding.id == "H21"]
    assert unpaid.text.startswith("2 expenses have no paid date ($76.00 in all)")
    assert plan.rows == ()
    assert not [finding for finding in plan_hsa(2025, rows[2:]).findings if finding.id == "H21"]


def test_two_rows_that_look_alike_are_named_once():
    plan = plan_hsa(2026, [row("a"), row("b", provider="CEDAR HOLLOW"), row("c", patient="Ben")])
    assert (ids(plan, "a"), ids(plan, "b"), ids(plan, "c")) == (set(), {"M10"}, set())
