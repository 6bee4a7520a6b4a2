"""The commands for tax time: hsa, medical-expenses."""

from __future__ import annotations

from argparse import Namespace
from dataclasses import replace

from app.cli.answer import Answer
from app.cli.desk import Desk, with_binder
from app.cli.naming import id_or_none
from app.domain.finding import Finding
from app.domain.form_8889 import Form8889
from app.domain.hsa_plan import HsaPlan
from app.domain.money import Money
from app.domain.summary_choice import SummaryChoice, of_year
from app.operations.summaries import (
    HsaPrinted,
    plan_summary,
    print_paid,
    print_plan,
    write_paid_table,
    write_plan_table,
)
from app.operations.summary_folder import save_folder


@with_binder
def hsa(desk: Desk, words: Namespace) -> Answer:
    """Print the summary of a year."""
    withdrawal = id_or_none(desk.binder, "withdrawal", words.withdrawal)
    choice = replace(
        _choice(desk, words),
        withdrawal_id=withdrawal,
        has_papers=words.papers or words.copy == "full",
    )
    table_at = desk.outside(words.csv) if words.csv else None
    folder = desk.outside(words.folder) if words.folder else None
    target = desk.outside(words.output)
    plan = plan_summary(desk.binder, choice)
    made = print_plan(desk.binder, desk.workers, plan, target, desk.progress, today=desk.today)
    gaps = list(made.gaps)
    if table_at:
        write_plan_table(plan, table_at)
    if folder:
        gaps += save_folder(desk.binder, plan, folder).gaps
    value = {
        **_value(plan),
        "pages": made.file.pages,
        "path": str(made.file.path),
        "gaps": [
            {"document": gap.document_id, "name": gap.name, "reason": gap.reason} for gap in gaps
        ],
    }
    lines = [*_lines(made, words), *(f"  {gap.name} could not go in: {gap.reason}" for gap in gaps)]
    return Answer(value, lines)


@with_binder
def medical_expenses(desk: Desk, words: Namespace) -> Answer:
    """Print the medical expenses paid in a year."""
    choice = _choice(desk, words)
    table_at = desk.outside(words.csv) if words.csv else None
    made, plan = print_paid(desk.binder, choice, desk.outside(words.output), today=desk.today)
    if table_at:
        write_paid_table(plan, table_at)
    sums = plan.sums
    value = {
        "year_basis": "paid",
        "from": choice.first.isoformat(),
        "to": choice.last.isoformat(),
        "expenses": sums.count,
        "paid": sums.paid.plain,
        "hsa": sums.hsa.plain,
        "fsa_hra": sums.employer.plain,
        "assistance": sums.assistance.plain,
        "came_back": sums.back.plain,
        "left": sums.own.plain,
        "schedule_a": {name: amount.plain for name, amount in plan.by_flag},
        "path": str(made.path),
        "bytes": made.size,
        "sha256": made.sha256,
    }
    lines = [
        f"Wrote {words.output}: {sums.count} payments, by date paid",
        f"  paid: {sums.paid}, left after what others paid: {sums.own}",
    ]
    return Answer(value, lines)


def _choice(desk: Desk, words: Namespace) -> SummaryChoice:
    """Return what was chosen: a year, or other days of it.

    Raises:
        UserError: a person or claim is not known, or the days are in the wrong order.
    """
    year = of_year(words.year)
    return SummaryChoice(
        first=words.first or year.first,
        last=words.last or year.last,
        person_id=id_or_none(desk.binder, "person", words.person),
        claim_id=id_or_none(desk.binder, "claim", words.claim),
        copy=words.copy,
    )


def _value(plan: HsaPlan) -> dict[str, object]:
    answer = {name: amount.plain for name, amount in plan.answer.items()}
    holders = {each.account.holder_id: each.holder for each in plan.accounts}
    return {
        "year_basis": "paid",
        "from": plan.choice.first.isoformat(),
        "to": plan.choice.last.isoformat(),
        "copy": plan.choice.copy,
        **answer,
        "findings": [_finding(finding) for finding in plan.findings],
        "expenses": len(plan.paid),
        "exhibits": [
            {"exhibit": each.number, "document": each.paper.id, "letters": "".join(each.letters)}
            for each in plan.exhibits
        ],
        "forms": [_form(form, holders.get(form.holder_id)) for form in plan.forms],
        "shoebox": [
            {
                "year": row.year,
                **{
                    name: getattr(row, name).plain
                    for name in (
                        "opening", "paid", "hsa", "employer", "deducted", "back", "closing",
                    )
                },
            }
            for row in plan.shoebox
        ],
    }  # fmt: skip


def _finding(finding: Finding) -> dict[str, object]:
    return {
        "id": finding.id,
        "severity": finding.severity,
        "expense": finding.expense,
        "text": finding.text,
    }


def _form(form: Form8889, holder: str | None) -> dict[str, object]:
    amounts: dict[str, Money | None] = {
        "reported": form.reported, "14a": form.line_14a, "difference": form.difference,
        "14b": form.line_14b, "14c": form.line_14c, "15": form.line_15, "16": form.line_16,
        "17b": form.line_17b,
    }  # fmt: skip
    return {
        "year": form.year,
        "holder": holder,
        **{name: amount and amount.plain for name, amount in amounts.items()},
        "17a": form.has_exemption,
    }


def _lines(made: HsaPrinted, words: Namespace) -> list[str]:
    lines = [f"Wrote {words.output}: {made.file.pages} pages, by date paid"]
    lines += [f"  {name.replace('_', ' ')}: {amount}" for name, amount in made.answer.items()]
    lines += [f"  {finding.id} {finding.text}" for finding in made.findings]
    return lines
