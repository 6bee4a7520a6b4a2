"""Which words of a record can be found: its title and its body, by kind."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from app.domain.aid import Aid
from app.domain.authorization import Authorization
from app.domain.bill import Bill
from app.domain.call import Call
from app.domain.claim import Claim
from app.domain.denial import Denial
from app.domain.diary_line import DiaryLine
from app.domain.document import Document
from app.domain.due_item import DueItem
from app.domain.eob import Eob
from app.domain.expense import Expense
from app.domain.hsa_account import Contribution, HsaAccount, Withdrawal
from app.domain.letter import Letter
from app.domain.necessity_letter import NecessityLetter
from app.domain.person import Person
from app.domain.plan import Plan
from app.domain.provider import Provider
from app.domain.representative import Representative
from app.domain.sending import Sending
from app.domain.treatment import Treatment
from app.storage.search import Entry


def _lines(*values: object) -> str:
    return "\n".join(str(value) for value in values if value not in (None, ""))


def _person(person: Person) -> tuple[str, str]:
    return person.name, _lines(person.address, person.phone, person.note)


def _plan(plan: Plan) -> tuple[str, str]:
    body = _lines(
        plan.insurer, plan.member_id, plan.group_number, plan.network, plan.phone,
        plan.appeal_address, plan.appeal_fax, plan.drug_tiers, plan.note, plan.subscriber,
        plan.portal, plan.regulator,
    )  # fmt: skip
    return plan.name, body


def _claim(claim: Claim) -> tuple[str, str]:
    return claim.title, _lines(
        claim.number, claim.provider, claim.asks_for, claim.note, claim.diagnosis_codes,
        claim.service_codes,
    )  # fmt: skip


def _document(document: Document) -> tuple[str, str]:
    return document.name, document.note


def _denial(denial: Denial) -> tuple[str, str]:
    return denial.kind, _lines(denial.reason, denial.asks, denial.news)


def _call(call: Call) -> tuple[str, str]:
    return call.with_whom, _lines(
        call.department, call.phone, call.reference, call.note, call.promise, call.outcome
    )


def _due_item(item: DueItem) -> tuple[str, str]:
    return item.title, item.note


def _expense(expense: Expense) -> tuple[str, str]:
    return expense.provider, _lines(
        expense.what, expense.category, expense.amount.plain, expense.note, expense.answer
    )


def _sending(sending: Sending) -> tuple[str, str]:
    return sending.to, _lines(sending.tracking, sending.note, sending.confirmed_by)


def _provider(provider: Provider) -> tuple[str, str]:
    return provider.name, _lines(
        provider.npi, provider.specialty, provider.credentials, provider.license,
        provider.accreditation, provider.address, provider.phone, provider.fax, provider.note,
    )  # fmt: skip


def _authorization(authorization: Authorization) -> tuple[str, str]:
    return authorization.service, _lines(
        authorization.number, authorization.codes, authorization.note
    )


def _treatment(treatment: Treatment) -> tuple[str, str]:
    return treatment.what, _lines(treatment.dose, treatment.reaction, treatment.note)


def _diary_line(line: DiaryLine) -> tuple[str, str]:
    return line.text, ""


def _representative(representative: Representative) -> tuple[str, str]:
    return representative.name, _lines(representative.phone, representative.note)


def _letter(letter: Letter) -> tuple[str, str]:
    return letter.title, letter.body


def _hsa_account(account: HsaAccount) -> tuple[str, str]:
    return account.name or account.custodian, _lines(account.custodian, account.last4, account.note)


def _withdrawal(withdrawal: Withdrawal) -> tuple[str, str]:
    return f"{withdrawal.amount} on {withdrawal.on}", _lines(withdrawal.reference, withdrawal.note)


def _contribution(contribution: Contribution) -> tuple[str, str]:
    title = f"{contribution.amount} for {contribution.tax_year}"
    return title, _lines(contribution.reference, contribution.note)


def _necessity_letter(letter: NecessityLetter) -> tuple[str, str]:
    return letter.prescriber or letter.diagnosis, _lines(
        letter.diagnosis, letter.covers, letter.note
    )


def _eob(eob: Eob) -> tuple[str, str]:
    return eob.provider or eob.number, _lines(eob.number, eob.note)


def _bill(bill: Bill) -> tuple[str, str]:
    return bill.provider or bill.number, _lines(bill.number, bill.amount.plain, bill.note)


def _aid(aid: Aid) -> tuple[str, str]:
    return aid.name, _lines(aid.what, aid.papers, aid.note)


WORDS: Final[dict[str, Callable[[Any], tuple[str, str]]]] = {
    "person": _person,
    "plan": _plan,
    "claim": _claim,
    "document": _document,
    "denial": _denial,
    "call": _call,
    "due_item": _due_item,
    "expense": _expense,
    "sending": _sending,
    "provider": _provider,
    "authorization": _authorization,
    "treatment": _treatment,
    "diary_line": _diary_line,
    "representative": _representative,
    "letter": _letter,
    "hsa_account": _hsa_account,
    "withdrawal": _withdrawal,
    "contribution": _contribution,
    "necessity_letter": _necessity_letter,
    "eob": _eob,
    "bill": _bill,
    "aid": _aid,
}


def entry_of(kind: str, record: Any) -> Entry | None:
    """Return what the index should hold for a record, or None for kinds without words."""
    if kind not in WORDS:
        return None
    title, body = WORDS[kind](record)
    return Entry(kind, record.id, title, body)
