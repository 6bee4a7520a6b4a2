"""The amounts of whole papers, in the layouts that insurers and offices use."""

# ruff: noqa: E501 - papers and lists of examples are clearer in one line
from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.importing.sifting.amount_facts import amount_facts
from app.importing.sifting.eob_lines import eob_claims, eob_lines
from app.importing.sifting.paper import Paper


def read(text: str, kind: str | None = "eob") -> dict[int | None, str]:
    """Return the amounts by row: names and values in the order of the paper."""
    paper = Paper.of_text(text)
    rows: dict[int | None, str] = {}
    for item in amount_facts(paper, kind):
        rows[item.row] = f"{rows.get(item.row, '')} {item.name}={item.value}".strip()
    return rows


COMMERCIAL = """
Date(s) of    Type of                   Amount     Plan        Your plan   Deductible  Copay   Co-        Amount
service       service          Notes*   billed     discounts   paid                            insurance  you owe
04/02/2026    Office visit     A1       $310.00    $142.50     $127.50     $0.00       $40.00  $0.00      $40.00
              established
04/02/2026    Lab tests        B7 N2    $88.00     $51.20      $36.80      $0.00       $0.00   $0.00      $0.00
Total                                   $398.00    $193.70     $164.30     $0.00       $40.00  $0.00      $40.00
"""


def test_totals_come_first_and_each_line_has_its_number():
    assert read(COMMERCIAL) == {
        None: "billed=398.00 discount=193.70 plan_paid=164.30 deductible=0.00 copay=40.00 "
        "coinsurance=0.00 patient_owes=40.00",
        1: "billed=310.00 discount=142.50 plan_paid=127.50 deductible=0.00 copay=40.00 "
        "coinsurance=0.00 patient_owes=40.00",
        2: "billed=88.00 discount=51.20 plan_paid=36.80 deductible=0.00 copay=0.00 "
        "coinsurance=0.00 patient_owes=0.00",
    }


def test_lines_have_their_service_date_and_wrapped_words():
    first, second = eob_lines(Paper.of_text(COMMERCIAL))
    assert (first.row, first.service, first.served, first.code) == (
        1, "Office visit established", "04/02/2026", "",
    )  # fmt: skip
    assert (second.service, second.served) == ("Lab tests", "04/02/2026")


def test_a_medicare_notice_has_one_line_and_its_total():
    notice = """
Service Provided & Billing       Service     Amount      Medicare-   Amount      Maximum     See
Code                             Approved?   Provider    Approved    Medicare    You May     Notes
                                             Charged     Amount      Paid        Be Billed   Below
Infusion of drug (96365)         Yes         $412.00     $88.10      $70.48      $17.62      A
Total for Claim #02-1095-001-771             $412.00     $88.10      $70.48      $17.62      B
"""
    values = "billed=412.00 allowed=88.10 plan_paid=70.48 patient_owes=17.62"
    assert read(notice, "msn") == {None: values, 1: values}
    (line,) = eob_lines(Paper.of_text(notice), "msn")
    assert (line.service, line.code) == ("Infusion of drug", "96365")


def test_a_head_over_several_columns_does_not_matter():
    text = """
                                                        What you owe
              Amount      Discount   Plan       Deductible  Copay    Coinsurance   Total
Service       billed                 paid                                          you owe
X-ray         $200.00     $50.00     $100.00    $25.00      $0.00    $25.00        $50.00
"""
    assert read(text) == {
        None: "billed=200.00 discount=50.00 plan_paid=100.00 deductible=25.00 copay=0.00 "
        "coinsurance=25.00 patient_owes=50.00"
    }


def test_amounts_without_a_currency_and_cells_without_an_amount():
    text = """
Service        Billed     Discount   Plan paid   Copay   You owe
Visit          1,100.00   20.00      1,060.00    --      20.00
Lab            50.00      -          30          -       20.00
Total          1,150.00   20.00      1,090.00    --      40.00
"""
    assert read(text) == {
        None: "billed=1150.00 discount=20.00 plan_paid=1090.00 patient_owes=40.00",
        1: "billed=1100.00 discount=20.00 plan_paid=1060.00 patient_owes=20.00",
        2: "billed=50.00 plan_paid=30.00 patient_owes=20.00",
    }


