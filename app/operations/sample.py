"""The sample binder: an invented family's papers and records, made by the program's own verbs."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from itertools import groupby
from pathlib import Path
from typing import Any, Final

from app.binder import Binder
from app.domain.money import Money
from app.exporting.sample_papers import SamplePaper, draw_sample_papers
from app.importing.reader import DocumentReader
from app.jobs import Progress, Silent
from app.operations.answers import AppealAnswer, record_answer
from app.operations.calls import log_call
from app.operations.claims import open_claim
from app.operations.clocks import answer_clock, ask_for
from app.operations.dates import add_own_date, mark_done
from app.operations.denials import DenialAnswer, record_denial
from app.operations.expenses import enter_expense
from app.operations.intake import Filing, add_papers
from app.operations.papers import change_paper, wanted
from app.operations.people import add_person, add_plan
from app.operations.reading import read_waiting
from app.operations.reserve import set_buffer_days
from app.operations.rules import rule_book
from app.operations.sample_appeal import AppealChapter
from app.operations.sample_mark import mark_as_sample
from app.operations.sample_money import MoneyChapter
from app.operations.sendings import record_sending
from app.resources import resource_json

_DAYS: Final = frozenset(
    {"born_on", "from_on", "until_on", "service_on", "notice_on", "received_on", "letter_date"}
    | {"sent_on", "promise_by", "served_on", "paid_on"}
)
_AMOUNTS: Final = frozenset({"deductible", "copay", "out_of_pocket_max", "amount"})
_Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class SampleMade:
    """Where the sample binder lies, and how much is in it."""

    binder: Path
    claims: int
    documents: int


_TOLD_ON: Final = datetime(2026, 11, 21, 17, tzinfo=UTC)
"""The day of the story. A computer whose clock is behind makes the sample as of that day: nothing
may be sent or answered on a day that has not come."""


def _utc_now() -> datetime:
    return datetime.now(UTC)


def make_sample(
    folder: Path, progress: Progress, *, now: Callable[[], datetime] = _utc_now
) -> SampleMade:
    """Make the sample binder in a new or empty folder: draw its papers, read them, tell its story.

    Every record goes through the same operations as a person's own. What was made is taken away
    again if it cannot be finished.

    Raises:
        UserError: the place is not empty or cannot be written to.
        Cancelled: the person asked to stop.
    """
    binder = Binder.create(folder, now=lambda: max(now(), _TOLD_ON))
    try:
        with binder:
            return _Story(binder, resource_json("sample", "story.json"), progress).tell()
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise


class _Story:
    """Plays the story, chapter by chapter; `_ids` are the ids that its keys stand for."""

    def __init__(self, binder: Binder, story: Mapping[str, Any], progress: Progress) -> None:
        self._binder = binder
        self._story = story
        self._progress = progress
        self._ids: dict[str, str] = {}

    def tell(self) -> SampleMade:
        """Do all of it and return what came of it."""
        self._people()
        papers = self._papers()
        self._denials_and_sendings()
        self._calls_and_dates()
        self._expenses()
        AppealChapter(self._binder, resource_json("sample", "appeal.json"), self._ids).tell()
        MoneyChapter(self._binder, resource_json("sample", "money.json"), self._ids).tell()
        mark_as_sample(self._binder)
        return SampleMade(self._binder.root, len(self._story["claims"]), papers)

    def _people(self) -> None:
        for row in self._story["people"]:
            self._ids[row["key"]] = add_person(self._binder, **_fields(row)).id
        for row in self._story["plans"]:
            person_id = self._ids[row["person"]]
            plan = add_plan(self._binder, person_id=person_id, **_fields(row, "person"))
            self._ids[row["key"]] = plan.id
        for row in self._story["claims"]:
            claim = open_claim(
                self._binder,
                person_id=self._ids[row["person"]],
                plan_id=self._ids[row["plan"]],
                **_fields(row, "person", "plan"),
            )
            self._ids[row["key"]] = claim.id

    def _papers(self) -> int:
        """Draw, add and read the papers; return how many there are."""
        inbox: set[str] = set(self._story["inbox"])
        with tempfile.TemporaryDirectory() as folder, DocumentReader() as reader:
            self._progress.step(0, 1, "Drawing the papers of the sample")
            drawn = draw_sample_papers(Path(folder))
            papers = [list(pages) for _, pages in groupby(drawn, _paper_key)]
            for number, pages in enumerate(papers):
                self._progress.step(number, len(papers), f"Adding {pages[0].name}")
                self._add(pages, is_sorted=pages[0].path.name not in inbox)
            read_waiting(self._binder, reader, self._progress)
        return len(papers)

    def _add(self, pages: Sequence[SamplePaper], *, is_sorted: bool) -> None:
        first = pages[0]
        filing = Filing(
            claim_id=self._ids[first.claim] if first.claim else None,
            kind=first.kind if is_sorted else None,
        )
        paths = [page.path for page in pages]
        (taken, *_) = add_papers(
            self._binder, paths, Silent(), filing=filing, as_one=len(paths) > 1
        )
        assert taken.document_id is not None
        self._ids[_paper_key(first)] = taken.document_id
        if is_sorted:
            paper = wanted(self._binder, "document", taken.document_id)
            known = {"dated_on": first.dated_on, "received_on": first.received_on}
            change_paper(self._binder, replace(paper, name=first.name, **known))

    def _denials_and_sendings(self) -> None:
        """Record each denial, then what was sent to answer it: the next one comes after."""
        for row in self._story["denials"]:
            self._ids[row["key"]] = self._deny(row)
            for sent in self._story["sendings"]:
                if sent["denial"] == row["key"]:
                    self._send(sent)
        for sent in self._story["sendings"]:
            if sent["denial"] is None:
                self._send(sent)

    def _deny(self, row: _Row) -> str:
        """Record a denial, or the answer that opens it, and return its id."""
        document_id = self._ids[row["document"]] if row["document"] else None
        if row["answers"]:
            known = _fields(row, "answers", "claim", "document", "notice_on", "level", "kind")
            on = date.fromisoformat(row["notice_on"])
            answer = AppealAnswer(on=on, document_id=document_id, **known)
            first = self._ids[row["answers"]]
            follows = record_answer(self._binder, rule_book(), first, answer).follows
            assert follows is not None
            return follows.denial.id
        said = DenialAnswer(document_id=document_id, **_fields(row, "answers", "claim", "document"))
        claim_id = self._ids[row["claim"]]
        recorded = record_denial(self._binder, rule_book(), claim_id, said, confirmed=True)
        return recorded.denial.id

    def _send(self, row: _Row) -> None:
        sent = record_sending(
            self._binder,
            self._ids[row["claim"]],
            denial_id=self._ids[row["denial"]] if row["denial"] else None,
            **_fields(row, "claim", "denial", "documents"),
        )
        self._ids[row["key"]] = sent.sending.id

    def _calls_and_dates(self) -> None:
        for row in self._story["calls"]:
            called_at = datetime.fromisoformat(row["called_at"]).astimezone(UTC)
            known = _fields(row, "claim", "called_at", "kept")
            claim_id = self._ids[row["claim"]]
            _, due = log_call(self._binder, claim_id=claim_id, called_at=called_at, **known)
            if due and row["kept"]:
                mark_done(self._binder, due.id, due.last_day)
        for row in self._story["dates"]:
            item = add_own_date(
                self._binder,
                row["title"],
                date.fromisoformat(row["on"]),
                claim_id=self._ids[row["claim"]],
                kind=row["kind"],
                note=row["note"],
            )
            if row["done"]:
                mark_done(self._binder, item.id, item.last_day)
        for row in self._story["requests"]:
            on = date.fromisoformat(row["on"])
            asked = ask_for(self._binder, self._ids[row["claim"]], row["what"], on, of=row["of"])
            if row["answered_on"]:
                day = date.fromisoformat(row["answered_on"])
                answer_clock(self._binder, asked.clock.id, day)
        set_buffer_days(self._binder, rule_book(), self._story["reserve"])

    def _expenses(self) -> None:
        for row in self._story["expenses"]:
            enter_expense(
                self._binder,
                person_id=self._ids[row["person"]],
                claim_id=self._ids[row["claim"]],
                document_id=self._ids[row["document"]] if row["document"] else None,
                **_fields(row, "person", "claim", "document"),
            )


def _paper_key(paper: SamplePaper) -> str:
    return paper.as_one or paper.path.name


def _fields(row: _Row, *others: str) -> dict[str, Any]:
    """Return the fields of a record as its operation takes them."""
    names = row.keys() - {"key", *others}
    return {name: _value(name, row[name]) for name in sorted(names)}


def _value(name: str, value: Any) -> Any:
    if value is not None and name in _DAYS:
        return date.fromisoformat(value)
    if value is not None and name in _AMOUNTS:
        return Money.parse(value)
    return value
