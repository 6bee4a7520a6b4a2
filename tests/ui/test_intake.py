"""How papers come in at the window: chosen, dropped, pasted, in folders, from a watched folder."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from app.importing.reader import DocumentReader
from app.operations.intake import TakenIn
from app.operations.reading import ReadingResult
from app.storage.queries.papers import paper_rows
from tests.ui.checks import check_widget, show_active
from tests.ui.paper_makers import settled
from ui.desk import Desk
from ui.dialogs.pictures import PicturesDialog
from ui.pages.intake_steps import (
    add_folder,
    add_papers,
    files_dropped,
    picture_pasted,
    start,
)
from ui.pages.paper_reading import start_reading
from ui.pages.paper_store import outcome_words
from ui.pages.paper_watch import FolderWatch, stop_watching, watch_folder
from ui.reader import BinderReader
from ui.style import Style

PNG = b"\x89PNG\r\n\x1a\n"


@pytest.fixture
def photos(tmp_path) -> list[Path]:
    paths = [tmp_path / name for name in ("page 10.jpg", "page 9.JPG", "page 1.jpg")]
    for path in paths:
        path.write_bytes(b"\xff\xd8\xff" + path.name.encode())
    return paths


def rows(desk: Desk):
    return desk.binder.ask(paper_rows)


# ---------------------------------------------------------------------- chosen and dropped


def test_three_dropped_photos_become_one_letter_with_one_click(qtbot, desk, shell, photos):
    seen = []

    def script(dialog):
        seen.append(dialog.windowTitle())
        qtbot.mouseClick(dialog.go, Qt.MouseButton.LeftButton)

    shell.scripts.append(script)
    files_dropped(desk, shell, photos)
    settled(qtbot, desk)
    (paper,) = rows(desk)
    assert (paper.name, paper.parts) == ("page 1.jpg", 3)
    assert seen == ["Are these 3 pictures one letter?"]
    assert shell.said == ["3 pictures added as one letter."]
    assert shell.went == [("inbox", "document", paper.id)], "one goes on with that letter"


def test_three_photos_of_three_letters_stay_three_papers(qtbot, desk, shell, photos):
    shell.scripts.append(lambda dialog: dialog.each.click())
    files_dropped(desk, shell, photos)
    settled(qtbot, desk)
    assert {row.name for row in rows(desk)} == {"page 1.jpg", "page 9.JPG", "page 10.jpg"}
    assert shell.said == ["3 papers added."]
    assert shell.went == [], "a drop leaves the person where they are"
    shell.actions[-1].run()
    assert shell.went[-1][:2] == ("inbox", "document")


def test_cancel_adds_nothing(qtbot, desk, shell, photos):
    shell.scripts.append(lambda dialog: QTest.keyClick(dialog, Qt.Key.Key_Escape))
    files_dropped(desk, shell, photos)
    settled(qtbot, desk)
    assert rows(desk) == ()


def test_a_letter_and_a_photo_are_two_papers_and_nobody_is_asked(qtbot, desk, shell, photos):
    letter = photos[0].with_name("letter.pdf")
    letter.write_bytes(b"%PDF-1.7")
    files_dropped(desk, shell, [photos[0], letter])
    settled(qtbot, desk)
    assert len(rows(desk)) == 2


def test_chosen_files_are_shown_in_the_inbox_at_once(qtbot, desk, shell, photos):
    shell.files = photos[:1]
    add_papers(desk, shell)
    settled(qtbot, desk)
    (paper,) = rows(desk)
    assert shell.went == [("inbox", "document", paper.id)]
    assert shell.said == ["1 paper added."]


def test_a_folder_is_taken_with_all_that_is_in_it(qtbot, desk, shell, photos, tmp_path):
    (tmp_path / "in" / "deep").mkdir(parents=True)
    photos[0].rename(tmp_path / "in" / "deep" / "a.jpg")
    photos[1].rename(tmp_path / "in" / "b.jpg")
    shell.folder = tmp_path / "in"
    add_folder(desk, shell)
    settled(qtbot, desk)
    assert len(rows(desk)) == 2


def test_what_became_of_each_file_is_said_and_a_refusal_by_its_name(qtbot, desk, shell, photos):
    files_dropped(desk, shell, photos[:1])
    settled(qtbot, desk)
    empty = photos[0].with_name("<b>empty</b>.pdf".replace("/", "-"))
    empty.touch()
    text = photos[0].with_name("letter.txt")
    text.write_text("hello")
    files_dropped(desk, shell, [photos[0], text, empty])
    settled(qtbot, desk)
    (words,) = shell.failed
    assert words.startswith("1 paper added. 1 was here already. 1 could not be added: <b>empty<-b>")


@pytest.mark.parametrize(
    ("outcomes", "words"),
    [
        ([], "There was no file to add."),
        (["duplicate"], "1 was here already."),
        (["duplicate", "duplicate"], "2 were here already."),
        (["added", "added", "duplicate"], "2 papers added. 1 was here already."),
        (["refused"] * 5, "5 could not be added: a: Why. a: Why. a: Why. And 2 more."),
    ],
)
def test_the_sentence_about_what_came_in(outcomes, words):
    found = [TakenIn("/x/a", outcome, "id", reason="Why.") for outcome in outcomes]
    assert outcome_words(found) == words


def test_a_duplicate_is_shown_where_it_lies(qtbot, desk, shell, photos):
    files_dropped(desk, shell, photos[:1])
    settled(qtbot, desk)
    files_dropped(desk, shell, photos[:1])
    settled(qtbot, desk)
    shell.actions[-1].run()
    assert shell.went == [("papers", "document", rows(desk)[0].id)]


def test_a_pasted_picture_is_kept_under_its_name(qtbot, desk, shell):
    picture_pasted(desk, shell, PNG + b"pixels", "Pasted picture 2026-08-18.png")
    settled(qtbot, desk)
    (paper,) = rows(desk)
    assert (paper.name, shell.said) == ("Pasted picture 2026-08-18.png", ["1 paper added."])


def test_cancel_keeps_what_was_stored_and_says_so(qtbot, desk, shell, tmp_path):
    folder = tmp_path / "many"
    folder.mkdir()
    for number in range(60):
        (folder / f"{number:03}.txt").write_text(str(number))
    files_dropped(desk, shell, [folder])
    desk.jobs.cancel_all()
    settled(qtbot, desk)
    assert shell.said[-1].startswith("Adding was stopped.")
    assert len(rows(desk)) < 60


# ---------------------------------------------------------------------- reading


class SlowReader:
    """Reads only when told, and counts how often it began."""

    def __init__(self) -> None:
        self.began = 0
        self.may_end = False

    def read_waiting(self, progress) -> ReadingResult:
        self.began += 1
        while not self.may_end:
            progress.step(0, 0)
        return ReadingResult(1, ())


def test_one_reading_goes_on_at_a_time_and_again_when_more_has_come(qtbot, desk, shell):
    reader = SlowReader()
    object.__setattr__(desk, "reader", reader)
    start_reading(desk, shell)
    qtbot.waitUntil(lambda: reader.began == 1)
    start_reading(desk, shell)
    start_reading(desk, shell)
    reader.may_end = True
    settled(qtbot, desk)
    assert reader.began == 2


def test_a_cancelled_reading_can_be_taken_up_again(qtbot, desk, shell):
    reader = SlowReader()
    object.__setattr__(desk, "reader", reader)
    start_reading(desk, shell)
    qtbot.waitUntil(lambda: reader.began == 1)
    desk.jobs.cancel_all()
    settled(qtbot, desk)
    assert "Reading was stopped" in shell.said[-1]
    reader.may_end = True
    shell.actions[-1].run()
    settled(qtbot, desk)
    assert reader.began == 2


@pytest.fixture
def real_reader(desk) -> Iterator[None]:
    with DocumentReader(pool_size=1) as documents:
        object.__setattr__(desk, "reader", BinderReader(desk.binder, documents))
        yield


@pytest.mark.usefixtures("real_reader")
def test_what_came_in_is_read_in_the_background(qtbot, desk, shell, tmp_path):
    path = tmp_path / "letter.txt"
    path.write_text("We have denied your claim.")
    files_dropped(desk, shell, [path])
    qtbot.waitUntil(lambda: bool(rows(desk)) and rows(desk)[0].read == "done", timeout=20_000)
    assert rows(desk)[0].pages == 1
    settled(qtbot, desk)


# ---------------------------------------------------------------------- the watched folder


@pytest.fixture
def watched(qtbot, desk, shell, tmp_path) -> Path:
    folder = tmp_path / "Phone photos"
    folder.mkdir()
    (folder / "old.jpg").write_bytes(b"\xff\xd8\xffold")
    watch_folder(desk, shell, folder)
    settled(qtbot, desk)
    return folder


def look(qtbot, desk: Desk, times: int = 2) -> None:
    watch = desk.jobs.findChild(FolderWatch)
    assert isinstance(watch, FolderWatch)
    for _ in range(times):
        watch.look()
        settled(qtbot, desk)


def test_new_photos_in_the_watched_folder_are_copied_in(qtbot, desk, shell, watched):
    assert desk.memory.settings.watched_folder == str(watched)
    assert "1 that is there already stays out" in shell.said[-1]
    new = watched / "new.jpg"
    new.write_bytes(b"\xff\xd8\xffnew")
    look(qtbot, desk)
    assert [row.name for row in rows(desk)] == ["new.jpg"]
    assert new.exists()
    assert shell.said[-1] == "1 paper added."
    said = len(shell.said)
    look(qtbot, desk)
    assert len(shell.said) == said, "nothing is said where nothing came"


def test_watching_goes_on_after_a_restart_and_can_be_stopped(qtbot, desk, shell, watched):
    (watched / "while away.jpg").write_bytes(b"\xff\xd8\xffaway")
    start(desk, shell)
    settled(qtbot, desk)
    look(qtbot, desk)
    assert [row.name for row in rows(desk)] == ["while away.jpg"]
    stop_watching(desk, shell)
    (watched / "later.jpg").write_bytes(b"\xff\xd8\xfflater")
    look(qtbot, desk)
    assert len(rows(desk)) == 1
    assert desk.memory.settings.watched_folder == ""


def test_a_file_that_cannot_be_read_is_named_once_not_at_every_look(qtbot, desk, shell, watched):
    watch = desk.jobs.findChild(FolderWatch)
    gone = watched / "gone.jpg"
    for _ in range(3):
        watch._take(watch._watch, [gone])
        settled(qtbot, desk)
    (words,) = shell.failed
    assert "gone.jpg: There is no such file." in words


def test_a_watched_folder_that_is_unplugged_is_quiet(qtbot, desk, shell, watched):
    watched.rename(watched.with_name("away"))
    said = len(shell.said)
    look(qtbot, desk)
    assert (len(shell.said), shell.failed) == (said, [])


# ---------------------------------------------------------------------- the question


@pytest.mark.parametrize("percent", [100, 200])
def test_the_question_about_pictures_holds_to_eye_ear_and_keyboard(qtbot, style: Style, percent):
    style.choose_percent(percent)
    dialog = PicturesDialog([f"IMG_{number}.jpg" for number in range(9)])
    qtbot.addWidget(dialog)
    show_active(dialog)
    check_widget(dialog)
