"""Finding anything by typing."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.binder import Binder
from app.domain.page import PageText, pack_page
from app.jobs import Silent
from app.operations import calls, claims, papers, people, trash
from app.operations.upkeep import check
from app.storage.derived import PageRecord
from app.storage.queries.find import Hit, find_anything
from app.storage.queries.papers import document_parts
from app.storage.search import fold, numbers_in, snippet

LETTER = (
    "Dear Ms José Núñez, claim number 20260214-773190-00 for CPT code J1745 (infliximab) was "
    "denied. Reason CO-50: not medically necessary. 您的上诉被拒绝。 Call (555) 010-7788. "
    "Total $1,204.50"
)
Reads = Callable[..., str]


@pytest.fixture
def reads(binder: Binder, add: Callable[..., str]) -> Reads:
    """Add a paper whose pages have these words, as the reader would bring them."""

    def read(name: str, *pages: str) -> str:
        document = add(binder, name, f"{name} {pages}")
        part = binder.ask(document_parts, document)[0]
        with binder.deriving("Reading") as derived:
            derived.keep_pages(part.sha256, [_page(n, text) for n, text in enumerate(pages, 1)])
            derived.finish(part.sha256, len(pages))
        return document

    return read


def _page(number: int, text: str) -> PageRecord:
    packed = pack_page(PageText(number, text, "ocr"))
    return PageRecord(number, 612, 792, 0, "ocr", packed, text)


def found(binder: Binder, typed: str, **how: object) -> list[str]:
    return [hit.id for hit in binder.ask(find_anything, typed, **how)]


@pytest.mark.parametrize(
    "typed",
    [
        "infliximab", "INFLIXIMAB", "inflix", "jose nunez", "José", "NÚÑ",
        "20260214-773190-00", "20260214 773190 00", "2026021477319000", "773190", "0214-7731",
        "0214–7731", "214773", "73190-0", "j1745", "J17", "co-50", "CO50", "50", "co 50",
        "(infliximab)", '"not medically"', "necessary.", "1,204.50", "$1,204", "1204.50",
        "拒绝", "上诉被", "您", "(555) 010-7788", "0107788", "denied infl",
        "denied*", "denied -", "medically:necessary",
    ],
)  # fmt: skip
def test_a_letter_is_found_by_what_a_person_types(binder: Binder, reads: Reads, typed: str):
    letter = reads("letter.pdf", "first page", LETTER)
    reads("other.pdf", "Nothing of that here.")
    assert found(binder, typed) == [letter]
    assert found(binder, typed, ranked=True) == [letter]


@pytest.mark.parametrize(
    "typed",
    ["", " ", "(", ")", '"', '""', "*", "-", "^", ":", "{}", "+", "'", "\\", "%", "_", "😀"],
)
def test_signs_alone_find_nothing_and_break_nothing(binder: Binder, reads: Reads, typed: str):
    reads("letter.pdf", LETTER)
    assert found(binder, typed) == []


@pytest.mark.parametrize(
    "typed", ["NEAR", "AND", "OR", "NOT", "NEAR(a b)", "a AND", "OR b", "title:x", "search", "NULL"]
)
def test_words_of_the_search_engine_are_words_like_any_other(
    binder: Binder, reads: Reads, typed: str
):
    letter = reads("letter.pdf", f"It says {typed} here")
    reads("other.pdf", "a b x here")
    assert found(binder, typed) == [letter]


@pytest.mark.parametrize("typed", ["ximab", "denied approved", "20260215", "绝拒", "nunez jos e x"])
def test_what_is_not_there_is_not_found(binder: Binder, reads: Reads, typed: str):
    reads("letter.pdf", LETTER)
    assert found(binder, typed) == []


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(max_size=40))
def test_nothing_a_person_can_type_is_an_error(binder: Binder, typed: str):
    assert isinstance(binder.ask(find_anything, typed), tuple)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(min_size=1, max_size=60))
def test_what_a_person_wrote_is_found_by_its_own_words(binder: Binder, words: str):
    claim = claims.open_claim(binder, "x", note=words)
    tokens = [word for word in words.split() if word.isascii() and word.isalnum()]
    for token in tokens:
        assert claim.id in found(binder, token, limit=10_000)
    binder.undo()


def test_a_hit_names_the_page_and_shows_the_words_around(binder: Binder, reads: Reads):
    letter = reads("letter.pdf", "first page", "x " * 80 + LETTER)
    (hit,) = binder.ask(find_anything, "medically necessary")
    assert (hit.what, hit.id, hit.title, hit.page) == ("document", letter, "letter.pdf", 2)
    assert "not medically necessary" in hit.snippet
    assert hit.snippet.startswith("…")


def test_pages_of_later_parts_are_counted_on(binder: Binder, reads: Reads):
    whole = papers.join_papers(
        binder, [reads("1.jpg", "one", "two"), reads("2.jpg", "three"), reads("3.jpg", "needle")]
    )
    assert [(hit.id, hit.page) for hit in binder.ask(find_anything, "needle")] == [(whole.id, 4)]


def test_a_paper_with_many_matching_pages_does_not_crowd_out_the_others(
    binder: Binder, reads: Reads
):
    few = [reads(f"{number}.pdf", f"denied {number}") for number in range(4)]
    thick = reads("thick.pdf", *(f"denied, page {page}" for page in range(450)))
    assert set(found(binder, "denied", limit=5)) == {thick, *few}
    assert len(found(binder, "denied", limit=3)) == 3


def test_while_typing_the_newest_come_first_and_at_the_end_the_best(binder: Binder, reads: Reads):
    best = reads("best.pdf", "appeal appeal appeal")
    newest = reads("newest.pdf", "appeal " + "and much else " * 60)
    assert found(binder, "appeal") == [newest, best]
    assert found(binder, "appeal", ranked=True) == [best, newest]


def test_a_paper_whose_number_matches_comes_before_one_that_only_has_the_words(
    binder: Binder, reads: Reads
):
    number = reads("number.pdf", "claim 20260214-773190-00")
    reads("words.pdf", "7731 and more")
    assert found(binder, "7731")[0] == number or len(found(binder, "7731")) == 2
    assert number in found(binder, "0214773")


def test_people_claims_calls_and_numbers_of_records_are_found(binder: Binder):
    rosa = people.add_person(binder, "Rosa Álvarez")
    claim = claims.open_claim(binder, "Infusions", number="ABC-12/3456")
    call, _ = calls.log_call(binder, with_whom="Ann", reference="REF 998-877")
    assert found(binder, "alvarez") == [rosa.id]
    assert found(binder, "abc123456") == [claim.id]
    assert found(binder, "998877") == [call.id]
    hit = binder.ask(find_anything, "abc-12")[0]
    assert hit == Hit("claim", claim.id, "Infusions", "ABC-12/3456", None)


def test_trash_and_undo_take_a_record_out_of_the_answer(binder: Binder, reads: Reads):
    letter = reads("letter.pdf", "needle")
    claim = claims.open_claim(binder, "needle work")
    trash.put_in_trash(binder, [("document", letter), ("claim", claim.id)])
    assert found(binder, "needle") == []
    binder.undo()
    assert set(found(binder, "needle")) == {letter, claim.id}
    claims.change_claim(binder, replace(claim, title="Scan"))
    assert found(binder, "needle") == [letter]
    binder.undo()
    binder.undo()
    assert found(binder, "needle") == [letter]


def test_a_page_that_is_read_again_is_found_by_its_new_words_only(binder: Binder, reads: Reads):
    letter = reads("letter.pdf", "blurred wrods")
    part = binder.ask(document_parts, letter)[0]
    with binder.deriving("Reading") as derived:
        derived.keep_pages(part.sha256, [_page(1, "blurred words")])
    assert found(binder, "words") == [letter]
    assert found(binder, "wrods") == []
    assert check(binder, Silent(), full=True).ok


@pytest.mark.parametrize(
    ("words", "typed", "starts"),
    [
        ("particular art", "art", "particular art"),
        ("Señor Núñez", "nunez", "Señor Núñez"),
        (f"{'x ' * 60}773-190", "773190", "…"),
        ("", "x", ""),
        ("one\ntwo   three", "two", "one two three"),
    ],
)
def test_a_snippet_shows_the_place(words: str, typed: str, starts: str):
    assert snippet(words, typed).startswith(starts)


def test_a_snippet_begins_at_the_word_and_not_inside_another():
    shown = snippet("particular " * 30 + "art", "art")
    assert shown.endswith("particular art")


@given(st.text(max_size=300), st.text(max_size=20))
def test_a_snippet_is_short_and_on_one_line(words: str, typed: str):
    shown = snippet(words, typed)
    assert len(shown) <= 182
    assert "\n" not in shown


def test_numbers_are_kept_without_dashes_and_words_are_not_numbers():
    text = "Claim 20260214-773190-00, fax 555.010.7788, code J1745, page 2 of 10, hello-world"
    assert numbers_in(text).split("\n") == ["2026021477319000", "5550107788", "J1745"]


@pytest.mark.parametrize(
    ("words", "folded"),
    [("拒绝", " 拒  绝 "), ("한국", " 한  국 "), ("abc", "abc"), ("カ", " カ ")],
)
def test_letters_without_spaces_between_words_are_set_apart(words: str, folded: str):
    assert fold(words) == folded


def test_five_hundred_pages_are_indexed_as_fast_as_they_come(binder: Binder, reads: Reads):
    texts: Sequence[str] = [f"page {page} word{page}" for page in range(500)]
    thick = reads("thick.pdf", *texts)
    (hit,) = binder.ask(find_anything, "word431")
    assert (hit.id, hit.page) == (thick, 432)


def test_a_very_long_word_is_indexed_in_no_time():
    started = time.perf_counter()
    assert numbers_in("A" * 200_000 + " B-1234") == "B1234"
    assert time.perf_counter() - started < 2
