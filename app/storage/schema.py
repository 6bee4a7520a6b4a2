"""The tables as they are today. How a binder gets here from older versions: `migrations/`.

Tables of the first group hold what people typed or chose; they change only through operations
and are what undo restores. Those of the second group hold what machines derived from originals,
keyed by the bytes they were derived from (`sha256`), so that undo, trash and a second copy of
the same paper never cost a reading.
"""

from __future__ import annotations

from typing import Any, Final

from sqlalchemy import (
    Column,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    Table,
    Text,
)

from app.domain.authorization import Authorization
from app.domain.bundle_choice import BlackOut, BundleChoice, HiddenLine
from app.domain.call import Call
from app.domain.choice import Choice
from app.domain.claim import Claim
from app.domain.clock import Clock
from app.domain.criterion import Criterion, CriterionProof
from app.domain.denial import Denial
from app.domain.diary_line import DiaryLine
from app.domain.document import Document, Part
from app.domain.due_item import DueItem
from app.domain.evidence_mark import EvidenceMark
from app.domain.expense import Expense
from app.domain.letter import Letter
from app.domain.person import Person
from app.domain.plan import Plan
from app.domain.provider import Provider
from app.domain.representative import Representative
from app.domain.said import PageEdges, SaidFact
from app.domain.saved_bundle import SavedBundle, SavedFile
from app.domain.sending import Sending, SendingProof
from app.domain.treatment import Treatment
from app.storage.columns import Day, Moment
from app.storage.money_tables import MONEY_RECORDS
from app.storage.record_table import index, metadata, record_table

