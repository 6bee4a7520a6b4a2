"""Doctors, facilities, pharmacies and labs: who gave the care, and where."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

KINDS: Final = ("doctor", "facility", "pharmacy", "lab", "other")
SETTINGS: Final = (
    "", "hospital", "outpatient_infusion", "clinic", "office", "wellness_center", "home", "other",
)  # fmt: skip
"""Where the care happens: for many plans it decides what they pay."""

NETWORKS: Final = ("", "in", "out")
"""Whether the provider has a contract with the plan; empty means not known."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Provider:
    """One doctor or place. `npi` has ten digits with a check digit (45 CFR 162.406).

    `accreditation` names who accredits it (ACHC, AAAHC …) and `accredited_until` how long that
    holds; `compounding` is “503A” or “503B” for a pharmacy that makes drugs itself.
    """

    id: str
    name: str
    kind: str = "doctor"
    setting: str = ""
    network: str = ""
    npi: str = ""
    specialty: str = ""
    credentials: str = ""
    license: str = ""
    accreditation: str = ""
    accredited_until: date | None = None
    compounding: str = ""
    address: str = ""
    phone: str = ""
    fax: str = ""
    note: str = ""
    author_id: str | None = None
    added_at: datetime
    trashed_at: datetime | None = None
