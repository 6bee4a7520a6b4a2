"""A backup is whole or it is not there; what came back is what was there."""

from __future__ import annotations

import json
import os
import random
import shutil
import sys
import threading
import tracemalloc
import zipfile
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from app.binder import Binder
from app.domain.errors import BinderUnusableError, UserError
from app.jobs import Cancelled, Silent
from app.operations import claims, people, trash, upkeep
from app.storage.backup_file import MANIFEST
from app.storage.database import DATABASE
from app.storage.queries.claims import claim_rows
from app.storage.queries.papers import document_parts, paper_rows
from app.storage.queries.upkeep import backup_state, last_backup
from tests.crash.story import dump

LETTER = "We have denied your claim 20260214-773190-00. " * 200


class Stopper:
    """Presses Cancel at its n-th step; does something else before, if told to."""

    def __init__(self, after: int, act: Callable[[str], None] = lambda note: None) -> None:
        self._left = after
        self._act = act

    def step(self, done: int, total: int, note: str = "") -> None:
        self._act(note)
        self._left -= 1
        if self._left == 0:
            raise Cancelled


@pytest.fixture
def backups(tmp_path: Path) -> Path:
    return tmp_path / "backups"


@pytest.fixture
def full(binder: Binder, add: Callable[..., str]) -> Binder:
    claims.open_claim(binder, "Infusions")
    for name in ("one.txt", "two.txt", "three.txt"):
        add(binder, name, f"{name} {LETTER}")
    binder.undo()
    return binder


def names(folder: Path) -> set[str]:
    return {path.name for path in folder.rglob("*")} if folder.exists() else set()


# ------------------------------------------------------------------------------ there and back


def test_everything_comes_back_with_what_undo_and_redo_would_do(
    full: Binder, backups: Path, tmp_path: Path
):
    made = upkeep.back_up(full, backups, Silent())
    assert (made.ok, made.problems, made.size) == (True, (), made.path.stat().st_size)
    assert upkeep.restore(made.path, tmp_path / "new", Silent()) == upkeep.RestoreResult(True, ())
    with Binder.open(tmp_path / "new") as restored:
        assert dump(restored) == dump(full)
        assert restored.labels() == full.labels()
        assert upkeep.check(restored, Silent(), full=True).ok
        for row in restored.ask(paper_rows):
            for part in restored.ask(document_parts, row.id):
                with restored.vault.lend(part.sha256) as path:
                    assert path.read_text(encoding="utf-8").startswith(part.name)
        assert restored.redo()
        assert upkeep.check(restored, Silent(), full=True).ok, "the paper came with its bytes"


def test_an_original_that_no_step_names_is_not_in_a_backup(
    full: Binder, backups: Path, tmp_path: Path
):
    people.add_person(full, "Rosa")  # what was undone is forgotten
    made = upkeep.back_up(full, backups, Silent())
    assert upkeep.restore(made.path, tmp_path / "new", Silent()).ok
    with Binder.open(tmp_path / "new") as restored:
        assert len(list(restored.vault.everything())) == 2


def test_a_backup_is_taken_of_one_moment_while_others_write(full: Binder, backups: Path, tmp_path):
    before = dump(full)

    def write(note: str) -> None:
        people.add_person(full, f"Somebody {note}")

    made = upkeep.back_up(full, backups, Stopper(0, write))
    assert dump(full) != before
    upkeep.restore(made.path, tmp_path / "new", Silent())
    with Binder.open(tmp_path / "new") as restored:
        people_then = len(dump(restored)["person"])
        assert {**dump(restored), "person": [], "history": []} == {
            **before, "person": [], "history": [],
        }  # fmt: skip
        assert people_then < len(dump(full)["person"])


def test_an_empty_binder_can_be_backed_up_too(binder: Binder, backups: Path, tmp_path: Path):
    made = upkeep.back_up(binder, backups, Silent())
    assert upkeep.restore(made.path, tmp_path / "new", Silent()).ok