people = record_table("people", Person)
plans = record_table("plans", Plan, person_id="people.id")
claims = record_table(
    "claims",
    Claim,
    person_id="people.id",
    plan_id="plans.id",
    author_id="people.id",
    provider_id="providers.id",
    facility_id="providers.id",
)
documents = record_table("documents", Document, claim_id="claims.id", author_id="people.id")
parts = record_table("parts", Part, document_id="documents.id", sha256="originals.sha256")
denials = record_table(
    "denials",
    Denial,
    claim_id="claims.id",
    document_id="documents.id",
    author_id="people.id",
    follows_id="denials.id",
)
calls = record_table("calls", Call, claim_id="claims.id", author_id="people.id")
due_items = record_table(
    "due_items",
    DueItem,
    claim_id="claims.id",
    denial_id="denials.id",
    call_id="calls.id",
    doer_id="people.id",
    author_id="people.id",
    clock_id="clocks.id",
    evidence_id="evidence_marks.id",
    authorization_id="authorizations.id",
    expense_id="expenses.id",
    aid_id="aids.id",
    necessity_id="necessity_letters.id",
)
expenses = record_table(
    "expenses",
    Expense,
    person_id="people.id",
    claim_id="claims.id",
    document_id="documents.id",
    author_id="people.id",
    provider_id="providers.id",
    proof_id="documents.id",
    bill_id="bills.id",
    eob_line_id="eob_lines.id",
    origin_id="expenses.id",
    necessity_id="necessity_letters.id",
    aid_id="aids.id",
    account_id="hsa_accounts.id",
)
sendings = record_table(
    "sendings",
    Sending,
    claim_id="claims.id",
    denial_id="denials.id",
    author_id="people.id",
    bundle_id="saved_bundles.id",
    call_id="calls.id",
)
said_facts = record_table("said_facts", SaidFact, document_id="documents.id", author_id="people.id")
page_edges = record_table("page_edges", PageEdges, sha256="originals.sha256", author_id="people.id")
clocks = record_table(
    "clocks",
    Clock,
    claim_id="claims.id",
    denial_id="denials.id",
    sending_id="sendings.id",
    document_id="documents.id",
    author_id="people.id",
)
choices = record_table("choices", Choice)
providers = record_table("providers", Provider, author_id="people.id")
authorizations = record_table(
    "authorizations",
    Authorization,
    claim_id="claims.id",
    plan_id="plans.id",
    provider_id="providers.id",
    document_id="documents.id",
    denial_id="denials.id",
    author_id="people.id",
)
treatments = record_table(
    "treatments",
    Treatment,
    claim_id="claims.id",
    provider_id="providers.id",
    document_id="documents.id",
    author_id="people.id",
)
diary_lines = record_table("diary_lines", DiaryLine, claim_id="claims.id", author_id="people.id")
representatives = record_table(
    "representatives",
    Representative,
    person_id="people.id",
    helper_id="people.id",
    plan_id="plans.id",
    document_id="documents.id",
    author_id="people.id",
)
criteria = record_table(
    "criteria", Criterion, denial_id="denials.id", source_document_id="documents.id"
)
criterion_proofs = record_table(
    "criterion_proofs", CriterionProof, criterion_id="criteria.id", document_id="documents.id"
)
evidence_marks = record_table(
    "evidence_marks",
    EvidenceMark,
    denial_id="denials.id",
    document_id="documents.id",
    author_id="people.id",
)
saved_bundles = record_table(
    "saved_bundles",
    SavedBundle,
    claim_id="claims.id",
    denial_id="denials.id",
    author_id="people.id",
)
saved_files = record_table(
    "saved_files", SavedFile, bundle_id="saved_bundles.id", sha256="originals.sha256"
)
bundle_choices = record_table(
    "bundle_choices", BundleChoice, claim_id="claims.id", document_id="documents.id"
)
black_outs = record_table("black_outs", BlackOut, document_id="documents.id", author_id="people.id")
hidden_lines = record_table("hidden_lines", HiddenLine, claim_id="claims.id")
letters = record_table(
    "letters",
    Letter,
    claim_id="claims.id",
    denial_id="denials.id",
    document_id="documents.id",
    author_id="people.id",
)
sending_proofs = record_table(
    "sending_proofs", SendingProof, sending_id="sendings.id", document_id="documents.id"
)
for _table, _column in (
    (plans, "person_id"), (documents, "claim_id"), (documents, "added_at"), (parts, "document_id"),
    (parts, "sha256"), (denials, "claim_id"), (calls, "claim_id"), (due_items, "claim_id"),
    (due_items, "denial_id"), (due_items, "last_day"), (expenses, "claim_id"),
    (expenses, "paid_on"), (expenses, "document_id"), (sendings, "claim_id"),
    (said_facts, "document_id"), (page_edges, "sha256"), (clocks, "claim_id"),
    (clocks, "denial_id"), (due_items, "clock_id"), (authorizations, "claim_id"),
    (treatments, "claim_id"), (diary_lines, "claim_id"), (representatives, "person_id"),
    (criteria, "denial_id"), (criterion_proofs, "criterion_id"), (evidence_marks, "denial_id"),
    (saved_bundles, "claim_id"), (saved_files, "bundle_id"), (saved_files, "sha256"),
    (bundle_choices, "claim_id"), (black_outs, "document_id"), (hidden_lines, "claim_id"),
    (letters, "claim_id"), (sending_proofs, "sending_id"), (expenses, "bill_id"),
    (expenses, "eob_line_id"), (expenses, "origin_id"), (expenses, "reference"),
):  # fmt: skip
    index(_table, _column)

history = Table(
    "history",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("label", Text, nullable=False),
    Column("done_at", Moment, nullable=False),
    Column("undone", Integer, nullable=False, default=0),
    Column("edits", LargeBinary, nullable=False),
)
"""The undo steps, oldest first; `edits` is compressed JSON of rows before and after."""

binder_facts = Table(
    "binder_facts",
    metadata,
    Column("name", Text, primary_key=True),
    Column("value", Text, nullable=False),
)
"""What is true of the binder as a whole: its id, whether it is the sample, its last backup."""

calendar_exports = Table(
    "calendar_exports",
    metadata,
    Column("uid", Text, primary_key=True),
    Column("on_day", Day, nullable=False),
    Column("at", Moment),
    Column("digest", Text, nullable=False),
    Column("sequence", Integer, nullable=False),
    Column("cancelled", Integer, nullable=False),
    Column("exported_at", Moment, nullable=False),
)
"""What the calendar file that was made last says, by the lasting name of each entry: its day, its
moment if it has one, and a digest of its words, never the words themselves. Another calendar may
hold it: so undo leaves it alone, and `sequence` only ever grows."""

drafts = Table(
    "drafts",
    metadata,
    Column("name", Text, primary_key=True),
    Column("body", Text, nullable=False),
    Column("saved_at", Moment, nullable=False),
)
"""What is being typed at this moment and not yet saved, such as the notes of a call; JSON. It is
no undo step: it only waits for the next start, should the program be ended."""

# ---------------------------------------------------------------- derived by machines

