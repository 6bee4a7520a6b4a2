"""The plain words for what the program keeps as short keys: kinds of paper, plans, ways to pay.

Each table lists its keys in the order in which a form offers them. The words pass `tr` when they
are shown, not when this file is read, so that a change of language needs no restart.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from ui.wording import tr

PAPER_KINDS: Final[Mapping[str, str]] = {
    "denial": "Denial: they said no",
    "appeal_decision": "Answer to an appeal",
    "information_request": "They ask for more information",
    "approval": "Approval or prior authorization",
    "eob": "Explanation of benefits (EOB)",
    "msn": "Medicare summary notice",
    "itemized_bill": "Bill",
    "superbill": "Superbill",
    "receipt": "Receipt",
    "card_slip": "Card slip",
    "check": "Check",
    "account_statement": "Statement of a bank or an HSA",
    "pharmacy_label": "Pharmacy label",
    "necessity_letter": "Doctor's letter of medical necessity",
    "medical_record": "Medical record",
    "lab_result": "Lab result",
    "imaging": "Scan or X-ray report",
    "treatment_order": "Treatment order or plan",
    "infusion_record": "Infusion session record",
    "monitoring": "Monitoring report",
    "genetic_test": "Genetic or nutrient test",
    "trial_paper": "Clinical-trial paper",
    "certificate_of_analysis": "Certificate of analysis",
    "accreditation": "Accreditation or license",
    "plan_document": "Plan booklet",
    "medical_policy": "The plan's medical policy",
    "study": "Medical study",
    "insurance_card": "Insurance card",
    "assistance_letter": "Letter from an assistance program",
    "appeal_letter": "Our own appeal letter",
    "fax_confirmation": "Fax confirmation",
    "mail_receipt": "Certified-mail receipt",
    "envelope": "Envelope with postmark",
    "photo": "Photo",
    "other": "Something else",
}

PROGRAMS: Final[Mapping[str, str]] = {
    "employer": "Through a job",
    "individual": "Bought by ourselves",
    "marketplace": "Bought on the marketplace (HealthCare.gov or a state's)",
    "original_medicare": "Original Medicare",
    "medicare_advantage": "Medicare Advantage",
    "part_d": "Medicare drug plan (Part D)",
    "medicaid_managed_care": "Medicaid, through a health plan",
    "medicaid_ffs": "Medicaid, straight from the state",
    "chip": "CHIP (children)",
    "fehb": "Federal employees (FEHB)",
    "pshb": "Postal workers (PSHB)",
    "nonfed_gov": "State, city or school employees",
    "church": "Church plan",
    "grandfathered": "Older plan from before March 2010 (“grandfathered”)",
    "tricare": "TRICARE",
    "champva": "CHAMPVA",
    "va_health": "VA health care",
    "ihs": "Indian Health Service",
    "student": "Student plan",
    "dental": "Dental or vision plan",
    "short_term": "Short-term plan",
    "workers_comp": "Workers' compensation",
    "other": "Something else",
}
"""`unknown` is the form's own “I don't know”."""

FUNDINGS: Final[Mapping[str, str]] = {
    "self": "The employer itself (self-funded)",
    "insured": "An insurance company",
}

STATES: Final[Mapping[str, str]] = {
    "AL": "Alabama", "AK": "Alaska", "AZ": "Arizona", "AR": "Arkansas", "CA": "California",
    "CO": "Colorado", "CT": "Connecticut", "DE": "Delaware", "DC": "District of Columbia",
    "FL": "Florida", "GA": "Georgia", "HI": "Hawaii", "ID": "Idaho", "IL": "Illinois",
    "IN": "Indiana", "IA": "Iowa", "KS": "Kansas", "KY": "Kentucky", "LA": "Louisiana",
    "ME": "Maine", "MD": "Maryland", "MA": "Massachusetts", "MI": "Michigan", "MN": "Minnesota",
    "MS": "Mississippi", "MO": "Missouri", "MT": "Montana", "NE": "Nebraska", "NV": "Nevada",
    "NH": "New Hampshire", "NJ": "New Jersey", "NM": "New Mexico", "NY": "New York",
    "NC": "North Carolina", "ND": "North Dakota", "OH": "Ohio", "OK": "Oklahoma", "OR": "Oregon",
    "PA": "Pennsylvania", "RI": "Rhode Island", "SC": "South Carolina", "SD": "South Dakota",
    "TN": "Tennessee", "TX": "Texas", "UT": "Utah", "VT": "Vermont", "VA": "Virginia",
    "WA": "Washington", "WV": "West Virginia", "WI": "Wisconsin", "WY": "Wyoming",
}  # fmt: skip

RELATIONS: Final[Mapping[str, str]] = {
    "self": "Holds the insurance",
    "spouse": "Husband or wife",
    "dependent": "Child or other dependent",
    "helper": "Helps with the paperwork",
    "other": "Someone else",
}

CLAIM_STATUSES: Final[Mapping[str, str]] = {
    "open": "Open",
    "denied": "They said no",
    "appealed": "Appeal sent",
    "won": "Won",
    "lost": "Lost",
    "closed": "Closed",
}

METHODS: Final[Mapping[str, str]] = {
    "own": "Own money (any way)",
    "card": "Own card",
    "check": "Check",
    "cash": "Cash",
    "hsa": "HSA",
    "fsa": "FSA",
    "hra": "HRA",
    "assistance": "Assistance program",
    "other": "Someone else",
}

STANDINGS: Final[Mapping[str, str]] = {
    "claimable": "The HSA may pay",
    "look": "Needs a look",
    "not": "Not for the HSA",
    "reimbursed": "The HSA has paid",
}
"""How the cents of a line stand with an HSA, as a filter of the ledger offers it."""

WAYS: Final[Mapping[str, str]] = {
    "certified_mail": "Certified mail",
    "mail": "Mail",
    "fax": "Fax",
    "portal": "Website of the plan",
    "by_hand": "By hand",
    "other": "Another way",
}

CATEGORIES: Final[Mapping[str, str]] = {
    "physician_visit": "Doctor visit, copay or coinsurance",
    "infusion_prescribed": "Infusion or injection",
    "rx_drug": "Prescription drug",
    "lab_imaging": "Lab test or scan",
    "hospital_inpatient": "Hospital stay",
    "emergency_room": "Emergency room or urgent care",
    "physical_therapy": "Physical, occupational or speech therapy",
    "psychotherapy": "Mental health care",
    "dental": "Dentist",
    "eye_exam_glasses": "Eye care and glasses",
    "dme": "Medical equipment",
    "bandages_supplies": "Medical supplies",
    "otc_drug": "Medicine without a prescription",
    "ambulance": "Ambulance",
    "car_mileage": "Own car to care (mileage)",
    "parking_tolls": "Parking and tolls",
    "public_transport": "Bus, taxi, train or plane to care",
    "lodging_outpatient": "Lodging near care",
    "records_copy_fee": "Copies of records",
    "appeal_costs": "Cost of the appeal (mail, copies)",
    "premium_regular": "Insurance premium",
}
"""The kinds of expense a form offers first; others are kept as they were typed or imported."""

TESTS: Final[Mapping[int, str]] = {
    1: "Medical care",
    2: "For you, your spouse or a dependent",
    3: "After the HSA was opened",
    4: "Nobody else paid it",
    5: "Not deducted on a tax return",
    6: "Really paid",
}
"""The six tests of an expense, by their number."""

FACTS: Final[Mapping[str, str]] = {
    "letter_date": "Date of the letter",
    "received_date": "Received on",
    "processed_date": "Processed on",
    "effective_date": "In effect from",
    "postmark_date": "Postmark",
    "statement_date": "Date of the statement",
    "service_date": "Date of care",
    "claim_number": "Claim number",
    "reference_number": "Reference number",
    "authorization_number": "Authorization number",
    "member_id": "Member ID",
    "group_number": "Group number",
    "medicare_number": "Medicare number",
    "insurer": "Insurer",
    "administrator": "Plan administrator",
    "provider": "Doctor or other provider",
    "facility": "Hospital or clinic",
    "patient": "Patient",
    "npi": "Provider number (NPI)",
    "icd10": "Diagnosis code",
    "procedure": "Service code",
    "modifier": "Addition to the service code",
    "ndc": "Drug number (NDC)",
    "carc": "Reason code",
    "rarc": "Remark code",
    "billed": "Billed",
    "allowed": "Allowed",
    "discount": "Discount",
    "plan_paid": "The plan paid",
    "not_covered": "Not covered",
    "deductible": "Deductible",
    "copay": "Copay",
    "coinsurance": "Coinsurance",
    "patient_owes": "You owe",
    "patient_paid": "You paid",
    "total": "Total",
    "purchase_date": "Date of purchase",
    "merchant": "Store or seller",
    "payment": "Paid with",
    "appeal_window": "How long you have",
    "appeal_address": "Address for the appeal",
    "appeal_fax": "Fax for the appeal",
    "appeal_phone": "Phone for the appeal",
    "appeal_portal": "Website for the appeal",
    "denial_reason": "Why they said no",
    "missing_from_notice": "Not found in the letter",
}
"""The values that are read in papers."""

AMOUNTS: Final = frozenset(
    {"billed", "allowed", "discount", "plan_paid", "not_covered", "deductible", "copay",
     "coinsurance", "patient_owes", "patient_paid", "total"}
)  # fmt: skip
"""The values that are money, kept as “1234.50”."""

DENIAL_REASONS: Final[Mapping[str, str]] = {
    "medical_necessity": "They say the care was not medically necessary.",
    "experimental_investigational": "They say the care is experimental or not proven.",
    "out_of_network": "They say the provider is not in their network.",
    "not_covered_benefit": "They say the plan does not cover this.",
    "prior_auth_missing": "They say the care needed their approval first.",
    "coding_error": "They say a code on the claim is wrong.",
    "step_therapy": "They say another treatment must be tried first.",
    "timely_filing": "They say the claim came too late.",
    "wellness_vs_medical": "They say it is for wellness, not for an illness.",
    "site_of_care": "They say the care should be given somewhere else.",
    "compounded_drug": "They say they do not pay for drugs that a pharmacy mixes.",
    "quantity_limit": "They say it is more than the plan allows.",
    "level_of_care_or_length_of_stay": "They say a shorter stay or simpler care is enough.",
    "duplicate_or_coordination": "They say it was paid already, or another insurance must pay.",
}
"""Kinds of reason for a “no”; one that is not here is shown in the words of the letter."""

ANCHORS: Final[Mapping[str, str]] = {
    "receipt": "counted from the day you got the letter",
    "date_of_notice": "counted from the date on the letter",
    "date_of_decision": "counted from the date of the decision",
    "mailed_date": "counted from the day the letter was mailed",
    "date_on_bill": "counted from the date on the bill",
    "service": "counted from the day of the care",
    "unstated": "the letter does not say from which day",
}

WINDOW_LEVELS: Final[Mapping[str, str]] = {
    "internal": "to appeal to the plan",
    "second": "for a second appeal to the plan",
    "external": "to ask for an outside review",
    "hearing": "to ask for a hearing",
    "continue_benefits": "to ask that care goes on meanwhile",
    "dispute": "to dispute the bill",
}

WHOSE: Final[Mapping[str, str]] = {
    "patient": "How long you have",
    "provider": "Not yours, your provider's",
    "plan": "Not yours, the plan's own clock",
}

FILED_WHEN: Final[Mapping[str, str]] = {
    "received": "it must arrive by then",
    "postmarked": "it must be mailed by then",
    "either": "it must be mailed or arrive by then",
}


def category_labels() -> Mapping[str, str]:
    """Return the words for kinds of expense: those a form offers first, then all of the tax book.

    A name by which an older ledger or a file called a kind is not among them.
    """
    from app.operations.tax_book import tax_book  # noqa: PLC0415 - a start does not wait for it

    others = sorted(tax_book().categories.values(), key=lambda each: each.label.casefold())
    known = {key: tr(word) for key, word in CATEGORIES.items()}
    return known | {each.id: each.label for each in others if each.id not in known}


def word_for(table: Mapping[str, str], key: str | None, unknown: str = "") -> str:
    """Return the word for a key; a key without one is shown as it is, None as `unknown`."""
    if not key:
        return tr(unknown) if unknown else ""
    return tr(table[key]) if key in table else key


def choices(table: Mapping[str, str]) -> list[tuple[str, str]]:
    """Return the table as a `ChoiceField` wants it, in its own order."""
    return [(key, tr(word)) for key, word in table.items()]
