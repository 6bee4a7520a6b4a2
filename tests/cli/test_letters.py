"""The commands on letters."""

from __future__ import annotations

import pypdf
import pytest

KEYS = {"letter", "kind", "title", "text", "blanks", "path", "document", "signed_on"}


@pytest.fixture
def claim(run, household):
    claim = household["claim"]
    run("denial", claim, "--notice-date", "2026-08-03", "--level", "1")
    return claim


def test_the_letters_are_listed_those_that_help_now_first(run, say, claim):
    rows = run("letters").value
    assert {"kind", "title", "for", "to", "useful", "asks", "missing"} == set(rows[0])
    assert all(row["useful"] is None and row["missing"] == [] for row in rows)
    rows = run("letters", "--claim", claim).value
    flags = [row["useful"] for row in rows]
    assert flags == sorted(flags, reverse=True)
    by_kind = {row["kind"]: row for row in rows}
    assert by_kind["claim_file"]["useful"]
    assert by_kind["claim_file"]["asks"] == "claim-file"
    assert not by_kind["refund"]["useful"]
    assert "your address" in by_kind["appeal"]["missing"]
    assert "claim_file" in say("letters", "--claim", claim).out


def test_a_letter_is_written_without_being_stored(run, say, claim, tmp_path):
    made = run("letter", "claim-file", "--claim", claim, "-o", tmp_path / "a.pdf")
    assert made.status == 0
    assert set(made.value) == KEYS
    assert made.value["letter"] is None
    assert made.value["kind"] == "claim_file"
    assert "Member ID: HMX 4471" in made.value["text"]
    assert "your address" in made.value["blanks"]
    page = pypdf.PdfReader(made.value["path"]).pages[0].extract_text()
    assert "HMX 4471" in page
    assert run("letters", "--written").value == []
    assert "About: Request for the claim file" in say("letter", "claim_file", "--claim", claim).out


def test_a_letter_is_kept_changed_signed_and_printed(run, claim, tmp_path):
    made = run("letter", "appeal", "--claim", claim, "--save", "--enclosed", "The denial").value
    letter = made["letter"]
    assert "1. The denial" in made["text"]
    (tmp_path / "text.txt").write_text("Dear plan,\r\nplease pay.\r\n", encoding="utf-8-sig")
    changed = run(
        "letter-change", letter, "--title", "My appeal", "--text", tmp_path / "text.txt"
    ).value
    assert (changed["title"], changed["text"]) == ("My appeal", "Dear plan,\nplease pay.\n")
    assert changed["blanks"] == []
    signed = run("letter-signed", "My appeal", "--on", "2026-11-20").value
    assert signed["signed_on"] == "2026-11-20"
    printed = run("letter-print", letter, "-o", tmp_path / "b.pdf", "--keep", "--paper", "a4").value
    assert printed["document"]
    assert round(pypdf.PdfReader(printed["path"]).pages[0].mediabox.width) == 595
    (paper,) = run("documents").value
    assert (paper["name"], paper["kind"], paper["read"]) == (
        "My appeal.pdf", "appeal_letter", "done",
    )  # fmt: skip
    (row,) = run("letters", "--written", "--claim", claim).value
    assert (row["letter"], row["state"], row["signed_on"], row["document"]) == (
        letter, "kept", "2026-11-20", paper["document"],
    )  # fmt: skip
    assert row["denial"], "a letter is about the denial that it was filled from"
    assert run("trash", "letter", letter).status == 0
    assert run("letters", "--written").value == []


def test_what_cannot_be_done_is_said(run, claim, tmp_path, place):
    refused = run("letter", "ransom", "--claim", claim)
    assert refused.status == 1
    assert "claim_file" in refused.value["refused"]
    for words in (
        ("letter", "appeal", "--claim", "nowhere"),
        ("letter", "appeal", "--claim", claim, "--denial", "nothing"),
        ("letter", "appeal", "--claim", claim, "--to", "nobody"),
        ("letter", "appeal", "--claim", claim, "-o", place / "inside.pdf"),
        ("letter-change", "nothing", "--title", "A"),
        ("letter-signed", "nothing", "--on", "2026-11-20"),
    ):
        assert run(*words).status == 1, words
    assert run("letter", "appeal").status == 2
    letter = run("letter", "appeal", "--claim", claim, "--save").value["letter"]
    (tmp_path / "photo.txt").write_bytes(b"\xff\xd8\xff\xe0")
    refused = run("letter-change", letter, "--text", tmp_path / "photo.txt")
    assert refused.status == 1
    assert "plain text" in refused.value["refused"]
    assert run("letter-signed", letter, "--on", "2026-11-30").status == 1
