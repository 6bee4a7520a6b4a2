"""Importing electronic explanations of benefits: the file as a paper, its lines into the ledger.

Why an explanation counts as known, as new or as a newer version of a known one, and how its
amounts are split over its lines: `docs/decisions/0006-electronic-eobs.md`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Final

from app.binder import Binder
from app.domain.document import Document, Part
from app.domain.eob import EobLine
from app.domain.errors import UserError
from app.domain.expense import Expense
from app.domain.money import Money
from app.domain.person import Person
from app.importing.benefits import Benefit, BenefitLine, RefusedRow
from app.importing.eob_reader import EobFile, read_eobs
from app.importing.eob_shares import Share, shares_of
from app.jobs import Progress
from app.operations.eob_keeping import EobVersions, Reference, reference_to
from app.operations.eob_kin import in_order
from app.operations.eob_parts import LedgerParts, noted
from app.operations.holding import (
    Held,
    TakenIn,
    clean_name,
    hold,
    regular_file,
    why_unreadable,
)
from app.operations.ids import new_id
from app.operations.intake import twin_of
from app.operations.true_up import settle_true_ups
from app.storage.queries.records import record
from app.storage.unit_of_work import UnitOfWork
from app.workers import WorkerPool

_SOURCE: Final = "eob"
_CHANGED: Final = (
    "This file changed while it was read. Wait until its download has ended, and import it again."
)
_STILL_IN_LEDGER: Final = (
    " The ledger still has lines of an earlier version; look at them, and remove what is not owed."
)
_NOW: Final = "A newer version of this explanation says that you owe {amount}."
_TAKEN_BACK: Final = "The plan took this explanation back."
_GONE: Final = "A newer version of this explanation has no such line."


@dataclass(frozen=True, slots=True)
class ImportedEobs:
    """What became of a file: explanations added, those here before, and rows that were refused.

    `updated` of the added ones are newer versions of explanations that were here before.
    """

    document_id: str
    added: int
    duplicates: int
    updated: int
    refused: tuple[RefusedRow, ...]
    notes: tuple[str, ...]


def import_eobs(
    binder: Binder,
    workers: WorkerPool,
    path: Path,
    progress: Progress,
    *,
    claim_id: str | None = None,
) -> ImportedEobs:
    """Keep a file of explanations of benefits as a paper, and put each service into the ledger.

    Each service line becomes one unpaid row; what nobody owes anything by (an authorization, a
    cancelled explanation) makes none and is named in `refused`.

    Raises:
        UserError: the file or the claim is not there, or it is no such file.
        Cancelled: the person asked to stop; nothing was kept.
    """
    if claim_id and binder.ask(record, "claim", claim_id) is None:
        raise UserError(f"There is no claim “{claim_id}” in this binder.")
    _refuse_odd(path)
    told = read_eobs(workers, path, progress)
    held = hold(binder, path)
    if isinstance(held, TakenIn):
        raise UserError(held.reason or _CHANGED)
    if held.stored.sha256 != told.sha256:
        raise UserError(_CHANGED)
    binder.vault.sync()
    with binder.operation("Import explanations of benefits") as work:
        document = _paper(binder, work, held, told, claim_id)
        ledger = _Ledger(binder, work, document, claim_id)
        for benefit in in_order(told.benefits):
            ledger.take(benefit)
        ledger.keep()
        settle_true_ups(binder, work)
    refused = sorted((*told.refused, *ledger.refused), key=lambda each: each.row)
    return ImportedEobs(
        document.id, ledger.added, ledger.duplicates, ledger.updated, tuple(refused), told.notes
    )


def _refuse_odd(path: Path) -> None:
    """Refuse what is no plain file before a worker waits for it."""
    try:
        with regular_file(path):
            return
    except OSError as error:
        raise UserError(why_unreadable(error)) from error


def _paper(
    binder: Binder, work: UnitOfWork, held: Held, told: EobFile, claim_id: str | None
) -> Document:
    """Keep the file as a paper; one of exactly these bytes serves if it is here already."""
    is_bill = not told.benefits or any(not each.is_authorization for each in told.benefits)
    kind = "eob" if is_bill else "approval"
    if twin := twin_of(work, held.stored.sha256):
        filed = replace(twin, kind=twin.kind or kind, claim_id=twin.claim_id or claim_id)
        return work.documents.save(filed)
    name = clean_name(Path(held.path).name)
    stored = held.stored
    document = Document(
        id=new_id(), name=name, kind=kind, claim_id=claim_id, author_id=binder.author_id,
        added_at=binder.now(),
    )  # fmt: skip
    part = Part(
        id=new_id(), document_id=document.id, position=0, sha256=stored.sha256, name=name,
        media_type=told.media_type, size=stored.size,
    )  # fmt: skip
    work.derived.register(stored.sha256, stored.size, told.media_type, binder.now())
    work.documents.add(document)
    work.parts.add(part)
    return document


@dataclass
class _Ledger:
    """The ledger while a file is taken in."""

    binder: Binder
    work: UnitOfWork
    document: Document
    claim_id: str | None
    new: dict[str, Expense] = field(default_factory=dict[str, Expense])
    refused: list[RefusedRow] = field(default_factory=list[RefusedRow])
    added: int = 0
    duplicates: int = 0
    updated: int = 0

    def __post_init__(self) -> None:
        people = self.work.people.where()
        self._people = _by_name(people)
        self._by_id = {person.id: person for person in people}
        self._versions = EobVersions(self.binder, self.work, self.document, self.claim_id)
        self._known: dict[str, dict[str, tuple[Reference, Expense]]] = {}
        rows = [row for row in self.work.expenses.where(source=_SOURCE) if row.trashed_at is None]
        self._parts = LedgerParts(self.work, rows)
        for row in rows:
            reference = Reference.parse(row.reference)
            if reference:
                self._known.setdefault(reference.key, {})[reference.line] = (reference, row)

    def take(self, benefit: Benefit) -> None:
        """Put the lines of one explanation into the ledger, unless they are there."""
        benefit = self._versions.named(benefit, self._person(benefit))
        known = self._known.get(benefit.key, {})
        if benefit.stopped:
            more = _STILL_IN_LEDGER if known and not benefit.is_authorization else ""
            self.refused.append(RefusedRow(benefit.row, benefit.stopped + more))
        elif not known:
            self.added += 1
            self._add(self._rows(benefit))
        elif self._is_here(benefit, [reference for reference, _ in known.values()]):
            self.duplicates += 1
            self._tie(benefit, known)
        else:
            self.added += 1
            self.updated += 1
            if benefit.is_reversal and self._versions.is_of_older(benefit):
                self._versions.keep_older(benefit, self._person(benefit))
            else:
                self._update(known, self._rows(benefit))

    def keep(self) -> None:
        """Write what is new."""
        self._versions.keep()
        self.work.expenses.add_all(list(self.new.values()))

    def _is_here(self, benefit: Benefit, known: Sequence[Reference]) -> bool:
        """Say whether it tells nothing new: the same lines and amounts, or an older version."""
        newest = max(reference.version for reference in known)
        if any(reference.print == benefit.print for reference in known):
            return True
        if benefit.version == newest:
            return self._versions.has_print(benefit)
        return bool(benefit.version and newest and benefit.version < newest)

    def _tie(self, benefit: Benefit, known: dict[str, tuple[Reference, Expense]]) -> None:
        """Give rows that are older than the records of explanations the record of theirs.

        Where there are records, a version older than all of them is kept as one more.
        """
        loose = {
            line: (reference, row)
            for line, (reference, row) in known.items()
            if row.eob_line_id is None and reference.print == benefit.print
        }
        if not loose or self._versions.has(benefit.key):
            self._versions.keep_older(benefit, self._person(benefit))
            return
        person = next((row.person_id for _, row in loose.values()), None)
        record = self._versions.add(benefit, person)
        for at, line in enumerate(record.lines, start=1):
            if found := loose.get(str(at)):
                reference, row = found
                tied = self._save(row, replace(row, eob_line_id=line.id))
                known[str(at)] = (reference, tied)

    def _add(self, rows: Iterable[tuple[Reference, Expense]]) -> None:
        for reference, row in rows:
            self.new[row.id] = row
            self._known.setdefault(reference.key, {})[reference.line] = (reference, row)

    def _update(
        self,
        known: dict[str, tuple[Reference, Expense]],
        rows: Sequence[tuple[Reference, Expense]],
    ) -> None:
        """Bring unpaid rows to what the newer version says; paid ones stay, with a remark."""
        fresh = {reference.line: (reference, row) for reference, row in rows}
        for line, (_, old) in list(known.items()):
            if line not in fresh:
                self._drop(old)
                del known[line]
                continue
            reference, row = fresh.pop(line)
            kept = self._save(old, self._brought_up(old, row))
            known[line] = (reference, kept)
        self._add(fresh.values())

    def _brought_up(self, old: Expense, row: Expense) -> Expense:
        """Return an older row as the newer version has it; what was paid stays as it was paid."""
        if old.paid_on is not None:
            return replace(
                old,
                reference=row.reference,
                note=noted(_NOW.format(amount=row.amount), old.note),
            )
        amount, note = self._parts.left(old, row, self.binder.now())
        return replace(
            old, served_on=row.served_on, provider=row.provider, amount=amount, note=note,
            document_id=row.document_id, reference=row.reference, eob_line_id=row.eob_line_id,
            person_id=old.person_id or row.person_id, claim_id=old.claim_id or row.claim_id,
        )  # fmt: skip

    def _drop(self, old: Expense) -> None:
        if old.paid_on is None:
            self._save(old, replace(old, trashed_at=self.binder.now()))
        else:
            self._save(old, replace(old, note=noted(_GONE, old.note)))

    def _save(self, old: Expense, row: Expense) -> Expense:
        """Replace a row, also one that this very file brought and that is not written yet."""
        if old.id not in self.new:
            return self.work.expenses.save(row)
        if row.trashed_at is None:
            self.new[old.id] = row
        else:
            del self.new[old.id]
        return row

    def _rows(self, benefit: Benefit) -> list[tuple[Reference, Expense]]:
        person = self._person(benefit)
        record = self._versions.add(benefit, person)
        lines = benefit.lines or (BenefitLine(),)
        shares: Sequence[Share] = shares_of(benefit)
        if benefit.is_reversal and benefit.key in self._known:
            shares = [Share(Money(), _TAKEN_BACK)] * len(lines)
        parts = zip(lines, shares, record.lines, strict=True)
        return [self._row(benefit, line, share, kept, person) for line, share, kept in parts]

    def _row(
        self,
        benefit: Benefit,
        line: BenefitLine,
        share: Share,
        kept: EobLine,
        person: str | None,
    ) -> tuple[Reference, Expense]:
        reference = reference_to(benefit, str(kept.position))
        expense = Expense(
            id=new_id(),
            served_on=line.served_on or benefit.period_start,
            provider=benefit.provider,
            person_id=person,
            amount=share.owed,
            claim_id=self.claim_id,
            document_id=self.document.id,
            source=_SOURCE,
            note=_note(benefit, line, share, self._by_id.get(person or "")),
            reference=str(reference),
            eob_line_id=kept.id,
            author_id=self.binder.author_id,
            added_at=self.binder.now(),
        )
        return reference, expense

    def _person(self, benefit: Benefit) -> str | None:
        """Return the one person of the binder who has exactly this name, if there is one."""
        found = self._people.get(_plain_name(benefit.patient), ())
        if len(found) != 1:
            return None
        born = found[0].born_on
        return None if born and benefit.born_on and born != benefit.born_on else found[0].id


def _note(benefit: Benefit, line: BenefitLine, share: Share, person: Person | None) -> str:
    """Return what a person wants to know of a row, in a few sentences."""
    number = f"Claim {benefit.claim_number}" if benefit.claim_number else "A claim without a number"
    where = f", line {line.number}" if line.number else ""
    what = ", ".join((*line.codes[:6], *([line.service] if line.service else [])))
    reasons = ", ".join((*line.reasons, *benefit.reasons)[:8])
    said = (
        f"{number}{where}{f': {what}' if what else ''}.",
        f"Reason codes: {reasons}." if reasons else "",
        "" if person or not benefit.patient else f"Patient: {benefit.patient}.",
        _before_birth(line.served_on or benefit.period_start, person),
        share.note,
    )
    return noted(*said)


def _before_birth(served: date | None, person: Person | None) -> str:
    if person is None or person.born_on is None or served is None or served >= person.born_on:
        return ""
    return f"The care was before {person.name} was born. Check the two days, or whom it was for."


def _by_name(people: Iterable[Person]) -> dict[str, tuple[Person, ...]]:
    found: dict[str, tuple[Person, ...]] = {}
    for person in people:
        name = _plain_name(person.name)
        found[name] = (*found.get(name, ()), person)
    return found


def _plain_name(name: str) -> str:
    """Return a name as it may be compared: “DELGADO, ROSA” is “Rosa Delgado”."""
    family, comma, given = name.partition(",")
    turned = f"{given} {family}" if comma else name
    return " ".join(turned.casefold().split())
