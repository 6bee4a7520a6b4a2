"""Templates of letters: values, blanks, lines that come and go, shared parts."""

from __future__ import annotations

import pytest

from app.domain.letter_template import BLANK, blanks_in, filled, parse_template

HEAD = "title: A letter\nabout: What it is for.\nto: plan\nuseful: first late\n---\n"
NAMES = {"payer": "name of the plan", "number": "number on the card"}


def letter(body, values=(), parts=()):
    template = parse_template("a_letter", HEAD + body, dict(parts))
    return filled(template, dict(values), NAMES)


def test_a_header_says_what_the_letter_is_and_when_it_helps():
    made = parse_template("a_letter", HEAD + "Hello $payer\n", {})
    assert (made.kind, made.title, made.about, made.to) == (
        "a_letter", "A letter", "What it is for.", "plan",
    )  # fmt: skip
    assert (made.useful, made.asks, made.paper, made.by_doctor) == (
        {"first", "late"}, "", "other", False,
    )  # fmt: skip
    assert made.names == {"payer"}


def test_what_is_not_known_is_a_blank_with_its_name():
    assert letter("To $payer, $number") == (
        f"To {BLANK} [name of the plan], {BLANK} [number on the card]\n"
    )
    assert letter("To $payer", {"payer": "Harbor"}) == "To Harbor\n"


def test_a_line_may_stand_only_with_its_value_or_only_without():
    body = "?number Number: $number\n!number I have no number yet.\nBye"
    assert letter(body, {"number": "7"}) == "Number: 7\nBye\n"
    assert letter(body) == "I have no number yet.\nBye\n"


def test_what_vanishes_leaves_no_hole():
    assert letter("One\n\n?number $number\n\n?payer $payer\n\nTwo") == "One\n\nTwo\n"


def test_a_law_that_is_not_known_is_not_a_blank():
    assert letter("Please send it.$law_file Thanks$of_letter.") == "Please send it. Thanks.\n"
    assert letter("Please send it.$law_file", {"law_file": " (1 CFR 2)"}) == (
        "Please send it. (1 CFR 2)\n"
    )


def test_words_of_a_template_in_a_value_stay_words():
    assert letter("To $payer", {"payer": "$number ?x {0} @part"}) == "To $number ?x {0} @part\n"


def test_parts_are_shared_and_may_hold_others():
    parts = {"top": "From me\n@below\n", "below": "?payer To $payer\n"}
    assert letter("@top\nHello", {"payer": "Harbor"}, parts) == "From me\nTo Harbor\nHello\n"
    with pytest.raises(KeyError):
        letter("@nowhere")


def test_a_name_that_nobody_knows_is_a_mistake_of_the_template():
    with pytest.raises(KeyError):
        letter("$nobody")


def test_lines_to_sign_on_are_no_blanks():
    text = f"Signature: {'_' * 32}\nDate: {'_' * 16}\nMember: {BLANK} [number]\nBy {BLANK}."
    assert [blank.what for blank in blanks_in(text)] == ["number", ""]
    first = blanks_in(text)[0]
    assert text[first.start : first.end] == f"{BLANK} [number]"


def test_a_letter_helps_by_stage_plan_and_who_pays():
    head = HEAD.replace("---", "plans: employer church\nfunding: insured\n---")
    made = parse_template("a_letter", head + "Hello", {})
    assert made.helps({"first"})
    assert made.helps({"late", "other"}, "employer", "insured")
    assert made.helps({"first"}, "unknown")
    assert not made.helps({"won"}, "employer", "insured")
    assert not made.helps({"first"}, "part_d")
    assert not made.helps({"first"}, "employer", "self")
