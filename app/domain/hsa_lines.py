"""The lines of the ledger of an HSA summary, each with its figures, its payers and its papers."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from typing import Final

from app.domain.hsa_plan import LETTERS, Backing, HsaPart, LedgerLine, total
from app.domain.hsa_source import HsaSource
from app.domain.line_facts import LineFacts
from app.domain.money import Money
from app.domain.packet import packet_of
from app.domain.required_papers import missing_letters
from app.domain.standing import Standing
from app.domain.summary_choice import SummaryChoice

_HSA_CARD: Final = "HSA card"

Pair = tuple[LineFacts, Standing]


class Ledger:
    """Chooses and makes the lines of one summary.

    It remembers which services of explanations stand in the ledger already: their figures are
    printed once.
    """

    def __init__(self, source: HsaSource, choice: SummaryChoice) -> None:
        self._source = source
        self._choice = choice
        self._seen: dict[str, int] = {}
        flags: dict[str, dict[str, None]] = defaultdict(dict)
        for finding in source.findings:
            if finding.expense:
                flags[finding.expense][finding.id] = None
        self._flags = {key: tuple(ids) for key, ids in flags.items()}

    def lines(self) -> tuple[tuple[LedgerLine, ...], tuple[LedgerLine, ...]]:
        """Return the lines paid on other days of which an HSA paid in these days; those paid then.

        Each in order of the day they were paid, numbered through from 1.
        """
        elsewhere, inside = self._chosen()
        numbered = [
            self._line(number, facts, standing)
            for number, (facts, standing) in enumerate([*elsewhere, *inside], start=1)
        ]
        return tuple(numbered[: len(elsewhere)]), tuple(numbered[len(elsewhere) :])

    def _chosen(self) -> tuple[list[Pair], list[Pair]]:
        money, choice = self._source.money, self._choice
        elsewhere: list[Pair] = []
        inside: list[Pair] = []
        for expense in money.expenses:
            standing = money.standings()[expense.id]
            is_inside = choice.has(expense.paid_on)
            if expense.paid_on is None or not (is_inside or standing.reimbursed > Money()):
                continue
            facts = money.facts(expense.id)
            if not self._is_asked(facts):
                continue
            if is_inside:
                inside.append((facts, standing))
            elif any(part.in_period for part in self._parts(facts, standing)):
                elsewhere.append((facts, standing))
        return elsewhere, inside

    def _is_asked(self, facts: LineFacts) -> bool:
        choice = self._choice
        patient = facts.patient.id if facts.patient else None
        payers = {each.withdrawal_id for each in facts.allocations if each.payer == "hsa"}
        return (
            choice.person_id in {None, patient}
            and choice.claim_id in {None, facts.expense.claim_id}
            and choice.withdrawal_id in {None, *payers}
        )

    def _parts(self, facts: LineFacts, standing: Standing) -> tuple[HsaPart, ...]:
        """Return what an HSA paid of a line; the parts add up to what is reimbursed of it."""
        parts: list[HsaPart] = []
        for each in facts.allocations:
            if each.payer != "hsa":
                continue
            paid_out = self._source.money.withdrawal_by_id.get(each.withdrawal_id or "")
            on = paid_out.on if paid_out else each.on
            reference = paid_out.reference if paid_out else ""
            parts.append(self._part(each.amount, on, reference, each.withdrawal_id))
        rest = standing.reimbursed - total(part.amount for part in parts)
        if rest > Money():
            parts.append(self._part(rest, facts.expense.paid_on, _HSA_CARD, None))
        return tuple(parts)

    def _part(
        self, amount: Money, on: date | None, reference: str, withdrawal_id: str | None
    ) -> HsaPart:
        return HsaPart(
            amount=amount,
            on=on,
            reference=reference,
            withdrawal_id=withdrawal_id,
            in_period=self._choice.has(on),
        )

    def _line(self, number: int, facts: LineFacts, standing: Standing) -> LedgerLine:
        source, expense = self._source, facts.expense
        provider = source.providers.get(expense.provider_id or "")
        service = source.eob_lines.get(expense.eob_line_id or "")
        category = source.money.rules.category(expense.category)
        eob_at = self._seen.setdefault(service.id, number) if service else number
        papers = tuple(self._papers(facts))
        return LedgerLine(
            number=number,
            standing=standing,
            patient=facts.patient.name if facts.patient else "",
            provider=expense.provider or (provider.name if provider else ""),
            address=provider.address if provider else "",
            what=expense.what or (service.service if service else ""),
            code=service.code if service else "",
            category=category.label if category else expense.category,
            claim=source.claims.get(expense.claim_id or "", ""),
            eob=service.amounts if service and eob_at == number else None,
            eob_at=eob_at if eob_at != number else None,
            parts=self._parts(facts, standing),
            papers=papers,
            letter=facts.letter,
            is_complete=not missing_letters(category, "".join(each.letters for each in papers)),
            flags=self._flags.get(expense.id, ()),
        )

    def _papers(self, facts: LineFacts) -> Iterator[Backing]:
        """Yield the papers behind a line that are there, each once, in the order of letters."""
        order = {letter: place for place, letter in enumerate(LETTERS)}
        shown: dict[str, set[str]] = {}
        for letters, document_id in self._behind(facts):
            if document_id in self._source.papers:
                shown.setdefault(document_id, set()).update(letters)
        behind = [
            Backing("".join(sorted(letters, key=order.__getitem__)), key)
            for key, letters in shown.items()
        ]
        yield from sorted(behind, key=lambda each: order[each.letters[0]])

    def _behind(self, facts: LineFacts) -> Iterator[tuple[str, str]]:
        source, expense = self._source, facts.expense
        service = source.eob_lines.get(expense.eob_line_id or "")
        eob = source.eobs.get(service.eob_id) if service else None
        bill = source.bills.get(expense.bill_id or "")
        receipt = source.exhibit_paper(expense.document_id)
        shows = packet_of(receipt.kind, ()) if receipt else ""
        kept = (
            (shows, expense.document_id),
            ("E", eob.document_id if eob else None),
            ("B", bill.document_id if bill else None),
            ("P", expense.proof_id),
            ("L", facts.letter.document_id if facts.letter else None),
            ("T", facts.trip.document_id if facts.trip else None),
            ("T", facts.stay.document_id if facts.stay else None),
            *(("R", each.document_id) for each in facts.refunds),
        )
        yield from ((letters, key) for letters, key in kept if key)