TWO_CLAIMS = """
Claim 1: 77-001   Provider: Dr. A
Service        Billed    Allowed    Plan paid   You owe
Visit          $100.00   $80.00     $60.00      $20.00
Claim total    $100.00   $80.00     $60.00      $20.00

Claim 2: 77-002   Provider: Dr. B
Service        Billed    Allowed    Plan paid   You owe
Lab            $50.00    $30.00     $30.00      $0.00
X-ray          $150.00   $90.00     $72.00      $18.00
Claim total    $200.00   $120.00    $102.00     $18.00
"""


def test_several_claims_on_one_paper_keep_their_lines():
    first, second = eob_claims(Paper.of_text(TWO_CLAIMS))
    assert [line.row for line in first.lines] == [1]
    assert [(line.row, line.claim, line.service) for line in second.lines] == [
        (2, 2, "Lab"), (3, 2, "X-ray"),
    ]  # fmt: skip
    assert not first.findings
    assert not second.findings
    assert read(TWO_CLAIMS)[3] == "billed=150.00 allowed=90.00 plan_paid=72.00 patient_owes=18.00"


def test_a_claim_goes_on_over_the_page():
    text = """
Service        Billed    Allowed    Plan paid   You owe
Visit          $100.00   $80.00     $60.00      $20.00
\fPage 2 of 2

Lab            $50.00    $30.00     $30.00      $0.00
Total          $150.00   $110.00    $90.00      $20.00
"""
    (claim,) = eob_claims(Paper.of_text(text))
    assert [line.service for line in claim.lines] == ["Visit", "Lab"]
    assert claim.totals
    assert not claim.findings


def test_a_sum_that_does_not_close_becomes_a_question():
    text = """
Service  Billed    Discount  Allowed    Plan paid  Deductible  Coinsurance   You owe
Visit    $600.00   $179.00   $421.00    $300.00    $62.00      $50.00        $112.00
"""
    (claim,) = eob_claims(Paper.of_text(text))
    (found,) = claim.findings
    assert found.text == (
        "Line 1: what the plan paid, the deductible and the coinsurance add up to $412.00, "
        "the paper says $421.00 for the amount allowed. Which is right?"
    )


def test_where_a_column_is_not_understood_only_the_columns_are_added_up():
    text = """
Service  Billed    Adjustments 2  Allowed    Plan paid  You owe
Visit    $600.00   $179.00        $400.00    $300.00    $112.00
Lab      $100.00   $0.00          $90.00     $80.00     $5.00
Total    $710.00   $179.00        $490.00    $380.00    $117.00
"""
    (claim,) = eob_claims(Paper.of_text(text))
    assert [(item.equation, item.said.plain) for item in claim.findings] == [("E5", "710.00")]


def test_a_last_row_without_words_is_the_total_if_it_is_the_sum():
    text = """
Service        Billed    Allowed    You owe
Visit          $100.00   $80.00     $20.00
Lab            $50.00    $30.00     $0.00
               $150.00   $110.00    $20.00
"""
    assert read(text)[None] == "billed=150.00 allowed=110.00 patient_owes=20.00"


def test_a_line_that_was_taken_back_keeps_its_minus():
    text = """
Service        Billed     Allowed    Plan paid    You owe
Visit          -$100.00   -$80.00    -$60.00      -$20.00
Visit          $100.00    $85.00     $70.00       $15.00
"""
    assert read(text)[1] == "billed=-100.00 allowed=-80.00 plan_paid=-60.00 patient_owes=-20.00"


def test_labels_beside_their_amounts():
    text = """
A   Amount billed by your provider          $1,234.50
B   - Discounts and reductions              $  834.50
C   = Allowed amount                        $  400.00
D   - Plan paid                            -$320.00
E   = Amount you owe                        $   80.00
"""
    assert read(text) == {
        None: "billed=1234.50 discount=834.50 allowed=400.00 plan_paid=320.00 patient_owes=80.00"
    }


