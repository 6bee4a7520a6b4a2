"""Sentences of many voices and the windows they give, or do not give."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.domain.fact import WindowSaid
from app.importing.sifting.dates import dates_in
from app.importing.sifting.paper import Paper
from app.importing.sifting.windows import windows_in

SENTENCES = Path(__file__).parent / "windows_data"
POSITIVE = ("positive_en.txt", "positive_es.txt", "positive_voices.txt")
NEGATIVE = ("negative.txt", "negative_voices.txt")
RULES = ("rules.txt",)
UNITS = {
    "cd": "calendar_days", "bd": "business_days", "mo": "months", "yr": "years", "hr": "hours",
    "noon": "noon_next_day", "date": "explicit_date",
}  # fmt: skip
ANCHORS = {
    "rec": "receipt", "not": "date_of_notice", "dec": "date_of_decision", "mail": "mailed_date",
    "bill": "date_on_bill", "serv": "service", "-": "unstated",
}  # fmt: skip
PEOPLE = {"pat": "patient", "prov": "provider", "plan": "plan"}
LEVELS = {
    "int": "internal", "sec": "second", "ext": "external", "hear": "hearing",
    "cont": "continue_benefits", "disp": "dispute", "-": None,
}  # fmt: skip


def sentences(*files: str) -> list[tuple[str, str]]:
    """The lines of the files: what is wanted, and the text."""
    lines = [line for file in files for line in (SENTENCES / file).read_text("utf-8").splitlines()]
    parted = [line.partition("|") for line in lines if "|" in line and not line.startswith("#")]
    return [(want.strip(), text.strip().replace("\\n", "\n")) for want, _, text in parted]


def wanted(line: str) -> list[tuple[object, ...]]:
    """What a line wants: amount, unit, anchor, for whom, level, and whether a date is beside it."""
    found: list[tuple[object, ...]] = []
    for said in line.split("+"):
        words = said.split()
        if words == ["-"]:
            continue
        amount, unit, anchor, person, level = (
            words[:5] if words[0] != "date" else [None, *words[:4]]
        )
        found.append(
            (
                amount and int(amount), UNITS[str(unit)], ANCHORS[str(anchor)],
                PEOPLE[str(person)], LEVELS[str(level)], "due" in words or unit == "date",
            )
        )  # fmt: skip
    return sorted(found, key=str)


def read(text: str, kind: str | None = None) -> list[tuple[object, ...]]:
    paper = Paper.of_text(text)
    said = [
        item.value
        for item in windows_in(paper, dates_in(paper.text), kind)
        if isinstance(item.value, WindowSaid) and item.score >= 0.5
    ]
    return sorted(
        (
            (one.amount, one.unit, one.anchor, one.for_whom, one.level, one.due is not None)
            for one in said
        ),
        key=str,
    )


@pytest.mark.parametrize(("want", "text"), sentences(*POSITIVE))
def test_a_sentence_gives_its_windows(want: str, text: str):
    assert read(text) == wanted(want)


@pytest.mark.parametrize(("want", "text"), sentences(*NEGATIVE))
def test_a_sentence_gives_no_window(want: str, text: str):
    assert want == "-"
    assert read(text) == []


@pytest.mark.parametrize(("want", "text"), sentences(*RULES))
def test_a_phrase_of_a_model_notice_gives_what_it_says(want: str, text: str):
    assert read(text) == wanted(want)