def test_the_moment_and_the_place_are_remembered_with_the_binder(full: Binder, backups: Path):
    assert full.ask(last_backup) is None
    seen: list[Any] = []
    stop = full.feed.listen(seen.append)
    upkeep.back_up(full, backups, Silent())
    stop()
    state = full.ask(backup_state)
    assert state.last
    assert (state.last.place, state.changed) == (str(backups), False)
    assert [changes.of("upkeep") for changes in seen] == [True]
    assert full.labels().undo == "Add a paper"  # a backup is nothing to undo


@pytest.mark.parametrize(
    "change",
    [
        lambda binder: people.add_person(binder, "Sam"),
        lambda binder: binder.undo(),
        lambda binder: binder.redo(),
        lambda binder: trash.put_in_trash(binder, [("document", binder.ask(paper_rows)[0].id)]),
    ],
)
def test_any_change_after_a_backup_is_noticed(full: Binder, backups: Path, change: Any):
    upkeep.back_up(full, backups, Silent())
    change(full)
    assert full.ask(backup_state).changed


def test_a_large_binder_needs_little_memory(binder: Binder, add, backups: Path, tmp_path: Path):
    add(binder, "scan.bin", "0123456789abcdef" * (4 << 20))  # 64 MiB
    upkeep.back_up(binder, backups, Silent())
    tracemalloc.start()
    made = upkeep.back_up(binder, backups, Silent())
    upkeep.restore(made.path, tmp_path / "new", Silent())
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 16 << 20


# -------------------------------------------------------------------------------------- places


def test_a_place_inside_the_binder_is_refused(full: Binder, root: Path):
    (root / "mine").mkdir()
    for place in (root, root / "mine", root / "incoming", root / "mine" / ".." / "originals"):
        with pytest.raises(UserError, match="inside the binder"):
            upkeep.back_up(full, place, Silent())


def test_a_link_that_leads_into_the_binder_is_refused(full: Binder, root: Path, tmp_path: Path):
    (tmp_path / "link").symlink_to(root)
    with pytest.raises(UserError, match="inside the binder"):
        upkeep.back_up(full, tmp_path / "link", Silent())


def test_a_drive_that_is_not_there_is_told_and_no_folder_is_made_for_it(full: Binder, tmp_path):
    with pytest.raises(UserError, match="Connect its drive"):
        upkeep.back_up(full, tmp_path / "stick" / "backups", Silent())
    assert not (tmp_path / "stick").exists()


def test_a_file_is_no_place_for_backups(full: Binder, backups: Path):
    backups.write_text("a file")
    with pytest.raises(UserError, match="“backups” is a file"):
        upkeep.back_up(full, backups, Silent())


def test_progress_never_goes_back_and_ends_at_its_total(full: Binder, backups: Path, tmp_path):
    seen: list[tuple[int, int]] = []

    class Watcher:
        def step(self, done: int, total: int, note: str = "") -> None:
            seen.append((done, total))

    made = upkeep.back_up(full, backups, Watcher())
    shares = [done / total for done, total in seen]
    assert shares == sorted(shares)
    assert shares[-1] == 1.0
    seen.clear()
    upkeep.restore(made.path, tmp_path / "new", Watcher())
    shares = [done / total for done, total in seen]
    assert shares == sorted(shares)
    assert shares[-1] == 1.0


def test_a_synced_folder_is_welcome_as_a_place_for_backups(full: Binder, tmp_path: Path):
    (tmp_path / "Dropbox").mkdir()
    assert upkeep.back_up(full, tmp_path / "Dropbox", Silent()).ok


def test_a_place_on_the_same_disk_gets_a_warning(full: Binder, backups: Path, tmp_path: Path):
    made = upkeep.back_up(full, backups, Silent())
    assert made.ok
    assert "same disk" in made.warnings[0]
    assert upkeep.backup_place_warning(full, tmp_path / "not there") is None


@pytest.mark.skipif(not Path("/dev/shm").is_dir(), reason="no second disk here")
def test_a_place_on_another_disk_gets_none(full: Binder):
    assert upkeep.backup_place_warning(full, Path("/dev/shm")) is None


