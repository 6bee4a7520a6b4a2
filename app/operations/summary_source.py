"""Everything that a printed summary is made from, read at one moment."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from itertools import chain

from app.binder import Binder
from app.domain.finding import Finding
from app.domain.form_8889 import Form8889, forms_by_year
from app.domain.hsa_findings import FindingsCase, LinePapers, line_findings
from app.domain.hsa_findings_of_records import belongs_to, record_findings
from app.domain.hsa_lines import Ledger
from app.domain.hsa_plan import LedgerLine, PaperFacts
from app.domain.hsa_source import HsaSource
from app.domain.money_book import MoneyBook
from app.domain.money_finding import MoneyCase
from app.domain.money_findings import findings_in
from app.domain.shoebox import carried, shoebox_years
from app.domain.summary_choice import SummaryChoice
from app.operations.legibility import hard_to_read
from app.operations.money_book import money_book
from app.storage.queries.papers import paper_rows
from app.storage.queries.records import record_names


def hsa_source(binder: Binder, choice: SummaryChoice) -> HsaSource:
    """Return what the summary of `choice` is made from; what is found concerns its days only."""
    money = money_book(binder)
    last_paid = max((each.paid_on for each in money.expenses if each.paid_on), default=date.min)
    until = max(binder.today().year, last_paid.year)
    shoebox = shoebox_years(money, min(choice.last.year, until))
    source = HsaSource(
        money=money,
        claims=claim_titles(binder),
        papers=_papers(binder),
        findings=(),
        forms=tuple(_forms(money, choice)),
        shoebox=shoebox,
        carried=carried(shoebox),
    )
    elsewhere, paid = Ledger(source, choice).lines()
    found = _found(binder, source, choice, (*elsewhere, *paid))
    return replace(source, findings=tuple(found))


def claim_titles(binder: Binder) -> Mapping[str, str]:
    """Return the title of each claim by its id."""
    return dict(binder.ask(record_names, "claim"))


def _papers(binder: Binder) -> dict[str, PaperFacts]:
    return {
        each.id: PaperFacts(
            id=each.id,
            name=each.name,
            kind=each.kind or "",
            sha256=(each.sha256,) if each.sha256 else (),
        )
        for each in binder.ask(paper_rows)
    }


def _forms(money: MoneyBook, choice: SummaryChoice) -> Iterator[Form8889]:
    """Yield the figures of the years in which money left an account, or was said to have."""
    years = {each.on.year for each in money.withdrawals} | {each.year for each in money.forms}
    years |= {each.paid_on.year for each in money.expenses if each.method == "hsa" and each.paid_on}
    shown = sorted(years & {*choice.years} | {choice.year or 0} - {0})
    yield from chain.from_iterable(forms_by_year(money, shown).values())


def _found(
    binder: Binder, source: HsaSource, choice: SummaryChoice, lines: Sequence[LedgerLine]
) -> Iterator[Finding]:
    """Yield what stands out in these lines, and in the records of these years."""
    money, papers = source.money, source.papers
    shown = {line.expense.id for line in lines}
    hard = hard_to_read(binder, {paper.document_id for line in lines for paper in line.papers})
    behind = {line.expense.id: _behind(line, papers, hard) for line in lines}
    today = binder.today()
    case = FindingsCase(money=money, papers=behind, today=today)
    yield from line_findings(case, (line.expense.id for line in lines))
    for each in record_findings(money, money.plans, today):
        if belongs_to(each, choice.years):
            yield each
    owed = MoneyCase(money.owed_facts, today, money.owings)
    for noted in findings_in(owed, money.marks):
        if noted.mark is None and noted.finding.expense in shown:
            yield noted.finding


def _behind(
    line: LedgerLine, papers: Mapping[str, PaperFacts], hard: Collection[str]
) -> LinePapers:
    """Return what stands behind a line; `hard` are the papers that are hard to read."""
    return LinePapers(
        letters="".join(paper.letters for paper in line.papers),
        unreadable=tuple(
            papers[paper.document_id].name for paper in line.papers if paper.document_id in hard
        ),
    )
