"""The files that commands make: calendar, tables, summary, bundle, backup."""

from __future__ import annotations

import hashlib
from datetime import date
from pathlib import Path

import pypdf
import pytest
from icalendar import Calendar
from PIL import Image


def keys(value):
    return set(value)


def test_the_calendar_file_tells_nothing_private_unless_asked_to(run, household, tmp_path):
    run("denial", household["claim"], "--notice-date", "2026-11-02")
    quiet, open_hearted = tmp_path / "quiet.ics", tmp_path / "details.ics"
    written = run("calendar", "-o", quiet)
    assert keys(written.value) == {"path", "bytes", "sha256", "entries", "cancelled", "undated"}
    assert written.value["sha256"] == hashlib.sha256(quiet.read_bytes()).hexdigest()
    run("calendar", "-o", open_hearted, "--details")
    events = Calendar.from_ical(quiet.read_bytes()).events
    assert [event["DTSTART"].dt for event in events] == [date(2027, 4, 30), date(2027, 5, 1)]
    assert b"Infusions" not in quiet.read_bytes()
    assert b"Infusions" in open_hearted.read_bytes()


def test_the_ledger_is_written_as_a_table(run, household, tmp_path):
    run("expense", "--paid", "2026-01-05", "--provider", "=Lab", "--amount", "10")
    run("expenses", "--csv", tmp_path / "ledger.csv")
    text = (tmp_path / "ledger.csv").read_text(encoding="utf-8-sig")
    assert '"10.00"' in text
    assert '"\'=Lab"' in text


def test_every_summary_says_that_it_goes_by_the_date_paid(run, household, paper, tmp_path):
    run("add", paper("receipt.txt"), "--no-read")
    run(
        "expense", "--served", "2026-01-02", "--paid", "2026-01-05", "--provider", "Lab",
        "--amount", "10.25", "--method", "hsa",
    )  # fmt: skip
    target, sheet = tmp_path / "hsa.pdf", tmp_path / "hsa.csv"
    made = run("hsa", "2026", "-o", target, "--csv", sheet)
    assert made.status == 0
    assert keys(made.value) >= {
        "year_basis", "claimable", "needs_attention", "not_claimable", "reimbursed",
        "unreimbursed_carried", "findings", "pages",
    }  # fmt: skip
    assert (made.value["year_basis"], made.value["reimbursed"]) == ("paid", "10.25")
    assert made.value["claimable"] == "0.00"
    for finding in made.value["findings"]:
        assert keys(finding) == {"id", "severity", "expense", "text"}
    pages = pypdf.PdfReader(target).pages
    assert len(pages) == made.value["pages"]
    assert all("date paid" in page.extract_text() for page in pages)
    assert "10.25" in sheet.read_text(encoding="utf-8-sig")


def test_a_backup_is_proven_and_comes_back_whole(run, household, paper, place, tmp_path):
    letter = paper("letter.txt", "The whole story")
    run("add", letter, "--claim", household["claim"])
    made = run("backup", tmp_path / "safe")
    assert (made.status, made.value["ok"], made.value["problems"]) == (0, True, [])
    assert Path(made.value["path"]).is_file()
    again = tmp_path / "again"
    back = run("restore", made.value["path"], again)
    assert (back.status, back.value["ok"], back.value["problems"]) == (0, True, [])
    rows = [run("documents", "--binder", where).value for where in (place, again)]
    assert rows[0] == rows[1]
    refused = run("restore", made.value["path"], again)
    assert (refused.status, keys(refused.value)) == (1, {"refused", "ask"})
    assert run("restore", letter, tmp_path / "other").status in (1, 3)
    assert not (tmp_path / "other").exists()


def test_a_check_names_a_paper_whose_bytes_are_gone_or_changed(run, binder, paper):
    rows = run("add", paper("gone.txt"), paper("changed.txt", "A" * 50), "--no-read").value
    for full in ((), ("--full",)):
        well = run("check", *full)
        assert (well.status, well.value["ok"], well.value["problems"]) == (0, True, [])
    sha256 = {row["document"]: row["sha256"] for row in run("documents").value}
    first, second = (sha256[row["document"]] for row in rows)
    (binder / "originals" / first).unlink()
    other = binder / "originals" / second
    other.chmod(0o600)
    other.write_bytes(b"B" * 50)
    quick, full = run("check"), run("check", "--full")
    assert (quick.status, quick.value["ok"]) == (1, False)
    assert any("gone.txt" in problem for problem in quick.value["problems"])
    assert any("changed.txt" in problem for problem in full.value["problems"])
    assert run("original", "changed.txt", "-o", binder.parent / "out").status == 1


