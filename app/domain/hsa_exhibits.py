"""The papers behind an HSA summary, numbered in the order in which the ledger needs them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from app.domain.hsa_plan import HsaExhibit, LedgerLine, WithdrawalFacts
from app.domain.hsa_source import HsaSource
from app.domain.summary_choice import SummaryChoice


class _Shown:
    """What one paper stands behind."""

    def __init__(self) -> None:
        self.letters: dict[str, None] = {}
        self.lines: list[LedgerLine] = []
        self.about: dict[str, None] = {}


def exhibits_of(
    source: HsaSource,
    choice: SummaryChoice,
    lines: Sequence[LedgerLine],
    withdrawals: Sequence[WithdrawalFacts],
) -> tuple[HsaExhibit, ...]:
    """Number the papers in ledger order; one that stands behind several lines counts once.

    Behind those of the lines come the papers of withdrawals, of accounts and of tax forms.
    """
    shown: dict[str, _Shown] = {}
    for line in lines:
        for paper in line.papers:
            one = shown.setdefault(paper.document_id, _Shown())
            one.letters |= dict.fromkeys(paper.letters)
            one.lines.append(line)
    for letter, document_id, about in _others(source, choice, withdrawals):
        if document_id and document_id in source.papers:
            one = shown.setdefault(document_id, _Shown())
            one.letters[letter] = None
            one.about[about] = None
    return tuple(
        HsaExhibit(
            number=f"{choice.prefix}-{number:03d}",
            paper=source.papers[key],
            letters=tuple(one.letters),
            lines=tuple(one.lines),
            about=tuple(one.about),
        )
        for number, (key, one) in enumerate(shown.items(), start=1)
    )


def _others(
    source: HsaSource, choice: SummaryChoice, withdrawals: Sequence[WithdrawalFacts]
) -> Iterator[tuple[str, str | None, str]]:
    for each in withdrawals:
        paid_out = each.withdrawal
        yield "W", paid_out.document_id, f"Withdrawal of {paid_out.amount} on {paid_out.on}"
    if not choice.is_everybodys:
        return
    accounts = source.money.account_by_id
    for account in source.money.accounts:
        yield "A", account.document_id, f"Account {account.name or account.custodian}".strip()
    for form in source.money.forms:
        if form.year in choice.years:
            account = accounts.get(form.account_id)
            name = (account.name or account.custodian) if account else ""
            yield "A", form.document_id, f"Form {form.form} {form.year} {name}".strip()
