"""Each command answers in the shape that scripts rely on."""

from __future__ import annotations

import hashlib
from datetime import date, timedelta
from pathlib import Path

import pypdf
import pytest
from icalendar import Calendar

from tests.cli.conftest import TODAY


def keys(value):
    return set(value)


def test_a_new_binder_is_empty_and_named(run, place):
    made = run("init", place)
    assert (made.status, made.value) == (0, {"binder": str(place)})
    for command in ("documents", "claims", "deadlines", "expenses", "trash"):
        listed = run(command)
        assert (listed.status, listed.value) == (0, [])
    assert run("find", "anything").value == []


def test_a_place_that_is_not_empty_is_refused_in_words(run, binder):
    again = run("init", binder)
    assert again.status == 1
    assert keys(again.value) == {"refused", "ask"}
    assert "not empty" in again.value["refused"]


def test_people_plans_and_claims_give_their_ids(household):
    assert keys(household) == {"person", "plan", "claim"}
    assert all(household.values())


def test_a_claim_is_listed_with_the_patient_and_the_plan_in_force(run, household):
    (row,) = run("claims").value
    assert row["claim"] == household["claim"]
    assert (row["title"], row["patient"], row["plan"], row["status"]) == (
        "Infusions in March", "Rosa Alvarez", "Harbor Mutual", "open",
    )  # fmt: skip


def test_papers_are_added_in_the_order_given_and_read(run, household, paper):
    paths = [paper("second.txt", "Zebra"), paper("first.txt", "Apple")]
    added = run("add", *paths, "--claim", "Infusions in March")
    assert added.status == 0
    assert [row["path"] for row in added.value] == [str(path) for path in paths]
    for row in added.value:
        assert keys(row) == {"path", "outcome", "document", "reason", "pages", "read"}
        assert (row["outcome"], row["reason"], row["pages"], row["read"]) == (
            "added", None, 1, "done",
        )  # fmt: skip
    (page,) = run("text", added.value[0]["document"]).value
    assert (page["page"], page["text"].strip(), page["how"]) == (1, "Zebra", "embedded")


def test_papers_can_be_stored_now_and_read_later(run, binder, paper):
    (row,) = run("add", paper("letter.txt"), "--no-read").value
    assert (row["outcome"], row["pages"], row["read"]) == ("added", None, "waiting")
    early = run("text", row["document"])
    assert (early.status, keys(early.value)) == (1, {"refused", "ask"})
    assert "read" in early.value["refused"]
    done = run("read")
    assert (done.status, done.value) == (0, {"read": 1, "failed": []})
    assert run("read").value == {"read": 0, "failed": []}
    assert run("documents").value[0]["read"] == "done"


def test_the_same_bytes_are_a_duplicate_that_is_filed_where_the_first_was_not(
    run, household, paper
):
    letter = paper("letter.txt")
    (first,) = run("add", letter, "--no-read").value
    again = run("add", letter, "--no-read", "--claim", household["claim"])
    assert again.status == 0
    (row,) = again.value
    assert (row["outcome"], row["document"]) == ("duplicate", first["document"])
    assert run("documents").value[0]["claim"] == household["claim"]


def test_papers_are_listed_with_what_is_known_of_them(run, household, paper):
    path = paper("letter.txt")
    run("add", path, "--claim", household["claim"], "--kind", "denial")
    (row,) = run("documents", "--claim", household["claim"]).value
    wanted = {"document", "name", "kind", "claim", "pages", "added_at", "sha256", "read"}
    assert keys(row) >= wanted
    assert (row["name"], row["kind"], row["claim"], row["pages"], row["read"]) == (
        "letter.txt", "denial", household["claim"], 1, "done",
    )  # fmt: skip
    assert row["sha256"] == hashlib.sha256(path.read_bytes()).hexdigest()
    assert row["added_at"].startswith(TODAY) or row["added_at"].startswith("2026-11-2")


def test_a_paper_is_filed_by_name(run, household, paper):
    (added,) = run("add", paper("letter.txt"), "--no-read").value
    filed = run("file", "letter.txt", "--claim", "infusions in march", "--kind", "eob")
    assert filed.status == 0
    assert filed.value == {
        "document": added["document"], "claim": household["claim"], "kind": "eob",
    }  # fmt: skip


