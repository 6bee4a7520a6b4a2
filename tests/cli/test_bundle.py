"""The commands around a bundle: made, kept, looked over, blacked out, and out again."""

from __future__ import annotations

import hashlib

import pypdf
import pytest

from app.cli import words_of_bundle
from app.operations import bundle_choices


@pytest.fixture
def case(run, binder, tmp_path):
    """A claim with a letter, a record and a receipt; their ids by name."""
    person = run("person-new", "Rosa Alvarez", "--born", "1960-02-03").value["person"]
    claim = run("claim-new", "Infusions", "--patient", person).value["claim"]
    ids = {"claim": claim}
    for name, kind in (("letter", "denial"), ("record", "medical_record"), ("slip", "receipt")):
        path = tmp_path / f"{name}.txt"
        path.write_text(f"This is the {name} of the visit.\nDOB: 02/03/1960\n")
        (row,) = run("add", path, "--claim", claim, "--kind", kind, "--no-read").value
        ids[name] = row["document"]
    run("read")
    run("denial", claim, "--notice-date", "2026-11-02", "--appeal-by", "2026-12-01")
    return ids


def test_a_bundle_is_kept_and_comes_back_exactly(run, case, tmp_path):
    target, again = tmp_path / "out.pdf", tmp_path / "again.pdf"
    done = run("bundle", case["claim"], "-o", target)
    assert done.status == 0
    (file,) = done.value["files"]
    assert file["sha256"] == hashlib.sha256(target.read_bytes()).hexdigest()
    assert any("appeal letter" in each for each in done.value["warnings"])
    (row,) = run("bundles").value
    assert (row["bundle"], row["claim"], row["sent"]) == (
        done.value["bundle"], case["claim"], False,
    )  # fmt: skip
    target.unlink()
    out = run("bundle-file", row["bundle"][:6], "-o", again)
    assert out.value["files"] == [
        {"path": str(again), "bytes": file["bytes"], "sha256": file["sha256"]}
    ]
    assert hashlib.sha256(again.read_bytes()).hexdigest() == file["sha256"]


def test_what_goes_in_is_said_and_can_be_remembered(run, case, tmp_path):
    wished = (
        "--put-in", case["slip"], "--leave-out", case["record"], "--order",
        f"{case['slip']},{case['letter']}",
    )  # fmt: skip
    done = run("bundle", case["claim"], "-o", tmp_path / "a.pdf", *wished, "--remember")
    assert [each["document"] for each in done.value["exhibits"]] == [case["slip"], case["letter"]]
    (tmp_path / "again").mkdir()
    again = run("bundle-originals", case["claim"], "-o", tmp_path / "again")
    assert [path.rpartition(" ")[2] for path in again.value["files"]] == [
        "Cover.pdf", "slip.txt", "letter.txt",
    ]  # fmt: skip
    wrong = run("bundle", case["claim"], "-o", tmp_path / "c.pdf", "--pages", f"{case['slip']}=x")
    assert wrong.status == 1
    assert "names no pages" in wrong.value["refused"]


def test_preflight_tells_what_is_worth_a_look_and_what_they_learn(run, case):
    done = run("preflight", case["claim"], "--way", "mail", "--mail-days", "20")
    codes = {each["code"]: each for each in done.value["findings"]}
    assert codes["too_late"]["severity"] == "look"
    assert "December 11, 2026" in codes["too_late"]["text"]
    learned = {(each["what"], each["words"]) for each in done.value["learn"]}
    assert ("People", "Rosa Alvarez") in learned
    assert ("Dates of birth", "02/03/1960") in learned


def test_the_parts_of_the_words_are_those_of_the_operations():
    assert words_of_bundle.PARTS == bundle_choices.PARTS


def test_black_boxes_are_set_shown_and_taken_away(run, case):
    letter = case["letter"]
    assert run("black-out", letter).value == {"document": letter, "boxes": []}
    run("black-out", letter, "--page", "1", "--box", "0.1,0.1,0.5,0.2")
    done = run("black-out", letter, "--page", "1", "--box", "0.1,0.3,0.5,0.4")
    assert done.value["boxes"] == [
        {"page": 1, "box": [0.1, 0.1, 0.5, 0.2]}, {"page": 1, "box": [0.1, 0.3, 0.5, 0.4]},
    ]  # fmt: skip
    assert run("black-out", letter, "--page", "7", "--box", "0.1,0.3,0.5,0.4").status == 1
    assert run("black-out", letter, "--box", "0.1,0.3").status == 2
    assert run("black-out", letter, "--none").value["boxes"] == []


def test_what_is_blacked_out_is_not_in_the_bundle(run, case, tmp_path):
    target = tmp_path / "out.pdf"
    run("black-out", case["letter"], "--box", "0,0,1,1")
    assert run("bundle", case["claim"], "-o", target).status == 0
    words = "".join(page.extract_text() for page in pypdf.PdfReader(target).pages)
    assert "This is the record of the visit" in words
    assert "This is the letter of the visit" not in words


def test_where_no_bundle_can_be_made_the_originals_come_out_in_order(run, case, tmp_path):
    folder = tmp_path / "out"
    folder.mkdir()
    run("black-out", case["record"], "--box", "0,0,1,1")
    done = run("bundle-originals", case["claim"], "-o", folder)
    assert sorted(path.name for path in folder.iterdir()) == ["00 Cover.pdf", "01 letter.txt"]
    assert [each["document"] for each in done.value["left_out"]] == [case["record"]]
    assert run("bundle-originals", case["claim"], "-o", folder).status == 1
