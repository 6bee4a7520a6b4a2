"""Pages worth a look: missing by their own count, hard to read, blank, on their side, twice."""

from __future__ import annotations

import pytest

from app.domain.preflight import PageSeen, PaperSeen
from app.domain.preflight_pages import own_number, page_findings

LONG = "The member has had 4 infusions in the plan year 2026 and the fifth was asked for in May."


def paper(*texts: str, name: str = "Letter", key: str = "d1", **known) -> PaperSeen:
    pages = tuple(
        PageSeen(number=number, text=text, words=len(text.split()))
        for number, text in enumerate(texts, start=1)
    )
    return PaperSeen(document_id=key, name=name, pages=pages, **known)


def codes(*papers: PaperSeen) -> list[str]:
    return [finding.code for finding in page_findings(papers)]


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("Dear Ms. Alvarez\nPage 2 of 4", (2, 4)),
        ("page 3/7\nResults", (3, 7)),
        ("Resumen\nPágina 1 de 3", (1, 3)),
        ("Pg. 12 of 40", (12, 40)),
        ("A letter\n- 2 of 5 -", (2, 5)),
        ("He took 2 of 5 tablets.", None),
        ("Page 9 of 4", None),
        ("See page 2 of the booklet", None),
        ("homepage 1 of 2", None),
        ("", None),
    ],
)
def test_a_page_bears_a_number_only_where_it_says_so(text, number):
    assert own_number(text) == number


def test_a_page_that_the_others_count_and_nobody_has_is_missed():
    (found,) = page_findings([paper("Page 1 of 4", "Page 2 of 4", "Page 4 of 4")])
    assert (found.code, found.severity, found.page) == ("missing_page", "look", 3)
    assert "page 3." in found.sentence


def test_the_last_pages_are_missed_too():
    (found,) = page_findings([paper("Page 1 of 5", "Page 2 of 5")])
    assert "pages 3 to 5" in found.sentence


@pytest.mark.parametrize(
    "texts",
    [
        ("Page 1 of 3", "a page without a number", "Page 3 of 3"),
        ("A cover", "Page 2 of 3", "Page 3 of 3"),
        ("Page 1 of 2", "the back, with small print"),
        ("Page 1 of 2", "Page 2 of 2", "Page 1 of 2", "Page 2 of 2"),
        ("Page 1 of 1", "Page 1 of 1"),
    ],
)
def test_a_page_without_a_number_may_be_the_one_that_lacks(texts):
    assert "missing_page" not in codes(paper(*texts))


def test_a_page_that_lies_in_another_paper_is_to_be_joined():
    first, second = paper("Page 1 of 2"), paper("Page 2 of 2", name="IMG_2", key="d2")
    found = [each for each in page_findings([first, second]) if each.code == "missing_page"]
    assert "Join the two papers" in found[0].sentence
    assert "“IMG_2”" in found[0].sentence


def test_what_a_machine_could_not_read_is_told_from_what_is_blank():
    pages = (
        PageSeen(number=1, failed="This picture is damaged."),
        PageSeen(number=2),
        PageSeen(number=3, is_blank=True),
        PageSeen(number=4, text="x", words=1, sureness=0.3),
        PageSeen(number=5, text="fine", words=1, sureness=0.9, upright=False),
    )
    seen = PaperSeen(document_id="d1", name="Scan", pages=pages)
    assert [(each.code, each.page) for each in page_findings([seen])] == [
        ("unreadable", 1), ("unreadable", 2), ("blank", 3), ("hard_to_read", 4), ("sideways", 5),
    ]  # fmt: skip


def test_a_photo_needs_no_words():
    assert codes(paper("", kind="photo")) == []


def test_pages_that_stay_out_are_not_looked_at():
    seen = paper("Page 1 of 2", "", left_out=frozenset({2}))
    assert codes(seen) == []


def test_the_same_file_twice_is_told_once_and_not_page_by_page():
    one, two = paper(LONG, digests=("a",)), paper(LONG, key="d2", name="Copy", digests=("a",))
    assert codes(one, two) == ["repeated_paper"]


def test_a_page_that_says_the_same_as_another_is_told():
    (found,) = page_findings([paper(LONG), paper(f"  {LONG.upper()} ", key="d2", name="Again")])
    assert (found.code, found.document_id, found.page) == ("repeated_page", "d2", 1)
    assert "page 1 of “Letter”" in found.sentence


def test_two_photos_of_one_sheet_are_nearly_the_same():
    misread = LONG.replace("infusions", "lnfusions")
    photo = PageSeen(number=1, text=misread, words=17, sureness=0.8)
    second = PaperSeen(document_id="d2", name="IMG_2", pages=(photo,))
    assert codes(paper(LONG), second) == ["repeated_page"]


def test_short_pages_may_repeat():
    assert codes(paper("This page is left blank"), paper("This page is left blank", key="d2")) == []
