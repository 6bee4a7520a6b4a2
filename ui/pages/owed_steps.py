"""Bills, explanations and plan years are entered or changed: their dialogs, and what is written."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from app.domain.bill import Bill
from app.domain.eob import Eob, EobLine
from app.domain.eob_read import draft_of
from app.domain.plan_year import PlanYear
from app.jobs import Progress
from app.operations import bills, eob_entry, owed, plan_years, trash
from app.storage.queries.claims import claim_rows
from app.storage.queries.facts import paper_facts
from app.storage.queries.papers import paper_row
from app.storage.queries.records import all_people, all_plans, all_records, record
from ui.care_choices import Named, offered_papers, offered_providers
from ui.desk import Desk
from ui.dialogs import values_of
from ui.dialogs.bill import BillDialog, BillInput, MoneyOffers
from ui.dialogs.eob import EobDialog, EobInput
from ui.dialogs.plan_year import PlanYearDialog, PlanYearInput
from ui.shell import BannerAction, Shell
from ui.wording import short_date, tr


def ask_bill(desk: Desk, shell: Shell, bill_id: str | None = None) -> None:
    """Ask for a new bill, or for changes of one."""
    before = desk.binder.ask(record, "bill", bill_id) if bill_id else None
    known = before if isinstance(before, Bill) else None

    def do(given: BillInput) -> None:
        if known:
            bills.change_bill(desk.binder, replace(known, **values_of(given)))
        else:
            bills.enter_bill(desk.binder, **values_of(given))

    shell.ask_dialog(BillDialog(desk, _offers(desk, known), known), do)


def ask_eob(desk: Desk, shell: Shell, eob_id: str | None = None) -> None:
    """Ask for a new explanation, or for changes of one."""
    before = desk.binder.ask(record, "eob", eob_id) if eob_id else None
    if not isinstance(before, Eob):
        _ask_new_eob(desk, shell, None, ())
        return
    lines = [line for line in desk.binder.ask(all_records, "eob_line") if line.eob_id == before.id]

    def do(given: EobInput) -> None:
        eob_entry.change_eob(desk.binder, replace(before, **given.known), given.lines)

    shell.ask_dialog(EobDialog(desk, _offers(desk, before), before, lines), do)


def ask_eob_of_paper(desk: Desk, shell: Shell, document_id: str) -> None:
    """Offer what was read in a paper as an explanation; the person looks at it and says so."""
    draft = draft_of(desk.binder.ask(paper_facts, document_id).rows)
    paper = desk.binder.ask(paper_row, document_id)
    people = {person.name.casefold(): person.id for person in desk.binder.ask(all_people)}
    blank = Eob(
        id="",
        document_id=document_id,
        claim_id=paper.claim_id if paper else None,
        person_id=people.get(draft.patient.casefold()),
        provider=draft.provider,
        number=draft.number,
        processed_on=draft.processed_on,
        added_at=desk.binder.now(),
    )
    known = replace(blank, **dict(draft.totals.items()))
    _ask_new_eob(desk, shell, known, draft.lines)


def _ask_new_eob(desk: Desk, shell: Shell, draft: Eob | None, lines: Sequence[EobLine]) -> None:
    def do(given: EobInput) -> None:
        made = eob_entry.enter_eob(
            desk.binder, given.lines, to_ledger=given.to_ledger, **given.known
        )
        _say_change(desk, shell, made.id)

    shell.ask_dialog(EobDialog(desk, _offers(desk, draft), draft, lines), do)


def _say_change(desk: Desk, shell: Shell, eob_id: str) -> None:
    """Say what a newer version has changed."""

    def work(_progress: Progress) -> str:
        case = owed.money_case(desk.binder, desk.today())
        groups = (each for owing in case.owings for each in owing.matter.explained)
        return next((each.change for each in groups if eob_id in each.ids), "")

    def done(change: str) -> None:
        if change:
            shell.say(change)

    desk.quick.run("What changed", work, done)


def ask_plan_year(desk: Desk, shell: Shell, plan_year_id: str | None = None) -> None:
    """Ask for the limits of a plan year, or for changes of them."""
    before = desk.binder.ask(record, "plan_year", plan_year_id) if plan_year_id else None
    known = before if isinstance(before, PlanYear) else None
    plans = [(plan.id, plan.name) for plan in desk.binder.ask(all_plans)]

    def do(given: PlanYearInput) -> None:
        if known:
            plan_years.change_plan_year(desk.binder, replace(known, **values_of(given)))
        else:
            plan_years.add_plan_year(desk.binder, **values_of(given))

    shell.ask_dialog(PlanYearDialog(desk, plans, known), do)


def put_away(desk: Desk, shell: Shell, kind: str, record_id: str) -> None:
    """Move a bill or an explanation to the trash; it can be taken out again at once."""
    trash.put_in_trash(desk.binder, [(kind, record_id)])
    shell.say(tr("It is in the trash."), BannerAction(tr("Undo"), desk.binder.undo))


def _offers(desk: Desk, known: Bill | Eob | None) -> MoneyOffers:
    binder = desk.binder
    return MoneyOffers(
        claims=[(row.id, row.title) for row in binder.ask(claim_rows)],
        people=[(each.id, each.name) for each in binder.ask(all_people)],
        providers=offered_providers(binder, known.provider_id if known else None),
        papers=offered_papers(
            binder, known.claim_id if known else None, known.document_id if known else None
        ),
        plans=[(plan.id, plan.name) for plan in binder.ask(all_plans)],
        eobs=_versions(desk, known.id if known else ""),
    )


def _versions(desk: Desk, but: str) -> list[Named]:
    """Return the explanations that another one may follow, the newest first."""
    found: list[Eob] = [each for each in desk.binder.ask(all_records, "eob") if each.id != but]
    found.sort(key=lambda each: (each.processed_on or each.added_at.date(), each.id), reverse=True)
    return [(each.id, _named(each)) for each in found]


def _named(eob: Eob) -> str:
    words = (eob.provider, eob.number, short_date(eob.processed_on) if eob.processed_on else "")
    return " · ".join(word for word in words if word) or tr("without a name")