def test_the_exact_bytes_come_out(run, binder, paper, tmp_path):
    letter = paper("letter.txt", "exactly this\r\n\x00")
    run("add", letter, "--no-read")
    target = tmp_path / "copy.bin"
    taken = run("original", "letter.txt", "-o", target)
    assert (taken.status, target.read_bytes()) == (0, letter.read_bytes())
    assert (taken.value["path"], taken.value["bytes"]) == (str(target), len(letter.read_bytes()))
    assert taken.value["sha256"] == hashlib.sha256(letter.read_bytes()).hexdigest()


def test_several_photos_become_one_paper_and_come_out_as_several_files(
    run, binder, paper, tmp_path
):
    rows = run("add", paper("1.txt"), paper("2.txt"), "--as-one").value
    assert len(rows) == 2
    assert len({row["document"] for row in rows}) == 1
    assert [page["page"] for page in run("text", rows[0]["document"]).value] == [1, 2]
    taken = run("original", rows[0]["document"], "-o", tmp_path / "out.txt").value
    assert [file["path"] for file in taken["files"]] == [
        str(tmp_path / "out.txt"), str(tmp_path / "out-2.txt"),
    ]  # fmt: skip


def test_papers_are_joined_in_the_order_named(run, binder, paper):
    rows = run("add", paper("a.txt", "alpha"), paper("b.txt", "beta")).value
    joined = run("join", rows[1]["document"], rows[0]["document"])
    assert joined.value["document"] == rows[1]["document"]
    pages = run("text", rows[1]["document"]).value
    assert [page["text"].strip() for page in pages] == ["beta", "alpha"]


def test_what_was_typed_is_found_with_its_page(run, household, paper):
    run("add", paper("letter.txt", "Reference HM-2026-118204 was denied"))
    run("call", "--claim", household["claim"], "--with", "Harold", "--note", "denied on the phone")
    hits = run("find", "denied").value
    assert {hit["what"] for hit in hits} == {"document", "call"}
    for hit in hits:
        assert keys(hit) == {"what", "id", "title", "snippet", "page"}
    (paper_hit,) = [hit for hit in hits if hit["what"] == "document"]
    assert (paper_hit["title"], paper_hit["page"]) == ("letter.txt", 1)
    assert "denied" in paper_hit["snippet"]
    assert [hit["title"] for hit in run("find", "2026118").value] == ["letter.txt"]
    assert len(run("find", "denied", "--limit", "1").value) == 1


def test_a_denial_gives_its_deadline_from_the_law(run, household):
    recorded = run("denial", household["claim"], "--notice-date", "2026-11-02")
    assert recorded.status == 0
    assert keys(recorded.value) == {"denial", "deadlines", "ask"}
    (row,) = recorded.value["deadlines"]
    assert row["last_day"] == "2027-05-01"  # 180 days after the date on the letter, no mail days
    assert row["safe_file_by"] == "2027-04-30"  # the last day is a Saturday
    assert row["days_left"] == (date(2027, 5, 1) - date.fromisoformat(TODAY)).days
    assert (row["claim"], row["state"]) == (household["claim"], "open")
    assert "2560.503-1" in row["source"]
    assert recorded.value["ask"] is None
    assert run("deadlines").value == [row]
    assert run("claims").value[0]["status"] == "denied"


def test_the_day_in_the_letter_is_kept_where_it_is_the_earlier_one(run, household):
    recorded = run(
        "denial", household["claim"], "--notice-date", "2026-11-02", "--appeal-by", "2027-01-15"
    )
    (row,) = recorded.value["deadlines"]
    assert (row["last_day"], row["source"]) == ("2027-01-15", "Your letter")


def test_the_dates_of_a_filed_letter_need_not_be_typed_again(run, household, paper):
    run("add", paper("letter.txt"), "--no-read")
    run("file", "letter.txt", "--dated", "2026-11-02", "--received", "2026-11-05")
    recorded = run("denial", household["claim"], "--letter", "letter.txt")
    assert recorded.value["deadlines"][0]["last_day"] == "2027-05-04"  # 180 days from receipt
    (row,) = run("documents").value
    assert (row["claim"], row["kind"]) == (household["claim"], "denial")


