"""The edges of a photo on the command line: shown, set, left, and found anew."""

from __future__ import annotations

import pytest

from tests.importing.small_photos import LEANING, Shot, letter, photo

BY_HAND = (0.1, 0.1, 0.9, 0.1, 0.9, 0.4, 0.1, 0.4)


def typed(corners) -> str:
    return ",".join(map(str, corners))


def test_edges_are_shown_set_left_and_found_anew(run, binder, tmp_path):
    path = tmp_path / "photo.jpg"
    photo(letter(lines=2), Shot(size=(600, 800), noise=1.0)).save(path, quality=85)
    (added,) = run("add", path).value
    key = added["document"]
    first = run("edges", key)
    assert first.value == {
        "document": key, "page": 1, "corners": pytest.approx(list(LEANING), abs=0.02),
        "by_hand": False, "reason": None,
    }  # fmt: skip

    by_hand = run("edges", "photo.jpg", "--page", 1, "--corners", typed(BY_HAND))
    assert (by_hand.status, by_hand.value["corners"]) == (0, pytest.approx(list(BY_HAND)))
    assert by_hand.value["by_hand"]
    assert run("documents").value[0]["read"] == "done"

    crossed = run("edges", key, "--corners", typed((0.9, 0.1, 0.1, 0.1, 0.9, 0.9, 0.1, 0.9)))
    assert (crossed.status, "cross" in crossed.value["refused"]) == (1, True)
    assert run("edges", key).value == by_hand.value

    whole = run("edges", key, "--none").value
    assert (whole["corners"], whole["by_hand"]) == (None, True)
    found = run("edges", key, "--found").value
    assert found["corners"] == pytest.approx(first.value["corners"], abs=0.005)
    assert found["by_hand"]


def test_a_paper_that_is_no_photo_has_no_edges(run, binder, paper):
    run("add", paper("letter.txt"))
    for words in ((), ("--none",), ("--found",), ("--corners", typed(BY_HAND)), ("--page", 7)):
        done = run("edges", "letter.txt", *words)
        assert (done.status, "photo" in done.value["refused"]) == (1, True)
    assert run("undo").value == {"undone": "Add a paper"}


def test_a_photo_that_is_not_read_yet_says_so(run, binder, tmp_path):
    path = tmp_path / "photo.jpg"
    letter(lines=2).save(path)
    run("add", path, "--no-read")
    done = run("edges", "photo.jpg")
    assert (done.status, "read" in done.value["refused"]) == (1, True)


@pytest.mark.parametrize(
    "words",
    [
        ("--corners", "0,0,1,0,1,1,0"),
        ("--corners", "0,0,1,0,1,1,0,1.5"),
        ("--corners", "0,0,1,0,1,1,0,-1"),
        ("--corners", "0,0,1,0,1,1,0,nan"),
        ("--corners", "0,0,1,0,1,1,0,١"),
        ("--corners", "a,b,c,d,e,f,g,h"),
        ("--none", "--found"),
        ("--page", "0"),
    ],
)
def test_wrong_words_are_told(run, binder, words):
    assert run("edges", "x", *words).status == 2
