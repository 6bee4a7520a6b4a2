"""Where a second letter begins in one file."""

from __future__ import annotations

from app.importing.sifting.letters import letters_in
from app.importing.sifting.paper import Paper

LETTER = """Acme Health Plan
March 3, 2026

Jane Sample
12 Elm Street

Dear Jane Sample:

We have denied the claim.
You may appeal.
Acme Health Plan"""
SECOND = LETTER.replace("March 3", "April 9")
FORM = """APPEAL REQUEST FORM
Date: ____________

Dear Acme Health Plan:

I appeal the decision in claim ____________.
Signature: ____________
Name: ____________"""


def begins(*pages):
    return letters_in(Paper.of_text("\f".join(pages)))


def test_a_greeting_under_a_new_date_begins_a_letter():
    assert begins(LETTER, "Page 2 of 2\nYours truly", SECOND) == (1, 3)


def test_a_form_that_is_enclosed_is_no_letter_though_it_greets():
    assert begins(LETTER, FORM) == (1,)


def test_a_greeting_without_any_date_begins_a_letter():
    assert begins(LETTER, "Dear Jonah,\n\nWe have denied the claim.\nYou may appeal.") == (1, 2)


def test_a_new_page_one_begins_a_letter():
    assert begins(LETTER, "Statement of account\nPage 1 of 2", "More\nPage 2 of 2") == (1, 2)


def test_a_greeting_far_down_is_a_quote():
    assert begins(LETTER, "On April 9, 2026 you wrote:\n" + "so\n" * 9 + "Dear Acme:\nso") == (1,)


def test_an_empty_page_begins_nothing():
    assert begins(LETTER, "") == (1,)
