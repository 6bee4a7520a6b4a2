"""Pages are kept small and come back as they were."""

from __future__ import annotations

import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.page import PageText, Word, pack_page, unpack_page, unpack_text

steps = st.integers(0, 10_000).map(lambda step: step / 10_000)
texts = st.text(st.characters(exclude_categories=["Cs"]))
words = st.builds(
    Word, texts, steps, steps, steps, steps, st.integers(0, 100).map(lambda part: part / 100)
)
pages = st.builds(
    PageText,
    st.integers(1, 10_000),
    texts,
    st.sampled_from(["embedded", "ocr"]),
    st.lists(words, max_size=20).map(tuple),
)


@given(pages)
def test_a_packed_page_comes_back(page: PageText) -> None:
    packed = pack_page(page)
    assert unpack_page(packed) == page
    assert unpack_text(packed) == page.text


def test_places_are_rounded_to_a_ten_thousandth_of_the_page() -> None:
    page = PageText(1, "a", "ocr", (Word("a", 1 / 3, 0.1, 2 / 3, 0.2, 0.987),))
    (word,) = unpack_page(pack_page(page)).words
    assert (word.x0, word.x1, word.score) == (0.3333, 0.6667, 0.99)


def test_half_a_character_does_not_stop_a_page_from_being_kept() -> None:
    assert unpack_text(pack_page(PageText(1, "a\ud83db", "embedded"))) == "a?b"


def test_a_full_page_takes_a_few_kilobytes() -> None:
    many = tuple(
        Word(f"word{n}", n % 10 / 10, n / 500, n % 10 / 10 + 0.08, n / 499) for n in range(499)
    )
    page = PageText(1, " ".join(word.text for word in many), "ocr", many)
    assert len(pack_page(page)) < 6000


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"not packed",
        zlib.compress(b"[1, 2]"),
        zlib.compress(b"{}"),
        zlib.compress(b"[" * 100_000),
        pack_page(PageText(1, "a", "ocr"))[:-3],
        pack_page(PageText(1, "a", "ocr", (Word("a", 0, 0, 1, 1),)))[:-3],
        zlib.compress(b'{"number":1,"how":"ocr","text":"a"}') + zlib.compress(b'{"texts":["a"]}'),
        zlib.compress(b'{"number":1,"how":"ocr","text":"a"}')
        + zlib.compress(b'{"texts":["a"],"boxes":[1,2],"scores":[1]}'),
    ],
)
def test_damaged_bytes_are_refused(data: bytes) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 - any
        unpack_page(data)


def test_a_bomb_does_not_fill_the_memory() -> None:
    bomb = zlib.compress(b'{"text":"' + b" " * (70 << 20) + b'"}')
    with pytest.raises(ValueError):  # noqa: PT011 - any
        unpack_text(bomb)