def test_a_place_that_may_not_be_written_is_told(full: Binder, backups: Path, obeying):
    backups.mkdir(mode=0o500)
    with obeying(), pytest.raises(UserError, match="cannot be written"):
        upkeep.back_up(full, backups, Silent())
    backups.chmod(0o700)


def test_a_full_place_is_told_before_anything_is_written(
    full: Binder, backups: Path, monkeypatch: pytest.MonkeyPatch
):
    space = shutil.disk_usage(backups.parent)
    monkeypatch.setattr(shutil, "disk_usage", lambda _: space._replace(free=1000))
    with pytest.raises(UserError, match=r"needs \d+ MB, and this drive has 1 MB left"):
        upkeep.back_up(full, backups, Silent())
    assert names(backups) == set()


def test_one_backup_at_a_time(full: Binder, backups: Path):
    def another(note: str) -> None:
        with pytest.raises(UserError, match="being made already"):
            upkeep.back_up(full, backups, Silent())

    upkeep.back_up(full, backups, Stopper(0, another))
    assert len(names(backups)) == 1


# ------------------------------------------------------------------- cancel, crash, bad drives


def test_cancel_at_any_moment_leaves_nothing(full: Binder, backups: Path, root: Path):
    steps = 0
    while True:
        steps += 1
        try:
            upkeep.back_up(full, backups, Stopper(steps))
        except Cancelled:
            assert names(backups) == set()
            assert names(root / "incoming") == set()
            assert full.ask(last_backup) is None
        else:
            break
    assert steps > 7


def test_what_an_interrupted_backup_left_is_swept_and_nothing_else(full: Binder, backups: Path):
    backups.mkdir()
    left = f".ClaimBinder backup {'0' * 32}.part"
    others = {"holiday.part", ".ClaimBinder backup of mine.part", "ClaimBinder backup 2020.zip"}
    for name in (left, *others):
        (backups / name).write_bytes(b"x")
    made = upkeep.back_up(full, backups, Silent())
    assert names(backups) == {*others, made.path.name}


