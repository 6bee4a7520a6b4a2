"""What labels and heads make their amounts: every named pattern has its examples here."""

# ruff: noqa: E501 - papers and lists of examples are clearer in one line
from __future__ import annotations

import re

import pytest

from app.importing.sifting.amount_roles import (
    head_role,
    is_amount_column,
    is_running,
    is_total,
    named_role,
    role_of,
    roles_for,
    row_role,
)
from app.resources import resource_json

DATA = resource_json("reading", "amounts.json")

LABELS = {
    "billed_amount": ["Amount billed", "BILLED AMT ($)", "Submitted charges", "Total billed"],
    "billed_by_provider": [
        "Your provider billed",
        "Amount charged by provider",
        "What your doctor billed",
    ],
    "provider_charges": ["Provider's charges", "Doctor charges"],
    "charges": ["Total charges", "Charge:", "CHGS"],
    "billed_to_plan": ["Billed to Medicare", "Amount billed to insurance"],
    "total_cost_billed": ["Total cost (billed)", "Submitted fee", "Charged"],
    "covered_allowed": ["Amount Covered (Allowed)*", "Anthem's allowed amount"],
    "plan_responsibility": ["Health Plan Responsibility", "Cigna responsibility"],
    "not_covered_by_us": ["Amount not covered by us", "Not payable by Aetna"],
    "claim_amount": ["Claim amount", "Amount of claim", "Claimed amount"],
    "providers_have_billed": ["Amount providers have billed the plan", "Doctors have charged us"],
    "asked_amount": ["Amount requested", "Disputed amount", "Claim total", "Full charge"],
    "cargo": ["Cargo", "Lo que cobró el proveedor", "Monto reclamado"],
    "our_allowance": ["Our allowance", "Discounted price", "Price after discount"],
    "amount_plan_approved": [
        "Total cost (amount the plan has approved)",
        "Approved by Medicare",
        "What your plan allowed",
    ],
    "aprobada_por": ["Aprobada por Medicare", "Permitido por su plan"],
    "sent_to_provider": ["We sent your provider", "Our payment", "Paid to your hospital"],
    "net_paid": ["NET PAID", "Plan reimbursement", "Paid to subscriber"],
    "nosotros_pagamos": ["Nosotros pagamos", "Nuestro pago", "Parte del plan"],
    "not_allowed": ["Not allowed", "Amount not allowed", "Denied by plan", "Amount not approved"],
    "you_are_responsible": [
        "You are responsible for",
        "Amount owed by you",
        "PT DUE",
        "What you must pay",
    ],
    "le_toca": ["Le toca pagar", "Su costo", "Usted es responsable de"],
    "share_received": ["Copay received", "Deductible collected", "Copago recibido"],
    "paid_by_card": ["Paid 06/15/2026 Visa", "Payment 03/02 - debit card", "Payment, thank you"],
    "we_allowed": ["Amount we approved", "We allowed", "Amount eligible for coverage"],
    "did_not_cover": ["What we didn't cover", "Your plan does not cover"],
    "toward_deductible": ["Amount to deductible", "Toward your deductible"],
    "copay_due": ["Copay due", "Copay you owe"],
    "coinsurance_percent": ["Coinsurance 20%", "20% coinsurance"],
    "might_owe": ["You might owe", "Left to pay"],
    "facturado": ["Importe facturado", "Monto facturado por el proveedor", "Cargos totales"],
    "allowed_amount": [
        "Allowed amount",
        "Your plan's allowed amount",
        "Medicare-Approved Amount",
        "Eligible",
    ],
    "plan_allowance": ["Plan allowance", "Member rate", "Your plan allows", "Accepted fee"],
    "permitido": ["Monto permitido", "Cantidad aprobada por Medicare"],
    "discount": ["Plan discount", "Discounts and reductions", "PROV DISC"],
    "network_savings": ["Network savings", "Amount saved"],
    "contractual_adjustment": ["Contractual adjustment", "Insurance write-off", "Ins adj"],
    "descuento": ["Descuento del plan", "Ahorros de la red"],
    "plan_share": ["Plan's share", "What my plan paid", "Amount covered by your plan"],
    "plan_paid": ["Plan paid", "Insurance payment", "Medicare paid", "We paid", "INS PD"],
    "paid_by_plan": ["Paid by plan", "What your plan paid", "Amount paid by your insurance"],
    "benefits_paid": ["Benefits paid", "Benefit payable"],
    "medicare_paid_provider": ["Medicare paid provider", "Amount Medicare paid your provider"],
    "payment_to_provider": ["Payment to provider", "Paid to the provider"],
    "pagado_por_el_plan": ["Pagado por el plan", "El plan pagó", "Lo que pagó su plan"],
    "not_covered": ["Not covered", "Non-covered charges", "Amount not covered by plan", "NONCOV"],
    "ineligible": ["Ineligible amount", "Charges not payable"],
    "denied_amount": ["Denied amount", "Charges denied"],
    "no_cubierto": ["Monto no cubierto", "No cubierto", "Cargos no cubiertos por su plan"],
    "deductible": [
        "Deductible",
        "Applied to your deductible",
        "Ded.",
        "Deducible",
        "Aplicado a su deducible",
    ],
    "copay": ["Copay", "Your co-payment", "Copago"],
    "coinsurance": ["Co-insurance", "Coins", "Coaseguro"],
    "you_owe": ["You owe", "Amount you owe", "What I owe", "You may owe provider"],
    "responsibility": [
        "Patient responsibility",
        "Your share",
        "PAT RESP",
        "Your part",
        "Patient balance",
        "Member cost share",
    ],
    "may_be_billed": [
        "Maximum You May Be Billed",
        "Amount you may be billed",
        "Max provider may bill you",
    ],
    "amount_due": ["Amount due", "TOTAL AMOUNT DUE", "Total due", "Due from patient"],
    "please_pay": ["Please pay this amount", "PAY THIS AMOUNT"],
    "balance_due": ["Balance due", "Outstanding balance", "New balance due"],
    "balance": ["Balance", "New balance", "Account balance"],
    "usted_debe": [
        "Usted debe",
        "Responsabilidad del paciente",
        "Saldo pendiente",
        "Total a pagar",
    ],
    "you_paid": ["You paid", "Amount you have already paid", "Paid by patient"],
    "paid_today": ["Paid today", "Payment at time of service"],
    "patient_payment": ["Patient payment", "Your payments", "Payments from patient"],
    "usted_pago": ["Usted pagó", "Pagado por el paciente"],
    "total": ["Total", "GRAND TOTAL", "Invoice amount", "Importe total"],
    "other_paid": ["Other insurance paid", "COB"],
    "cost_share": ["Deductible/Copay/Coinsurance", "Copay and coinsurance"],
    "sequestration": ["Sequestration reduction"],
}
OF_KIND = {
    "pays_at_counter": (
        "pharmacy_label",
        "patient_paid",
        ["Patient pays:", "You pay", "Usted paga"],
    ),
    "fee_of_notice": ("denial", "billed", ["Fee", "Dentist's fee", "Tarifa"]),
    "copay_at_counter": ("receipt", "copay", ["Copay collected", "Copay paid", "Pago del copago"]),
    "covered_of_notice": ("eob", "allowed", ["Covered", "Amount covered", "Approved"]),
    "denied_of_notice": ("denial", "not_covered", ["Denied", "Rechazado"]),
    "paid_on_superbill": ("superbill", "patient_paid", ["Paid", "Payment received"]),
    "bare_paid": ("eob", "plan_paid", ["Paid", "Amount paid", "Pagado"]),
    "paid_by_insurer": ("eob", "plan_paid", ["Paid by Aetna", "Cigna paid", "Payment made"]),
    "insurer_paid": (
        "eob",
        "plan_paid",
        ["Harbor Light Health paid", "Acme Insurance paid provider", "Delta Dental pays"],
    ),
}
NOTHING = [
    "Annual deductible", "Deductible met", "Deductible remaining", "Out-of-pocket maximum", "Plan maximum",
    "Insurance Est", "Est Patient Resp", "Facility charge", "Previous balance", "Balance forward", "Premium",
    "Late fee", "Amount enclosed", "Minimum due", "Date of service", "Reason code", "Claim number", "Member ID",
    "Amount paid", "Paid", "Payments", "Payments/Adjustments", "Cost", "Units", "Service", "", "Total savings",
    "Credit balance", "Pending or not payable", "Your payment options",
]  # fmt: skip


