"""Odd names and odd files: each is named, nothing is lost, the rest goes on."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path

import pikepdf
import pytest

from tests.cli.conftest import program

posix = pytest.mark.skipif(sys.platform == "win32", reason="such names cannot be on Windows")

NAMES = [
    "letter 😀👩‍👩‍👧.txt".encode(),
    b"two\nlines.txt",
    "invoice\u202egnp.txt".encode(),
    "\u0441\u043f\u0440\u0430\u0432\u043a\u0430 \u8bca\u65ad.txt".encode(),
    b"x" * 251 + b".txt",
    b"broken \xff\xfe.txt",
    b"<b>bold<img src=x>.txt",
    b"\x1b[31mred\x07.txt",
    b" .txt",
    b"%s%n{0}.txt",
]


@pytest.fixture
def odd_files(tmp_path):
    folder = tmp_path / "odd"
    folder.mkdir()
    for number, name in enumerate(NAMES):
        (folder / os.fsdecode(name)).write_text(f"Paper number {number}", encoding="utf-8")
    return folder


@posix
def test_every_odd_name_is_added_and_can_be_rebuilt_from_the_answer(run, binder, odd_files):
    done = run("add", odd_files)
    assert done.status == 0
    rows = done.value
    assert {os.fsencode(Path(row["path"]).name) for row in rows} == set(NAMES)
    assert {row["read"] for row in rows} == {"done"}
    for row in run("documents").value:
        assert row["name"].isprintable()
    assert len(run("find", "paper").value) == len(NAMES)


@posix
def test_a_broken_name_on_the_command_line_of_a_real_process_is_no_trouble(binder, odd_files):
    name = os.fsencode(odd_files / os.fsdecode(NAMES[5]))
    done = program("--binder", os.fsencode(binder), "--json", "add", "--no-read", name)
    assert (done.returncode, done.stderr) == (0, b"")
    assert os.fsencode(json.loads(done.stdout.decode("utf-8"))[0]["path"]) == name
    for words in (["find", name], ["claim-new", name], ["claim", name], ["person-new", name]):
        said = program("--binder", os.fsencode(binder), "--json", *words)
        json.loads(said.stdout.decode("utf-8"))
        assert said.returncode in (0, 1)
        assert b"Traceback" not in said.stderr


@posix
def test_a_terminal_is_never_steered_by_a_name(say, binder, odd_files):
    said = say("add", odd_files)
    listed = say("documents")
    assert not {"\x1b", "\x07", "\u202e"} & set(said.out + said.err + listed.out)


@posix
def test_a_folder_with_links_and_pipes_gives_a_row_for_each_and_waits_for_none(
    run, binder, paper, tmp_path
):
    folder = paper("folder/deep/letter.txt").parent.parent
    os.mkfifo(folder / "pipe")
    (folder / "link.txt").symlink_to(folder / "deep" / "letter.txt")
    (folder / "gone.txt").symlink_to(folder / "nothing")
    (folder / "round").symlink_to(folder)
    (folder / "empty.pdf").write_bytes(b"")
    done = run("add", folder, "/dev/null", tmp_path / "missing.pdf")
    assert done.status == 1
    outcomes = {Path(row["path"]).name: row for row in done.value}
    assert outcomes.pop("letter.txt")["outcome"] == "added"
    assert set(outcomes) == {
        "pipe", "link.txt", "gone.txt", "round", "empty.pdf", "null", "missing.pdf",
    }  # fmt: skip
    for row in outcomes.values():
        assert (row["outcome"], row["document"]) == ("refused", None)
        assert row["reason"].endswith(".")
    assert len(run("documents").value) == 1


@pytest.mark.skipif(
    sys.platform == "win32" or os.geteuid() == 0, reason="the superuser may read everything"
)
def test_what_may_not_be_read_is_named_and_the_rest_goes_on(run, binder, paper):
    locked, letter = paper("folder/locked.txt"), paper("folder/letter.txt")
    locked.chmod(0)
    done = run("add", letter.parent, "--no-read")
    assert [row["outcome"] for row in done.value] == ["added", "refused"]
    assert "may not be read" in done.value[1]["reason"]


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("half.pdf", b"%PDF-1.7\n1 0 obj\n<< /Type /Catalog"),
        ("picture.jpg", b"\xff\xd8\xff\xe0 not a picture after all"),
        ("page.png", b"\x89PNG\r\n\x1a\n" + b"\x00" * 40),
        ("machine.pdf", b"MZ\x90\x00 a program"),
    ],
)
def test_what_cannot_be_opened_is_kept_with_the_reason(run, binder, tmp_path, name, content):
    path = tmp_path / name
    path.write_bytes(content)
    done = run("add", path)
    assert done.status == 1
    (row,) = done.value
    assert (row["outcome"], row["read"]) == ("added", "failed")
    assert row["reason"].endswith(".")
    assert run("documents").value[0]["document"] == row["document"]
    taken = run("original", row["document"], "-o", tmp_path / "out")
    assert taken.status == 0
    assert (tmp_path / "out").read_bytes() == content
    refused = run("text", row["document"])
    assert (refused.status, set(refused.value)) == (1, {"refused", "ask"})


@pytest.fixture
def protected(tmp_path):
    path = tmp_path / "protected.pdf"
    with pikepdf.new() as pdf:
        page = pdf.add_blank_page(page_size=(612, 792))
        page.Contents = pdf.make_stream(b"BT /F1 24 Tf 72 700 Td (Secret diagnosis letter) Tj ET")
        page.Resources = pikepdf.Dictionary(
            Font=pikepdf.Dictionary(
                F1=pikepdf.Dictionary(
                    Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1,
                    BaseFont=pikepdf.Name.Helvetica,
                )
            )
        )  # fmt: skip
        pdf.save(path, encryption=pikepdf.Encryption(owner="owner", user="open sesame", R=6))
    return path


def test_a_protected_pdf_is_kept_says_so_and_is_read_with_its_password(run, binder, protected):
    done = run("add", protected)
    assert done.status == 1
    (row,) = done.value
    assert (row["outcome"], row["read"]) == ("added", "failed")
    assert "password" in row["reason"]
    wrong = run("password", row["document"], "wrong")
    assert (wrong.status, set(wrong.value)) == (1, {"refused", "ask"})
    right = run("password", row["document"], "open sesame")
    assert (right.status, right.value["read"], right.value["pages"]) == (0, "done", 1)
    assert "Secret diagnosis" in run("text", row["document"]).value[0]["text"]
    again = run("add", protected)
    assert (again.status, again.value[0]["outcome"], again.value[0]["read"]) == (
        0, "duplicate", "done",
    )  # fmt: skip


def test_a_password_can_come_from_a_line_that_no_other_program_sees(binder, run, protected):
    (row,) = run("add", protected).value
    done = program(
        "--binder", binder, "--json", "password", row["document"], "-", input=b"open sesame\n"
    )
    assert (done.returncode, json.loads(done.stdout)["read"]) == (0, "done")


def test_no_command_writes_over_what_the_binder_keeps(run, place, household, paper):
    run("add", paper("letter.txt"), "--claim", household["claim"])
    for words in (
        ("original", "letter.txt", "-o"),
        ("calendar", "-o"),
        ("bundle", household["claim"], "-o"),
        ("hsa", "2026", "-o"),
        ("expenses", "--csv"),
    ):
        refused = run(*words, place / "binder.db")
        assert (refused.status, set(refused.value)) == (1, {"refused", "ask"})
    assert run("check").status == 0


def test_words_that_would_be_operators_are_searched_as_words(run, binder, paper):
    run("add", paper("letter.txt", 'CO-50 "quoted" (brackets) 20260214-773190-00'))
    for typed in ('"', "(", "co-50", "*", "NEAR(", "a AND", "-", "20260214-773190-00", "' OR 1=1"):
        done = run("find", "--", typed)
        assert done.status == 0
    assert run("find", "co-50").value
    assert run("find", "773190").value


def test_the_binder_is_not_added_to_itself(run, binder, paper):
    letter = paper("letter.txt")
    done = run("add", "--no-read", binder.parent)
    rows = {row["path"]: row for row in done.value}
    assert rows[str(letter)]["outcome"] == "added"
    assert rows[str(binder)]["outcome"] == "refused"
    assert "binder itself" in rows[str(binder)]["reason"]
    assert len(rows) == 2
    assert run("add", binder / "binder.db").value[0]["outcome"] == "refused"
    assert run("check", "--full").value["ok"]


@posix
def test_a_link_that_leads_to_itself_is_refused(run, binder, tmp_path):
    loop = tmp_path / "loop"
    loop.symlink_to(loop)
    for path in (loop, loop / "letter.txt"):
        assert run("add", path).value[0]["outcome"] == "refused"


@posix
def test_a_place_with_a_broken_name_is_as_good_as_any(run, household, paper, tmp_path):
    odd = tmp_path / os.fsdecode(b"odd \xff")
    run("add", paper("letter.txt"), "--claim", household["claim"])
    made = run("backup", odd)
    assert (made.status, made.value["ok"]) == (0, True)
    assert run("restore", made.value["path"], odd / "again").value["ok"]
    assert len(run("documents", "--binder", odd / "again").value) == 1
    assert run("calendar", "-o", odd / "all.ics").status == 0
    assert run("init", odd / "new").value == {"binder": str(odd / "new")}
