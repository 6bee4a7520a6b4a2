"""What a denial must say and does not: claimed only where nothing like it stands."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.fact import WindowSaid
from app.importing.sifting.found import Found
from app.importing.sifting.notice import missing_from_notice, sentence_of
from app.importing.sifting.paper import Paper
from app.resources import resource_json

DATA = resource_json("reading", "notice.json")
ITEMS = DATA["items"]

BARE = """Quail Ridge Mutual
March 2, 2026
Ruth Adair
Hello Ruth Adair, thank you for being with us for so many years now, it makes us glad each day.
{}
With warm greetings from all of us here at Quail Ridge Mutual to you and to yours, stay well.
Ola Nordby, Head of Members
"""

SHOWN = {
    "n.reason": "We turned it down because it came too soon.",
    "n.provision": "See section 4.2.",
    "n.procedures": "You may appeal within 180 days.",
    "n.criterion": "We used the InterQual criteria.",
    "n.expedited": "Ask for an expedited answer, given in 72 hours.",
    "n.claim_id": "Date of service: 2/2/2026.",
    "n.codes_available": "Ask us for the diagnosis codes and their meanings.",
    "n.int_ext": "An external review is open to you.",
    "n.cap": "The consumer assistance office of your state can help.",
    "n.language": "Help in other languages: call us for an interpreter.",
    "n.502a": "You have a right to bring a civil action.",
    "f.reason": "We keep to it because it came too soon.",
    "f.provision": "See section 4.2.",
    "f.documents": "You can have copies of your file free of charge.",
    "f.criterion": "We used the InterQual criteria.",
    "f.external": "An external review is open to you.",
    "f.voluntary_502a": "You have a right to bring a civil action.",
}
CIRCUMSTANCES = {
    "claim": "About your claim.",
    "request": "About your prior authorization.",
    "erisa": "ERISA governs us.",
    "criterion": "It was so decided.",
    "always": "It was so decided.",
    "upheld": "It was so decided.",
}
NECESSITY = Found("denial_reason", "medical_necessity", 0, 1, 0.8)


def missing(body: str, kind: str | None, *found: Found) -> dict[str, Found]:
    """What is said to be missing from a letter with these sentences, by its id."""
    paper = Paper.of_text(BARE.format(body))
    return {str(item.value): item for item in missing_from_notice(paper, kind, found)}


def told(item: str, *sentences: str) -> bool:
    """Whether the item is said to be missing from a letter that it applies to."""
    entry = ITEMS[item]
    found = (NECESSITY,) if entry["when"] == "criterion" else ()
    body = " ".join((CIRCUMSTANCES[entry["when"]], *sentences))
    return item in missing(body, entry["kinds"][0], *found)


@pytest.mark.parametrize("item", ITEMS)
def test_an_item_is_missing_where_nothing_like_it_stands(item: str) -> None:
    assert told(item)


@pytest.mark.parametrize(("item", "sentence"), SHOWN.items())
def test_an_item_is_not_missing_where_it_stands(item: str, sentence: str) -> None:
    assert not told(item, sentence)


def test_every_item_has_a_sentence_that_shows_it() -> None:
    assert ITEMS.keys() == SHOWN.keys()


@pytest.mark.parametrize("item", ["n.502a", "n.expedited", "n.claim_id", "n.criterion"])
def test_what_the_law_asks_of_some_letters_is_not_asked_of_others(item: str) -> None:
    assert item not in missing("It was so decided.", "denial")


@pytest.mark.parametrize(
    "sentence",
    [
        "Your rights are on the enclosed sheet.",
        "See the other side.",
        "This is a Medicare plan.",
        "You may ask for a state hearing.",
        "Page 1 of 3",
        "Página 1 de 2",
    ],
)
def test_a_part_of_a_letter_and_letters_under_other_rules_are_left_alone(sentence: str) -> None:
    assert missing(sentence, "denial") == {}


@pytest.mark.parametrize("kind", ["eob", "approval", "information_request", "other", None])
def test_only_decisions_are_held_to_the_rules(kind: str | None) -> None:
    assert missing("It was so decided.", kind) == {}


def test_a_few_words_are_no_whole_letter() -> None:
    assert missing_from_notice(Paper.of_text("We denied it.\nGoodbye."), "denial") == ()


def test_a_window_or_a_fact_that_was_read_shows_its_item() -> None:
    window = Found("appeal_window", WindowSaid(180, "calendar_days"), 0, 1, 0.9)
    assert "n.procedures" not in missing("It was so decided.", "denial", window)
    assert "n.reason" not in missing("It was so decided.", "denial", NECESSITY)


def test_an_appeal_that_was_won_lacks_nothing() -> None:
    assert missing("We overturned our first answer.", "appeal_decision") == {}


def test_an_item_is_placed_at_the_first_line_with_its_plain_sentence() -> None:
    paper = Paper.of_text(BARE.format("It was so decided."))
    found = next(item for item in missing_from_notice(paper, "denial") if item.value == "n.int_ext")
    assert paper.text[found.start : found.end] == "Quail Ridge Mutual"
    assert found.note == sentence_of("n.int_ext")
    assert found.note.startswith("We did not find ")
    assert (found.name, found.score) == ("missing_from_notice", 0.6)


def test_an_unknown_item_has_no_sentence() -> None:
    assert sentence_of("n.nothing") == ""


@pytest.mark.parametrize("item", ITEMS)
def test_every_item_has_a_plain_sentence_and_its_source(item: str) -> None:
    sentence = sentence_of(item)
    assert sentence.startswith("We did not find ")
    assert "It may be in an enclosure." in sentence
    assert "CFR" in sentence


@given(st.text(max_size=600))
def test_any_text_can_be_asked_for_what_it_lacks(text: str) -> None:
    paper = Paper.of_text(text)
    for found in missing_from_notice(paper, "denial"):
        assert 0 <= found.start < found.end <= len(paper.text)


@pytest.mark.parametrize("word", ["not ", "page 1 of ", "external ", "a "])
def test_a_hostile_page_is_read_in_bounded_time(word: str) -> None:
    paper = Paper.of_text((word * 100_000)[:100_000])
    missing_from_notice(Paper.of_text("warm " * 50), "denial")
    began = time.process_time()
    missing_from_notice(paper, "denial")
    assert time.process_time() - began < 0.6
