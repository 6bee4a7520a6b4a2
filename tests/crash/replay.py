"""One recorded run, replayed: at any point of it the power fails, or the program is killed."""

from __future__ import annotations

import json
import random
from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.crash import story
from tests.crash.disk import Disk, Tree, as_found
from tests.crash.survivors import Ack, Judge
from tests.crash.trace import END, Call, record


@dataclass(frozen=True)
class Recording:
    """What a story did to the disk, from how it was at first, and what it acknowledged."""

    sandbox: Path
    first: Tree
    calls: Sequence[Call]
    acks: Sequence[Ack]


@dataclass(frozen=True)
class Point:
    """A place in the run: the call just done, what is acknowledged, and what is being done."""

    number: int
    call: Call
    before: Ack
    after: Ack

    @property
    def step(self) -> str:
        return str(self.after["step"])


@dataclass(frozen=True)
class Fault:
    """What is wrong on a disk that a crash at a point may leave."""

    point: int
    step: str
    call: str
    what: str


def tell(base: Path, steps: Collection[str], *, plant: str = "", inject: str = "") -> Recording:
    """Run the story under strace in a new sandbox; `inject` kills it on the way."""
    sandbox = base / "sandbox"
    story.prepare(sandbox)
    first = as_found(sandbox)
    calls, acks = _run(base, sandbox, steps, plant=plant, inject=inject)
    return Recording(sandbox, first, calls, acks)


def tell_twice(base: Path, steps: Collection[str], *, plant: str, inject: str) -> Recording:
    """Run the story until it is killed, then once more in what that left."""
    killed = tell(base, steps, plant=plant, inject=inject)
    calls, acks = _run(base / "again", killed.sandbox, steps, plant=plant)
    return Recording(killed.sandbox, killed.first, [*killed.calls, END, *calls], acks)


def _run(
    base: Path, sandbox: Path, steps: Collection[str], *, plant: str, inject: str = ""
) -> tuple[list[Call], list[Ack]]:
    acks = base / "acks"
    acks.mkdir(parents=True)
    words = ["tests.crash.story", str(sandbox), str(acks), ",".join(steps), *filter(None, [plant])]
    calls = record(words, base / "calls", inject=inject)
    count = len(list(acks.iterdir()))
    return calls, [json.loads((acks / f"{number}.json").read_text()) for number in range(count)]


def replayed(recording: Recording) -> Iterator[tuple[Point, Disk]]:
    """Yield each point from the first acknowledgement on, with the disk as it is there."""
    disk = Disk(recording.sandbox, recording.first)
    acks = recording.acks
    current = -1
    for number, call in enumerate(recording.calls):
        told = _acknowledged(call)
        current = current if told is None else told
        changed = disk.apply(call)
        if current >= 0 and (changed or told is not None):
            after = acks[min(current + 1, len(acks) - 1)]
            yield Point(number, call, acks[current], after), disk


def _acknowledged(call: Call) -> int | None:
    if call.name != "write" or call.arguments[0] != "1":
        return None
    word, _, number = bytes(call.arguments[1]).partition(b" ")
    return int(number) if word == b"ACK" else None


def every_point(recording: Recording) -> frozenset[int]:
    return frozenset(point.number for point, _ in replayed(recording))


def some_points(recording: Recording, each: int, chance: random.Random) -> frozenset[int]:
    """Choose so many points of each step, and all acknowledgements, the same in every run."""
    by_step: dict[str, list[int]] = defaultdict(list)
    chosen: set[int] = set()
    for point, _ in replayed(recording):
        by_step[point.step].append(point.number)
        if _acknowledged(point.call) is not None:
            chosen.add(point.number)
    for numbers in by_step.values():
        chosen.update(chance.sample(numbers, min(each, len(numbers))))
    return frozenset(chosen)


def kills(recording: Recording, points: frozenset[int], judge: Judge) -> Iterator[Fault]:
    """Yield what is wrong after the program was killed at these points."""
    for point, disk in replayed(recording):
        if point.number in points:
            for what in judge.faults(disk.after_a_kill(), point.before, point.after):
                yield Fault(point.number, point.step, point.call.name, f"killed: {what}")


def power_cuts(
    recording: Recording, points: frozenset[int], judge: Judge, *, most: int
) -> Iterator[Fault]:
    """Yield what is wrong after the power failed at these points, in up to `most` ways each."""
    for point, disk in replayed(recording):
        if point.number in points:
            chance = random.Random(point.number)  # the same ways in every run
            for tree in disk.after_a_power_cut(chance, most=most):
                for what in judge.faults(tree, point.before, point.after):
                    yield Fault(point.number, point.step, point.call.name, f"power cut: {what}")
