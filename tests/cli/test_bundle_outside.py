"""A bundle as an outsider sees it: no blank unnoticed, no page that is not there, no secret."""

from __future__ import annotations

import pypdf
import pytest


@pytest.fixture
def ids(run, household, paper):
    """A claim with a denial letter and a photo of a payment."""
    named = {"claim": household["claim"]}
    for name, kind in (("letter", "denial"), ("slip", "photo")):
        words = ("add", paper(f"{name}.txt"), "--claim", named["claim"], "--kind", kind)
        named[name] = run(*words).value[0]["document"]
    run("denial", named["claim"], "--letter", named["letter"], "--notice-date", "2026-11-02")
    return named


def texts(path) -> str:
    return "\n".join(page.extract_text() for page in pypdf.PdfReader(path).pages)


def test_pages_that_a_paper_does_not_have_are_a_gap_and_never_an_empty_exhibit(run, ids, tmp_path):
    target = tmp_path / "out.pdf"
    wrong = run("bundle", ids["claim"], "-o", target, "--pages", f"{ids['letter']}=9")
    assert (wrong.status, wrong.value["files"], target.exists()) == (1, [], False)
    (gap,) = wrong.value["gaps"]
    assert gap["document"] == ids["letter"]
    assert "it has 1 page." in gap["reason"]


def test_more_pages_than_there_are_give_those_that_are_there_and_say_so(run, ids, tmp_path):
    done = run("bundle", ids["claim"], "-o", tmp_path / "o.pdf", "--pages", f"{ids['letter']}=1-9")
    assert done.status == 0
    assert any("it has 1 page; some that were" in said for said in done.value["warnings"])
    assert done.value["exhibits"][0]["part"] == 1


def test_a_letter_lists_the_exhibits_of_its_bundle_and_its_other_blanks_are_told(
    run, ids, tmp_path
):
    run("letter", "appeal", "--claim", ids["claim"], "--save")
    done = run("bundle", ids["claim"], "-o", tmp_path / "o.pdf")
    assert "Enclosed: Exhibits A to" in texts(tmp_path / "o.pdf")
    assert "list of what you enclose" not in texts(tmp_path / "o.pdf")
    (blanks,) = [said for said in done.value["warnings"] if "blanks" in said]
    assert "still has 6 blanks: your address;" in blanks


def test_a_letter_that_lists_other_exhibits_than_its_bundle_is_told(run, ids, paper):
    letter = run("letter", "appeal", "--claim", ids["claim"], "--save").value["letter"]
    words = paper("new.txt", "Please approve it.\n\n1. Exhibit A: Something else\n")
    run("letter-change", letter, "--text", words)
    codes = {row["code"]: row["text"] for row in run("preflight", ids["claim"]).value["findings"]}
    assert "“Exhibit A: Something else”" in codes["letter_exhibits"]
    assert "letter_blanks" not in codes


def test_a_call_left_out_of_the_story_is_in_no_list_of_calls(run, ids, tmp_path):
    claim = ids["claim"]
    call = run("call", "--claim", claim, "--with", "Deanna", "--reference", "HIDE-1").value["call"]
    run("call", "--claim", claim, "--with", "Marcus", "--reference", "SHOW-2")
    run("story", claim, "--hide", f"call/{call}")
    run("call-log", claim, "-o", tmp_path / "log.pdf", "--remarks")
    run("bundle", claim, "-o", tmp_path / "bundle.pdf")
    for name in ("log.pdf", "bundle.pdf"):
        said = texts(tmp_path / name)
        assert "SHOW-2" in said
        assert "HIDE-1" not in said


def test_the_story_names_no_photo_of_a_payment(run, ids, tmp_path):
    run("expense", "--served", "2026-03-01", "--paid", "2026-03-01", "--amount", "40", "--claim",
        ids["claim"], "--receipt", ids["slip"])  # fmt: skip
    run("story", ids["claim"], "-o", tmp_path / "story.pdf")
    assert "slip" not in texts(tmp_path / "story.pdf")
    assert "letter" in texts(tmp_path / "story.pdf")


def test_what_lies_in_the_trash_is_neither_bound_nor_written_to(run, ids, tmp_path):
    sent = run("sent", ids["claim"], "--on", "2026-11-20").value["sent"]
    run("trash", "document", ids["slip"])
    for words in (
        ("sent-proof", sent, ids["slip"]),
        ("sent", ids["claim"], "--on", "2026-11-20", "--paper", ids["slip"]),
        ("denial", ids["claim"], "--letter", ids["slip"]),
        ("treatment-new", ids["claim"], "Iron tablets", "--proof", ids["slip"]),
        ("black-out", ids["slip"], "--page", "1", "--box", "0,0,1,1"),
    ):
        assert "in the trash" in run(*words).value["refused"]
    run("trash", "claim", ids["claim"])
    for words in (
        ("bundle", ids["claim"], "-o", tmp_path / "o.pdf"),
        ("point-new", ids["claim"], "Not needed"),
        ("evidence", ids["claim"], "denial_letter", "--not-needed"),
    ):
        assert "in the trash" in run(*words).value["refused"]
    assert not (tmp_path / "o.pdf").exists()


def test_an_address_is_no_book(run, ids):
    done = run("sent", ids["claim"], "--on", "2026-11-20", "--to", "A" * 20_000)
    assert (done.status, "at most 1,000 letters" in done.value["refused"]) == (1, True)