def _roles_of_data() -> dict[str, str]:
    return {item["name"]: role for role, items in DATA["roles"].items() for item in items}


@pytest.mark.parametrize("name", _roles_of_data())
def test_every_way_to_name_an_amount_is_known(name: str):
    for label in LABELS[name]:
        named = named_role(label)
        assert named, label
        assert (named.name, named.role) == (name, _roles_of_data()[name]), label


@pytest.mark.parametrize("name", OF_KIND)
def test_some_labels_depend_on_the_kind_of_paper(name: str):
    kind, role, labels = OF_KIND[name]
    for label in labels:
        named = named_role(label, kind)
        assert named, label
        assert (named.name, named.role) == (name, role)


def test_every_pattern_of_a_kind_has_its_examples():
    groups = DATA["by_kind"]
    names = {
        item["name"] for group in groups for items in group["roles"].values() for item in items
    }
    assert names == set(OF_KIND)


@pytest.mark.parametrize("label", NOTHING)
def test_other_labels_name_no_amount_of_a_claim(label: str):
    assert role_of(label) is None


@pytest.mark.parametrize(
    ("lines", "role"),
    [
        (("Amount", "billed"), "billed"),
        (("What you owe", "Deductible"), "deductible"),
        (("Claim detail", "Amount", "allowed"), "allowed"),
        (("Co-", "insurance"), "coinsurance"),
        (("Patient respon-", "sibility"), "patient_owes"),
        (("Pending or", "not payable"), None),
        (("Balance",), None),
        ((), None),
    ],
)
def test_a_head_in_several_lines_is_read_as_one(lines: tuple[str, ...], role: str | None):
    assert head_role(lines) == role


