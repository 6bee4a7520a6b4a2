"""Whatever is done to an appeal, taken back and done again: the binder is what it was then."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import strategies as st
from hypothesis.stateful import rule, run_state_machine_as_test

from app.domain.bundle import BlackBox, BoundBundle, BoundFile
from app.operations import (
    answers,
    authorizations,
    black_outs,
    bundle_choices,
    checklist,
    claims,
    criteria,
    denials,
    diary,
    intake,
    letter_papers,
    next_appeal,
    people,
    providers,
    representatives,
    saved_bundles,
    sending_changes,
    sendings,
    story,
    trash,
    treatments,
    winning,
)
from app.operations.bundle_plan import plan_bundle
from app.storage.queries.trash import KINDS
from tests.operations.undo_history import History, days, how_long, titles, words

ITEMS = sorted(checklist.evidence_book().items)[:3]
DAY = date(2026, 11, 20)
past_days = st.dates(date(2026, 11, 1), date(2026, 11, 20))
items = st.sampled_from(ITEMS)


class Appeals(History):
    """Care, evidence, points, letters, bundles, what was sent, and what a yes still owes."""

    def fill(self) -> None:
        person = people.add_person(self.binder, "alpha").id
        people.add_person(self.binder, "echo")
        for title in ("Iron", "Scan"):
            claim = claims.open_claim(self.binder, title, person_id=person)
            filing = intake.Filing(claim_id=claim.id, kind="denial")
            for name in ("letter", "proof"):
                content = f"{name} of {title}".encode()
                intake.add_bytes(self.binder, f"{name}.txt", content, filing=filing)
            said = denials.DenialAnswer(notice_on=date(2026, 10, 30), reason="bravo")
            denials.record_denial(self.binder, self.book, claim.id, said, confirmed=False)

    def change(
        self, data: st.DataObject, kind: str, verb: Callable[..., object], **known: Any
    ) -> None:
        """Change some fields of a record of a kind by its own verb."""
        if one := self.one(data, kind):
            self.do(lambda: verb(self.binder, replace(one, **known)))

    # ------------------------------------------------------------------------ care

    @rule(name=titles, note=words)
    def add_a_provider(self, name: str, note: str) -> None:
        self.do(lambda: providers.add_provider(self.binder, name, note=note))

    @rule(data=st.data(), name=titles)
    def change_a_provider(self, data: st.DataObject, name: str) -> None:
        self.change(data, "provider", providers.change_provider, name=name)

    @rule(data=st.data())
    def choose_the_provider_of_a_claim(self, data: st.DataObject) -> None:
        provider = self.id_or_none(data, "provider")
        self.change(data, "claim", claims.change_claim, provider_id=provider)

    @rule(data=st.data(), service=titles, until=days | st.none(), renew=days | st.none())
    def add_an_authorization(
        self, data: st.DataObject, service: str, until: date | None, renew: date | None
    ) -> None:
        kinds = ("claim", "denial", "provider", "document")
        links = {f"{kind}_id": self.id_or_none(data, kind) for kind in kinds}
        known = {**links, "until_on": until, "renew_by": renew, "status": "approved"}
        self.do(lambda: authorizations.add_authorization(self.binder, service, **known))

    @rule(data=st.data(), until=days | st.none(), status=st.sampled_from(["approved", "ended"]))
    def change_an_authorization(self, data: st.DataObject, until: date | None, status: str) -> None:
        verb = authorizations.change_authorization
        self.change(data, "authorization", verb, until_on=until, status=status)

    @rule(data=st.data(), what=titles, began=st.sampled_from(["", "2024", "2026-12"]))
    def add_a_treatment(self, data: st.DataObject, what: str, began: str) -> None:
        if claim := self.one(data, "claim"):
            known = {
                "began": began,
                "provider_id": self.id_or_none(data, "provider"),
                "document_id": self.id_or_none(data, "document"),
            }
            self.do(lambda: treatments.add_treatment(self.binder, claim.id, what, **known))

    @rule(data=st.data(), reaction=words)
    def change_a_treatment(self, data: st.DataObject, reaction: str) -> None:
        self.change(data, "treatment", treatments.change_treatment, reaction=reaction)

    @rule(data=st.data(), text=words, on=past_days)
    def write_in_the_diary(self, data: st.DataObject, text: str, on: date) -> None:
        if claim := self.one(data, "claim"):
            self.do(lambda: diary.add_line(self.binder, claim.id, text, on=on, score=4))

    @rule(data=st.data(), text=words, gone=st.booleans())
    def change_the_diary(self, data: st.DataObject, text: str, gone: bool) -> None:
        if line := self.one(data, "diary_line"):
            if gone:
                self.do(lambda: diary.remove_line(self.binder, line.id))
            else:
                self.do(lambda: diary.change_line(self.binder, replace(line, text=text)))

    @rule(data=st.data(), name=words)
    def say_who_may_speak(self, data: st.DataObject, name: str) -> None:
        if person := self.one(data, "person"):
            known = {
                "helper_id": self.id_or_none(data, "person"),
                "document_id": self.id_or_none(data, "document"),
            }
            self.do(
                lambda: representatives.add_representative(self.binder, person.id, name, **known)
            )

    @rule(data=st.data(), on=past_days)
    def change_who_may_speak(self, data: st.DataObject, on: date) -> None:
        verb = representatives.change_representative
        self.change(data, "representative", verb, sent_on=on)

    @rule(data=st.data(), kind=st.sampled_from(KINDS), back=st.booleans())
    def trash_or_restore(self, data: st.DataObject, kind: str, back: bool) -> None:
        if one := self.one(data, kind):
            verb = trash.restore if back else trash.put_in_trash
            self.do(lambda: verb(self.binder, [(kind, one.id)]))

    # -------------------------------------------------------------------- evidence and points

    @rule(data=st.data(), item=items, on=past_days, again=days | st.none())
    def ask_for_evidence(
        self, data: st.DataObject, item: str, on: date, again: date | None
    ) -> None:
        if denial := self.one(data, "denial"):
            known = {"of": "Dr. Lee", "on": on, "again_on": again}
            self.do(lambda: checklist.mark_asked(self.binder, denial.id, item, **known))

    @rule(data=st.data(), item=items, what=st.sampled_from(["proved", "off", "not", "clear"]))
    def mark_evidence(self, data: st.DataObject, item: str, what: str) -> None:
        denial, paper = self.one(data, "denial"), self.one(data, "document")
        if denial and paper:
            verbs = {
                "proved": lambda: checklist.mark_proved(self.binder, denial.id, item, paper.id),
                "off": lambda: checklist.take_paper_off(self.binder, denial.id, item, paper.id),
                "not": lambda: checklist.mark_not_needed(self.binder, denial.id, item),
                "clear": lambda: checklist.clear_marks(self.binder, denial.id, item),
            }
            self.do(verbs[what])

    @rule(data=st.data(), quote=words, kind=st.sampled_from(["reason", "criterion"]))
    def add_a_point(self, data: st.DataObject, quote: str, kind: str) -> None:
        denial, paper = self.one(data, "denial"), self.id_or_none(data, "document")
        proofs = [(paper, None)] if paper else []
        if denial:
            known = {"kind": kind, "proofs": proofs, "source_document_id": paper}
            self.do(lambda: criteria.add_point(self.binder, denial.id, quote, **known))

    @rule(data=st.data(), answer=words, what=st.sampled_from(["change", "move", "remove"]))
    def change_a_point(self, data: st.DataObject, answer: str, what: str) -> None:
        if point := self.one(data, "criterion"):
            verbs = {
                "change": lambda: criteria.change_point(
                    self.binder, point.id, answer=answer, proofs=[]
                ),
                "move": lambda: criteria.move_point(self.binder, point.id, 1),
                "remove": lambda: criteria.remove_point(self.binder, point.id),
            }
            self.do(verbs[what])

    # -------------------------------------------------------------------- letters and bundles

    @rule(data=st.data(), title=titles, body=words)
    def write_a_letter(self, data: st.DataObject, title: str, body: str) -> None:
        if claim := self.one(data, "claim"):
            write = letter_papers.save_letter
            denial = self.id_or_none(data, "denial")
            self.do(lambda: write(self.binder, claim.id, "appeal", title, body, denial))

    @rule(data=st.data(), body=words, what=st.sampled_from(["change", "sign", "keep"]))
    def change_a_letter(self, data: st.DataObject, body: str, what: str) -> None:
        if letter := self.one(data, "letter"):
            paper = self.id_or_none(data, "document")
            changed = replace(letter, body=body)
            verbs = {
                "change": lambda: letter_papers.change_letter(self.binder, changed),
                "sign": lambda: letter_papers.sign_letter(
                    self.binder, letter.id, DAY, document_id=paper
                ),
                "keep": lambda: letter_papers.keep_letter(self.binder, letter.id),
            }
            self.do(verbs[what])

    @rule(data=st.data(), goes_in=st.booleans(), pages=st.sampled_from(["", "1-2", "x"]))
    def choose_what_goes_in(self, data: st.DataObject, goes_in: bool, pages: str) -> None:
        claim, paper = self.one(data, "claim"), self.one(data, "document")
        if claim and paper:
            choice = bundle_choices.PaperChoice(document_id=paper.id, goes_in=goes_in, pages=pages)
            parts = ["diary"] if goes_in else None
            self.do(lambda: bundle_choices.choose(self.binder, claim.id, [choice], parts))

    @rule(data=st.data(), tops=st.sets(st.sampled_from([0.1, 0.3, 0.5])))
    def black_out(self, data: st.DataObject, tops: set[float]) -> None:
        if paper := self.one(data, "document"):
            boxes = [BlackBox(page=1, x0=0.1, y0=top, x1=0.5, y1=top + 0.1) for top in tops]
            self.do(lambda: black_outs.set_black_outs(self.binder, paper.id, boxes))

    @rule(data=st.data(), number=st.integers(1, 3))
    def freeze_a_bundle(self, data: st.DataObject, number: int) -> None:
        if claim := self.one(data, "claim"):
            denial = self.id_or_none(data, "denial")
            path = self.place / "appeal.pdf"
            path.write_bytes(content := f"%PDF {number}".encode())
            digest = hashlib.sha256(content).hexdigest()
            file = BoundFile(path=path, pages=1, bytes=len(content), sha256=digest)
            plan = plan_bundle(self.binder, claim.id, today=DAY)
            freeze, made = saved_bundles.freeze_bundle, BoundBundle(files=(file,))
            self.do(lambda: freeze(self.binder, claim.id, plan, made, denial_id=denial))

    @rule(data=st.data(), hidden=st.booleans())
    def leave_a_treatment_out_of_the_story(self, data: st.DataObject, hidden: bool) -> None:
        if one := self.one(data, "treatment"):
            change = story.hide_line if hidden else story.show_line
            self.do(lambda: change(self.binder, one.claim_id, "treatment", one.id))

    # --------------------------------------------------------------- sent, answered, won

    @rule(data=st.data(), on=past_days)
    def send_something(self, data: st.DataObject, on: date) -> None:
        if denial := self.one(data, "denial"):
            known = {
                "denial_id": denial.id,
                "bundle_id": self.id_or_none(data, "saved_bundle"),
                "proofs": [key for key in [self.id_or_none(data, "document")] if key],
            }
            send = sendings.record_sending
            self.do(lambda: send(self.binder, denial.claim_id, on, way="fax", **known))

    @rule(
        data=st.data(),
        on=past_days,
        what=st.sampled_from(["change", "remove", "got", "confirm", "proof", "no proof"]),
    )
    def change_what_was_sent(self, data: st.DataObject, on: date, what: str) -> None:
        if sent := self.one(data, "sending"):
            paper = self.one(data, "document")
            proof = self.one(data, "sending_proof")
            denial = self.id_or_none(data, "denial")
            binder, key = self.binder, sent.id
            verbs = {
                "change": lambda: sending_changes.change_sending(
                    binder, key, sent_on=on, denial_id=denial
                ),
                "remove": lambda: sending_changes.remove_sending(binder, key),
                "got": lambda: sending_changes.note_delivery(binder, key, on),
                "confirm": lambda: sending_changes.confirm_sending(binder, key, on, "Ann"),
                "proof": lambda: paper and sending_changes.add_proofs(binder, key, [paper.id]),
                "no proof": lambda: proof and sending_changes.remove_proof(binder, proof.id),
            }
            self.do(verbs[what])

    @rule(data=st.data(), on=past_days, outcome=st.sampled_from(["upheld", "overturned"]))
    def record_an_answer(self, data: st.DataObject, on: date, outcome: str) -> None:
        if denial := self.one(data, "denial"):
            said = answers.AppealAnswer(outcome=outcome, on=on, reason="delta")
            self.do(lambda: answers.record_answer(self.binder, self.book, denial.id, said))

    @rule(data=st.data(), news=words, along=st.booleans())
    def build_the_next_appeal(self, data: st.DataObject, news: str, along: bool) -> None:
        if denial := self.one(data, "denial"):
            given = next_appeal.NextAppeal(news=news, with_packet=along, with_proof=along)
            self.do(lambda: next_appeal.build_next_appeal(self.binder, denial.id, given))

    @rule(data=st.data(), on=past_days, by=days)
    def ask_for_what_they_owe(self, data: st.DataObject, on: date, by: date) -> None:
        if denial := self.one(data, "denial"):
            asked = winning.AskedBack(what="refund", on=on, by=by)
            self.do(lambda: winning.ask_back(self.binder, denial.id, asked))

    @rule(data=st.data(), on=past_days)
    def note_what_came_back(self, data: st.DataObject, on: date) -> None:
        if item := self.one(data, "due_item"):
            self.do(lambda: winning.note_settled(self.binder, item.id, on))


@pytest.mark.timeout(1800)
def test_undo_and_redo_bring_back_an_appeal_exactly_as_it_was(request: pytest.FixtureRequest):
    deep = bool(request.config.getoption("--deep"))
    run_state_machine_as_test(Appeals, settings=how_long(deep=deep, runs=12))
