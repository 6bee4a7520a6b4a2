"""The words for what an HSA account knows: kinds of withdrawals, givers, forms, dependents."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from app.domain.hsa_account import HsaAccount
from ui.wording import tr

WITHDRAWAL_KINDS: Final[Mapping[str, str]] = {
    "normal": "For expenses",
    "rollover": "Went to another HSA (rollover)",
    "excess": "Excess contributions taken back",
}
CONTRIBUTORS: Final[Mapping[str, str]] = {
    "self": "Me",
    "employer": "My employer",
    "rollover": "Another HSA (rollover)",
}
FORMS: Final[Mapping[str, str]] = {
    "1099-SA": "1099-SA: what came out",
    "5498-SA": "5498-SA: what went in",
}
CODES: Final[Mapping[str, str]] = {
    "1": "1 · normal",
    "2": "2 · excess contributions",
    "3": "3 · disability",
    "4": "4 · death",
    "5": "5 · prohibited transaction",
    "6": "6 · death, to someone other than the spouse",
}
DEPENDENT: Final[Mapping[str, str]] = {
    "claimed": "Yes, claimed on the return",
    "could_be_claimed": "Could have been, but for income, a joint return or another's claim",
    "not": "No",
}
LIMITS: Final[Mapping[str, str]] = {
    "self_only": "Coverage for one person",
    "family": "Family coverage",
    "catch_up_55": "More from age 55 on",
}


def account_words(account: HsaAccount | None) -> str:
    """Return what people call an account: its name or custodian, and the end of its number."""
    if account is None:
        return tr("HSA not known")
    name = account.name or account.custodian or tr("HSA")
    return tr("{name}, ends in {end}", name=name, end=account.last4) if account.last4 else name
