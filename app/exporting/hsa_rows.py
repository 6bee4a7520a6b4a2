"""The rows of an HSA summary's ledger and of its withdrawals, in the words of the page."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from app.domain.hsa_plan import (
    UNKNOWN,
    Columns,
    HsaPlan,
    LedgerLine,
    PaidPart,
    WithdrawalFacts,
    columns,
    total,
)
from app.domain.money import Money
from app.exporting.hsa_words import Words, or_dash, place_of, short_day
from app.exporting.plain_text import shortened

_LONGEST_KIND = 40
_NARROWEST = 62
_POINTS_A_LETTER = 6
"""Of an amount in bold, at 10 points."""
_HOW = {"rollover": "went to another account", "excess": "excess contributions"}


class Rows:
    """Makes the rows of one summary."""

    def __init__(self, plan: HsaPlan, words: Words) -> None:
        self._plan = plan
        self._words = words
        self._number_of = {each.paper.id: each.number for each in plan.exhibits}
        self._withdrawal = {
            each.withdrawal.id: f"W{number}" for number, each in enumerate(plan.withdrawals, 1)
        }

    def ledger(self) -> dict[str, Any]:
        """Return the ledger: its groups of rows, each with its sums, the last with those of all."""
        plan = self._plan
        days = f"in {plan.choice.year}" if plan.choice.year else "in these days"
        groups = [
            (f"Paid on other days, of which an HSA paid {days}", plan.elsewhere),
            (f"Paid {days}" if plan.elsewhere else "", plan.paid),
        ]
        shown = [(name, lines) for name, lines in groups if lines]
        made = [
            {
                "name": name,
                "rows": [self._row(line) for line in lines],
                "total": _summed(f"Paid {days}" if lines is plan.paid else name, columns(lines)),
                "grand": None,
            }
            for name, lines in shown
        ]
        if len(made) > 1:
            made[-1]["grand"] = _summed("Both together", columns(plan.lines))
        return {
            "kind": "ledger",
            "title": "Ledger by date paid",
            "eobs": any(line.eob for line in plan.lines),
            "rows": made,
            "width": _width(made),
            "note": (
                "What I paid of each line is what is not claimable, what an HSA paid in these days "
                "(now) and on others (else), what is left to claim, and what someone must look at. "
                "Papers: "
                "E explanation of benefits, B bill or receipt, P proof of payment, L letter of "
                "medical necessity, T travel, R money back; the numbers are those of exhibits "
                f"{plan.choice.prefix}-… W is a withdrawal, H or M a finding."
            ),
        }

    def _row(self, line: LedgerLine) -> dict[str, Any]:
        expense = line.expense
        place = place_of(line.address)
        provider = line.provider or UNKNOWN
        eob = line.eob
        what = self._words.what(line) if self._words.is_full else ""
        return {
            "number": str(line.number),
            "served": short_day(expense.served_on),
            "paid": short_day(expense.paid_on),
            "patient": line.patient or UNKNOWN,
            "provider": f"{provider}, {place}" if place else provider,
            "what": what or line.category or UNKNOWN,
            "category": shortened(line.category, _LONGEST_KIND) if what else "",
            "amounts": [
                [_shown(eob.billed), _shown(eob.allowed)] if eob else ["", ""],
                [_shown(eob.plan_paid), _shown(eob.patient_owes)] if eob else ["", ""],
                [str(expense.amount), or_dash(line.standing.not_claimable)],
                [or_dash(line.hsa_now), or_dash(line.hsa_else)],
                [or_dash(line.standing.claimable), or_dash(line.standing.needs_attention)],
            ],
            "papers": self.papers(line),
            "notes": self._notes(line),
        }

    def papers(self, line: LedgerLine) -> str:
        """Return the papers behind a line: what each proves, and the end of its number."""
        if not line.papers:
            return "none"
        return ", ".join(
            f"{paper.letters}\u00a0{self._number_of[paper.document_id].rpartition('-')[2]}"
            for paper in line.papers
        )

    def _notes(self, line: LedgerLine) -> str:
        paid_by = [
            self._withdrawal.get(part.withdrawal_id or "")
            or ("HSA card" if part.withdrawal_id is None else f"HSA {short_day(part.on)}")
            for part in line.parts
        ]
        eob = [f"EOB at no. {line.eob_at}"] if line.eob_at else []
        return ", ".join((*dict.fromkeys(paid_by), *line.flags, *eob))

    def withdrawals(self) -> dict[str, Any]:
        """Return the withdrawals with what each paid for, and where all of the money went."""
        facts = self._plan.withdrawals
        normal = [each for each in facts if each.withdrawal.kind == "normal"]
        other = [each for each in facts if each.withdrawal.kind != "normal"]
        sums = (
            ("Tied to expenses", total(each.allocated for each in facts)),
            ("Returned to the account", total(each.returned for each in facts)),
            ("Rollovers and excess contributions", total(each.rest for each in other)),
            ("Not tied to any expense", total(each.rest for each in normal)),
        )
        return {
            "kind": "withdrawals",
            "title": "Withdrawals and what they paid for",
            "rows": [self._withdrawn(each) for each in facts],
            "total": str(total(each.withdrawal.amount for each in facts)),
            "sums": [[name, str(amount)] for name, amount in sums],
            "note": (
                "Below each withdrawal stand the expenses that it paid for. What is not tied to an "
                "expense is in bold: it may be taxable (Form 8889, line 16)."
            ),
        }

    def _withdrawn(self, facts: WithdrawalFacts) -> dict[str, Any]:
        paid_out = facts.withdrawal
        account = " ".join(
            filter(None, (facts.account, f"({facts.holder})" if facts.holder else ""))
        )
        said = (
            self._withdrawal[paid_out.id],
            short_day(paid_out.on),
            account,
            paid_out.how,
            _HOW.get(paid_out.kind, ""),
            f"ref. {paid_out.reference}" if paid_out.reference else "",
        )
        return {
            "name": " · ".join(filter(None, said)),
            "amount": str(paid_out.amount),
            "parts": [self._part(part) for part in facts.parts if part.line],
            "rest": list(_rest(facts)),
        }

    def _part(self, part: PaidPart) -> Mapping[str, str]:
        line = part.line
        assert line is not None
        return {
            "number": str(line.number),
            "papers": self.papers(line),
            "served": short_day(line.expense.served_on),
            "patient": line.patient or UNKNOWN,
            "what": self._words.what(line) or line.category or UNKNOWN,
            "amount": str(part.amount),
        }


def _rest(facts: WithdrawalFacts) -> Sequence[Mapping[str, object]]:
    """Return what of a withdrawal is not on a line of this summary; in bold what is open."""
    elsewhere = total(part.amount for part in facts.parts if part.line is None)
    is_normal = facts.withdrawal.kind == "normal"
    rows = (
        ("For expenses that this summary does not show", elsewhere, False),
        ("Returned to the account as a mistaken distribution", facts.returned, False),
        ("Not tied to any expense", facts.rest if is_normal else Money(), True),
        ("Nothing to tie to an expense", Money() if is_normal else facts.rest, False),
    )
    return [
        {"name": name, "amount": str(amount), "bold": bold}
        for name, amount, bold in rows
        if amount != Money()
    ]


def _width(groups: Sequence[Mapping[str, Any]]) -> int:
    """Return how wide, in points, a column must be for the longest amount."""
    shown = [each for group in groups for each in (*group["rows"], group["total"], group["grand"])]
    amounts = (cell for each in shown if each for pair in each["amounts"] for cell in pair)
    return max(_NARROWEST, _POINTS_A_LETTER * max(map(len, amounts), default=0))


def _summed(name: str, sums: Columns) -> dict[str, Any]:
    return {
        "name": name,
        "count": str(sums.count),
        "amounts": [
            [str(sums.billed), str(sums.allowed)],
            [str(sums.plan_paid), str(sums.share)],
            [str(sums.paid), str(sums.not_claimable)],
            [str(sums.hsa_now), str(sums.hsa_else)],
            [str(sums.claimable), str(sums.needs_attention)],
        ],
    }


def _shown(amount: Money | None) -> str:
    return str(amount) if amount is not None else ""
