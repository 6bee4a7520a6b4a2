"""The papers to measure on say what their truth says they say."""

from __future__ import annotations

import json
import random
import re
from datetime import date
from pathlib import Path

import pytest

from app.domain.document import KINDS
from app.domain.fact import FACT_NAMES
from tests.reading import forms
from tests.reading.amounts import lines_of, receipt_of, total_of
from tests.reading.compare import folded
from tests.reading.corpus import papers_of
from tests.reading.typeset import PaperData
from tests.reading.vary import development_papers, filled, templates
from tests.reading.world import npi, words

AMOUNTS = re.compile(r"\d+\.\d\d")
SETS = {
    "dev": development_papers(None, 7),
    "second": papers_of("second", None, 0),
    "third": papers_of("third", None, 0),
    "fourth": papers_of("fourth", None, 0),
    "held_out": papers_of("held_out", None, 0),
}


def text_of(part: object) -> str:
    """Return all that is printed on a paper, without its structure."""
    if isinstance(part, str):
        return part
    if isinstance(part, dict):
        return " ".join(
            text_of(value) for name, value in part.items() if name not in {"as", "align"}
        )
    return " ".join(map(text_of, part)) if isinstance(part, list) else ""


def stands_in(value: str, text: str) -> bool:
    """Say whether a value of the truth is printed, in whatever form."""
    if re.fullmatch(r"\d{4}-\d\d-\d\d", value):
        day = date.fromisoformat(value)
        habits = forms.Habits("us", "us", dollar=False, commas=False, whole=False)
        names = ("long", "abbr", "abbrdot", "us", "usbare", "us2", "dash", "iso", "th")
        written = [
            forms.written(day, name, habits) for name in (*names, "daymonth", "military", "es")
        ]
        return any(folded(form) in folded(text) for form in written)
    if AMOUNTS.fullmatch(value):
        bare = text.replace(",", "")
        return value in bare or (value.endswith(".00") and f"${value[:-3]}" in bare)
    return folded(value) in folded(text)


@pytest.mark.parametrize("paper", SETS["dev"], ids=lambda paper: paper["id"])
def test_what_a_development_paper_is_said_to_hold_is_printed_on_it(paper: PaperData):
    text = text_of(paper["blocks"])
    said = [
        fact for fact in paper["truth"] if fact["name"] not in {"denial_reason", "appeal_window"}
    ]

    assert [fact for fact in said if not stands_in(fact["value"], text)] == []


@pytest.mark.parametrize("paper", SETS["dev"], ids=lambda paper: paper["id"])
def test_no_slot_is_left_open(paper: PaperData):
    assert not re.search(r"\{[a-z]|<<|\|\|", json.dumps(paper["blocks"]).replace('{"', ""))


@pytest.mark.parametrize("name", SETS)
def test_every_paper_has_a_kind_and_facts_that_the_program_knows(name: str):
    for paper in SETS[name]:
        entries = [*paper["truth"], *paper.get("optional", ())]

        assert paper["kind"] in {*KINDS, None}
        assert {entry["name"] for entry in entries} <= set(FACT_NAMES)


@pytest.mark.parametrize("name", SETS)
def test_no_two_papers_have_the_same_name(name: str):
    names = [paper["id"] for paper in SETS[name]]

    assert len(set(names)) == len(names)


def test_every_kind_that_is_read_has_a_template():
    unread = {"photo", "account_statement"}
    assert {template["kind"] for template in templates()} - {None} == set(KINDS) - unread


def test_there_are_sixty_ways_to_say_a_window():
    phrases = json.loads((Path(__file__).parent / "papers/windows.json").read_text("utf-8"))

    texts = {phrase["text"] for phrase in phrases["windows"]}
    assert len(texts) >= 60


def test_the_same_dice_make_the_same_paper_and_others_another():
    template = templates()[0]

    assert filled(template, "1") == filled(template, "1")
    assert filled(template, "1") != filled(template, "2")


def test_the_check_digit_of_an_npi_is_right():
    known = iter("23456789")

    class Known(random.Random):
        def choices(self, population, *, k):
            return [next(known) for _ in range(k)]

    assert npi(Known()) == "1234567893"  # the example of the standard


@pytest.mark.parametrize("money", ["paid", "denied", "partly"])
@pytest.mark.parametrize("seed", range(20))
def test_the_lines_of_a_claim_close(money: str, seed: int):
    lines = lines_of(random.Random(seed), money, words()["services"][:3])

    for line in lines:
        assert line.billed == line.discount + line.allowed + line.not_covered
        assert line.allowed == line.plan_paid + line.deductible + line.copay + line.coinsurance
        own = line.deductible + line.copay + line.coinsurance
        assert line.patient_owes == own + line.not_covered
    assert total_of(lines)["billed"] == sum(line.billed for line in lines)


@pytest.mark.parametrize("seed", range(20))
def test_a_receipt_closes(seed: int):
    receipt = receipt_of(random.Random(seed), words()["items"])

    assert receipt.total == receipt.subtotal + receipt.tax <= receipt.tendered


@pytest.mark.parametrize(
    ("number", "spelled"), [(7, "seven"), (65, "sixty-five"), (120, "one hundred twenty")]
)
def test_numbers_are_spelled(number: int, spelled: str):
    assert forms.spelled_out(number) == spelled