def test_labels_in_one_line_and_with_dots():
    assert read("Billed: $300.00 Allowed: $180.00 Paid: $144.00 You owe: $36.00", "denial") == {
        None: "billed=300.00 allowed=180.00 plan_paid=144.00 patient_owes=36.00"
    }
    assert read("Total charges ............ $225.00", "itemized_bill") == {None: "billed=225.00"}


def test_labels_above_their_amounts():
    text = """
Total billed          Plan paid            Your responsibility
$4,250.00             $0.00                $4,250.00
"""
    values = "billed=4250.00 plan_paid=0.00 patient_owes=4250.00"
    assert read(text, "denial") == {None: values}
    assert read("   AMOUNT YOU OWE\n      $45.00\n") == {None: "patient_owes=45.00"}


def test_a_label_in_two_lines():
    assert read("Amount      $479.10\nDue\n", "itemized_bill") == {None: "patient_owes=479.10"}


def test_a_bill_with_one_column_tells_charges_from_payments():
    text = """
Date        Description                          Amount
05/08/2025  95810 Sleep study                    $75.73
05/09/2025  96365 IV infusion                    $505.38
05/12/2025  Insurance payment - Acme Health     -$196.72
05/12/2025  Contractual adjustment              -$237.50
            Balance due                          $146.89
"""
    assert read(text, "itemized_bill") == {
        None: "plan_paid=196.72 discount=237.50 patient_owes=146.89",
        1: "billed=75.73",
        2: "billed=505.38",
    }


def test_a_running_balance_is_owed_only_at_its_end():
    text = """
Date        Description               Charges    Insurance    Patient     Balance
                                                 payments     payments
02/03/26    Office visit 99214        245.00                              245.00
02/20/26    Payment                              -160.00                  85.00
03/01/26    Payment - thank you                               -25.00      60.00
Previous balance   $0.00
AMOUNT DUE         $60.00
"""
    rows = read(text, "itemized_bill")
    assert rows[None] == "patient_owes=60.00"
    assert (rows[1], rows[2], rows[3]) == (
        "billed=245.00", "plan_paid=160.00", "patient_paid=25.00",
    )  # fmt: skip


def test_spanish_heads():
    text = """
Fecha       Servicio   Importe    Descuento  Monto      Deducible  Copago   Coaseguro  El plan  Usted
                       facturado             permitido                                 pagó     debe
03/02/2026  Consulta   $210.00    $90.00     $120.00    $0.00      $20.00   $0.00      $100.00  $20.00
"""
    assert read(text) == {
        None: "billed=210.00 discount=90.00 allowed=120.00 deductible=0.00 copay=20.00 "
        "coinsurance=0.00 plan_paid=100.00 patient_owes=20.00"
    }


NO_CLAIM = [
    """
Your 2026 plan balances        In-network     Used        Remaining
Individual deductible          $3,400.00      $1,200.00   $2,200.00
Out-of-pocket maximum          $8,000.00      $2,100.00   $5,900.00
""",
    "Deductible:  $1,500.00\nApplied so far this year:  $900.00\nCopay: $40.00 per visit\n",
    "Deductible   Copay    Coinsurance\n$1,500.00    $40.00   $80.00\n",
    "Your deductible is $3,400 a year; $1,200 met. The plan pays expenses over $500.\n",
    "GOOD FAITH ESTIMATE\n\nTotal charges   $4,000.00\nAmount you owe  $4,000.00\n",
    "Insurance Est:   -$2,100\nEst Patient Resp:  $440\nMonthly premium   $312.00\n",
    "Previous balance   $75.00\nPrior payments   $20.00\n",
    "and we think that\nyou may owe  $45.00 or $60.00 if the plan\n",
]


@pytest.mark.parametrize("text", NO_CLAIM)
def test_plans_years_and_estimates_give_nothing(text: str):
    assert read(text) == {}


@pytest.mark.parametrize("kind", ["plan_document", "insurance_card", "lab_result"])
def test_some_kinds_of_paper_give_nothing(kind: str):
    assert read(COMMERCIAL, kind) == {}


def test_an_unknown_paper_with_the_table_of_a_notice_is_read_like_one():
    text = "Billed    Allowed   Paid     You owe\n$90.00    $80.00    $60.00   $20.00\n"
    assert read(text, None) == {
        None: "billed=90.00 allowed=80.00 plan_paid=60.00 patient_owes=20.00"
    }


