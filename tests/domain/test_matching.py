"""Which claim a paper may belong to, and which papers are nearly the same."""

from __future__ import annotations

from app.domain.fact import Fact, KindRead, Sifted
from app.domain.matching import Sign, are_nearly_same, key_of, suggestions, values_to_match

LETTER = (
    "Harbor Mutual Health Plan March 2 2026 Claim HM 2026 118204 Dear Maya we cannot approve the "
    "infusion that your doctor asked for on February 20 2026 because the records do not show that "
    "other treatment was tried You may appeal within 180 days Sincerely the review team"
)


def number(name: str, value: str) -> Fact:
    box = ((0.0, 0.0, 1.0, 0.1),)
    return Fact(name=name, value=value, text=value, page=1, boxes=box, score=0.9)


def test_a_number_is_the_same_however_it_is_printed():
    assert key_of("HM-2026 118204") == key_of("hm 2026-118204") == "HM2026118204"


def test_a_reference_of_one_paper_meets_the_claim_number_of_another():
    sifted = Sifted(KindRead(None, 0), (number("reference_number", "A-1"),), prints=("0-a",))
    assert values_to_match(sifted) == {("claim_number", "A1"), ("print", "0-a")}


def test_the_claim_with_the_same_number_comes_first_and_says_why():
    found = suggestions(
        [
            Sign("old", "patient", "MAYA", "bill.pdf"),
            Sign("old", "service_date", "20260219", "bill.pdf"),
            Sign("new", "claim_number", "A1", "letter.pdf"),
        ]
    )
    assert [one.claim_id for one in found] == ["new", "old"]
    assert found[0].reason == "The same claim number stands in “letter.pdf”."


def test_what_is_typed_about_the_claim_is_named_rather_than_a_paper():
    (one,) = suggestions(
        [Sign("c", "claim_number", "A1", "letter.pdf"), Sign("c", "claim_number", "A1")]
    )
    assert one.reason == "It has the claim number of this claim."


def test_one_weak_sign_suggests_nothing_however_often_it_stands():
    assert suggestions([Sign("c", "patient", "MAYA", f"{n}.pdf") for n in range(9)]) == ()


def test_a_second_scan_with_slips_is_nearly_the_same():
    slips = LETTER.replace("infusion", "infusi0n")
    assert are_nearly_same(LETTER, slips)


def test_another_letter_of_the_same_kind_is_not():
    other = LETTER.replace("118204", "220011").replace("March 2", "May 14").replace("180", "60")
    assert not are_nearly_same(LETTER, other)


def test_empty_pages_are_not_copies_of_each_other():
    assert not are_nearly_same("", "")