def test_a_denial_without_a_plan_gives_no_date_and_stands_first_until_it_has_one(run, binder):
    claim = run("claim-new", "Scan").value["claim"]
    run("call", "--claim", claim, "--with", "Bea", "--promise", "write", "--by", "2026-11-23")
    recorded = run("denial", "Scan", "--notice-date", "2026-11-02")
    assert recorded.value["deadlines"] == []
    assert "kind of plan" in recorded.value["ask"]
    first, second = run("deadlines").value
    assert (first["deadline"], first["last_day"], first["state"]) == (None, None, "needs_date")
    assert (first["claim"], first["denial"]) == (claim, recorded.value["denial"])
    assert second["last_day"] == "2026-11-23"
    wanted = {
        "deadline", "claim", "title", "last_day", "safe_file_by", "days_left", "source", "state",
    }  # fmt: skip
    assert keys(first) >= wanted
    assert keys(second) >= wanted


def test_deadlines_come_the_soonest_first_and_say_when_they_have_passed(run, household):
    for by in ("2026-12-24", "2026-11-20", "2026-12-01"):
        run("call", "--claim", household["claim"], "--with", "B", "--promise", "it", "--by", by)
    rows = run("deadlines").value
    assert [(row["last_day"], row["days_left"], row["state"]) for row in rows] == [
        ("2026-11-20", -1, "passed"), ("2026-12-01", 10, "open"), ("2026-12-24", 33, "open"),
    ]  # fmt: skip


def test_a_promise_on_the_phone_becomes_something_due(run, household):
    logged = run(
        "call", "--claim", household["claim"], "--with", "Deanna", "--note", "on hold",
        "--reference", "C-1", "--promise", "mail the policy", "--by", "2026-12-01",
    )  # fmt: skip
    assert keys(logged.value) == {"call", "deadline"}
    (row,) = run("deadlines").value
    assert (row["deadline"], row["last_day"]) == (logged.value["deadline"], "2026-12-01")
    without = run("call", "--claim", household["claim"], "--with", "Bea", "--note", "no news")
    assert without.value["deadline"] is None


def test_the_story_of_a_claim_is_told_in_time_order(run, household, paper):
    run("add", paper("letter.txt"), "--no-read", "--claim", household["claim"])
    run("file", "letter.txt", "--dated", "2026-10-01")
    run("denial", household["claim"], "--notice-date", "2026-10-05", "--letter", "letter.txt")
    story = run("claim", "Infusions in March").value
    assert (story["claim"], story["status"]) == (household["claim"], "denied")
    for line in story["story"]:
        assert keys(line) >= {"on", "what", "id", "text"}
    days = [line["on"] for line in story["story"]]
    assert days == sorted(days)
    assert {line["what"] for line in story["story"]} == {"document", "denial", "deadline"}


def test_the_calendar_file_tells_nothing_private_unless_asked_to(run, household, tmp_path):
    run("denial", household["claim"], "--notice-date", "2026-11-02")
    quiet, open_hearted = tmp_path / "quiet.ics", tmp_path / "details.ics"
    written = run("calendar", "-o", quiet)
    assert keys(written.value) == {"path", "bytes", "sha256"}
    assert written.value["sha256"] == hashlib.sha256(quiet.read_bytes()).hexdigest()
    run("calendar", "-o", open_hearted, "--details")
    events = Calendar.from_ical(quiet.read_bytes()).events
    assert [event["DTSTART"].dt for event in events] == [date(2027, 4, 30), date(2027, 5, 1)]
    assert b"Infusions" not in quiet.read_bytes()
    assert b"Infusions" in open_hearted.read_bytes()


def test_an_expense_is_entered_and_listed_by_the_year_it_was_paid(run, household):
    entered = run(
        "expense", "--served", "2025-12-30", "--paid", "2026-01-05", "--provider", "Lab",
        "--amount", "$1,234.50", "--patient", "Rosa Alvarez", "--method", "hsa",
        "--category", "Laboratory test", "--claim", household["claim"],
    )  # fmt: skip
    assert keys(entered.value) == {"expense"}
    (row,) = run("expenses", "--year", "2026").value
    assert (row["expense"], row["served_on"], row["paid_on"], row["provider"], row["patient"]) == (
        entered.value["expense"], "2025-12-30", "2026-01-05", "Lab", "Rosa Alvarez",
    )  # fmt: skip
    assert (row["category"], row["amount"], row["method"], row["claim"], row["source"]) == (
        "Laboratory test", "1234.50", "hsa", household["claim"], "typed",
    )  # fmt: skip
    assert run("expenses", "--year", "2025").value == []


