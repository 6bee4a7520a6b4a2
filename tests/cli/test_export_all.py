"""Everything as plain files, from the command line."""

from __future__ import annotations


def test_everything_is_written_as_plain_files_and_counted(run, tmp_path):
    run("init", tmp_path / "binder")
    (tmp_path / "letter.txt").write_text("They said no.", encoding="utf-8")
    claim = run("claim-new", "Iron").value["claim"]
    run("add", tmp_path / "letter.txt", "--claim", claim, "--no-read")
    done = run("export-all", tmp_path / "out")
    assert done.status == 0
    there = [path for path in (tmp_path / "out").rglob("*") if path.is_file()]
    assert done.value == {
        "ok": True,
        "problems": [],
        "path": str(tmp_path / "out"),
        "bytes": sum(path.stat().st_size for path in there),
        "sha256": None,
        "files": len(there),
    }
    assert (tmp_path / "out" / "Iron" / "Papers" / "letter.txt").read_text() == "They said no."


def test_a_missing_original_is_named_and_the_rest_is_written(run, tmp_path):
    run("init", tmp_path / "binder")
    (tmp_path / "letter.txt").write_text("They said no.", encoding="utf-8")
    run("add", tmp_path / "letter.txt", "--no-read")
    (original,) = (tmp_path / "binder" / "originals").iterdir()
    original.unlink()
    done = run("export-all", tmp_path / "out")
    assert (done.status, done.value["ok"]) == (1, False)
    assert "letter.txt" in done.value["problems"][0]
    assert (tmp_path / "out" / "index.html").exists()


def test_a_place_in_the_binder_or_with_files_in_it_is_refused(run, tmp_path):
    run("init", tmp_path / "binder")
    for place in (tmp_path / "binder" / "out", tmp_path):
        done = run("export-all", place)
        assert done.status == 1
        assert done.value["refused"]
