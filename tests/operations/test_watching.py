"""A watched folder: what is new in it is copied in, once, and never moved."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from app.binder import Binder
from app.jobs import Silent
from app.operations.intake import add_papers
from app.operations.trash import put_in_trash
from app.operations.watching import Watch, is_watchable
from app.storage.queries.papers import paper_rows


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "Phone photos"
    made.mkdir()
    return made


def put(folder: Path, name: str, content: str = "") -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(content or name, encoding="utf-8")
    return path


def look_twice(watch: Watch) -> list[Path]:
    assert watch.due() == []
    return watch.due()


def take(binder: Binder, watch: Watch) -> list[str]:
    """What the window does when something is due."""
    paths = look_twice(watch)
    rows = add_papers(binder, paths, Silent())
    watch.taken(paths)
    return [row.outcome for row in rows]


def test_what_was_there_when_the_folder_was_chosen_stays_out(binder, folder):
    put(folder, "old.jpg")
    watch = Watch(binder, folder)
    assert watch.begin() == 1
    new = put(folder, "new.jpg")
    assert look_twice(watch) == [new]


def test_a_file_is_taken_only_when_it_stopped_growing(binder, folder):
    watch = Watch(binder, folder)
    watch.begin()
    growing = put(folder, "scan.pdf", "half")
    assert watch.due() == []
    growing.write_text("half, and a little more")
    assert watch.due() == []
    assert watch.due() == [growing]


def test_each_file_is_taken_once_and_stays_where_it_is(binder, folder):
    watch = Watch(binder, folder)
    watch.begin()
    path = put(folder, "letter.jpg")
    assert take(binder, watch) == ["added"]
    assert path.read_text() == "letter.jpg"
    assert look_twice(watch) == []


def test_what_was_taken_is_remembered_after_a_restart_even_if_it_was_thrown_away(binder, folder):
    watch = Watch(binder, folder)
    watch.begin()
    put(folder, "letter.jpg")
    take(binder, watch)
    (paper,) = binder.ask(paper_rows)
    put_in_trash(binder, [("document", paper.id)])
    assert look_twice(Watch(binder, folder)) == []


def test_a_changed_file_is_taken_again_and_the_same_bytes_are_not_kept_twice(binder, folder):
    watch = Watch(binder, folder)
    watch.begin()
    path = put(folder, "letter.jpg")
    take(binder, watch)
    os.utime(path, (1_700_000_000, 1_700_000_000))
    assert take(binder, watch) == ["duplicate"]
    path.write_text("another letter")
    assert take(binder, watch) == ["added"]
    assert len(binder.ask(paper_rows)) == 2


def test_remembering_is_no_step_that_undo_would_take_back(binder, folder):
    watch = Watch(binder, folder)
    watch.begin()
    put(folder, "letter.jpg")
    take(binder, watch)
    assert binder.undo() == "Add a paper"
    assert binder.labels().undo is None


def test_films_unfinished_downloads_hidden_and_empty_files_are_left_alone(binder, folder):
    watch = Watch(binder, folder)
    watch.begin()
    for name in ("film.mp4", "letter.jpg.part", ".hidden.jpg", "notes.txt"):
        put(folder, name)
    (folder / "empty.jpg").touch()
    (folder / "link.jpg").symlink_to(put(folder, "target.bin"))
    wanted = [put(folder, "2026/08/page 2.heic"), put(folder, "2026/08/page 10.heic")]
    assert look_twice(watch) == wanted


def test_a_folder_that_went_away_is_quiet_and_comes_back_without_taking_all_again(binder, folder):
    put(folder, "old.jpg")
    watch = Watch(binder, folder)
    watch.begin()
    away = folder.rename(folder.with_name("unplugged"))
    assert not is_watchable(folder)
    assert look_twice(watch) == []
    away.rename(folder)
    assert is_watchable(folder)
    assert look_twice(watch) == []


def test_another_folder_starts_afresh(binder, folder, tmp_path):
    Watch(binder, folder).begin()
    other = tmp_path / "Scans"
    path = put(other, "scan.pdf")
    assert look_twice(Watch(binder, other)) == [path]