@pytest.fixture
def pictures(tmp_path):
    """Two pictures: what a phone leaves."""
    paths = [tmp_path / f"page {number}.png" for number in (1, 2)]
    for number, path in enumerate(paths):
        Image.new("RGB", (300, 400 + number), "white").save(path)
    return paths


def test_a_bundle_tells_its_files_exhibits_gaps_and_what_it_lacks(
    run, household, pictures, paper, tmp_path
):
    claim, target = household["claim"], tmp_path / "appeal.pdf"
    run("add", *pictures, "--as-one", "--no-read", "--claim", claim, "--kind", "denial")
    run("add", paper("receipt.txt"), "--no-read", "--claim", claim, "--kind", "receipt")
    made = run("bundle", claim, "-o", target, "--max-pages", "1")
    assert made.status == 0
    told = {"files", "exhibits", "gaps", "warnings", "removed"}
    assert keys(made.value) == told | {"bundle"}  # under which its exact bytes are kept
    (file,) = made.value["files"]
    assert file == {
        "path": str(target),
        "pages": len(pypdf.PdfReader(target).pages),
        "bytes": target.stat().st_size,
        "sha256": hashlib.sha256(target.read_bytes()).hexdigest(),
    }
    (exhibit,) = made.value["exhibits"]
    assert keys(exhibit) == {"letter", "title", "document", "first_page", "pages", "part"}
    assert (exhibit["letter"], exhibit["pages"]) == ("A", 3)
    assert any("medical necessity" in warning for warning in made.value["warnings"])
    assert any("more than 1" in warning for warning in made.value["warnings"])


def test_a_gap_stops_the_bundle_until_it_is_allowed_or_left_out(
    run, household, pictures, paper, tmp_path
):
    claim, target = household["claim"], tmp_path / "appeal.pdf"
    run("add", pictures[0], paper("notes.docx"), "--no-read", "--claim", claim)
    stopped = run("bundle", claim, "-o", target)
    assert (stopped.status, stopped.value["files"]) == (1, [])
    assert [gap["name"] for gap in stopped.value["gaps"]] == ["notes.docx"]
    assert keys(stopped.value["gaps"][0]) == {"document", "name", "reason"}
    assert not target.exists()
    allowed = run("bundle", claim, "-o", target, "--allow-gaps")
    assert (allowed.status, len(allowed.value["exhibits"])) == (0, 2)
    without = run("bundle", claim, "-o", target, "--without", "notes.docx")
    assert (without.status, len(without.value["exhibits"]), without.value["gaps"]) == (0, 1, [])


@pytest.mark.parametrize("profile", ["portal", "fax"])
def test_parts_are_numbered_and_none_is_longer_than_was_said(
    run, household, pictures, tmp_path, profile
):
    claim, target = household["claim"], tmp_path / "appeal.pdf"
    run("add", *pictures, "--as-one", "--no-read", "--claim", claim, "--kind", "denial")
    made = run("bundle", claim, "-o", target, "--profile", profile, "--max-pages", "4")
    paths = [Path(file["path"]) for file in made.value["files"]]
    assert made.status == 0
    assert len(paths) >= 2
    assert [path.name for path in paths] == [
        f"appeal-{number}.pdf" for number in range(1, len(paths) + 1)
    ]
    assert all(len(pypdf.PdfReader(path).pages) <= 4 for path in paths)


def test_a_bundle_in_one_part_keeps_the_name(run, household, pictures, tmp_path):
    claim, target = household["claim"], tmp_path / "appeal.pdf"
    run("add", *pictures, "--as-one", "--no-read", "--claim", claim, "--kind", "denial")
    made = run("bundle", claim, "-o", target, "--profile", "portal", "--max-mb", "10")
    assert [file["path"] for file in made.value["files"]] == [str(target)]