def test_an_expense_may_still_be_unpaid(run, household):
    run("expense", "--served", "2026-01-05", "--provider", "Lab", "--amount", "10")
    assert run("expenses").value[0]["paid_on"] is None


def test_the_ledger_is_written_as_a_table(run, household, tmp_path):
    run("expense", "--paid", "2026-01-05", "--provider", "=Lab", "--amount", "10")
    run("expenses", "--csv", tmp_path / "ledger.csv")
    text = (tmp_path / "ledger.csv").read_text(encoding="utf-8-sig")
    assert '"10.00"' in text
    assert '"\'=Lab"' in text


def test_steps_are_undone_and_done_again_by_later_commands(run, household):
    assert run("undo").value == {"undone": "Open a claim"}
    assert run("claims").value == []
    assert run("redo").value == {"redone": "Open a claim"}
    assert len(run("claims").value) == 1
    nothing = run("redo")
    assert (nothing.status, keys(nothing.value)) == (1, {"refused", "ask"})


def test_what_is_in_the_trash_is_listed_and_comes_back(run, binder, paper):
    (row,) = run("add", paper("letter.txt"), "--no-read").value
    assert run("trash", "document", "letter.txt").value == {"trashed": [row["document"]]}
    assert run("documents").value == []
    (lies,) = run("trash").value
    assert (lies["kind"], lies["id"], lies["title"]) == (
        "document", row["document"], "letter.txt",
    )  # fmt: skip
    assert run("untrash", "document", "letter.txt").value == {"restored": [row["document"]]}
    assert len(run("documents").value) == 1


def test_a_record_is_known_by_the_beginning_of_its_id(run, household):
    assert run("claim", household["claim"][:6]).value["claim"] == household["claim"]


def test_a_name_that_two_records_have_is_asked_about(run, binder):
    ids = {run("claim-new", "Scan").value["claim"] for _ in range(2)}
    refused = run("claim", "scan")
    assert refused.status == 1
    assert all(key in refused.value["ask"] for key in ids)


@pytest.mark.parametrize(
    "words",
    [
        ("claim", "nowhere"),
        ("file", "nowhere", "--kind", "eob"),
        ("text", "nowhere"),
        ("denial", "nowhere"),
        ("claim-new", "T", "--patient", "nobody"),
        ("claim-new", "T", "--plan", "none"),
        ("claim-new", " "),
        ("person-new", " "),
        ("plan-new", "P", "--state", "XX"),
        ("call", "--note", ""),
        ("call", "--with", "B", "--by", "2026-12-01"),
        ("expense", "--provider", "L", "--amount", "0"),
        ("expense", "--provider", "L", "--amount", "1", "--receipt", "nowhere"),
        ("join", "nowhere", "nothing"),
        ("trash", "claim", "nowhere"),
        ("untrash", "claim", "nowhere"),
        ("password", "nowhere", "secret"),
        ("add", "/dev/null", "--claim", "nowhere"),
        ("bundle", "nowhere", "-o", "out.pdf"),
    ],
)
def test_what_cannot_be_done_is_refused_in_a_sentence(run, binder, words):
    refused = run(*words)
    assert (refused.status, keys(refused.value)) == (1, {"refused", "ask"})
    assert refused.value["refused"].rstrip().endswith((".", "?"))
    assert refused.err == ""


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


def test_today_moves_the_count_of_days(run, household):
    tomorrow = (date.fromisoformat(TODAY) + timedelta(days=1)).isoformat()
    run("call", "--with", "B", "--promise", "it", "--by", "2026-12-01")
    assert run("deadlines").value[0]["days_left"] == 10
    assert run("deadlines", "--today", tomorrow).value[0]["days_left"] == 9


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
    (binder / "originals" / first[:2] / first).unlink()
    other = binder / "originals" / second[:2] / second
    other.chmod(0o600)
    other.write_bytes(b"B" * 50)
    quick, full = run("check"), run("check", "--full")
    assert (quick.status, quick.value["ok"]) == (1, False)
    assert any("gone.txt" in problem for problem in quick.value["problems"])
    assert any("changed.txt" in problem for problem in full.value["problems"])
    assert run("original", "changed.txt", "-o", binder.parent / "out").status == 1
