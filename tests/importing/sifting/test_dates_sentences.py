"""Dates in sentences, in many voices; each named phrase of the data decides at least one."""

from pathlib import Path

import pytest

from app.importing.sifting.date_roles import date_roles
from app.importing.sifting.date_words import role_book
from app.importing.sifting.paper import Paper

# a line each: the phrase that decides, the role, a sentence whose last date it decides
_LINES = Path(__file__).with_name("date_sentences.txt").read_text(encoding="utf-8").splitlines()
SENTENCES = [tuple(line.split(" | ")) for line in _LINES]


@pytest.mark.parametrize(("name", "role", "sentence"), SENTENCES)
def test_a_sentence_says_what_its_date_is_for(name: str, role: str, sentence: str) -> None:
    paper = Paper.of_text(f"We write about your coverage and wish you well, as always.\n{sentence}")
    last = date_roles(paper, "other")[-1]
    assert (last.role, last.why) == (role, name)


def test_every_phrase_of_the_data_has_a_sentence() -> None:
    assert {rule.said.name for rule in role_book().phrases} == {name for name, _, _ in SENTENCES}
