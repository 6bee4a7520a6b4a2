"""One transaction, seen from an operation: repositories, and what machines derived."""

from __future__ import annotations

from sqlalchemy import Connection

from app.domain.aid import Aid
from app.domain.allocation import Allocation
from app.domain.authorization import Authorization
from app.domain.bill import Bill
from app.domain.bundle_choice import BlackOut, BundleChoice, HiddenLine
from app.domain.call import Call
from app.domain.choice import Choice
from app.domain.claim import Claim
from app.domain.clock import Clock
from app.domain.criterion import Criterion, CriterionProof
from app.domain.denial import Denial
from app.domain.dependent_year import DependentYear
from app.domain.diary_line import DiaryLine
from app.domain.document import Document, Part
from app.domain.due_item import DueItem
from app.domain.eob import Eob, EobLine
from app.domain.evidence_mark import EvidenceMark
from app.domain.expense import Expense
from app.domain.finding_mark import FindingMark
from app.domain.hsa_account import Contribution, HsaAccount, HsaForm, Withdrawal
from app.domain.letter import Letter
from app.domain.necessity_letter import NecessityLetter
from app.domain.person import Person
from app.domain.plan import Plan
from app.domain.plan_year import PlanYear
from app.domain.provider import Provider
from app.domain.refund import Refund
from app.domain.representative import Representative
from app.domain.said import PageEdges, SaidFact
from app.domain.saved_bundle import SavedBundle, SavedFile
from app.domain.sending import Sending, SendingProof
from app.domain.table_profile import TableProfile
from app.domain.travel import Stay, Trip
from app.domain.treatment import Treatment
from app.storage import search
from app.storage.derived import Derived
from app.storage.indexed import entry_of
from app.storage.repository import Edit, Repository


class UnitOfWork:
    """What an operation may read and write until its transaction commits."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection
        self.edits: list[Edit] = []
        self.doomed: list[str] = []
        """Originals to destroy once this transaction has committed."""
        self.derived = Derived(connection)
        edits = self.edits
        self.people = Repository[Person]("person", "person", connection, edits)
        self.plans = Repository[Plan]("plan", "plan", connection, edits)
        self.claims = Repository[Claim]("claim", "claim", connection, edits)
        self.documents = Repository[Document]("document", "paper", connection, edits)
        self.parts = Repository[Part]("part", "part of a paper", connection, edits)
        self.denials = Repository[Denial]("denial", "denial", connection, edits)
        self.calls = Repository[Call]("call", "call", connection, edits)
        self.due_items = Repository[DueItem]("due_item", "date", connection, edits)
        self.expenses = Repository[Expense]("expense", "expense", connection, edits)
        self.sendings = Repository[Sending]("sending", "sent packet", connection, edits)
        self.clocks = Repository[Clock]("clock", "running time", connection, edits)
        self.choices = Repository[Choice]("choice", "choice", connection, edits)
        self.said_facts = Repository[SaidFact]("said_fact", "confirmed value", connection, edits)
        self.page_edges = Repository[PageEdges]("page_edges", "page", connection, edits)
        self._open_appeal_stores(connection, edits)
        self._open_money_stores(connection, edits)

    def _open_appeal_stores(self, connection: Connection, edits: list[Edit]) -> None:
        self.providers = Repository[Provider]("provider", "provider", connection, edits)
        self.authorizations = Repository[Authorization](
            "authorization", "authorization", connection, edits
        )
        self.treatments = Repository[Treatment]("treatment", "treatment", connection, edits)
        self.diary_lines = Repository[DiaryLine]("diary_line", "diary line", connection, edits)
        self.representatives = Repository[Representative](
            "representative", "helper who may speak", connection, edits
        )
        self.criteria = Repository[Criterion]("criterion", "point to answer", connection, edits)
        self.criterion_proofs = Repository[CriterionProof](
            "criterion_proof", "proof", connection, edits
        )
        self.evidence_marks = Repository[EvidenceMark](
            "evidence_mark", "mark on the checklist", connection, edits
        )
        self.saved_bundles = Repository[SavedBundle]("saved_bundle", "bundle", connection, edits)
        self.saved_files = Repository[SavedFile]("saved_file", "file", connection, edits)
        self.bundle_choices = Repository[BundleChoice](
            "bundle_choice", "choice for the bundle", connection, edits
        )
        self.black_outs = Repository[BlackOut]("black_out", "black box", connection, edits)
        self.hidden_lines = Repository[HiddenLine]("hidden_line", "hidden line", connection, edits)
        self.letters = Repository[Letter]("letter", "letter", connection, edits)
        self.sending_proofs = Repository[SendingProof]("sending_proof", "proof", connection, edits)

    def _open_money_stores(self, connection: Connection, edits: list[Edit]) -> None:
        self.hsa_accounts = Repository[HsaAccount]("hsa_account", "HSA", connection, edits)
        self.withdrawals = Repository[Withdrawal]("withdrawal", "withdrawal", connection, edits)
        self.contributions = Repository[Contribution](
            "contribution", "contribution", connection, edits
        )
        self.hsa_forms = Repository[HsaForm]("hsa_form", "tax form", connection, edits)
        self.dependent_years = Repository[DependentYear](
            "dependent_year", "year of a dependent", connection, edits
        )
        self.necessity_letters = Repository[NecessityLetter](
            "necessity_letter", "letter of medical necessity", connection, edits
        )
        self.aids = Repository[Aid]("aid", "program or quote", connection, edits)
        self.eobs = Repository[Eob]("eob", "explanation of benefits", connection, edits)
        self.eob_lines = Repository[EobLine]("eob_line", "line", connection, edits)
        self.bills = Repository[Bill]("bill", "bill", connection, edits)
        self.plan_years = Repository[PlanYear]("plan_year", "plan year", connection, edits)
        self.refunds = Repository[Refund]("refund", "refund", connection, edits)
        self.allocations = Repository[Allocation](
            "allocation", "part of an expense", connection, edits
        )
        self.trips = Repository[Trip]("trip", "trip", connection, edits)
        self.stays = Repository[Stay]("stay", "stay", connection, edits)
        self.table_profiles = Repository[TableProfile](
            "table_profile", "kind of table", connection, edits
        )
        self.finding_marks = Repository[FindingMark](
            "finding_mark", "answer to a finding", connection, edits
        )


def index_edits(connection: Connection, edits: list[Edit]) -> None:
    """Bring the search index in line with edits: the last state of each record counts."""
    last = {(edit.kind, edit.key): edit.after for edit in edits}
    entries = {named: record and entry_of(named[0], record) for named, record in last.items()}
    search.remove(connection, (named for named, entry in entries.items() if entry is None))
    search.put(connection, filter(None, entries.values()))
