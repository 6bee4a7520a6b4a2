"""The one-page answer of an HSA summary, and who and what it is about."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from itertools import groupby
from typing import Any, Final

from app.domain.form_8889 import Form8889
from app.domain.hsa_plan import AccountFacts, HsaPlan, Member, columns
from app.domain.money import Money
from app.domain.summary_choice import SummaryChoice
from app.exporting.hsa_words import short_day

_STATUS = {
    "claimed": "claimed on the return",
    "could_be_claimed": "could be claimed but for income, a joint return or another’s claim",
    "not": "not a dependent",
}


def title_of(choice: SummaryChoice) -> str:
    """Return the title of the summary."""
    first, last = choice.first.year, choice.last.year
    return f"HSA expense summary {first if first == last else f'{first}–{last}'}"


def days_of(choice: SummaryChoice) -> str:
    """Return the days of a summary in words."""
    if choice.year:
        return f"Paid from January 1 to December 31, {choice.year}"
    return f"Paid from {_spoken(choice.first)} to {_spoken(choice.last)}"


def _spoken(day: date) -> str:
    return f"{day:%B} {day.day}, {day.year}"


def answer_data(plan: HsaPlan) -> dict[str, Any]:
    """Return the first page: where the money stands, Form 8889, what is left, how many."""
    sums = columns(plan.paid)
    answer = plan.answer
    days = f"in {plan.choice.year}" if plan.choice.year else "in these days"
    complete = sum(line.is_complete for line in plan.lines)
    flagged = sum(bool(line.flags) for line in plan.lines)
    count, amount = plan.unpaid
    forms = [
        _form(plan, year, list(group), is_top=True)
        for year, group in groupby(plan.forms, lambda form: form.year)
    ]
    return {
        "warning": _warning(plan),
        "figures-title": f"What was paid {days}, and where it stands",
        "figures": [
            ["Reimbursed by an HSA, or paid with it", str(answer["reimbursed"])],
            [
                "Claimable: all six tests are passed, nobody has paid it back",
                str(answer["claimable"]),
            ],
            ["Needs a look: a test cannot be decided yet", str(answer["needs_attention"])],
            ["Not claimable: a test is not passed, or others paid", str(answer["not_claimable"])],
        ],
        "figures-total": [f"Paid {days}", str(sums.paid)],
        "forms-first": forms if len(forms) == 1 else [],
        "forms-more": [] if len(forms) == 1 else [{**form, "top": False} for form in forms],
        "end": [
            [
                f"Shoebox: claimable of all years and not claimed, end of {plan.choice.last.year}",
                str(plan.carried),
            ],
            [f"Not paid yet: {count:,} {'line' if count == 1 else 'lines'}", str(amount)],
        ],
        "counts": [
            [f"Expenses paid {days}", f"{len(plan.paid):,}"],
            [f"Expenses of other days, reimbursed {days}", f"{len(plan.elsewhere):,}"],
            ["Of both, with all papers that can be told", f"{complete:,}"],
            ["Of both, with a finding", f"{flagged:,}"],
            ["Papers, as exhibits", f"{len(plan.exhibits):,}"],
        ],
    }


def _warning(plan: HsaPlan) -> str:
    if not plan.accounts:
        return (
            "No HSA is on record, so nothing here is called claimable. Enter the account and the "
            "day on which it was established. For taxes without an HSA there is the list "
            "“Medical expenses paid”."
        )
    if not any(each.account.established_on for each in plan.accounts):
        return (
            "No account on record says when it was established, so the third test cannot be "
            "decided: only care from that day on counts."
        )
    return ""


_FORM: Final[tuple[tuple[str, str, Callable[[Form8889], str], bool], ...]] = (
    ("", "Form 1099-SA, box 1, as entered", lambda form: _said(form.reported), False),
    ("", "Withdrawals on record", lambda form: str(form.withdrawn), False),
    ("", "Less: returned as mistaken", lambda form: str(-form.returned), False),
    ("", "HSA card, tied to no withdrawal", lambda form: str(form.card), False),
    ("14a", "All distributions, as recorded", lambda form: str(form.line_14a), True),
    ("", "Difference to Form 1099-SA: must be zero", lambda form: _said(form.difference), False),
    ("14b", "Rollovers, excess withdrawn in time", lambda form: str(form.line_14b), False),
    ("14c", "14a less 14b", lambda form: str(form.line_14c), False),
    ("15", "Tied to expenses that pass all six tests", lambda form: str(form.line_15), True),
    ("16", "14c less 15: taxable as recorded", lambda form: str(form.line_16), True),
    (
        "17a",
        "Exception to the additional tax (65, disabled, dead)",
        lambda form: "yes" if form.has_exemption else "no",
        False,
    ),
    ("17b", "Additional 20% tax on the rest", lambda form: str(form.line_17b), False),
)
"""The rows of a form: line, what it is, its figure, and whether it is in bold."""


def _form(plan: HsaPlan, year: int, forms: Sequence[Form8889], *, is_top: bool) -> dict[str, Any]:
    holders = {each.account.holder_id: each.holder for each in plan.accounts}
    return {
        "top": is_top,
        "title": f"Form 8889 for {year}: figures to compare",
        "holders": [holders.get(each.holder_id) or "No holder named" for each in forms],
        "rows": [
            {"line": line, "what": what, "amounts": [figure(each) for each in forms], "bold": bold}
            for line, what, figure, bold in _FORM
        ],
    }


def _said(amount: Money | None) -> str:
    return "not entered" if amount is None else str(amount)


def about_data(plan: HsaPlan) -> dict[str, Any]:
    """Return the accounts and the people, as far as they are known."""
    return {
        "accounts": [_account(each) for each in plan.accounts],
        "family": [_member(each) for each in plan.family],
    }


def _account(facts: AccountFacts) -> dict[str, Any]:
    account = facts.account
    ends = f"ends with {account.last4}" if account.last4 else ""
    known = (
        ("Holder", facts.holder),
        ("Custodian", ", ".join(filter(None, (account.custodian, ends)))),
        ("Established on", short_day(account.established_on) if account.established_on else ""),
        ("Proof of that day", facts.exhibit or "no paper on record"),
        ("Closed on", short_day(account.closed_on) if account.closed_on else ""),
    )
    return {
        "name": account.name or account.custodian or "HSA",
        "facts": [
            [name, value or "not recorded"] for name, value in known if value or name != "Closed on"
        ],
    }


def _member(member: Member) -> list[str]:
    born = str(member.born_year) if member.born_year else "not recorded"
    return [member.name, member.relation or "not recorded", born, "; ".join(_years(member)) or "–"]


def _years(member: Member) -> Iterator[str]:
    """Yield what is said of each year, years side by side as one: 2019–2022 claimed."""
    runs: list[tuple[int, int, str]] = []
    for year, status in member.years:
        if runs and runs[-1][1] == year - 1 and runs[-1][2] == status:
            runs[-1] = (runs[-1][0], year, status)
        else:
            runs.append((year, year, status))
    for first, last, status in runs:
        when = str(first) if first == last else f"{first}–{last}"
        yield f"{when}: {_STATUS.get(status, status)}"
