"""How a line of the ledger is shown: its columns, and the words and signs for how it stands."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from app.domain.money import Money
from app.domain.packet import BILL, EOB, LETTER, PAYMENT, TRAVEL, packet_of
from app.domain.standing import Standing
from app.storage.queries.ledger import LedgerRow
from ui.models.rows import RIGHT, Column
from ui.names import METHODS, word_for
from ui.style import Tone
from ui.wording import short_date, tr

SORTS: Final = ("served", "paid", "provider", "what", "patient", "method", "", "amount", "standing")
"""By what each column sorts, as `ledger_ids` calls it, or `standing`, which no table knows: what an
HSA may pay. Empty for those that do not."""

SPARE: Final = (5, 0, 4, 6, 3)
"""Columns that are hidden where there is no room, the first one first: how, served, for, papers,
what."""

PAPERS: Final[Mapping[str, str]] = {
    "E": "explanation of benefits",
    "B": "bill or itemized receipt",
    "P": "proof of payment",
    "L": "letter of medical necessity",
    "T": "travel log",
}
_NO: Final[Mapping[int, str]] = {
    1: "not for care",
    2: "the person",
    3: "before the HSA",
    4: "others paid",
    5: "deducted",
    6: "not paid yet",
}
"""Why a cent is not claimable, by the number of the test that fails."""
_SIGNS: Final[tuple[tuple[Callable[[Standing], Money], str, str, Tone], ...]] = (
    (lambda standing: standing.over, "{amount} too much", "warning", "danger"),
    (lambda standing: standing.claimable, "{amount}", "check", "good"),
    (lambda standing: standing.needs_attention, "check {amount}", "help", "warning"),
    (lambda standing: standing.reimbursed, "paid {amount}", "check-circle", "muted"),
)
"""The first amount above zero is what a line says of itself."""


def ledger_columns(
    labels: Callable[[], Mapping[str, str]], standing_of: Callable[[str], Standing | None]
) -> tuple[Column[LedgerRow], ...]:
    """Return the columns; `labels` gives the words for categories, `standing_of` a line's state."""

    def what(row: LedgerRow) -> str:
        named = word_for(labels(), row.category)
        return ": ".join(word for word in (named, row.what) if word)

    def may(row: LedgerRow) -> tuple[str, str, Tone]:
        return may_pay(row, standing_of(row.id))

    return (
        Column("Served", lambda row: short_date(row.served_on), width=12),
        Column(
            "Paid on",
            _paid,
            width=13,
            tone=lambda row: "ink" if row.paid_on else "warning",
        ),
        Column("To", lambda row: row.provider),
        Column("What", what, tip=what),
        Column("For", lambda row: row.patient or "", width=11),
        Column("How", lambda row: word_for(METHODS, row.method).split(" (")[0], width=8),
        Column(
            "Papers",
            lambda row: " ".join(packet(row)) or tr("none"),
            tone=lambda row: "ink" if packet(row) else "muted",
            tip=papers_words,
            spoken=papers_words,
            width=6,
        ),
        Column("Amount", lambda row: str(row.amount), align=RIGHT, width=9),
        Column(
            "HSA may pay",
            lambda row: may(row)[0],
            icon=lambda row: may(row)[1],
            tone=lambda row: may(row)[2],
            tip=lambda row: in_full(row, standing_of(row.id)),
            spoken=lambda row: in_full(row, standing_of(row.id)),
            width=15,
        ),
    )


def packet(row: LedgerRow) -> str:
    """Return the letters of the papers that stand behind a line."""
    ties = {
        EOB: row.eob_id, BILL: row.bill_id, PAYMENT: row.proof_id, LETTER: row.necessity_id,
        TRAVEL: row.has_travel,
    }  # fmt: skip
    kind = (row.document_kind or "") if row.document_id else None
    return packet_of(kind, (letter for letter, tie in ties.items() if tie))


def papers_words(row: LedgerRow) -> str:
    """Say in words which papers stand behind a line."""
    there = [tr(PAPERS[letter]) for letter in packet(row)]
    return tr("Here: {papers}", papers=", ".join(there)) if there else tr("No paper yet")


def may_pay(row: LedgerRow, standing: Standing | None) -> tuple[str, str, Tone]:
    """Return in words what an HSA may pay of a line, with an icon and a tone.

    Without a standing nobody knows yet: it is being worked out.
    """
    if row.paid_on is None or standing is None:
        return ("…", "", "muted") if row.paid_on else (tr("once it is paid"), "clock", "muted")
    for amount, words, icon, tone in _SIGNS:
        if (cents := amount(standing)) > Money():
            return tr(words, amount=str(cents)), icon, tone
    failed = standing.failed[0].number if standing.failed else 0
    reason = tr(_NO[failed]) if failed in _NO else tr("over a limit")
    return tr("no: {reason}", reason=reason), "stop", "muted"


def in_full(row: LedgerRow, standing: Standing | None) -> str:
    """Say as a sentence what an HSA may pay of a line, for the ear and under the pointer."""
    if row.paid_on is None:
        return tr("Not paid yet: an HSA may pay it once it is paid.")
    if standing is None:
        return tr("This is being worked out.")
    parts = [
        tr(words, amount=str(amount))
        for words, amount in (
            ("{amount}: the HSA may pay it.", standing.claimable),
            ("{amount}: to be looked at first.", standing.needs_attention),
            ("{amount}: the HSA has paid it.", standing.reimbursed),
            ("{amount}: not for the HSA.", standing.not_claimable),
            ("{amount} of what the HSA paid should not have come from it.", standing.over),
        )
        if amount > Money()
    ]
    return " ".join(parts)


def _paid(row: LedgerRow) -> str:
    if row.paid_on:
        return short_date(row.paid_on)
    return tr("by {day}", day=short_date(row.due_on)) if row.due_on else tr("not paid yet")