def test_a_row_of_a_ledger_is_named_before_the_dash_and_after_the_date():
    named = row_role("07/31/2026 Insurance payment - Acme Health")
    assert named
    assert named.role == "plan_paid"


def test_a_footnote_or_an_operator_beside_a_label_does_not_matter():
    for label in ("- Plan discount*", "= Amount you owe (1)", "C. Allowed amount", "You owe:"):
        assert role_of(label), label


TOTALS = {
    "total_row": [
        "Total",
        "TOTALS",
        "Grand total",
        "Total for claim 12-345",
        "Totales",
        "Sub-total",
        "Total fees",
    ],
    "claim_totals": ["Claim total", "Visit 2 totals", "Subtotales"],
}


@pytest.mark.parametrize("name", [item["name"] for item in DATA["totals"]])
def test_a_row_of_totals_is_known(name: str):
    pattern = next(item["pattern"] for item in DATA["totals"] if item["name"] == name)
    for label in TOTALS[name]:
        assert is_total(label), label
    assert any(re.fullmatch(pattern, label.lower()) for label in TOTALS[name])


@pytest.mark.parametrize("label", ["Total knee replacement", "Office visit", "", "Totally new"])
def test_a_service_is_no_row_of_totals(label: str):
    assert not is_total(label)


RUNNING = {
    "met": ["Deductible met", "Amount used", "Accumulated"],
    "year": ["Year-to-date", "Calendar year deductible", "so far this year", "Annual limit"],
    "limit": ["Out-of-pocket", "Plan maximum", "Remaining", "Lifetime limit"],
    "members": ["Family deductible", "Individual"],
    "estimated": ["Estimated cost", "Est Patient Resp", "Good faith estimate"],
    "fees": ["Monthly premium", "Late fee", "Fine"],
    "visits": ["$40 per visit", "each service"],
    "al_ano": [
        "al año",
        "deducible anual",
        "gastos de su bolsillo",
        "hasta la fecha",
        "por visita",
    ],
}


@pytest.mark.parametrize("name", [item["name"] for item in DATA["running"]])
def test_what_sums_up_a_year_or_describes_a_plan_is_told_apart(name: str):
    for text in RUNNING[name]:
        assert is_running(text), text


@pytest.mark.parametrize(
    "text", ["Maximum You May Be Billed", "Amount you owe", "Lakeside Family Clinic", "Deductible"]
)
def test_what_is_about_this_claim_is_not(text: str):
    assert not is_running(text)


def test_a_bill_may_simply_have_amounts():
    assert is_amount_column(("Amount",), "itemized_bill")
    assert is_amount_column(("Service lines", "Fee"), "superbill")
    assert not is_amount_column(("Amount",), "eob")
    assert not is_amount_column(("Copay",), "itemized_bill")


@pytest.mark.parametrize(
    "kind", ["plan_document", "insurance_card", "lab_result", "medical_policy"]
)
def test_papers_about_plans_and_health_have_no_amounts_of_a_claim(kind: str):
    assert not roles_for(kind)


@pytest.mark.parametrize("label", ["amount " * 5000, "(" * 5000, "a/" * 5000, "deductible " * 2000])
def test_a_hostile_label_is_nothing(label: str):
    assert role_of(label) is None
    assert not is_total(label)