def test_a_receipt_leaves_its_total_to_those_who_read_receipts():
    assert read("Copay   $10.00\nTOTAL   $10.00\n", "receipt") == {None: "copay=10.00"}
    assert read("Patient pays: $24.50\n", "pharmacy_label") == {None: "patient_paid=24.50"}


def test_a_table_on_its_side_has_a_line_in_each_column():
    text = """
                   S9329        96365       Total
Billed             2,600.00     210.00      2,810.00
Allowed amount     1,034.03     141.88      1,175.91
Paid               827.22       0.00        827.22
You owe            206.81       141.88      348.69
"""
    assert read(text) == {
        None: "billed=2810.00 allowed=1175.91 plan_paid=827.22 patient_owes=348.69",
        1: "billed=2600.00 allowed=1034.03 plan_paid=827.22 patient_owes=206.81",
        2: "billed=210.00 allowed=141.88 plan_paid=0.00 patient_owes=141.88",
    }


def test_the_span_is_that_of_the_amount():
    paper = Paper.of_text(COMMERCIAL)
    for item in amount_facts(paper, "eob"):
        assert paper.text[item.start : item.end].strip("$").replace(",", "") == item.value


words = st.sampled_from(
    ["Billed", "Allowed", "Total", "You owe", "Plan paid", "$1.00", "12.50", "-", "\n", "\t", "  ",
     "Deductible", "met", "\f", "claim for", "04/02/2026", "$", "(", ")", "Copay:", "99213", "of"]
)  # fmt: skip


@settings(max_examples=60, deadline=None)
@given(st.lists(words, max_size=60).map(" ".join))
def test_no_text_breaks_the_reading(text: str):
    paper = Paper.of_text(text)
    for item in amount_facts(paper, "eob"):
        assert paper.text[item.start : item.end].strip()
    for claim in eob_claims(paper):
        assert claim.lines or claim.totals


