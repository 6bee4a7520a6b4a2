"""Who is meant by a reference in a FHIR file: names of patients, doctors, places and insurers."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final

from app.importing.fhir_json import an_object, objects, words

_NAMED: Final = frozenset(
    ("Patient", "Organization", "Practitioner", "PractitionerRole", "Location", "Coverage")
)
_MOST_NAMES: Final = 50_000
_NPI_SYSTEM: Final = "us-npi"
_DAY: Final = re.compile(r"([12]\d{3}-\d\d-\d\d)(?:T.*)?")


@dataclass(frozen=True, slots=True)
class Party:
    """A person or an organisation; `number` is an NPI or a member number."""

    name: str = ""
    number: str = ""
    born_on: date | None = None


@dataclass
class Directory:
    """The parties that a file tells of, by the addresses under which it refers to them."""

    known: dict[str, Party] = field(default_factory=dict[str, Party])

    def learn(self, resource: dict[str, Any], *addresses: str) -> None:
        """Note a party under its own address (`Patient/7`) and others; all else is passed over."""
        kind = words(resource.get("resourceType"))
        if kind not in _NAMED or len(self.known) >= _MOST_NAMES:
            return
        own = f"{kind}/{words(resource.get('id'))}"
        for address in (own, *addresses):
            if address:
                self.known[address] = _party(kind, resource)

    def party(self, reference: Any, contained: dict[str, Party]) -> Party:
        """Return who is meant: the name beside the reference first, else the one it leads to."""
        told = an_object(reference)
        address = words(told.get("reference"))
        found = contained.get(address) or self._at(address)
        name = words(told.get("display")) or found.name
        identifier = an_object(told.get("identifier"))
        number = found.number or words(identifier.get("value"))
        if not name and number and _is_npi(identifier):
            name = f"NPI {number}"
        return Party(name, number, found.born_on)

    def _at(self, address: str) -> Party:
        if address in self.known:
            return self.known[address]
        tail = "/".join(address.split("/_history/", maxsplit=1)[0].split("/")[-2:])
        return self.known.get(tail, Party())


def contained_parties(resource: dict[str, Any]) -> dict[str, Party]:
    """Return the parties that lie inside a resource, by the address used in it (`#provider`)."""
    return {
        f"#{words(inner.get('id')).lstrip('#')}": _party(words(inner.get("resourceType")), inner)
        for inner in objects(resource.get("contained"))
    }


def day(value: Any) -> date | None:
    """Read a whole day from a FHIR date or moment; a year or a month alone is none."""
    found = _DAY.fullmatch(words(value))
    try:
        return date.fromisoformat(found[1]) if found else None
    except ValueError:
        return None


def _party(kind: str, resource: dict[str, Any]) -> Party:
    number = next(
        (words(item.get("value")) for item in objects(resource.get("identifier")) if _is_npi(item)),
        words(resource.get("subscriberId")),
    )
    name = resource.get("name")
    shown = words(name) if isinstance(name, str) else _human(objects(name))
    if not shown and kind == "PractitionerRole":
        shown = words(an_object(resource.get("practitioner")).get("display"))
    return Party(shown, number, day(resource.get("birthDate")))


def _human(names: list[dict[str, Any]]) -> str:
    """Return the name in use as one says it: given names first."""
    used = [name for name in names if words(name.get("use")) in {"official", "usual", ""}]
    for name in (*used, *names):
        if text := words(name.get("text")):
            return text
        given = name.get("given")
        parts = [words(part) for part in (given if isinstance(given, list) else [given])]  # pyright: ignore[reportUnknownVariableType]
        if said := " ".join(part for part in (*parts, words(name.get("family"))) if part):
            return said
    return ""


def _is_npi(identifier: dict[str, Any]) -> bool:
    codes = {
        words(code.get("code")) for code in objects(an_object(identifier.get("type")).get("coding"))
    }
    return _NPI_SYSTEM in words(identifier.get("system")) or "npi" in codes