def test_a_drive_that_gives_back_something_else_is_found_out(full: Binder, backups: Path, add):
    add(full, "photo", random.Random(1).randbytes(200_000).hex())
    hit: list[Path] = []

    def rot(note: str) -> None:
        if note == "Reading it back" and not hit:
            (draft,) = backups.glob(".*.part")
            hit.append(draft)
            with zipfile.ZipFile(draft) as archive:
                photo = max(archive.infolist(), key=lambda info: info.compress_size)
            with draft.open("r+b") as file:
                file.seek(photo.header_offset + photo.compress_size // 2)
                file.write(b"?")

    with pytest.raises(UserError, match="not what it gives back"):
        upkeep.back_up(full, backups, Stopper(0, rot))
    assert hit
    assert names(backups) == set()
    assert full.ask(last_backup) is None


def damage(binder: Binder, name: str) -> Path:
    for row in binder.ask(paper_rows):
        for part in binder.ask(document_parts, row.id):
            if part.name == name:
                with binder.vault.lend(part.sha256) as path:
                    path.chmod(0o600)
                    return path
    raise AssertionError(name)


def test_a_binder_with_a_damaged_original_is_backed_up_and_says_which(
    full: Binder, backups: Path, tmp_path: Path
):
    path = damage(full, "one.txt")
    path.write_bytes(b"?" + path.read_bytes()[1:])
    made = upkeep.back_up(full, backups, Silent())
    assert not made.ok
    assert made.problems == (
        "The original of “one.txt” is damaged. Restore it from an older backup.",
    )
    assert full.ask(last_backup) is None  # it is no proof of anything
    assert upkeep.restore(made.path, tmp_path / "new", Silent()).problems == made.problems


def test_a_binder_with_a_missing_original_is_backed_up_and_says_which(
    full: Binder, backups: Path, tmp_path: Path
):
    damage(full, "two.txt").unlink()
    made = upkeep.back_up(full, backups, Silent())
    assert made.problems == (
        "The original of “two.txt” is missing. Restore it from an older backup.",
    )
    assert upkeep.restore(made.path, tmp_path / "new", Silent()).problems == made.problems


def test_a_binder_whose_records_are_damaged_is_not_backed_up(full: Binder, backups: Path):
    full.engine.dispose()
    with (full.root / DATABASE).open("r+b") as file:
        file.seek(8192)
        file.write(b"\x5a" * 60_000)
    with pytest.raises(BinderUnusableError, match="damaged"):
        upkeep.back_up(full, backups, Silent())
    assert names(backups) == set()


# ------------------------------------------------------------------------------- old backups


def test_old_backups_of_this_binder_go_and_all_else_stays(
    full: Binder, backups: Path, clock, tmp_path: Path
):
    with Binder.create(tmp_path / "other", now=clock) as other:
        theirs = upkeep.back_up(other, backups, Silent()).path.name
    (backups / "ClaimBinder backup 2020-01-01 0800.zip").write_bytes(b"not a backup at all")
    (backups / "tax.zip").write_bytes(b"x")
    kept_aside = {theirs, "ClaimBinder backup 2020-01-01 0800.zip", "tax.zip"}
    made: list[str] = []
    for day in range(12):
        made += [upkeep.back_up(full, backups, Silent()).path.name for _ in range(2)]
        clock.moment += timedelta(days=1) if day < 11 else timedelta(0)
    mine = names(backups) - kept_aside
    assert kept_aside <= names(backups)
    assert set(made[-3:]) <= mine
    days = [name.split()[2] for name in sorted(mine)]
    assert len(mine) < 12
    assert sorted(set(days))[-7:] == [f"2026-{day:%m-%d}" for day in _week_until(clock.moment)]


def _week_until(moment: datetime) -> list[date]:
    last = moment.astimezone().date()
    return [last - timedelta(days=back) for back in range(6, -1, -1)]


def test_two_backups_of_one_minute_stand_side_by_side(full: Binder, backups: Path, clock):
    stopped = clock.moment
    for _ in range(2):
        clock.moment = stopped
        upkeep.back_up(full, backups, Silent())
    assert len(names(backups)) == 2


# ---------------------------------------------------------------------------- bringing it back


@pytest.fixture
def backup(full: Binder, backups: Path) -> Path:
    return upkeep.back_up(full, backups, Silent()).path


def test_an_empty_folder_is_a_good_place(backup: Path, tmp_path: Path):
    (tmp_path / "new").mkdir()
    assert upkeep.restore(backup, tmp_path / "new", Silent()).ok


def test_folders_on_the_way_are_made(backup: Path, tmp_path: Path):
    assert upkeep.restore(backup, tmp_path / "a" / "b" / "new", Silent()).ok


def test_a_place_that_is_not_empty_is_refused_and_left_alone(backup: Path, tmp_path: Path):
    (tmp_path / "new").mkdir()
    (tmp_path / "new" / "mine.txt").write_text("mine")
    (tmp_path / "file").write_text("mine")
    for place in (tmp_path / "new", tmp_path / "file"):
        with pytest.raises(UserError, match="not empty"):
            upkeep.restore(backup, place, Silent())
    assert names(tmp_path / "new") == {"mine.txt"}


def test_a_synced_place_is_refused(backup: Path, tmp_path: Path):
    with pytest.raises(UserError, match="use this one for backups"):
        upkeep.restore(backup, tmp_path / "Dropbox" / "binder", Silent())


def test_cancel_at_any_moment_brings_nothing_and_leaves_nothing(backup: Path, tmp_path: Path):
    before = names(tmp_path)
    steps = 0
    while True:
        steps += 1
        try:
            upkeep.restore(backup, tmp_path / "new", Stopper(steps))
        except Cancelled:
            assert names(tmp_path) == before
        else:
            break
    assert steps > 3


def test_what_an_interrupted_restore_left_is_swept_and_nothing_else(backup: Path, tmp_path: Path):
    left = tmp_path / f".new.restoring-{'0' * 32}"
    mine = tmp_path / ".new.restoring-soon"
    for folder in (left, mine):
        (folder / "originals").mkdir(parents=True)
        (folder / "originals" / "x").write_bytes(b"x")
        (folder / "originals" / "x").chmod(0o400)
    upkeep.restore(backup, tmp_path / "new", Silent())
    assert not left.exists()
    assert mine.exists()


@pytest.mark.skipif(sys.platform == "win32", reason="no pipes with a name in a folder")
def test_what_is_no_file_is_no_backup(tmp_path: Path):
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    for place in (tmp_path, pipe, Path("/dev/zero")):
        with pytest.raises(UserError, match="is not a file"):
            upkeep.restore(place, tmp_path / "new", Silent())


def test_no_file_no_restore(tmp_path: Path):
    with pytest.raises(UserError, match="not there any more"):
        upkeep.restore(tmp_path / "gone.zip", tmp_path / "new", Silent())
    assert not (tmp_path / "new").exists()


def test_no_room_is_told_before_anything_is_unpacked(
    backup: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    space = shutil.disk_usage(tmp_path)
    monkeypatch.setattr(shutil, "disk_usage", lambda _: space._replace(free=1000))
    with pytest.raises(UserError, match=r"needs \d+ MB, and this drive has 1 MB left"):
        upkeep.restore(backup, tmp_path / "new", Silent())
    assert not (tmp_path / "new").exists()


# -------------------------------------------------------------------- rotten and hostile files


def content_of(backup: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(backup) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def rewrite(backup: Path, members: dict[str, bytes], method: int = zipfile.ZIP_STORED) -> None:
    with zipfile.ZipFile(backup, "w", method) as archive:
        for name, content in members.items():
            archive.writestr(name, content)


def manifest_of(backup: Path) -> dict[str, Any]:
    return json.loads(content_of(backup)[MANIFEST])


def restore_with_a_changed_byte(backup: Path, full: Binder, target: Path, step: int) -> None:
    whole, before = backup.read_bytes(), dump(full)
    for place in range(0, len(whole), step):
        backup.write_bytes(whole[:place] + bytes([whole[place] ^ 0x20]) + whole[place + 1 :])
        try:
            result = upkeep.restore(backup, target, Silent())
        except UserError:
            assert not target.exists()
            continue
        with Binder.open(target) as restored:
            assert dump(restored) == before
            assert upkeep.check(restored, Silent(), full=True).ok == result.ok
        shutil.rmtree(target)


def test_no_single_changed_byte_goes_unnoticed(backup: Path, full: Binder, tmp_path: Path):
    restore_with_a_changed_byte(backup, full, tmp_path / "new", backup.stat().st_size // 60)


@pytest.mark.deep
@pytest.mark.timeout(1800)
def test_no_changed_byte_at_all_goes_unnoticed(backup: Path, full: Binder, tmp_path: Path):
    restore_with_a_changed_byte(backup, full, tmp_path / "new", 1)


@pytest.mark.parametrize("share", [0.0, 0.3, 0.9, 0.999])
def test_a_backup_that_was_cut_short_is_refused(backup: Path, tmp_path: Path, share: float):
    whole = backup.read_bytes()
    backup.write_bytes(whole[: int(len(whole) * share)])
    with pytest.raises(UserError, match="not a backup of ClaimBinder, or it is damaged"):
        upkeep.restore(backup, tmp_path / "new", Silent())
    assert not (tmp_path / "new").exists()


def test_a_rotten_original_is_named_and_all_else_comes_back(
    backup: Path, full: Binder, tmp_path: Path
):
    whole = bytearray(backup.read_bytes())
    rewrite(backup, content_of(backup))  # stored as it is, so that a byte of a letter can be hit
    whole = bytearray(backup.read_bytes())
    whole[whole.index(b"two.txt We have denied") + 20] ^= 1
    backup.write_bytes(whole)
    result = upkeep.restore(backup, tmp_path / "new", Silent())
    assert result.problems == (
        "The original of “two.txt” is damaged. Restore it from an older backup.",
    )
    with Binder.open(tmp_path / "new") as restored:
        assert dump(restored) == dump(full)


def test_rotten_records_are_refused(backup: Path, tmp_path: Path):
    members = content_of(backup)
    rewrite(backup, {**members, DATABASE: members[DATABASE][:-1] + b"x"})
    with pytest.raises(UserError, match="records in this backup are damaged"):
        upkeep.restore(backup, tmp_path / "new", Silent())
    assert not (tmp_path / "new").exists()


@pytest.mark.parametrize(
    "name",
    [
        "../evil.txt", "/tmp/evil.txt", "originals/../../evil.txt", "originals/ab/ab" + "a" * 62,
        "originals\\ab\\evil", "C:\\evil.txt", "READ ME.txt", "originals/", "binder.db-wal",
        "originals/" + "z" * 64, "originals/" + "A" * 64, "binder.db\n", "BINDER.DB",
    ],
)  # fmt: skip
def test_a_name_that_is_none_of_ours_is_refused_even_if_listed(
    backup: Path, tmp_path: Path, name: str
):
    members = content_of(backup)
    manifest = manifest_of(backup)
    digest = "2d711642b726b04401627ca9fbac32f5c8530fb1903cc4db02258717921a4881"
    manifest["members"][name] = {"size": 1, "sha256": digest}
    rewrite(backup, {**members, name: b"x", MANIFEST: json.dumps(manifest).encode()})
    with pytest.raises(UserError, match="not a backup"):
        upkeep.restore(backup, tmp_path / "deep" / "new", Silent())
    assert not list(tmp_path.rglob("evil*"))


def test_a_member_that_is_not_listed_is_refused(backup: Path, tmp_path: Path):
    rewrite(backup, {**content_of(backup), f"originals/{'a' * 64}": b"x"})
    with pytest.raises(UserError, match="not a backup"):
        upkeep.restore(backup, tmp_path / "new", Silent())


def test_a_member_that_is_there_twice_is_refused(backup: Path, tmp_path: Path):
    with (
        zipfile.ZipFile(backup, "a") as archive,
        pytest.warns(UserWarning, match="Duplicate name"),
    ):
        archive.writestr(DATABASE, b"another")
    with pytest.raises(UserError, match="not a backup"):
        upkeep.restore(backup, tmp_path / "new", Silent())


@pytest.mark.parametrize("method", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_a_way_of_packing_that_is_not_ours_is_refused(backup: Path, tmp_path: Path, method: int):
    rewrite(backup, content_of(backup), method)
    with pytest.raises(UserError, match="not a backup"):
        upkeep.restore(backup, tmp_path / "new", Silent())


def test_a_bomb_stops_at_the_size_it_told(backup: Path, tmp_path: Path):
    """A member that unpacks to more than the file's own table of contents says."""
    members, manifest = content_of(backup), manifest_of(backup)
    name = next(iter(name for name in members if name.startswith("originals/")))
    manifest["members"][name]["size"] = 10
    members |= {name: bytes(50_000_000), MANIFEST: json.dumps(manifest).encode()}
    rewrite(backup, members, zipfile.ZIP_DEFLATED)
    whole = bytearray(backup.read_bytes())
    size = (50_000_000).to_bytes(4, "little")
    while (at := whole.find(size)) >= 0:
        whole[at : at + 4] = (10).to_bytes(4, "little")
    backup.write_bytes(whole)
    tracemalloc.start()
    result = upkeep.restore(backup, tmp_path / "new", Silent())
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert not result.ok
    assert peak < 8 << 20
    assert sum(path.stat().st_size for path in (tmp_path / "new").rglob("*")) < 2_000_000


@pytest.mark.parametrize(
    "change",
    [
        {"format": "Somebody's backup"}, {"members": []}, {"members": {DATABASE: 3}},
        {"rows": None}, {"made_at": "yesterday"}, {"made_at": "2026-01-01T00:00:00"},
        {"schema": "x"}, {"schema": None}, {"version": []}, {"binder": None, "members": None},
    ],
)  # fmt: skip
def test_a_list_of_another_form_is_refused(backup: Path, tmp_path: Path, change: dict[str, Any]):
    manifest = {**manifest_of(backup), **change}
    rewrite(backup, {**content_of(backup), MANIFEST: json.dumps(manifest).encode()})
    with pytest.raises(UserError, match="not a backup"):
        upkeep.restore(backup, tmp_path / "new", Silent())


@pytest.mark.parametrize(
    "manifest", [b"", b"[]", b"{}", b"\xff\xfe", b"[" * 200_000, b'{"format":', b"null"]
)
def test_a_list_that_is_no_list_is_refused(backup: Path, tmp_path: Path, manifest: bytes):
    rewrite(backup, {**content_of(backup), MANIFEST: manifest})
    with pytest.raises(UserError, match="not a backup"):
        upkeep.restore(backup, tmp_path / "new", Silent())


@pytest.mark.parametrize("change", [{"schema": 99}, {"version": 2}])
def test_a_backup_of_a_newer_program_is_refused_with_the_reason(
    backup: Path, tmp_path: Path, change: dict[str, int]
):
    manifest = {**manifest_of(backup), **change}
    rewrite(backup, {**content_of(backup), MANIFEST: json.dumps(manifest).encode()})
    with pytest.raises(BinderUnusableError, match="newer ClaimBinder"):
        upkeep.restore(backup, tmp_path / "new", Silent())


def test_a_binder_is_never_half_there_for_another_program(backup: Path, tmp_path: Path):
    """While it is being put together, its place stays empty; another thread looks all the time."""
    seen: set[bool] = set()
    done = threading.Event()

    def look() -> None:
        while not done.is_set():
            if (tmp_path / "new").exists():
                seen.add((tmp_path / "new" / DATABASE).is_file())

    watcher = threading.Thread(target=look)
    watcher.start()
    upkeep.restore(backup, tmp_path / "new", Silent())
    done.set()
    watcher.join()
    assert seen <= {True}


# ----------------------------------------------------------------------------- when it is due


def test_the_program_backs_up_once_a_day_and_on_leaving_when_something_changed(
    full: Binder, backups: Path, clock
):
    clock.moment = datetime(2026, 11, 21, 18, 0, tzinfo=UTC)
    today = date(2026, 11, 21)

    def due(day: date, *, leaving: bool) -> bool:
        return upkeep.automatic_backup_due(full, backups, day, leaving=leaving)

    assert not due(today, leaving=False)  # the drive is not there
    backups.mkdir()
    assert due(today, leaving=False)
    upkeep.back_up(full, backups, Silent())
    assert not due(today, leaving=True)
    people.add_person(full, "Sam")
    assert not due(today, leaving=False)
    assert due(today, leaving=True)
    assert due(today + timedelta(days=1), leaving=False)
    assert not upkeep.automatic_backup_due(full, None, today, leaving=True)


def test_a_week_without_a_backup_is_late_and_an_empty_binder_never(
    binder: Binder, backups: Path, clock
):
    assert not binder.ask(backup_state).is_overdue(date(2030, 1, 1))
    clock.moment = datetime(2026, 11, 1, 18, 0, tzinfo=UTC)
    people.add_person(binder, "Rosa")
    state = binder.ask(backup_state)
    assert not state.is_overdue(date(2026, 11, 7))
    assert state.is_overdue(date(2026, 11, 8))
    assert "no backup yet" in state.sentence(date(2026, 11, 8))
    clock.moment = datetime(2026, 11, 9, 18, 0, tzinfo=UTC)
    upkeep.back_up(binder, backups, Silent())
    state = binder.ask(backup_state)
    assert not state.is_overdue(date(2026, 11, 15))
    assert state.is_overdue(date(2026, 11, 16))
    assert "made yesterday" in state.sentence(date(2026, 11, 10))
    assert "7 days ago" in state.sentence(date(2026, 11, 16))


def test_restored_claims_are_those_that_were_there(backup: Path, tmp_path: Path):
    upkeep.restore(backup, tmp_path / "new", Silent())
    with Binder.open(tmp_path / "new") as restored:
        assert [row.title for row in restored.ask(claim_rows)] == ["Infusions"]
