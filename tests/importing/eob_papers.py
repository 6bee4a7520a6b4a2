"""Makers of electronic explanations of benefits. All people and numbers are invented."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

Json = dict[str, Any]

CARIN = "http://hl7.org/fhir/us/carin-bb/CodeSystem/C4BBAdjudication"
CMS = "https://bluebutton.cms.gov/resources/variables"


def money(value: Any, currency: str | None = "USD") -> Json:
    return {"value": value} | ({"currency": currency} if currency else {})


def amount(code: str, value: Any, currency: str | None = "USD") -> Json:
    return {
        "category": {"coding": [{"system": CARIN, "code": code}]},
        "amount": money(value, currency),
    }


def of_cms(variable: str, value: Any, *, general: str | None = None) -> Json:
    """An amount as CMS tells it: perhaps a general code first, then its own variable."""
    codings = [{"system": CARIN, "code": general}] if general else []
    codings.append({"system": "https://bluebutton.cms.gov/x", "code": f"{CMS}/{variable}"})
    return {"category": {"coding": codings}, "amount": money(value)}


def denied_for(code: str, category: str = "denialreason") -> Json:
    return {
        "category": {"coding": [{"code": category}]},
        "reason": {
            "coding": [
                {"system": "https://x12.org/codes/claim-adjustment-reason-codes", "code": code}
            ]
        },
    }


def line(*adjudication: Json, code: str = "99213", on: str = "2026-03-02", **more: Any) -> Json:
    return {
        "productOrService": {
            "coding": [{"system": "http://www.ama-assn.org/go/cpt", "code": code}]
        },
        "servicedDate": on,
        "adjudication": list(adjudication),
        **more,
    }


def an_eob(*items: Json, **more: Any) -> Json:
    return {
        "resourceType": "ExplanationOfBenefit",
        "id": "eob-1",
        "identifier": [
            {
                "type": {"coding": [{"code": "uc"}]},
                "system": "https://acme.example/claims",
                "value": "CLM-1001",
            }
        ],
        "status": "active",
        "use": "claim",
        "type": {"coding": [{"code": "professional"}]},
        "patient": {"reference": "Patient/7", "display": "Rosa Delgado"},
        "created": "2026-03-20",
        "insurer": {"display": "Acme Health"},
        "provider": {"display": "Lakeside Infusion Center"},
        "outcome": "complete",
        "billablePeriod": {"start": "2026-03-02", "end": "2026-03-03"},
        "item": [{**item, "sequence": number} for number, item in enumerate(items, start=1)],
        **more,
    }


def bundle(*resources: Json, **more: Any) -> Json:
    return {
        "resourceType": "Bundle",
        "type": "searchset",
        "entry": [{"resource": resource} for resource in resources],
        **more,
    }


def saved(path: Path, *values: Any) -> Path:
    """Write one JSON value, or several, one a line."""
    path.write_text("\n".join(json.dumps(value) for value in values), encoding="utf-8")
    return path


MEDICARE = """\
--------------------------------
MYMEDICARE.GOV PERSONAL HEALTH INFORMATION

--------------------------------
**********CONFIDENTIAL***********

--------------------------------
Demographic

--------------------------------

Source: MyMedicare.gov

Name: ROSA DELGADO

--------------------------------
Claim Summary

--------------------------------

Source: MyMedicare.gov

Claim Number: 1234567890000

Provider: Lakeside Infusion Center
Provider Billing Address:    12 HARBOR ST DULUTH MN

Service Start Date: 10/18/2025

Service End Date:

Amount Charged: $60.00

Medicare Approved: $34.00

Provider Paid: $27.20

You May be Billed: $6.80

Claim Type: PartB

Diagnosis Code 1: G43909

--------------------------------
Claim Lines for Claim Number: 1234567890000

--------------------------------

Line number:  1

Date of Service From:  10/18/2025

Date of Service To:  10/18/2025

Procedure Code/Description:  96365 - Infusion

Modifier 1/Description:  59 - Distinct service

Submitted Amount/Charges:  $60.00

Allowed Amount:  $34.00

Non-Covered:  $26.00

--------------------------------

--------------------------------

Claim Number: 22222222200000VAA

Provider: No Information Available

Service Start Date: 09/22/2025

Amount Charged: $1,504.80

You May be Billed: $38.84

Claim Type: Outpatient

--------------------------------
Claim Lines for Claim Number: 22222222200000VAA

--------------------------------

Line number:  1

Date of Service From:  09/22/2025

Revenue Code/Description: 0320 - General Classification DX X-RAY

Submitted Amount/Charges:  $1,000.00

Line number:  2

Date of Service From:  09/23/2025

Procedure Code/Description:  99283 - Emergency visit

Submitted Amount/Charges:  $504.80

Line number:  3

Revenue Code/Description: 0001 - Total Charges

Submitted Amount/Charges:  $1,504.80

--------------------------------
Claim Lines for Claim Number: 777777777777

--------------------------------

Claim Type: Part D

Claim Number: 777777777777

Claim Service Date: 11/17/2025

Pharmacy Name: HARBOR PHARMACY #12

Drug Code: 00093013505

Drug Name: CARVEDILOL

--------------------------------
Providers

--------------------------------

Claim Number: 99
"""
"""The form of Medicare's text download; three claims, one of them a drug without amounts."""
