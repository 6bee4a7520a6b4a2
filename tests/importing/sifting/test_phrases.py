"""Fixed phrases found whatever their case, accents and line breaks, and hedges around them."""

from __future__ import annotations

import pytest

from app.importing.sifting.hedges import Hedges
from app.importing.sifting.phrases import Phrases, tokens_of


def found(phrase: str, text: str) -> list[str]:
    """The words of the text at which the phrase stands."""
    hits = Phrases([(phrase, None)]).find(tokens_of(text))
    return [text[hit.start : hit.end] for hit in hits]


@pytest.mark.parametrize(
    ("phrase", "text", "words"),
    [
        ("not covered", "It is NOT\nCovered.", ["NOT\nCovered"]),
        ("medicamente necesario", "médicamente necesario", ["médicamente necesario"]),
        ("review of … appeal", "review of your first-level appeal", None),
        ("review of … appeal", "review of one two three four five appeal", []),
        ("denied", "denied and denied", ["denied", "denied"]),
        ("denied", "undenied", []),
        ("last", "at last", ["last"]),
    ],
)
def test_a_phrase_stands_where_its_words_do(
    phrase: str, text: str, words: list[str] | None
) -> None:
    assert found(phrase, text) == ([text] if words is None else words)


def test_each_meaning_of_a_word_is_found() -> None:
    phrases = Phrases([("not", 1), ("not paid", 2), ("not covered", 3)])
    assert [hit.meaning for hit in phrases.find(tokens_of("not paid"))] == [1, 2]


@pytest.mark.parametrize(
    ("text", "hedged"),
    [
        ("We denied the claim.", False),
        ("If we denied the claim, write to us.", True),
        ("Write to us. We denied the claim. If you disagree, appeal.", False),
        ("It may be denied.", True),
        ("It was never denied.", True),
        ("We sent you a letter saying that it was denied.", True),
        ("Claims are denied unless they are signed.", True),
        ("Si fue denied, llame.", True),
    ],
)
def test_a_statement_is_told_from_what_is_supposed_or_reported(text: str, hedged: bool) -> None:
    start = text.index("denied")
    assert Hedges(text, tokens_of(text)).is_hedged(start, start + len("denied")) is hedged
