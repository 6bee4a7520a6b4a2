"""Papers on the command line: added, read, filed, joined, found, taken out."""

from __future__ import annotations

import hashlib

from tests.cli.conftest import TODAY


def keys(value):
    return set(value)


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
