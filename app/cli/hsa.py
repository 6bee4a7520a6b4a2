"""The command for tax time: hsa."""

from __future__ import annotations

from argparse import Namespace

from app.cli.answer import Answer
from app.cli.desk import Desk, with_binder
from app.operations.summaries import print_hsa, write_hsa_table


@with_binder
def hsa(desk: Desk, words: Namespace) -> Answer:
    """Print the summary of a year."""
    table_at = desk.outside(words.csv) if words.csv else None
    made = print_hsa(
        desk.binder,
        desk.workers,
        words.year,
        desk.outside(words.output),
        desk.progress,
        today=desk.today,
    )
    if table_at:
        write_hsa_table(desk.binder, words.year, table_at)
    value = {
        "year_basis": made.year_basis,
        **{name: amount.plain for name, amount in made.answer.items()},
        "findings": [
            {
                "id": finding.id,
                "severity": finding.severity,
                "expense": finding.expense,
                "text": finding.text,
            }
            for finding in made.findings
        ],
        "pages": made.file.pages,
        "path": str(made.file.path),
        "gaps": [
            {"document": gap.document_id, "name": gap.name, "reason": gap.reason}
            for gap in made.gaps
        ],
    }
    lines = [f"Wrote {words.output}: {made.file.pages} pages, by date paid"]
    lines += [f"  {name.replace('_', ' ')}: {amount}" for name, amount in made.answer.items()]
    lines += [f"  {finding.text}" for finding in made.findings]
    lines += [f"  {gap.name} could not go in: {gap.reason}" for gap in made.gaps]
    return Answer(value, lines)