@pytest.mark.parametrize("line", ["$1.00 " * 15, "Billed $1.00  ", "Total  12.50  $3.00  ", "a "])
def test_a_hostile_page_takes_no_longer_than_another(line: str):
    sheet = "\n".join([line] * 60)
    paper = Paper.of_text("\f".join([sheet] * (100_000 // len(sheet))))
    began = time.process_time()
    amount_facts(paper, "eob")
    assert time.process_time() - began < 6


WHOLE_DOLLARS = """
Dates of service    Proc         Charge    Eligible   Not covered   Paid   Reason
06-08-26            99183        1,150     0          1,150         0      CO 50
06-10-26            99183        1,150     200        950           200    CO 50
Totals                           2,300     200        2,100         200
"""


def test_under_heads_of_amounts_whole_dollars_are_amounts():
    assert read(WHOLE_DOLLARS) == {
        None: "billed=2300.00 allowed=200.00 not_covered=2100.00 plan_paid=200.00",
        1: "billed=1150.00 allowed=0.00 not_covered=1150.00 plan_paid=0.00",
        2: "billed=1150.00 allowed=200.00 not_covered=950.00 plan_paid=200.00",
    }


def test_heads_that_a_scan_ran_together_make_whole_dollars_amounts_too():
    text = """
Service    Charge Allowed Paid
Visit      180    120     96
"""
    assert read(text) == {None: "billed=180.00 allowed=120.00 plan_paid=96.00"}


def test_a_superbill_is_paid_by_the_patient():
    text = """
Date          Service     Fee    Paid
2026-01-07    90837       160    160
2026-01-14    90837       160    100
Total                     320    260
"""
    assert read(text, "superbill")[None] == "billed=320.00 total=320.00 patient_paid=260.00"


def test_numbers_without_heads_of_amounts_are_none():
    assert read("Visits   Units\n12       40\n13       50") == {}
    assert read("Billed        Code\n99213         4") == {}


def test_a_month_that_is_used_up_does_not_hide_the_amounts_beside_it():
    text = """
Benefit days    Claim        Non-covered    Amount Medicare    Maximum you may be
used            approved?    charges        paid               billed
3 days          Yes          $0.00          $9,881.44          $1,736.00
"""
    assert read(text, "msn") == {None: "not_covered=0.00 plan_paid=9881.44 patient_owes=1736.00"}


def test_a_remittance_names_its_net_payment_below_its_table():
    text = """
SERV DATE   PROC     BILLED     ALLOWED    DEDUCT    COINS    GRP-RC    AMT
030426      92134    185.00     61.40      0.00      12.28    CO-45     123.60
CLAIM TOTALS         185.00     61.40      0.00      12.28              123.60
PT RESP 12.28        NET PAID 49.12
"""
    found = read(text, None)
    assert found[None].endswith("patient_owes=12.28 plan_paid=49.12")
    assert "allowed=49.12" not in found[None]


def test_a_sentence_that_begins_like_a_label_is_none():
    text = "Payment for these services ($1,020.00) has been denied."
    assert read(text, "denial") == {None: "billed=1020.00"}


def test_heads_that_stand_beside_their_columns_are_taken_in_order():
    text = """
Service  Provider charges  Plan discount  Allowed  Deductible  Plan paid  You owe
99213    $150   $50   $100   $20   $64   $36
"""
    assert read(text) == {
        None: "billed=150.00 discount=50.00 allowed=100.00 deductible=20.00 plan_paid=64.00 "
        "patient_owes=36.00"
    }


def test_a_sentence_below_a_table_is_no_row_of_it():
    text = """
Service     Amount billed   Covered     You owe
06/02/26    $160.00         $40.00      $120.00
06/03/26    $310.00         $214.00     $96.00
You may appeal within 180 days of the date of this notice. We answer within 60 days.
Your part comes to $216: $100 for what the plan does not cover and $116 for the rest.
"""
    found = read(text)
    assert found[1] == "billed=160.00 allowed=40.00 patient_owes=120.00"
    assert found[2] == "billed=310.00 allowed=214.00 patient_owes=96.00"
    assert set(found) <= {None, 1, 2}
    assert "180.00" not in found.get(None, "")


def test_a_rate_in_percent_is_no_coinsurance():
    text = """
Proc     Submitted fee   Approved fee   Allowed   Deductible   Co-ins %   Delta Dental pays
D2740    1,280.00        940.00         930.00    50.00        50         440.00
"""
    assert read(text) == {
        None: "billed=1280.00 allowed=930.00 deductible=50.00 plan_paid=440.00",
    }


def test_a_question_that_is_answered_with_yes_or_no_is_no_allowed_amount():
    text = """
Service     Approved?   Charged    Approved amount
Visit       Yes         $210.00    $128.40
"""
    assert read(text) == {None: "billed=210.00 allowed=128.40"}


def test_what_remains_of_a_claim_is_a_step_of_its_sum():
    text = """
Amount billed   Member rate   Your copay   Amount remaining   Plan pays   You owe
148.00          61.90         25.00        36.90              29.52       32.38
"""
    values = "billed=148.00 allowed=61.90 copay=25.00 plan_paid=29.52 patient_owes=32.38"
    assert read(text) == {None: values}


def test_a_copay_that_a_receipt_confirms_is_a_copay_and_paid():
    assert read("Copay collected   $30.00\n", "receipt") == {None: "copay=30.00 patient_paid=30.00"}


def test_a_spanish_greeting_is_no_estimate():
    text = "Estimado Luis Peña:\nSu nuevo saldo es de $612.40. Llame si no está de acuerdo.\n"
    assert read(text, "assistance_letter") == {None: "patient_owes=612.40"}
    assert read(text.replace("Luis Peña:", "de costos"), "assistance_letter") == {}
    assert read(text.replace("Estimado Luis Peña:", "Costo estimado"), "itemized_bill") == {}


def test_a_ledger_may_name_in_a_cell_of_its_own_who_paid():
    text = """
DATE        DESCRIPTION                       AMOUNT
09/18/25    New visit                         215.00
10/06/25    INS PMT         Larkspur Health   112.40CR
10/06/25    INS ADJ         Larkspur Health   15.00CR
"""
    assert read(text, "itemized_bill")[None].endswith("plan_paid=112.40 discount=15.00")
