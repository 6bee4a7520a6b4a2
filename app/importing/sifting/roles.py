"""Which role a label gives to the name after it, if such a name can have it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from app.importing.sifting.labelled import Label
from app.importing.sifting.names import Name, has_words, is_known_insurer

_LEAST_LETTERS: Final = 3  # of an insurer's name


@dataclass(frozen=True, slots=True)
class _Said:
    """A name after a label; `marked` if a colon or the border of a cell is between them."""

    label: Label
    name: Name
    marked: bool
    colon: bool


def role_of(label: Label, name: Name, *, marked: bool, colon: bool = False) -> str | None:
    """Return the role that a label gives to a name; None if the name cannot have it."""
    return _JUDGES[label.name](_Said(label, name, marked, colon))


def pays(name: Name) -> bool:
    """Say whether a name is that of an insurer, or one who pays for it."""
    if name.is_agency or name.is_title:
        return False
    if has_words(name.value, "provider_words") and not name.is_insurer:
        return False
    return name.is_insurer or has_words(name.value, "insurer_words")


def is_private(name: Name) -> bool:
    """Say whether a name is that of a person who is no doctor."""
    if name.has_credentials or name.is_doctor:
        return False
    return name.is_person and not is_known_insurer(name.value)


def _provider(said: _Said) -> str | None:
    label, name = said.label, said.name
    if name.is_agency or not name.words:
        return None
    treats = name.is_titled or name.has_credentials or has_words(name.value, "provider_words")
    treats = treats or (name.is_company and not pays(name))
    several = len(name.words) > 1
    if said.marked and label.pattern != "provider-in-words":
        return label.name if treats or several else None
    plausible = not label.bare and not pays(name) and several
    return label.name if treats or plausible else None


def _doer(said: _Said) -> str | None:
    """Take for the provider whom “by” or “at” names, where the name itself says that it treats."""
    name = said.name
    treats = has_words(name.value, "provider_words") or name.has_credentials or name.is_doctor
    if name.is_agency or (said.marked and pays(name)):
        return None
    return "provider" if treats and len(name.words) > 1 else None


def _place(said: _Said) -> str | None:
    """Take the place where care was given for the provider, whatever its name."""
    name = said.name
    if said.marked or pays(name) or name.is_agency or name.is_title or len(name.words) < 2:
        return None
    return "provider" if not has_words(name.value, "no_care_place") else None


def _pharmacy(said: _Said) -> str | None:
    name = said.name
    dispenses = has_words(name.value, "provider_words") and not name.is_agency
    return "provider" if dispenses and not pays(name) and len(name.words) > 1 else None


def _patient(said: _Said) -> str | None:
    name = said.name
    if said.marked and said.label.name in {"patient", "member"} and name.is_initialed:
        return said.label.name
    if not is_private(name) or (said.label.name in {"dear", "sent_to"} and len(name.words) < 2):
        return None
    return said.label.name


def _payee(said: _Said) -> str | None:
    treats = has_words(said.name.value, "provider_words") and not pays(said.name)
    return "provider" if treats and len(said.name.words) > 1 else _patient(said)


def _insurer(said: _Said) -> str | None:
    name, pattern = said.name, said.label.pattern
    if name.has_credentials or name.is_titled or name.is_title:
        return None
    alone = len(name.words) < 2 and not pays(name)  # a heading of a table, such as “Deductible”
    if alone and not said.colon:
        return None
    if said.marked and pattern == "insurer-label":
        return "insurer" if len(name.key) >= _LEAST_LETTERS else None
    if said.marked and pattern == "insurer-alone":
        short = len(name.key) < _LEAST_LETTERS
        return None if short or (name.is_person and not pays(name)) else "insurer"
    return "insurer" if pays(name) else None


def _plan(said: _Said) -> str | None:
    return "insurer" if said.name.is_insurer and not said.name.is_title else None


def _administrator(said: _Said) -> str | None:
    name = said.name
    return "administrator" if pays(name) or has_words(name.value, "company_words") else None


def _behalf(said: _Said) -> str | None:
    return "insurer" if pays(said.name) else _patient(said)


_JUDGES: Final[dict[str, Callable[[_Said], str | None]]] = {
    "provider": _provider,
    "by": _doer,
    "place": _place,
    "pharmacy": _pharmacy,
    "facility": _provider,
    "patient": _patient,
    "member": _patient,
    "name": _patient,
    "dear": _patient,
    "sent_to": _patient,
    "supposed": _patient,
    "payee": _payee,
    "billed": _patient,
    "behalf": _behalf,
    "insurer": _insurer,
    "plan": _plan,
    "administrator": _administrator,
}
