"""Explanations of benefits in the ledger: each service once, in one step, with its paper."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from app.binder import Binder
from app.domain.errors import UserError
from app.domain.expense import Expense
from app.domain.money import Money
from app.jobs import Silent
from app.operations import (
    claims,
    eob_entry,
    expense_splits,
    expenses,
    intake,
    owed,
    payments,
    people,
)
from app.operations.eobs import ImportedEobs, Reference, import_eobs
from app.storage.queries.money import ExpenseRow, expense_rows
from app.storage.queries.papers import document_parts, paper_row
from app.workers import WorkerPool
from tests.importing.eob_papers import MEDICARE, amount, an_eob, bundle, line, money, saved


@pytest.fixture
def workers() -> Iterator[WorkerPool]:
    with WorkerPool(1) as pool:
        yield pool


class Desk:
    """Imports files of the given records into one binder."""

    def __init__(self, binder: Binder, workers: WorkerPool, folder: Path) -> None:
        self.binder, self.workers, self.folder = binder, workers, folder
        self.count = 0

    def bring(self, *records: Any, **options: Any) -> ImportedEobs:
        self.count += 1
        path = saved(self.folder / f"{self.count}.json", *records)
        return self.bring_file(path, **options)

    def bring_file(self, path: Path, **options: Any) -> ImportedEobs:
        return import_eobs(self.binder, self.workers, path, Silent(), **options)

    def rows(self) -> list[ExpenseRow]:
        return sorted(self.binder.ask(expense_rows), key=lambda row: row.note)

    def amounts(self) -> list[str]:
        return sorted(row.amount.plain for row in self.rows())


@pytest.fixture
def desk(binder: Binder, workers: WorkerPool, tmp_path: Path) -> Desk:
    return Desk(binder, workers, tmp_path)


def counts(made: ImportedEobs) -> tuple[int, int, int, int]:
    return made.added, made.duplicates, made.updated, len(made.refused)


TWO_LINES = an_eob(line(amount("copay", 20)), line(amount("deductible", "5.50"), on="2026-03-03"))


def test_each_service_is_an_unpaid_row_with_its_paper(desk: Desk, binder: Binder) -> None:
    claim = claims.open_claim(binder, "Infusions")
    made = desk.bring(TWO_LINES, claim_id=claim.id)
    assert counts(made) == (1, 0, 0, 0)
    first, second = desk.rows()
    assert (first.amount, second.amount) == (Money(20_00), Money(5_50))
    assert (first.served_on, second.served_on) == (date(2026, 3, 2), date(2026, 3, 3))
    assert {row.paid_on for row in (first, second)} == {None}
    assert (first.source, first.method, first.provider) == (
        "eob",
        "own",
        "Lakeside Infusion Center",
    )
    assert (first.claim_id, first.document_id) == (claim.id, made.document_id)
    assert first.note.startswith("Claim CLM-1001, line 1: 99213.")
    paper = binder.ask(paper_row, made.document_id)
    assert paper is not None
    assert (paper.kind, paper.claim_id, paper.name) == ("eob", claim.id, "1.json")
    (part,) = binder.ask(document_parts, made.document_id)
    assert part.media_type == "application/fhir+json"
    with binder.vault.lend(part.sha256) as kept:
        assert kept.read_bytes() == (desk.folder / "1.json").read_bytes()


def test_it_is_one_step_and_one_message(desk: Desk, binder: Binder) -> None:
    heard: list[Any] = []
    stop = binder.feed.listen(heard.append)
    desk.bring(bundle(an_eob(id="a"), an_eob(id="b")))
    stop()
    assert [(each.label, sorted(each.ids)) for each in heard] == [
        (
            "Import explanations of benefits",
            ["document", "eob", "eob_line", "expense", "part", "reading"],
        )
    ]
    assert binder.undo() == "Import explanations of benefits"
    assert desk.rows() == []
    binder.redo()
    assert len(desk.rows()) == 2


@pytest.mark.parametrize("again", ["the same file", "another wrapping", "a later look"])
def test_what_is_here_already_is_not_entered_again(desk: Desk, again: str) -> None:
    both = [an_eob(line(amount("copay", 20)), id=name) for name in "ab"]
    assert counts(desk.bring(bundle(*both))) == (2, 0, 0, 0)
    match again:
        case "the same file":
            made = desk.bring_file(desk.folder / "1.json")
        case "another wrapping":
            made = desk.bring(*both)
        case _:  # some insurers write the moment of the download as that of the making
            made = desk.bring(*(replace_in(each, created="2026-09-09") for each in both))
    assert counts(made) == (0, 2, 0, 0)
    assert desk.amounts() == ["20.00", "20.00"]


def replace_in(record: dict[str, Any], **changes: Any) -> dict[str, Any]:
    return {**record, **changes}


def test_the_same_file_stays_one_paper(desk: Desk, binder: Binder) -> None:
    first = desk.bring(TWO_LINES)
    assert desk.bring_file(desk.folder / "1.json").document_id == first.document_id


def test_a_file_that_was_added_as_a_paper_serves(desk: Desk, binder: Binder) -> None:
    path = saved(desk.folder / "x.json", TWO_LINES)
    (row,) = intake.add_papers(binder, [path], Silent())
    assert desk.bring_file(path).document_id == row.document_id
    paper = binder.ask(paper_row, row.document_id or "")
    assert paper is not None
    assert paper.kind == "eob"


def test_one_explanation_twice_in_a_file_counts_once(desk: Desk) -> None:
    assert counts(desk.bring(bundle(TWO_LINES, TWO_LINES))) == (1, 1, 0, 0)
    assert len(desk.rows()) == 2


def test_equal_numbers_of_other_claims_are_not_taken_for_one(desk: Desk) -> None:
    other = replace_in(TWO_LINES, identifier=[{"system": "https://other.example", "value": "1"}])
    assert counts(desk.bring(bundle(TWO_LINES, other))) == (2, 0, 0, 0)


NEWER = an_eob(line(amount("copay", 7)), created="2026-05-01")


def test_a_newer_version_brings_unpaid_rows_up_to_date(desk: Desk) -> None:
    desk.bring(TWO_LINES)
    made = desk.bring(NEWER)
    assert counts(made) == (1, 0, 1, 0)
    (row,) = desk.rows()
    assert row.amount == Money(7_00)
    assert "An earlier version said $20.00." in row.note
    assert row.document_id == made.document_id


def test_a_paid_row_stays_as_it_was_paid(desk: Desk, binder: Binder) -> None:
    desk.bring(TWO_LINES)
    for row in desk.rows():
        expenses.change_expense(binder, replace(stored(binder, row.id), paid_on=date(2026, 4, 1)))
    desk.bring(NEWER)
    first, second = desk.rows()[:2]
    assert (first.amount, second.amount) == (Money(5_50), Money(20_00))
    assert "no such line" in first.note
    assert "now" not in first.note
    assert "says that you owe $7.00" in second.note
    assert counts(desk.bring(NEWER)) == (0, 1, 0, 0)


def explanations(binder: Binder) -> list[Any]:
    case = owed.money_case(binder, date(2026, 11, 21))
    return [each for owing in case.owings for each in owing.matter.explained]


def test_each_explanation_is_a_record_whose_lines_the_rows_name(desk: Desk, binder: Binder) -> None:
    paid = amount("paidtopatient", 9)
    status, place = (
        {"category": {"coding": [{"code": "x"}]}, "reason": {"coding": [{"code": code}]}}
        for code in ("denied", "outofnetwork")
    )
    made = desk.bring({**TWO_LINES, "adjudication": [paid, status, place]})
    (found,) = explanations(binder)
    eob = found.newest.eob
    assert (eob.number, eob.provider, eob.source) == ("CLM-1001", "Lakeside Infusion Center", "eob")
    assert (eob.processed_on, eob.document_id) == (date(2026, 3, 20), made.document_id)
    assert (eob.paid_to_patient, eob.status, eob.network) == (Money(9_00), "denied", "out")
    assert [line.code for line in found.newest.lines] == ["99213", "99213"]
    assert found.share == Money(25_50)
    rows = {stored(binder, row.id).eob_line_id for row in desk.rows()}
    assert rows == {line.id for line in found.newest.lines}


def test_every_version_is_kept_and_the_change_is_told(desk: Desk, binder: Binder) -> None:
    desk.bring(TWO_LINES)
    desk.bring(NEWER)
    (found,) = explanations(binder)
    assert len(found.all) == 2
    assert found.change == "What you owe changed from $25.50 to $7.00."
    (row,) = desk.rows()
    assert stored(binder, row.id).eob_line_id == found.newest.lines[0].id
    binder.undo()
    (found,) = explanations(binder)
    assert found.share == Money(25_50)


def test_a_version_that_comes_late_is_kept_and_does_not_hold(desk: Desk, binder: Binder) -> None:
    desk.bring(NEWER)
    for _ in range(2):
        assert counts(desk.bring(TWO_LINES)) == (0, 1, 0, 0)
    (found,) = explanations(binder)
    assert [each.share for each in found.all] == [Money(25_50), Money(7_00)]
    assert found.share == Money(7_00)
    assert desk.amounts() == ["7.00"]


def test_rows_of_an_older_program_get_their_record_when_the_file_comes_again(
    desk: Desk, binder: Binder
) -> None:
    desk.bring(TWO_LINES)
    with binder.operation("As an older program left it") as work:
        for row in desk.rows():
            work.expenses.save(replace(work.expenses.get(row.id), eob_line_id=None))
        for line in work.eob_lines.where():
            work.eob_lines.remove(line.id)
        for eob in work.eobs.where():
            work.eobs.remove(eob.id)
    assert counts(desk.bring(TWO_LINES)) == (0, 1, 0, 0)
    (found,) = explanations(binder)
    assert found.share == Money(25_50)
    assert all(stored(binder, row.id).eob_line_id for row in desk.rows())


def test_a_file_follows_what_was_typed_from_paper_under_its_number(
    desk: Desk, binder: Binder
) -> None:
    typed = eob_entry.enter_eob(binder, number="clm-1001", patient_owes=Money(99_00))
    desk.bring(TWO_LINES)
    (found,) = explanations(binder)
    assert {each.eob.id for each in found.all} > {typed.id}
    assert found.share == Money(25_50)


@pytest.mark.parametrize(("told", "units"), [(2, 2), (1.5, None), (0, None), ("2", None)])
def test_how_much_was_done_is_kept_where_it_is_a_whole_number(
    desk: Desk, binder: Binder, told: Any, units: int | None
) -> None:
    desk.bring(an_eob(line(amount("copay", 12), quantity={"value": told})))
    (found,) = explanations(binder)
    assert [each.units for each in found.newest.lines] == [units]


def test_what_was_paid_at_the_counter_was_owed(desk: Desk, binder: Binder) -> None:
    desk.bring(an_eob(line(amount("paidbypatient", 12))))
    (found,) = explanations(binder)
    assert found.share == Money(12_00)
    assert desk.amounts() == ["12.00"]


def stored(binder: Binder, key: str) -> Expense:
    with binder.operation("Look") as work:
        return work.expenses.get(key)


def test_versions_in_one_file_and_older_ones_later_end_with_the_newest(desk: Desk) -> None:
    assert counts(desk.bring(bundle(NEWER, TWO_LINES))) == (2, 0, 1, 0)
    assert desk.amounts() == ["7.00"]
    assert counts(desk.bring(TWO_LINES)) == (0, 1, 0, 0)
    assert desk.amounts() == ["7.00"]


def test_a_cancelled_version_of_a_known_one_says_that_the_ledger_has_it(desk: Desk) -> None:
    desk.bring(TWO_LINES)
    (row,) = desk.bring(replace_in(NEWER, status="cancelled")).refused
    assert "earlier version" in row.reason
    assert len(desk.rows()) == 2


def test_rows_in_the_trash_do_not_count_as_here(desk: Desk, binder: Binder) -> None:
    desk.bring(TWO_LINES)
    binder.undo()
    assert counts(desk.bring(TWO_LINES)) == (1, 0, 0, 0)


def test_an_authorization_is_a_paper_and_no_row(desk: Desk, binder: Binder) -> None:
    made = desk.bring(an_eob(line(amount("copay", 20)), use="preauthorization"))
    assert counts(made) == (0, 0, 0, 1)
    assert "not a bill" in made.refused[0].reason
    assert desk.rows() == []
    paper = binder.ask(paper_row, made.document_id)
    assert paper is not None
    assert paper.kind == "approval"


def test_refused_rows_are_named_in_order_and_the_rest_is_taken(desk: Desk) -> None:
    euros = an_eob(total=[{"amount": money(1, "EUR")}])
    made = desk.bring(bundle(euros, TWO_LINES, an_eob(status="draft"), {"odd": 1}))
    assert counts(made) == (1, 0, 0, 3)
    assert [row.row for row in made.refused] == [1, 3, 4]
    assert len(desk.rows()) == 2


def test_a_patient_is_the_person_of_exactly_that_name(desk: Desk, binder: Binder) -> None:
    rosa = people.add_person(binder, "Rosa  Delgado", born_on=date(1971, 5, 6))
    desk.bring(TWO_LINES)
    assert {row.person_id for row in desk.rows()} == {rosa.id}


@pytest.mark.parametrize("told", ["DELGADO, ROSA", "rosa delgado"])
def test_a_name_may_be_turned_or_in_capitals(desk: Desk, binder: Binder, told: str) -> None:
    rosa = people.add_person(binder, "Rosa Delgado")
    desk.bring(replace_in(TWO_LINES, patient={"display": told}))
    assert {row.person_id for row in desk.rows()} == {rosa.id}


@pytest.mark.parametrize("told", ["Rosa M Delgado", "R Delgado", "Luis Delgado", ""])
def test_another_name_is_nobody_of_the_binder(desk: Desk, binder: Binder, told: str) -> None:
    people.add_person(binder, "Rosa Delgado")
    desk.bring(replace_in(TWO_LINES, patient={"display": told}))
    assert {row.person_id for row in desk.rows()} == {None}
    assert all((f"Patient: {told}." in row.note) == bool(told) for row in desk.rows())


def test_two_people_of_one_name_are_not_guessed_between(desk: Desk, binder: Binder) -> None:
    people.add_person(binder, "Rosa Delgado")
    people.add_person(binder, "Rosa Delgado")
    desk.bring(TWO_LINES)
    assert {row.person_id for row in desk.rows()} == {None}


def test_another_day_of_birth_is_another_person(desk: Desk, binder: Binder) -> None:
    people.add_person(binder, "Rosa Delgado", born_on=date(1971, 5, 6))
    child = {"resourceType": "Patient", "id": "7", "birthDate": "2009-01-01"}
    desk.bring(bundle(TWO_LINES, child))
    assert {row.person_id for row in desk.rows()} == {None}


def test_care_before_the_patient_was_born_is_pointed_out(desk: Desk, binder: Binder) -> None:
    people.add_person(binder, "Rosa Delgado", born_on=date(2026, 11, 1))
    desk.bring(TWO_LINES)
    assert all("before Rosa Delgado was born" in row.note for row in desk.rows())


def test_medicares_text_comes_in_the_same_way(desk: Desk, binder: Binder) -> None:
    path = desk.folder / "medicare.txt"
    path.write_text(MEDICARE)
    made = desk.bring_file(path)
    assert counts(made) == (3, 0, 0, 0)
    assert desk.amounts() == ["0.00", "0.00", "38.84", "6.80"]
    assert counts(desk.bring_file(path)) == (0, 3, 0, 0)
    (part,) = binder.ask(document_parts, made.document_id)
    assert part.media_type == "text/plain"


@pytest.mark.parametrize("odd", ["missing", "folder", "link", "letter", "patient"])
def test_what_is_no_such_file_is_refused_and_not_kept(desk: Desk, binder: Binder, odd: str) -> None:
    path = desk.folder / "odd"
    match odd:
        case "folder":
            path.mkdir()
        case "link":
            path.symlink_to(saved(desk.folder / "x.json", TWO_LINES))
        case "letter":
            path.write_text("Dear Rosa")
        case "patient":
            saved(path, {"resourceType": "Patient"})
        case _:
            pass
    with pytest.raises(UserError):
        desk.bring_file(path)
    assert binder.labels().undo is None
    assert list(binder.vault.everything()) == []


def test_a_claim_that_is_not_there_is_refused(desk: Desk) -> None:
    with pytest.raises(UserError, match="no claim"):
        desk.bring(TWO_LINES, claim_id="x")


def test_many_explanations_are_quick(desk: Desk) -> None:
    many = [an_eob(line(amount("copay", 1)), id=f"eob-{number}") for number in range(1500)]
    assert counts(desk.bring(*many)) == (1500, 0, 0, 0)
    assert counts(desk.bring_file(desk.folder / "1.json")) == (0, 1500, 0, 0)


def test_a_reference_is_read_as_it_was_written() -> None:
    reference = Reference("1", "abc", "2026", "https://a#b c")
    assert Reference.parse(str(reference)) == reference
    assert Reference.parse("typed by hand") is None


def of_number(number: str, *amounts: Any, **known: Any) -> dict[str, Any]:
    named = [{"system": "https://plan.example/claims", "value": number}]
    return an_eob(line(*amounts), identifier=named, **known)


FIRST = of_number("A-1", amount("submitted", 500), amount("deductible", 400), id="a")
PRIOR = {"relationship": {"coding": [{"code": "prior"}]}, "reference": {"value": "A-1"}}
MUCH_LESS = (amount("submitted", 500), amount("deductible", 75), amount("benefit", 325))


@pytest.mark.parametrize(
    "newer",
    [
        of_number("A-2", *MUCH_LESS, id="b", created="2026-06-01", related=[PRIOR]),
        of_number("A-1", *MUCH_LESS, id="b", created="2026-06-01"),
    ],
    ids=["it names the claim before", "it has the same number and care"],
)
def test_a_claim_processed_anew_under_another_name_is_a_newer_version(
    desk: Desk, binder: Binder, newer: Any
) -> None:
    desk.bring(FIRST)
    assert counts(desk.bring(newer)) == (1, 0, 1, 0)
    assert counts(desk.bring(newer)) == (0, 1, 0, 0)
    (found,) = explanations(binder)
    assert found.change == "What you owe changed from $400.00 to $75.00."
    assert desk.amounts() == ["75.00"]


TAKEN_BACK = (amount("submitted", -500), amount("deductible", -400))


@pytest.mark.parametrize(("number", "related"), [("A-1", []), ("A-3", [PRIOR]), ("A-3", [])])
def test_an_explanation_below_zero_takes_its_pair_back(
    desk: Desk, binder: Binder, number: str, related: Any
) -> None:
    back = of_number(number, *TAKEN_BACK, id="r", created="2026-05-01", related=related)
    again = of_number("A-4", *MUCH_LESS, id="n", created="2026-05-01", related=[PRIOR])
    assert counts(desk.bring(bundle(FIRST, back))) == (2, 0, 1, 0)
    assert desk.amounts() == ["0.00"]
    (found,) = explanations(binder)
    assert found.share == Money()
    assert counts(desk.bring(bundle(again, back, FIRST))) == (1, 2, 1, 0)
    assert desk.amounts() == ["75.00"]


def test_what_takes_back_an_older_version_leaves_the_newer_one(desk: Desk) -> None:
    desk.bring(FIRST)
    desk.bring(of_number("A-2", *MUCH_LESS, id="b", created="2026-06-01", related=[PRIOR]))
    desk.bring(of_number("A-3", *TAKEN_BACK, id="r", created="2026-06-01", related=[PRIOR]))
    assert desk.amounts() == ["75.00"]


def test_what_was_paid_of_a_row_counts_for_its_newer_version(desk: Desk, binder: Binder) -> None:
    desk.bring(FIRST)
    payments.pay_expense(binder, desk.rows()[0].id, date(2026, 4, 1), amount=Money(30_00))
    desk.bring(of_number("A-1", *MUCH_LESS, id="a", created="2026-06-01"))
    assert desk.amounts() == ["30.00", "45.00"]
    desk.bring(of_number("A-1", amount("copay", 20), id="a", created="2026-06-02"))
    assert desk.amounts() == ["0.00", "30.00"]


def test_unpaid_parts_of_a_row_give_way_from_the_last(desk: Desk, binder: Binder) -> None:
    desk.bring(FIRST)
    parts = [expense_splits.LinePart(Money(cents)) for cents in (200_00, 150_00, 50_00)]
    expense_splits.split_expense(binder, desk.rows()[0].id, parts)
    desk.bring(of_number("A-1", amount("deductible", 175), id="a", created="2026-06-01"))
    assert desk.amounts() == ["175.00"]
    desk.bring(of_number("A-1", amount("deductible", 190), id="a", created="2026-06-02"))
    assert desk.amounts() == ["190.00"]
