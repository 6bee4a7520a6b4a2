"""The command for tax time: hsa."""

from __future__ import annotations

from argparse import Namespace

from app.cli.answer import Answer
from app.cli.desk import Desk, with_binder
from app.operations.summaries import print_hsa


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
        csv=table_at,
    )
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
        "pages": made.pages,
        "path": str(words.output),
        "gaps": [
            {"document": gap.document_id, "name": gap.name, "reason": gap.reason}
            for gap in made.gaps
        ],
    }
    lines = [f"Wrote {words.output}: {made.pages} pages, by date paid"]
    lines += [f"  {name.replace('_', ' ')}: {amount}" for name, amount in made.answer.items()]
    lines += [f"  {finding.text}" for finding in made.findings]
    return Answer(value, lines)
