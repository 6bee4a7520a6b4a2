"""The log of what was sent, its proof, the next appeal, and what follows a yes, as commands."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import pytest

from tests.e2e.letters import text_pdf

ROW_KEYS = {
    "sent", "claim", "claim_title", "denial", "sent_on", "way", "to", "tracking", "pages",
    "bundle", "files", "proofs", "got_on", "confirmed_on", "confirmed_by", "call", "clock",
    "known_to_lack", "state", "note",
}  # fmt: skip


@pytest.fixture
def denied(run, household) -> dict[str, str]:
    made = run("denial", household["claim"], "--notice-date", "2026-08-03")
    return {**household, "denial": made.value["denial"]}


@pytest.fixture
def sent(run, denied, tmp_path, paper) -> dict[str, str]:
    """A faxed appeal whose file and whose confirmation page are kept."""
    file = text_pdf(tmp_path / "appeal.pdf", ["Please look again."])
    run("add", paper("fax page.txt"), "--no-read")
    made = run(
        "sent", denied["claim"], "--on", "2026-09-01", "--way", "fax", "--to", "Appeals",
        "--tracking", "T-1", "--file", file, "--proof", "fax page.txt",
    )  # fmt: skip
    assert made.status == 0
    return {**denied, "sent": made.value["sent"], "file": str(file)}


def test_what_was_sent_is_listed_with_its_files_and_its_proof(run, sent):
    (row,) = run("sendings", "--claim", sent["claim"]).value
    assert set(row) == ROW_KEYS
    (file,) = row["files"]
    content = Path(sent["file"]).read_bytes()
    assert (file["name"], file["bytes"], file["pages"]) == ("appeal.pdf", len(content), 1)
    assert row["pages"] == 1
    assert file["sha256"] == hashlib.sha256(content).hexdigest()
    assert [proof["kind"] for proof in row["proofs"]] == ["fax_confirmation"]
    assert row["state"] == "Proved by 1 paper."
    assert run("sendings").value == [row]


def test_proof_is_added_and_taken_off(run, sent, paper):
    run("add", paper("second page.txt"), "--no-read")
    both = run("sent-proof", sent["sent"], "second page.txt").value
    assert len(both["proofs"]) == 2
    less = run("sent-proof", sent["sent"], "--remove", "fax page.txt").value
    assert [proof["name"] for proof in less["proofs"]] == ["second page.txt"]
    assert run("sent-proof", sent["sent"], "--remove", "fax page.txt").status == 1
    assert run("sent-proof", sent["sent"]).status == 1
    assert run("sent-proof", "nothing", "second page.txt").status == 1


def test_a_correction_that_moves_a_date_asks_for_a_yes(run, sent):
    shown = run("sent-change", sent["sent"], "--got-on", "2026-09-04").value
    assert (shown["applied"], len(shown["recounted"])) == (False, 1)
    assert run("sendings").value[0]["got_on"] is None
    done = run("sent-change", sent["sent"], "--got-on", "2026-09-04", "--yes").value
    assert done["applied"] is True
    (row,) = run("sendings").value
    assert row["got_on"] == "2026-09-04"
    (clock,) = run("clocks").value
    assert clock["received_on"] == "2026-09-04"
    at_once = run("sent-change", sent["sent"], "--tracking", "T-2", "--confirmed-by", "Dana",
                  "--confirmed-on", "2026-09-10").value  # fmt: skip
    assert at_once == {"sent": sent["sent"], "applied": True, "recounted": []}
    assert run("sent-change", sent["sent"]).status == 1


def test_a_sending_is_taken_out_only_with_a_yes(run, sent):
    shown = run("sent-remove", sent["sent"]).value
    assert shown["applied"] is False
    assert {row["would_be"] for row in shown["recounted"]} >= {None, "2027-01-30"}
    assert run("sent-remove", sent["sent"], "--yes").value["applied"] is True
    assert run("sendings").value == []
    assert [row["kind"] for row in run("deadlines").value] == ["appeal"]


def test_got_keeps_the_log_in_step(run, sent):
    (clock,) = run("clocks").value
    run("got", clock["clock"], "--on", "2026-09-05")
    assert run("sendings").value[0]["got_on"] == "2026-09-05"


def test_the_proof_is_a_folder_or_a_file(run, sent, tmp_path):
    run("read")
    made = run("proof", sent["sent"], "-o", tmp_path / "proof")
    assert made.status == 0
    assert set(made.value) == {"files", "problems", "lacks"}
    packet, copy = made.value["files"]
    assert (made.value["problems"], made.value["lacks"]) == ([], [])
    assert Path(packet["path"]) == tmp_path / "proof" / "proof.pdf"
    assert packet["pages"] >= 2
    assert Path(copy["path"]).read_bytes() == Path(sent["file"]).read_bytes()
    for file in (packet, copy):
        content = Path(file["path"]).read_bytes()
        assert hashlib.sha256(content).hexdigest() == file["sha256"]
        assert len(content) == file["bytes"]


def test_a_damaged_copy_is_a_problem_with_its_name(run, sent, binder, tmp_path):
    digest = hashlib.sha256(Path(sent["file"]).read_bytes()).hexdigest()
    kept = binder / "originals" / digest
    kept.chmod(0o600)
    kept.write_bytes(b"other")
    made = run("proof", sent["sent"], "-o", tmp_path / "p.pdf")
    assert made.status == 1
    assert "appeal.pdf" in made.value["problems"][0]
    assert [Path(file["path"]).name for file in made.value["files"]] == ["p.pdf"]


REFUSED = [
    ("sent", "{claim}", "--on", "2026-09-01", "--file", "/nowhere/at.all"),
    ("sent", "{claim}", "--on", "2026-09-01", "--bundle", "nothing"),
    ("sent", "{claim}", "--on", "2026-09-01", "--proof", "nothing"),
    ("sent-change", "{sent}", "--way", "fax", "--on", "2027-01-01"),
    ("sent-change", "{sent}", "--confirmed-on", "2026-08-01"),
    ("sent-change", "{sent}", "--call", "nothing"),
    ("proof", "nothing", "-o", "x"),
    ("next-appeal", "{denial}"),
    ("next-appeal", "nothing"),
    ("won", "{denial}"),
    ("ask-back", "{denial}", "refund", "--on", "2026-09-01", "--by", "2026-10-01"),
    ("came-back", "nothing", "--on", "2026-09-01"),
]


def test_what_cannot_be_is_refused_in_a_sentence(run, sent):
    before = run("sendings").value
    for words in REFUSED:
        refused = run(*(each.format(**sent) for each in words))
        assert refused.status == 1, words
        assert set(refused.value) == {"refused", "ask"}, words
    assert run("sendings").value == before


def test_the_next_appeal_is_built_from_the_last(run, sent):
    run("answer", sent["claim"], "--on", "2026-11-02", "--outcome", "upheld", "--final", "no",
        "--reason", "Not needed")  # fmt: skip
    built = run(
        "next-appeal", sent["denial"], "--news", "A second doctor", "--asks", "24 infusions",
        "--with-packet", "--with-proof",
    ).value  # fmt: skip
    assert set(built) == {
        "denial", "follows", "level", "carried", "exhibits", "asks", "news", "ask",
    }  # fmt: skip
    assert (built["follows"], built["level"]) == (sent["denial"], 2)
    assert built["carried"]["points"] == 1
    assert len(built["exhibits"]) == 2
    assert (built["news"], built["asks"], built["ask"]) == ("A second doctor", "24 infusions", None)
    kinds = {row["document"]: row["kind"] for row in run("documents").value}
    assert [kinds[each] for each in built["exhibits"]] == ["appeal_letter", "fax_confirmation"]
    assert run("undo").value == {"undone": "Build the next appeal"}


def test_what_an_appeal_asks_for_is_said(run, sent):
    said = run("appeal-asks", sent["denial"], "--asks", " 24 infusions ").value
    assert said == {"denial": sent["denial"], "asks": "24 infusions", "news": None}
    kept = run("appeal-asks", sent["denial"], "--news", "A second doctor").value
    assert (kept["asks"], kept["news"]) == ("24 infusions", "A second doctor")


def test_a_yes_tells_what_to_do_now(run, sent):
    run("expense", "--paid", "2026-09-10", "--amount", "75.00", "--claim", sent["claim"])
    run("answer", sent["claim"], "--on", "2026-11-02", "--outcome", "overturned")
    now = run("won", sent["denial"]).value
    assert (now["total"], now["fought"], now["authorization"]) == ("75.00", "75.00", None)
    assert now["ask_again_on"] == "2026-12-21"
    owed = run("ask-back", sent["denial"], "refund", "--on", "2026-11-20", "--by", "2026-12-20",
               "--amount", "75.00").value  # fmt: skip
    assert set(owed) == {"deadline", "title", "by", "done_on", "note"}
    assert [row["kind"] for row in run("deadlines").value] == ["settlement"]
    done = run("came-back", owed["deadline"], "--on", "2026-11-21", "--amount", "75.00").value
    assert done["done_on"] == "2026-11-21"
    assert run("won", sent["denial"]).value["owed"] == [done]
    assert run("deadlines").value == []
    assert json.dumps(now)


def test_plain_answers_are_lines_for_people(say, run, sent):
    listed = say("sendings").out
    assert "Proved by 1 paper." in listed
    assert "Was" in say("sent-change", sent["sent"], "--got-on", "2026-09-04").out.replace(
        "was ", "Was "
    )
