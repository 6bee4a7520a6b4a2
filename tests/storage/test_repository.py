"""Records in and out of their tables."""

from __future__ import annotations

from dataclasses import replace

import pytest
from sqlalchemy.exc import IntegrityError

from app.binder import Binder
from app.domain.claim import Claim
from app.domain.errors import UserError
from app.domain.person import Person
from app.domain.plan import Plan


def test_what_was_added_is_found_by_its_id_and_by_its_fields(binder: Binder):
    rosa, sam = Person(id="b", name="Rosa", relation="self"), Person(id="a", name="Sam")
    with binder.operation("Add") as work:
        work.people.add(rosa)
        work.people.add(sam)
        assert work.people.get("b") == rosa
        assert work.people.where() == (sam, rosa)  # in the order of their ids
        assert work.people.where(relation="self") == (rosa,)
        assert work.people.where(relation=None, name="Sam") == (sam,)
        assert work.people.find(None) is None


def test_an_unknown_id_is_refused_in_plain_words(binder: Binder):
    with (
        pytest.raises(UserError, match="There is no paper “nope” in this binder"),
        binder.operation("x") as work,
    ):
        work.documents.get("nope")


def test_saving_the_same_again_is_no_change(binder: Binder):
    rosa = Person(id="r", name="Rosa")
    with binder.operation("Add") as work:
        work.people.add(rosa)
        work.people.save(replace(rosa))
        assert len(work.edits) == 1
        work.people.save(replace(rosa, name="Rosa Alvarez"))
        work.people.remove("r")
        assert [(edit.before is None, edit.after is None) for edit in work.edits] == [
            (True, False), (False, False), (False, True),
        ]  # fmt: skip


def test_a_link_to_nobody_does_not_commit(binder: Binder):
    with pytest.raises(IntegrityError), binder.operation("x") as work:
        work.claims.add(Claim(id="c", title="x", person_id="nobody", added_at=binder.now()))
    with binder.operation("x") as work:
        assert work.claims.where() == ()


def test_a_value_of_the_wrong_type_does_not_commit(binder: Binder):
    plan = Plan(id="p", name="Gold", program="employer", coinsurance_percent="twenty")
    with pytest.raises(IntegrityError, match="cannot store TEXT"), binder.operation("x") as work:
        work.plans.add(plan)
