"""The sample's second appeal: who gives the care, what was tried, the points and their proof."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any, Final

from app.binder import Binder
from app.domain.claim import Claim
from app.domain.person import Person
from app.operations.authorizations import add_authorization
from app.operations.checklist import mark_asked
from app.operations.claims import change_claim
from app.operations.criteria import add_point
from app.operations.diary import add_line
from app.operations.letter_papers import save_letter
from app.operations.letters import draft_letter
from app.operations.next_appeal import NextAppeal, build_next_appeal
from app.operations.papers import wanted
from app.operations.people import change_person
from app.operations.providers import add_provider
from app.operations.representatives import add_representative
from app.operations.sending_changes import add_proofs
from app.operations.treatments import add_treatment

_LINKS: Final = {
    "person": "person_id", "claim": "claim_id", "denial": "denial_id", "document": "document_id",
    "provider": "provider_id", "facility": "facility_id", "helper": "helper_id", "plan": "plan_id",
    "source": "source_document_id",
}  # fmt: skip
"""Words of the chapter that name a record by its key, and the field each fills."""

_Row = Mapping[str, Any]


class AppealChapter:
    """Plays the chapter of the second appeal, with the verbs that a person has too."""

    def __init__(self, binder: Binder, told: Mapping[str, Any], ids: Mapping[str, str]) -> None:
        """Take the chapter `told` and the ids that the keys of the story stand for."""
        self._binder = binder
        self._told = told
        self._ids = dict(ids)

    def tell(self) -> None:
        """Do all of it."""
        self._who()
        self._what_was_tried()
        self._why_it_should_be_approved()
        for row in self._told["proofs"]:
            add_proofs(self._binder, self._ids[row["sending"]], self._names(row["documents"]))
        for row in self._told["letters"]:
            self._write(row)

    def _who(self) -> None:
        binder = self._binder
        for row in self._told["addresses"]:
            person: Person = wanted(binder, "person", self._ids[row["person"]])
            change_person(binder, replace(person, address=row["address"], phone=row["phone"]))
        for row in self._told["providers"]:
            self._ids[row["key"]] = add_provider(binder, **self._fields(row, "key")).id
        for row in self._told["claims"]:
            claim: Claim = wanted(binder, "claim", self._ids[row["claim"]])
            change_claim(binder, replace(claim, **self._fields(row, "claim")))
        for row in self._told["representatives"]:
            add_representative(binder, **self._fields(row))

    def _what_was_tried(self) -> None:
        for row in self._told["treatments"]:
            add_treatment(self._binder, **self._fields(row))
        for row in self._told["diary"]:
            add_line(self._binder, **self._fields(row))
        for row in self._told["authorizations"]:
            add_authorization(self._binder, **self._fields(row))

    def _why_it_should_be_approved(self) -> None:
        for row in self._told["appeals"]:
            new = NextAppeal(**self._fields(row, "denial"), reasons=())
            build_next_appeal(self._binder, self._ids[row["denial"]], new)
        for row in self._told["points"]:
            proofs = [(self._ids[name], page) for name, page in row["proofs"]]
            add_point(self._binder, proofs=proofs, **self._fields(row, "proofs"))
        for row in self._told["asked"]:
            mark_asked(self._binder, **self._fields(row))

    def _write(self, row: _Row) -> None:
        claim_id, denial_id = self._ids[row["claim"]], self._ids[row["denial"]]
        draft = draft_letter(self._binder, claim_id, row["kind"], denial_id)
        save_letter(self._binder, claim_id, row["kind"], draft.title, draft.text, denial_id)

    def _fields(self, row: _Row, *others: str) -> dict[str, Any]:
        """Return the fields of a record as its operation takes them."""
        return dict(self._field(name, row[name]) for name in sorted(row.keys() - set(others)))

    def _field(self, name: str, value: Any) -> tuple[str, Any]:
        if name in _LINKS:
            return _LINKS[name], self._ids[value] if value else None
        is_day = name == "on" or name.endswith(("_on", "_from", "_until", "_by"))
        return name, date.fromisoformat(value) if is_day and value else value

    def _names(self, keys: list[str]) -> list[str]:
        return [self._ids[key] for key in keys]
