"""The versions of explanations of benefits while a file is taken in: which one follows which."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Final

from app.binder import Binder
from app.domain.document import Document
from app.domain.eob import Eob, EobLine
from app.domain.matters import provider_key
from app.importing.benefits import Benefit
from app.operations.eob_kin import EobKin
from app.operations.eob_records import EobRecord, record_of_benefit
from app.operations.ids import new_id
from app.storage.unit_of_work import UnitOfWork

_SOURCE: Final = "eob"
_WHOLE: Final = "eob"  # stands where rows of the ledger have the number of their line


@dataclass(frozen=True, slots=True)
class Reference:
    """From which line of which version of which explanation a row of the ledger comes."""

    line: str
    print: str
    version: str
    key: str

    def __str__(self) -> str:
        return f"{self.line}#{self.print}#{self.version}#{self.key}"

    @classmethod
    def parse(cls, text: str) -> Reference | None:
        """Return what `str` gave, or None for a reference of another kind."""
        parts = text.split("#", 3)
        return cls(*parts) if len(parts) == 4 else None


def reference_to(benefit: Benefit, line: str) -> Reference:
    """Return the reference of one line of an explanation as a file tells it."""
    return Reference(line, benefit.print, benefit.version.replace("#", ""), benefit.key)


def _by_version(eob: Eob) -> tuple[str, date, datetime]:
    """Order versions as the plan made them: one that came in late is not the newest."""
    reference = Reference.parse(eob.reference)
    made = reference.version if reference else ""
    return made, eob.processed_on or date.min, eob.added_at


class EobVersions:
    """Keeps a record of each version of each explanation, all of a file at once."""

    def __init__(
        self, binder: Binder, work: UnitOfWork, document: Document, claim_id: str | None
    ) -> None:
        self._binder, self._work, self._document = binder, work, document
        claim = work.claims.find(claim_id)
        self._claim_id, self._plan_id = claim_id, claim.plan_id if claim else None
        self._eobs: list[Eob] = []
        self._lines: dict[str, tuple[EobLine, ...]] = {}
        self._kin = EobKin(self._lines_of)
        self._newest: dict[str, Eob] = {}
        self._prints: set[tuple[str, str]] = set()
        self._typed: defaultdict[str, list[Eob]] = defaultdict(list)
        for eob in sorted(work.eobs.where(trashed_at=None), key=_by_version):
            reference = Reference.parse(eob.reference)
            if reference:
                self._newest[reference.key] = eob
                self._kin.add(reference.key, eob)
                self._prints.add((reference.key, reference.print))
            elif eob.number:
                self._typed[eob.number.casefold()].append(eob)
        self._providers: defaultdict[str, set[str]] = defaultdict(set)
        for provider in work.providers.where(trashed_at=None):
            self._providers[provider_key(provider.name)].add(provider.id)

    def has(self, key: str) -> bool:
        """Say whether any version of an explanation is kept."""
        return key in self._newest

    def named(self, benefit: Benefit, person_id: str | None) -> Benefit:
        """Return a version under the name of the explanation that it is one of."""
        return replace(benefit, key=self._kin.key_of(benefit, person_id))

    def is_of_older(self, benefit: Benefit) -> bool:
        """Say whether a reversal takes back a version before the one in force."""
        newest = self._newest.get(benefit.key)
        return newest is not None and self._kin.takes_back_older(benefit, newest)

    def has_print(self, benefit: Benefit) -> bool:
        """Say whether a version with the same lines and amounts is kept."""
        return (benefit.key, benefit.print) in self._prints

    def keep_older(self, benefit: Benefit, person_id: str | None) -> None:
        """Keep a version that is older than the one in force, unless it is kept already."""
        newest = self._newest.get(benefit.key)
        if newest and not self.has_print(benefit):
            self.add(benefit, person_id)
            self._newest[benefit.key] = newest

    def add(self, benefit: Benefit, person_id: str | None) -> EobRecord:
        """Return the record of a version; it follows the one that is kept, if there is one."""
        before = self._newest.get(benefit.key) or self._by_number(benefit)
        providers = self._providers[provider_key(benefit.provider)]
        blank = Eob(
            id=new_id(),
            claim_id=self._claim_id or (before.claim_id if before else None),
            plan_id=self._plan_id or (before.plan_id if before else None),
            person_id=person_id,
            provider_id=next(iter(providers)) if len(providers) == 1 else None,
            reference=str(reference_to(benefit, _WHOLE)),
            follows_id=before.id if before else None,
            document_id=self._document.id,
            source=_SOURCE,
            author_id=self._binder.author_id,
            added_at=self._binder.now(),
        )
        record = record_of_benefit(benefit, blank)
        self._eobs.append(record.eob)
        self._lines[record.eob.id] = record.lines
        self._newest[benefit.key] = record.eob
        self._kin.add(benefit.key, record.eob)
        self._prints.add((benefit.key, benefit.print))
        return record

    def keep(self) -> None:
        """Write all versions that were added."""
        self._work.eobs.add_all(self._eobs)
        self._work.eob_lines.add_all([line for lines in self._lines.values() for line in lines])

    def _lines_of(self, eob: Eob) -> tuple[EobLine, ...]:
        if eob.id in self._lines:
            return self._lines[eob.id]
        kept = self._work.eob_lines.where(eob_id=eob.id)
        return tuple(sorted(kept, key=lambda line: line.position))

    def _by_number(self, benefit: Benefit) -> Eob | None:
        """Return what a person entered from paper under the same number of the plan."""
        typed = self._typed.get(benefit.claim_number.casefold(), [])
        return typed[-1] if benefit.claim_number and len(typed) == 1 else None