originals = Table(
    "originals",
    metadata,
    Column("sha256", Text, primary_key=True),
    Column("size", Integer, nullable=False),
    Column("media_type", Text, nullable=False),
    Column("stored_at", Moment, nullable=False),
)
readings = Table(
    "readings",
    metadata,
    Column("sha256", Text, ForeignKey("originals.sha256"), primary_key=True),
    Column("number", Integer, nullable=False),
    Column("state", Text, nullable=False),
    Column("reason", Text),
    Column("needs_password", Integer, nullable=False, default=0),
    Column("pages", Integer),
)
"""The reading queue: `state` is waiting, done or failed; `number` is the place in the queue."""
Index("ix_readings_state", readings.c.state, readings.c.number)

pages = Table(
    "pages",
    metadata,
    Column("sha256", Text, ForeignKey("originals.sha256"), primary_key=True),
    Column("page", Integer, primary_key=True),
    Column("width_pt", Integer, nullable=False),
    Column("height_pt", Integer, nullable=False),
    Column("turned", Integer, nullable=False),
    Column("how", Text, nullable=False),
    Column("failed", Text),
    Column("text", LargeBinary),
    Column("corners", Text),
)
"""A page of an original: its upright size in points, how its text was got, and the text itself
with its words (compressed). `failed` says why a page has none.
`corners` are eight fractions: where the page lies in its photo, which is shown flattened."""

passwords = Table(
    "passwords",
    metadata,
    Column("sha256", Text, ForeignKey("originals.sha256"), primary_key=True),
    Column("password", Text, nullable=False),
)
thumbnails = Table(
    "thumbnails",
    metadata,
    Column("sha256", Text, ForeignKey("originals.sha256"), primary_key=True),
    Column("jpeg", LargeBinary, nullable=False),
)
siftings = Table(
    "siftings",
    metadata,
    Column("document_id", Text, primary_key=True),
    Column("made_of", Text, nullable=False),
    Column("version", Integer, nullable=False),
    Column("sifted", LargeBinary, nullable=False),
)
"""What was read in a paper as a whole: `made_of` are the digests of its parts, in order, `version`
that of the reader, and `sifted` the facts with their places (packed)."""

sifted_values = Table(
    "sifted_values",
    metadata,
    Column("document_id", Text, primary_key=True),
    Column("name", Text, primary_key=True),
    Column("value", Text, primary_key=True),
)
"""By which of its values a paper can be matched with claims and other papers."""
Index("ix_sifted_values_name", sifted_values.c.name, sifted_values.c.value)

search_entries = Table(
    "search_entries",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("kind", Text, nullable=False),
    Column("ref", Text, nullable=False),
    Column("page", Integer, nullable=False),
)
"""What each row of the full-text tables `search` and `search_numbers` stands for: a page of an
original (`kind` page, `ref` its sha256), or a record (`kind` and `ref` its kind and id)."""
Index("ix_search_entries_ref", search_entries.c.ref, search_entries.c.page)

RECORD_TABLES: Final[dict[str, tuple[Table, type[Any]]]] = {
    "person": (people, Person),
    "plan": (plans, Plan),
    "provider": (providers, Provider),
    "claim": (claims, Claim),
    "document": (documents, Document),
    "part": (parts, Part),
    "denial": (denials, Denial),
    "call": (calls, Call),
    "due_item": (due_items, DueItem),
    "expense": (expenses, Expense),
    "sending": (sendings, Sending),
    "clock": (clocks, Clock),
    "choice": (choices, Choice),
    "said_fact": (said_facts, SaidFact),
    "page_edges": (page_edges, PageEdges),
    "authorization": (authorizations, Authorization),
    "treatment": (treatments, Treatment),
    "diary_line": (diary_lines, DiaryLine),
    "representative": (representatives, Representative),
    "criterion": (criteria, Criterion),
    "criterion_proof": (criterion_proofs, CriterionProof),
    "evidence_mark": (evidence_marks, EvidenceMark),
    "saved_bundle": (saved_bundles, SavedBundle),
    "saved_file": (saved_files, SavedFile),
    "bundle_choice": (bundle_choices, BundleChoice),
    "black_out": (black_outs, BlackOut),
    "hidden_line": (hidden_lines, HiddenLine),
    "letter": (letters, Letter),
    "sending_proof": (sending_proofs, SendingProof),
    **MONEY_RECORDS,
}
"""Each kind of record with its table and its class."""
