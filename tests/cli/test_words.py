"""Wrong words end with status 2 and one sentence; right ones are understood wherever they stand."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

from app.cli import main
from tests.cli.conftest import ROOT


@pytest.mark.parametrize(
    "words",
    [
        (),
        ("dance",),
        ("claim",),
        ("claim", "a", "b"),
        ("add",),
        ("add", ""),
        ("init", ""),
        ("documents", "--cl", "x"),
        ("documents", "--nonsense"),
        ("due",),
        ("due", "com.internal.group", "--received", "2026-02-30"),
        ("due", "com.internal.group", "--received", "20260301"),
        ("due", "com.internal.group", "--received", "03/01/2026"),
        ("due", "com.internal.group", "--buffer-days", "many"),
        ("due", "com.internal.group", "--buffer-days", "9" * 5000),
        ("denial", "x", "--level", "0"),
        ("denial", "x", "--level", "99999999999999999999"),
        ("find", "x", "--limit", "0"),
        ("expense", "--provider", "L"),
        ("expense", "--provider", "L", "--amount", "ten"),
        ("expense", "--provider", "L", "--amount", "1.005"),
        ("expense", "--provider", "L", "--amount", "1e3"),
        ("expense", "--provider", "L", "--amount", "1", "--method", "gold"),
        ("file", "x", "--kind", "poem"),
        ("person-new", "N", "--relation", "cousin"),
        ("plan-new", "N", "--program", "gold"),
        ("plan-new", "N", "--funding", "luck"),
        ("hsa", "26x", "-o", "f.pdf"),
        ("hsa", "2026"),
        ("bundle", "x"),
        ("bundle", "x", "-o", "f.pdf", "--profile", "gold"),
        ("bundle", "x", "-o", "f.pdf", "--max-mb", "0"),
        ("trash", "planet", "x"),
        ("claims", "--today", "tomorrow"),
        ("claims", "--today", "0001-01-01"),
        ("claims", "--today", "9999-12-31"),
    ],
)
def test_wrong_words_are_answered_with_one_sentence(run, words):
    done = run(*words)
    assert done.status == 2
    assert list(done.value) == ["error"]
    assert done.value["error"].endswith(".")
    assert ".." not in done.value["error"]
    assert done.err == ""


def test_wrong_words_are_told_on_standard_error_to_a_person(say):
    done = say("dance")
    assert (done.status, done.out) == (2, "")
    assert "dance" in done.err


def test_the_common_words_stand_before_or_after_the_command(capsys, run, binder):
    for words in (
        ["--binder", str(binder), "--json", "claims"],
        ["claims", "--binder", str(binder), "--json"],
        ["--json", "claims", "--binder", str(binder), "--today", "2026-01-01"],
    ):
        capsys.readouterr()
        assert main(words) == 0
        assert json.loads(capsys.readouterr().out) == []


def test_a_word_after_the_command_beats_the_same_before_it(run, binder, tmp_path):
    assert run("claims", "--binder", tmp_path / "elsewhere").status == 3


def test_help_is_given_for_the_program_and_each_command(capsys):
    assert main(["--help"]) == 0
    listed = capsys.readouterr().out
    assert main(["bundle", "--help"]) == 0
    assert "--allow-gaps" in capsys.readouterr().out
    for command in ("init", "add", "deadlines", "restore", "password"):
        assert f"  {command} " in listed


def test_a_name_that_begins_with_a_dash_stands_behind_two_dashes(run, binder, paper, monkeypatch):
    monkeypatch.chdir(paper("-letter.txt").parent)
    (row,) = run("add", "--no-read", "--", "-letter.txt").value
    assert (row["path"], row["outcome"]) == ("-letter.txt", "added")


def test_a_path_is_given_back_as_it_was_typed(run, binder, paper, monkeypatch):
    monkeypatch.chdir(paper("letter.txt").parent)
    rows = run("add", "--no-read", ".//letter.txt", "./none.txt").value
    assert [row["path"] for row in rows] == [".//letter.txt", "./none.txt"]


def test_rules_and_due_need_no_binder_and_load_no_library():
    code = (
        "import sys; from app.cli import main; "
        "assert main(['due', 'om.l1', '--notice-date', '2026-01-15', '--json']) == 0; "
        "assert main(['rules', '--json']) == 0; "
        "heavy = ('sqlalchemy', 'sqlcipher3', 'pikepdf', 'typst', 'PIL', 'PySide6', 'numpy'); "
        "print([name for name in heavy if name in sys.modules], file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, check=False)
    assert (done.returncode, done.stderr.decode().strip()) == (0, "[]")


def test_a_deadline_is_counted_as_the_law_says_and_conservatively(run):
    legal = run("due", "om.l1", "--notice-date", "2026-01-15").value
    careful = run("due", "om.l1", "--notice-date", "2026-01-15", "--conservative").value
    assert set(legal) >= {
        "rule", "last_day", "last_day_after_roll", "safe_file_by", "counts_as_filed", "source",
        "verification", "note",
    }  # fmt: skip
    assert (legal["last_day"], careful["last_day"]) == ("2026-05-20", "2026-05-15")


def test_a_rule_is_refused_with_the_question_that_would_settle_it(run):
    for words in (
        ("due", "com.internal.grup"),
        ("due", "com.internal.group"),
        ("due", "com.internal.group", "--received", "0001-01-01"),
        ("due", "com.internal.group", "--received", "9999-12-31"),
        ("due", "com.internal.group", "--received", "2026-03-01", "--buffer-days", "-1"),
        ("due", "com.internal.group", "--received", "2026-03-01", "--notice-date", "2026-03-02"),
    ):
        done = run(*words)
        assert (done.status, set(done.value)) == (1, {"refused", "ask"}), words


def test_a_rule_that_was_not_read_at_its_source_gives_words_and_no_date(run):
    done = run("due", "state.TX", "--received", "2026-03-01")
    assert (done.status, done.value["last_day"]) == (0, None)
    assert done.value["note"]
    assert done.value["ask"]


def test_rules_are_listed_with_source_and_verification(run):
    rows = run("rules", "--program", "employer", "--state", "OH").value
    for row in rows:
        assert set(row) >= {
            "rule", "program", "level", "title", "window", "trigger", "source", "verification",
        }  # fmt: skip
    named = {row["rule"] for row in rows}
    assert {"com.internal.group", "com.ext.federal", "state.OH"} <= named
    assert not {"om.l1", "state.CA"} & named
    unknown = run("rules", "--program", "gold")
    assert (unknown.status, set(unknown.value)) == (1, {"refused", "ask"})
