"""Text parted into sentences, headings and lists; the plain form keeps its places."""

from __future__ import annotations

import itertools

from hypothesis import given
from hypothesis import strategies as st

from app.importing.sifting.sentences import plain, sentences_in, without_page_numbers


def parts(text: str) -> list[str]:
    return [plain(text, one.start, one.end).text for one in sentences_in(text)]


def test_a_sentence_runs_over_the_end_of_a_line_and_of_a_page():
    assert parts("You may appeal within\n180 days. Call us.") == [
        "you may appeal within 180 days.",
        "call us.",
    ]
    assert parts("You may appeal\f\nwithin 180 days.") == ["you may appeal within 180 days."]


def test_the_number_of_a_page_does_not_part_a_sentence():
    text = without_page_numbers("You may appeal\nPage 1 of 2\f\nwithin 180 days.")
    assert parts(text) == ["you may appeal within 180 days."]


def test_a_word_parted_at_the_end_of_a_line_is_whole_again():
    assert plain("180 calen-\ndar days").text == "180 calendar days"
    assert plain("a 180-\nday period").text == "a 180-day period"


def test_an_abbreviation_ends_no_sentence():
    assert len(parts("Write to Dr. Vance at P.O. Box 5 by Sept. 3, 2026.")) == 1


def test_a_heading_and_the_sentence_before_a_list_are_known_below_it():
    text = "HOW TO APPEAL\nIf you disagree, you may:\n• File an appeal\n• Call us"
    found = sentences_in(text)
    assert [one.is_heading for one in found] == [True, False, False, False]
    assert {one.heading for one in found} == {"how to appeal"}
    assert found[2].lead == found[3].lead == "if you disagree, you may:"


def test_a_number_in_brackets_at_the_start_of_a_line_is_no_item_of_a_list():
    assert parts("Appeal within thirty\n(30) days of this letter.") == [
        "appeal within thirty (30) days of this letter."
    ]


def test_accents_quotes_and_dashes_are_plain_and_keep_their_places():
    text = "Usted “tiene” 60 días — más"
    words = plain(text)
    assert words.text == 'usted "tiene" 60 dias - mas'
    start = words.text.index("dias")
    assert text[slice(*words.span(start, start + 4))] == "días"


@given(st.text(max_size=400))
def test_every_sentence_lies_in_the_text_and_none_overlaps_the_next(text: str):
    found = sentences_in(text)
    assert all(0 <= one.start < one.end <= len(text) for one in found)
    assert all(one.end <= other.start for one, other in itertools.pairwise(found))


@given(st.text(max_size=200))
def test_each_plain_letter_has_a_place(text: str):
    words = plain(text)
    assert len(words.text) == len(words.offsets)
    assert list(words.offsets) == sorted(words.offsets)
