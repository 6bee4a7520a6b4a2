"""Killed or without power at any moment: what was acknowledged is there, and nothing half-done."""

from __future__ import annotations

import random
from itertools import chain
from pathlib import Path

import pytest

from tests.crash import story
from tests.crash.disk import as_found
from tests.crash.replay import (
    Recording,
    every_point,
    kills,
    power_cuts,
    replayed,
    some_points,
    tell,
    tell_twice,
)
from tests.crash.survivors import Judge
from tests.crash.trace import HAVE_STRACE

pytestmark = [
    pytest.mark.skipif(not HAVE_STRACE, reason="strace is not installed"),
    pytest.mark.xdist_group("crash"),  # they share one recording
]

WAYS = 12
WAYS_DEEP = 48


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> Recording:
    return tell(tmp_path_factory.mktemp("story"), story.STEPS)


def judge_of(recording: Recording, work: Path) -> Judge:
    return Judge(work / "looked at", recording.sandbox / "papers" / "new letter")


def some(recording: Recording, each: int = 9) -> frozenset[int]:
    return some_points(recording, each, random.Random(2026))


def test_the_replay_ends_with_what_is_really_on_the_disk(told: Recording):
    *_, (_, disk) = replayed(told)
    assert disk.after_a_kill() == as_found(told.sandbox)
    assert [ack["step"] for ack in told.acks] == ["begin", *story.STEPS]


@pytest.mark.parametrize("at", ["rename:signal=SIGKILL:when=1", "write:signal=SIGKILL:when=9"])
def test_a_real_kill_leaves_what_the_replay_says(tmp_path: Path, at: str):
    killed = tell(tmp_path, ("add", "sort", "back up"), inject=at)
    *_, (point, disk) = replayed(killed)
    assert disk.after_a_kill() == as_found(killed.sandbox)
    assert list(kills(killed, frozenset([point.number]), judge_of(killed, tmp_path))) == []


def test_killed_at_any_system_call_nothing_is_lost_or_half_done(told: Recording, tmp_path: Path):
    assert list(kills(told, some(told, each=20), judge_of(told, tmp_path))) == []


def test_after_a_power_cut_nothing_is_lost_or_half_done(told: Recording, tmp_path: Path):
    assert list(power_cuts(told, some(told), judge_of(told, tmp_path), most=WAYS)) == []


@pytest.mark.deep
@pytest.mark.timeout(1800)
def test_killed_at_every_system_call(told: Recording, tmp_path: Path):
    assert list(kills(told, every_point(told), judge_of(told, tmp_path))) == []


@pytest.mark.deep
@pytest.mark.timeout(3600)
def test_after_a_power_cut_at_every_system_call(told: Recording, tmp_path: Path):
    judge = judge_of(told, tmp_path)
    assert list(power_cuts(told, every_point(told), judge, most=WAYS_DEEP)) == []


PLANTS = [
    ("row_before_file", "add"),
    ("file_not_synced", "add"),
    ("folder_not_synced", "add"),
    ("no_draft", "add"),
    ("row_before_name_lasts", "add"),
    ("synchronous_off", "sort"),
    ("journal_delete", "undo"),
    ("frozen_before_its_bytes", "freeze"),
    ("folder_not_synced", "freeze"),
    ("kept_before_its_bytes", "keep"),
    ("remembered_before_written", "calendar"),
    ("folder_not_synced", "create"),
    ("file_destroyed_first", "delete"),
    ("doom_not_noted", "delete"),
    ("file_not_synced", "back up"),
    ("folder_not_synced", "back up"),
    ("backup_renamed_first", "back up"),
    ("file_not_synced", "restore"),
    ("folder_not_synced", "restore"),
    ("restored_in_place", "restore"),
]


@pytest.mark.parametrize(("plant", "step"), PLANTS)
def test_a_planted_bug_is_caught(plant: str, step: str, tmp_path: Path):
    before = {"undo": ["sort"], "restore": ["back up"]}.get(step, [])
    planted = tell(tmp_path, [*before, step], plant=plant)
    judge = judge_of(planted, tmp_path)
    points = frozenset(
        point.number for point, _ in replayed(planted) if step in (point.step, point.before["step"])
    )
    few = points & some(planted, each=3)
    faults = chain(power_cuts(planted, few, judge, most=WAYS), kills(planted, points, judge))
    assert next(faults, None), "no crash showed the bug"


@pytest.fixture(scope="module")
def killed_with_a_name(tmp_path_factory: pytest.TempPathFactory) -> str:
    """Where to kill: the original just got its name, and its folder is not synced yet."""
    recording = tell(tmp_path_factory.mktemp("once"), ["add"])
    names = [call.name for call in recording.calls if call.name in ("fsync", "rename")]
    return f"fsync:signal=SIGKILL:when={names.index('rename') + 1}"


@pytest.mark.parametrize("plant", ["", "duplicate_not_synced"])
def test_a_paper_added_again_after_a_kill_survives_a_power_cut(
    plant: str, killed_with_a_name: str, tmp_path: Path
):
    twice = tell_twice(tmp_path, ["add"], plant=plant, inject=killed_with_a_name)
    assert twice.acks[-1]["step"] == "add"
    faults = power_cuts(twice, some(twice), judge_of(twice, tmp_path), most=WAYS)
    assert bool(next(faults, None)) == bool(plant)
