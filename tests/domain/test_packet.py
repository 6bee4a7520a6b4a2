"""Which letters stand for the papers behind an expense."""

from __future__ import annotations

import pytest

from app.domain.document import KINDS
from app.domain.packet import LETTERS, packet_of


@pytest.mark.parametrize(
    ("kind", "beside", "letters"),
    [
        (None, "", ""),
        (None, "E", "E"),
        ("receipt", "", "BP"),
        ("card_slip", "", "P"),
        ("check", "", "P"),
        ("account_statement", "", "P"),
        ("eob", "", "E"),
        ("msn", "P", "EP"),
        ("itemized_bill", "", "B"),
        ("superbill", "P", "BP"),
        ("pharmacy_label", "", "B"),
        ("", "", "B"),
        ("necessity_letter", "T", "LT"),
        ("receipt", "TLPBE", "EBPLT"),
    ],
)
def test_each_kind_of_paper_shows_what_it_can_prove(kind, beside, letters):
    assert packet_of(kind, beside) == letters


@pytest.mark.parametrize("kind", KINDS)
def test_a_paper_of_any_kind_shows_something_and_each_letter_once(kind):
    shown = packet_of(kind, "")
    assert shown
    assert [letter for letter in LETTERS if letter in shown] == list(shown)
