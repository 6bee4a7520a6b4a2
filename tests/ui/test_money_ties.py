"""A line of the ledger names everything it goes with, and leads to it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from app.domain.allocation import PAYERS
from app.domain.refund import GIVERS
from app.resources import resource
from app.storage.queries.ledger import LedgerRow
from tests.domain.hsa_makers import (
    SELF,
    allocation,
    book,
    expense,
    letter,
    refund,
    stay,
    trip,
    withdrawal,
)
from tests.domain.money_makers import a_bill, a_line, an_eob
from ui.pages import money_ties
from ui.pages.money_counted import Counted
from ui.pages.money_parts import HOMES, PARTS
from ui.pages.money_ties import ties_of

DAY = date(2026, 2, 3)


def row(line, **known):
    blank = dict.fromkeys(LedgerRow.__slots__)
    same = {name: getattr(line, name) for name in blank if hasattr(line, name)}
    return LedgerRow(**{**blank, **same, "patient": SELF.name, **known})


def everything():
    """A line with a bill, an explanation, a letter, travel, money back, payers and other parts."""
    eob = an_eob(plan_paid="240.00", patient_owes="60.00", processed_on=DAY)
    service = a_line(eob)
    bill = a_bill("60.00")
    line = expense(category="massage", bill_id=bill.id, eob_line_id=service.id, necessity_id="l-1")
    part = expense("e-2", origin_id="e-1", paid_on=None, due_on=date(2026, 5, 1))
    money = book(
        expenses=(line, part),
        bills=(bill,),
        eobs=(eob,),
        eob_lines=(service,),
        letters=(letter(prescriber="Dr. Lindqvist", until_on=date(2027, 1, 1)),),
        trips=(trip(1200, DAY),),
        stays=(stay(),),
        refunds=(refund(10_00),),
        withdrawals=(withdrawal(20_00, reference="W-88"),),
        allocations=(allocation(20_00, withdrawal_id="w-1"),),
    )
    return Counted.of(money), line, part, eob


def test_a_line_names_all_that_it_goes_with_and_where_that_is_shown():
    counted, line, part, eob = everything()
    ties = list(ties_of(counted, row(line, eob_id=eob.id)))
    assert [tie.title for tie in ties] == [
        "Explanation of benefits", "Bill", "Letter of medical necessity", "Trip to care",
        "Nights near care", "Money back", "Paid back", "Another part",
    ]  # fmt: skip
    said = " ".join(tie.words for tie in ties)
    for each in (
        "plan paid $240.00", "you owe $60.00", "Dr. Lindqvist", "12 miles", "W-88",
        "$10.00 on Mar 1, 2026, from the provider", "$20.00 from the HSA",
    ):  # fmt: skip
        assert each in said
    (back,) = [tie for tie in ties_of(counted, row(part)) if tie.title == "Another part"]
    assert back.place == ("money", "expense", line.id)
    (taken,) = counted.book.allocations
    assert [tie.title for tie in ties if tie.allocation_id == taken.id] == ["Paid back"]
    kinds = {tie.place[1] for tie in ties if tie.place}
    assert kinds - {"expense"} <= set(HOMES)
    assert set(HOMES.values()) <= {each.name for each in PARTS}
    for tie in ties:
        assert resource("icons", f"{tie.icon}.svg").is_file(), tie.icon


def test_the_explanations_of_a_claim_stand_in_where_a_line_has_none():
    counted, line, _, eob = everything()
    eob = replace(eob, claim_id="c-1")
    money = replace(counted.book, eobs=(eob,), settled={})
    ties = ties_of(Counted.of(money), row(line, claim_id="c-1"))
    assert next(iter(ties)).title == "Explanation of benefits of the claim"


def test_a_line_entered_since_the_money_was_read_has_no_ties_yet():
    counted, *_ = everything()
    assert list(ties_of(counted, row(expense("e-9")))) == []


def test_every_payer_and_giver_has_words():
    assert set(money_ties._PAYERS) == set(PAYERS)
    assert set(money_ties._GIVERS) == set(GIVERS)
