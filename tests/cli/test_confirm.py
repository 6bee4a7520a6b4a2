"""What was read, from the command line: confirmed, corrected, matched, taken apart."""

from __future__ import annotations

from tests.importing.small_papers import PdfMaker, text_content

LETTER = """Harbor Mutual Health Plan

March 2, 2026

Claim number: HM-2026-118204

Dear Maya,

We have denied your request. You may appeal within 180 days of receiving this letter.
"""


def added(run, path) -> str:
    return run("add", path).value[0]["document"]


def letter(run, tmp_path, name: str = "letter.txt", more: str = "") -> str:
    path = tmp_path / name
    path.write_text(LETTER + more, encoding="utf-8")
    return added(run, path)


def fact(run, document: str, name: str):
    (row,) = [row for row in run("facts", document).value["facts"] if row["name"] == name]
    return row


def test_facts_have_the_shape_that_scripts_rely_on(run, place, tmp_path):
    run("init", place)
    document = letter(run, tmp_path)
    value = run("facts", document).value
    assert set(value["kind"]) >= {"value", "score"}
    keys = {"name", "value", "text", "page", "box", "score", "confirmed"}
    assert all(set(row) >= keys for row in value["facts"])
    assert all(len(row["box"]) == 4 for row in value["facts"])
    window = fact(run, document, "appeal_window")
    assert window["value"] == {
        "amount": 180, "unit": "calendar_days", "anchor": "receipt", "for": "patient",
        "level": "internal", "filed_when": None,
    }  # fmt: skip
    assert window["due"] is None


def test_a_value_is_confirmed_or_corrected_and_taken_back(run, place, tmp_path):
    run("init", place)
    document = letter(run, tmp_path)
    assert run("confirm", document, "letter_date=2026-03-02").value["confirmed"] == 1
    assert fact(run, document, "letter_date")["confirmed"] is True
    run("confirm", document, "letter_date=2026-03-05")
    row = fact(run, document, "letter_date")
    assert (row["value"], row["confirmed"]) == ("2026-03-05", True)
    run("undo")
    assert fact(run, document, "letter_date")["value"] == "2026-03-02"


def test_all_that_was_read_can_be_confirmed_at_once(run, place, tmp_path):
    run("init", place)
    document = letter(run, tmp_path)
    count = len(run("facts", document).value["facts"])
    assert run("confirm", document, "--all").value["confirmed"] == count
    assert all(row["confirmed"] for row in run("facts", document).value["facts"])


def test_nothing_named_confirms_nothing(run, place, tmp_path):
    run("init", place)
    document = letter(run, tmp_path)
    done = run("confirm", document)
    assert (done.status, set(done.value)) == (1, {"refused", "ask"})


def test_a_claim_and_a_copy_are_suggested(run, place, tmp_path):
    run("init", place)
    first = letter(run, tmp_path)
    claim = run("claim-new", "Infusions", "--number", "HM-2026-118204").value["claim"]
    second = letter(run, tmp_path, "again.txt", "\nPage 1 of 1\n")
    value = run("suggest", second).value
    assert [one["claim"] for one in value["claims"]] == [claim]
    assert [one["document"] for one in value["copies"]] == [first]


def test_a_file_with_two_letters_is_taken_apart(run, place, tmp_path):
    run("init", place)
    maker = PdfMaker()
    for head in ("Dear Maya,", "Dear Jonah,"):
        lines = ("We have read the letter of your doctor and the records.",) * 12
        maker.page(text_content([head, *lines]))
    document = added(run, maker.save(tmp_path / "two.pdf"))
    assert run("facts", document).value["letters"] == [1, 2]
    assert len(run("split", document).value["documents"]) == 2
    assert len(run("documents").value) == 3
