"""Any operations in any order, taken back and done again: the binder is what it was then."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import strategies as st
from hypothesis.stateful import rule, run_state_machine_as_test

from app.domain.money import Money
from app.domain.page import PageText, pack_page
from app.jobs import Silent
from app.operations import (
    answers,
    calls,
    claims,
    clocks,
    dates,
    denials,
    expenses,
    intake,
    papers,
    people,
    sendings,
    sorting,
    story,
    trash,
)
from app.operations.denials import DenialAnswer
from app.storage.derived import PageRecord
from app.storage.queries.papers import document_parts
from tests.operations.undo_history import History, days, how_long, titles, words


class Household(History):
    """Papers, people, claims, calls, dates and money."""

    @rule(content=words, filed=st.booleans(), data=st.data())
    def add_a_paper(self, content: str, filed: bool, data: st.DataObject) -> None:
        self.files += 1
        path = self.place / f"letter {self.files}"
        path.write_text(content or f"number {self.files}", encoding="utf-8")
        claim = self.id_or_none(data, "claim") if filed else None
        filing = intake.Filing(claim_id=claim)
        self.do(lambda: intake.add_papers(self.binder, [path], Silent(), filing=filing))

    @rule(data=st.data(), kind=st.sampled_from(["denial", "eob", None]), on=days)
    def file_a_paper(self, data: st.DataObject, kind: str | None, on: date) -> None:
        if paper := self.one(data, "document"):
            claim = self.id_or_none(data, "claim")
            self.do(
                lambda: papers.file_paper(
                    self.binder, paper.id, claim_id=claim, kind=kind, dated_on=on
                )
            )

    @rule(data=st.data(), name=titles, note=words)
    def change_a_paper(self, data: st.DataObject, name: str, note: str) -> None:
        if paper := self.one(data, "document"):
            changed = replace(paper, name=name, note=note, claim_id=None, kind=None)
            self.do(lambda: papers.change_paper(self.binder, changed))

    @rule(data=st.data(), title=titles)
    def sort_papers(self, data: st.DataObject, title: str) -> None:
        if ids := self.ids("document"):
            some = data.draw(st.lists(st.sampled_from(ids), max_size=3))
            told = sorting.Sorting(kind="study", new_claim=title)
            self.do(lambda: sorting.sort_papers(self.binder, some, told))

    @rule(data=st.data())
    def join_papers(self, data: st.DataObject) -> None:
        if ids := self.ids("document"):
            some = data.draw(st.lists(st.sampled_from(ids), max_size=3))
            self.do(lambda: papers.join_papers(self.binder, some))

    @rule(data=st.data(), kind=st.sampled_from(["document", "claim", "call", "expense", "person"]))
    def trash_something(self, data: st.DataObject, kind: str) -> None:
        if one := self.one(data, kind):
            self.do(lambda: trash.put_in_trash(self.binder, [(kind, one.id)]))

    @rule(data=st.data(), kind=st.sampled_from(["document", "claim", "call", "expense"]))
    def restore_something(self, data: st.DataObject, kind: str) -> None:
        if one := self.one(data, kind):
            self.do(lambda: trash.restore(self.binder, [(kind, one.id)]))

    @rule(name=titles, note=words)
    def add_a_person(self, name: str, note: str) -> None:
        self.do(lambda: people.add_person(self.binder, name, note=note, born_on=date(1960, 2, 29)))

    @rule(data=st.data(), note=words)
    def change_a_person(self, data: st.DataObject, note: str) -> None:
        if person := self.one(data, "person"):
            self.do(lambda: people.change_person(self.binder, replace(person, note=note)))

    @rule(data=st.data(), name=titles, note=words)
    def add_a_plan(self, data: st.DataObject, name: str, note: str) -> None:
        person = self.id_or_none(data, "person")
        more = {"program": "employer", "deductible": Money(200_000), "appeal_address": note}
        self.do(lambda: people.add_plan(self.binder, name, person_id=person, **more))

    @rule(data=st.data(), title=titles, number=words)
    def open_a_claim(self, data: st.DataObject, title: str, number: str) -> None:
        person = self.id_or_none(data, "person")
        self.do(lambda: claims.open_claim(self.binder, title, number=number, person_id=person))

    @rule(data=st.data(), note=words)
    def change_a_claim(self, data: st.DataObject, note: str) -> None:
        if claim := self.one(data, "claim"):
            person = self.id_or_none(data, "person")
            changed = replace(claim, note=note, person_id=person)
            self.do(lambda: claims.change_claim(self.binder, changed))

    @rule(data=st.data(), note=words, promise=words, by=days | st.none())
    def log_a_call(self, data: st.DataObject, note: str, promise: str, by: date | None) -> None:
        known = {"note": note, "promise": promise, "promise_by": by}
        claim = self.id_or_none(data, "claim")
        self.do(lambda: calls.log_call(self.binder, claim_id=claim, **known))

    @rule(data=st.data(), promise=words, by=days | st.none())
    def change_a_call(self, data: st.DataObject, promise: str, by: date | None) -> None:
        if call := self.one(data, "call"):
            changed = replace(call, promise=promise, promise_by=by)
            self.do(lambda: calls.change_call(self.binder, changed))

    @rule(data=st.data(), hidden=st.booleans())
    def leave_a_call_out_of_the_story_or_take_it_in(
        self, data: st.DataObject, hidden: bool
    ) -> None:
        call = self.one(data, "call")
        if call and call.claim_id:
            change = story.hide_line if hidden else story.show_line
            self.do(lambda: change(self.binder, call.claim_id, "call", call.id))

    @rule(data=st.data(), cents=st.integers(-1, 10**9), provider=words)
    def enter_an_expense(self, data: st.DataObject, cents: int, provider: str) -> None:
        links = {name: self.id_or_none(data, name) for name in ("document", "claim", "person")}
        known = {f"{name}_id": key for name, key in links.items()}
        amount = Money(cents)
        self.do(lambda: expenses.enter_expense(self.binder, amount, provider=provider, **known))

    @rule(data=st.data(), by=days, level=st.integers(1, 2), confirmed=st.booleans())
    def record_a_denial(self, data: st.DataObject, by: date, level: int, confirmed: bool) -> None:
        if claim := self.one(data, "claim"):
            letter = self.id_or_none(data, "document")
            answer = DenialAnswer(
                document_id=letter, letter_says="date", letter_date=by, level=level
            )
            self.do(
                lambda: denials.record_denial(
                    self.binder, self.book, claim.id, answer, confirmed=confirmed
                )
            )

    @rule(data=st.data(), number=st.integers(0, 60), confirmed=st.booleans())
    def change_a_denial(self, data: st.DataObject, number: int, confirmed: bool) -> None:
        if denial := self.one(data, "denial"):
            answer = DenialAnswer(
                letter_says="days", letter_days=number, notice_on=date(2026, 11, 2), reason="alpha"
            )
            self.do(
                lambda: denials.change_denial(
                    self.binder, self.book, denial.id, answer, confirmed=confirmed
                )
            )

    @rule(data=st.data(), again=st.booleans())
    def let_a_denial_stand_or_not(self, data: st.DataObject, again: bool) -> None:
        if denial := self.one(data, "denial"):
            verb = denials.appeal_after_all if again else denials.do_not_appeal
            self.do(lambda: verb(self.binder, denial.id))

    @rule(data=st.data(), title=words, on=days)
    def add_a_date(self, data: st.DataObject, title: str, on: date) -> None:
        doer = self.id_or_none(data, "person")
        self.do(lambda: dates.add_own_date(self.binder, title, on, doer_id=doer))

    @rule(data=st.data(), on=days, what=st.sampled_from(["done", "move", "remove"]))
    def change_a_date(self, data: st.DataObject, on: date, what: str) -> None:
        if item := self.one(data, "due_item"):
            verbs = {
                "done": lambda: dates.mark_done(self.binder, item.id, on),
                "move": lambda: dates.move_date(self.binder, item.id, on),
                "remove": lambda: dates.remove_date(self.binder, item.id),
            }
            self.do(verbs[what])

    @rule(data=st.data(), on=days, way=st.sampled_from(["fax", "pigeon"]))
    def send_something(self, data: st.DataObject, on: date, way: str) -> None:
        if claim := self.one(data, "claim"):
            denial = self.id_or_none(data, "denial")
            self.do(
                lambda: sendings.record_sending(
                    self.binder, claim.id, on, way=way, denial_id=denial, to="alpha"
                )
            )

    @rule(data=st.data(), on=days, what=st.sampled_from(["records", "explanation"]))
    def ask_for_papers(self, data: st.DataObject, on: date, what: str) -> None:
        if claim := self.one(data, "claim"):
            denial = self.id_or_none(data, "denial")
            self.do(lambda: clocks.ask_for(self.binder, claim.id, what, on, denial_id=denial))

    @rule(data=st.data(), on=days, what=st.sampled_from(["got", "answered", "waived"]))
    def change_a_running_time(self, data: st.DataObject, on: date, what: str) -> None:
        if clock := self.one(data, "clock"):
            verbs = {
                "got": lambda: clocks.set_received(self.binder, clock.id, on),
                "answered": lambda: clocks.answer_clock(self.binder, clock.id, on),
                "waived": lambda: clocks.waive_clock(self.binder, clock.id),
            }
            self.do(verbs[what])

    @rule(data=st.data(), on=days, outcome=st.sampled_from(["upheld", "overturned"]))
    def record_an_answer(self, data: st.DataObject, on: date, outcome: str) -> None:
        if denial := self.one(data, "denial"):
            said = answers.AppealAnswer(outcome=outcome, on=on, is_final=True)
            self.do(lambda: answers.record_answer(self.binder, self.book, denial.id, said))

    # ------------------------------------------------------------- what is no step of a history

    @rule(data=st.data(), text=titles)
    def the_reader_brings_a_page(self, data: st.DataObject, text: str) -> None:
        """What machines derive is no step, and stays whatever is undone."""
        if paper := self.one(data, "document"):
            part = self.binder.ask(document_parts, paper.id)[0]
            packed = pack_page(PageText(1, text, "ocr"))
            with self.binder.deriving("Reading") as derived:
                page = PageRecord(1, 612, 792, 0, "ocr", packed, text)
                derived.keep_pages(part.sha256, [page])
                derived.finish(part.sha256, 1)


@pytest.mark.timeout(1800)
def test_undo_and_redo_bring_back_exactly_what_was(request: pytest.FixtureRequest):
    deep = bool(request.config.getoption("--deep"))
    run_state_machine_as_test(Household, settings=how_long(deep=deep, runs=12))
