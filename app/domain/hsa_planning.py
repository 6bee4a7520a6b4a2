"""From records to the plan of an HSA summary: what goes on which page."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import groupby

from app.domain.dependent_year import DependentYear
from app.domain.finding import Finding
from app.domain.hsa_exhibits import exhibits_of
from app.domain.hsa_lines import Ledger
from app.domain.hsa_plan import (
    UNKNOWN,
    AccountFacts,
    HsaPlan,
    LedgerLine,
    LetterFacts,
    Member,
    PaidPart,
    Reasoned,
    Total,
    WithdrawalFacts,
    columns,
    total,
)
from app.domain.hsa_rates import rates_used
from app.domain.hsa_source import HsaSource
from app.domain.hsa_travel import stays_of, trips_of
from app.domain.line_facts import Outcome
from app.domain.money import Money
from app.domain.summary_choice import SummaryChoice


def plan_hsa(source: HsaSource, choice: SummaryChoice) -> HsaPlan:
    """Return the plan of a summary: what was paid in the days of `choice`, by the day of payment.

    Lines paid on other days are in it too where an HSA paid of them in these days.
    """
    elsewhere, paid = Ledger(source, choice).lines()
    lines = (*elsewhere, *paid)
    withdrawals = _withdrawals(source, choice, lines)
    exhibits = exhibits_of(source, choice, lines, withdrawals)
    number_of = {exhibit.paper.id: exhibit.number for exhibit in exhibits}
    unpaid = _unpaid(source, choice)
    return HsaPlan(
        choice=choice,
        holder=_holder(source),
        about=_about(source, choice),
        accounts=_accounts(source, number_of),
        family=tuple(_family(source, choice)),
        forms=source.forms if choice.is_everybodys else (),
        shoebox=source.shoebox if choice.is_everybodys else (),
        elsewhere=elsewhere,
        paid=paid,
        by_person=_by_person(paid),
        by_provider=_by_provider(lines),
        withdrawals=withdrawals,
        trips=trips_of(source, lines, number_of),
        stays=stays_of(source, lines, number_of),
        letters=_letters(source, lines, number_of),
        answers=tuple(line for line in lines if line.expense.answer),
        left_out=_reasoned(lines, lambda line: line.standing.not_claimable, Outcome.FAIL),
        to_look_at=_reasoned(lines, lambda line: line.standing.needs_attention, Outcome.UNKNOWN),
        refused=_reasoned(lines, _in_doubt, Outcome.FAIL, Outcome.UNKNOWN),
        findings=_findings(source, choice, lines),
        rates=rates_used(source, lines),
        exhibits=exhibits,
        unpaid=unpaid,
        carried=source.carried,
        secrets=() if choice.is_full else tuple(dict.fromkeys(_secrets(source))),
    )


def _holder(source: HsaSource) -> str:
    own = (each.name for each in source.money.people if each.relation == "self")
    return next(own, "")


def _about(source: HsaSource, choice: SummaryChoice) -> str:
    """Return what the summary is narrowed to, in words; empty for everything."""
    withdrawal = source.money.withdrawal_by_id.get(choice.withdrawal_id or "")
    parts = (
        f"Only {source.name_of(choice.person_id)}" if choice.person_id else "",
        f"Only the claim “{source.claims.get(choice.claim_id, '')}”" if choice.claim_id else "",
        f"Only the withdrawal of {withdrawal.amount} on {withdrawal.on}" if withdrawal else "",
    )
    return " · ".join(filter(None, parts))


def _accounts(source: HsaSource, number_of: dict[str, str]) -> tuple[AccountFacts, ...]:
    return tuple(
        AccountFacts(
            account=each,
            holder=source.name_of(each.holder_id),
            exhibit=number_of.get(each.document_id or "", ""),
        )
        for each in source.money.accounts
    )


def _family(source: HsaSource, choice: SummaryChoice) -> Iterator[Member]:
    said = sorted(source.money.dependents, key=lambda each: each.year)
    for person in source.money.people:
        if choice.person_id in {None, person.id} and person.relation != "helper":
            years = tuple(_year(each) for each in said if each.person_id == person.id)
            yield Member(
                name=person.name,
                relation=person.relation or "",
                born_year=person.born_on.year if person.born_on else None,
                years=tuple(year for year in years if year[0] <= choice.last.year),
            )


def _year(each: DependentYear) -> tuple[int, str]:
    return each.year, each.status


def _by_person(lines: Sequence[LedgerLine]) -> tuple[Total, ...]:
    """Return the sums by person, each divided by category; names in alphabetical order."""
    return tuple(
        Total(
            name,
            columns(own),
            tuple(
                Total(kind, columns(part))
                for kind, part in _grouped(own, lambda line: line.category or UNKNOWN)
            ),
        )
        for name, own in _grouped(lines, lambda line: line.patient.strip() or UNKNOWN)
    )


def _by_provider(lines: Sequence[LedgerLine]) -> tuple[tuple[str, str, int, Money], ...]:
    """Return who was paid: name, address, how often and how much."""
    groups = _grouped(lines, lambda line: line.provider.strip() or UNKNOWN)
    return tuple(
        (
            name,
            next((line.address for line in own if line.address), ""),
            len(own),
            total(line.expense.amount for line in own),
        )
        for name, own in groups
    )


def _grouped(
    lines: Iterable[LedgerLine], name: Callable[[LedgerLine], str]
) -> list[tuple[str, tuple[LedgerLine, ...]]]:
    ordered = sorted(lines, key=lambda line: (name(line).casefold(), name(line), line.number))
    return [(key, tuple(group)) for key, group in groupby(ordered, name)]


def _withdrawals(
    source: HsaSource, choice: SummaryChoice, lines: Sequence[LedgerLine]
) -> tuple[WithdrawalFacts, ...]:
    """Return the withdrawals of these days; of a narrowed summary those that paid of its lines."""
    by_id = {line.expense.id: line for line in lines}
    paid = source.money.paid_by
    found: list[WithdrawalFacts] = []
    for each in sorted(source.money.withdrawals, key=lambda each: (each.on, each.id)):
        parts = [
            PaidPart(line=by_id.get(part.expense_id), amount=part.amount)
            for part in paid.get(each.id, ())
            if part.payer == "hsa"
        ]
        is_meant = choice.withdrawal_id in {None, each.id} and (
            choice.is_everybodys or choice.withdrawal_id or any(part.line for part in parts)
        )
        if choice.has(each.on) and is_meant:
            account = source.money.account_by_id.get(each.account_id or "")
            found.append(
                WithdrawalFacts(
                    withdrawal=each,
                    account=(account.name or account.custodian) if account else "",
                    holder=source.name_of(account.holder_id if account else None),
                    parts=tuple(sorted(parts, key=_by_number)),
                )
            )
    return tuple(found)


def _by_number(part: PaidPart) -> tuple[bool, int]:
    return part.line is None, part.line.number if part.line else 0


def _letters(
    source: HsaSource, lines: Sequence[LedgerLine], number_of: dict[str, str]
) -> tuple[LetterFacts, ...]:
    """Return the letters of medical necessity that lines rely on, with these lines."""
    relied: dict[str, list[LedgerLine]] = {}
    for line in lines:
        if line.letter:
            relied.setdefault(line.letter.id, []).append(line)
    return tuple(
        LetterFacts(
            letter=letter,
            patient=source.name_of(letter.person_id),
            exhibit=number_of.get(letter.document_id or "", ""),
            inside=tuple(relied[letter.id]),
        )
        for letter in source.money.letters
        if letter.id in relied
    )


def _reasoned(
    lines: Sequence[LedgerLine],
    amount: Callable[[LedgerLine], Money],
    *outcomes: Outcome,
) -> tuple[Reasoned, ...]:
    """Return the lines of which an amount stands there, with the reasons of their tests."""
    return tuple(
        Reasoned(line=line, amount=amount(line), reasons=tuple(_reasons(line, outcomes)))
        for line in lines
        if amount(line) != Money()
    )


def _in_doubt(line: LedgerLine) -> Money:
    standing = line.standing
    return standing.over + standing.unqualified + standing.unproved


def _reasons(line: LedgerLine, outcomes: Sequence[Outcome]) -> Iterator[str]:
    """Yield each reason of these outcomes once; some cents of a line that passes may have them."""
    tests = [
        test
        for test in line.standing.tests
        if (Outcome.FAIL in outcomes and test.fails) or (Outcome.UNKNOWN in outcomes and test.waits)
    ]
    yield from dict.fromkeys(test.reason for test in tests)


def _findings(
    source: HsaSource, choice: SummaryChoice, lines: Sequence[LedgerLine]
) -> tuple[Finding, ...]:
    """Return what is found in these lines, and of a whole summary in everything else."""
    shown = {line.expense.id for line in lines}
    return tuple(
        each
        for each in source.findings
        if each.expense in shown or (each.expense is None and choice.is_everybodys)
    )


def _unpaid(source: HsaSource, choice: SummaryChoice) -> tuple[int, Money]:
    """Return how many lines nobody has paid that may still fall into these days, and their sum."""
    rows = [
        each.amount
        for each in source.money.expenses
        if each.paid_on is None and (each.served_on is None or each.served_on <= choice.last)
    ]
    return len(rows), total(rows)


def _secrets(source: HsaSource) -> Iterator[str]:
    """Yield the texts of records that an accountant's copy must not show."""
    money = source.money
    kinds = money.rules.by_name
    for expense in money.expenses:
        yield from filter(None, (expense.what, expense.note))
    for line in money.eob_lines:
        yield from filter(None, (line.service, line.code))
    for letter in money.letters:
        yield letter.diagnosis
        yield from (each for each in letter.covers.splitlines() if each.casefold() not in kinds)
    yield from source.claims.values()
    yield from (paper.name for paper in source.papers.values())
