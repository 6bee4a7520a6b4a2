"""A disk as strictly as POSIX allows it to be: what was not synced may be there, or not.

A call changes what running programs see; only a sync makes that last. `fsync` of a file keeps its
bytes, `fsync` of a folder keeps its names: a synced file whose folder was not synced is lost.
After a power cut any part of what was not synced may be on the disk, in any order; after a kill
everything is. Renaming is one step, as on every file system that this program runs on.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import product
from pathlib import Path

from tests.crash.trace import NOT_MODELLED, Call

DRAFTS = "incoming"

Tree = dict[str, bytes | None]
"""A state of the disk: content by path; None for a folder."""


@dataclass(eq=False)
class Node:
    """A file or folder: what is surely on the disk of it."""

    is_folder: bool
    content: bytearray = field(default_factory=bytearray)
    names: dict[str, Node] = field(default_factory=dict)


@dataclass(frozen=True, eq=False)
class Change:
    """Something not yet surely on the disk: bytes of a file, or names in folders."""

    node: Node | None = None
    at: int = 0
    data: bytes | None = None  # None: cut the file at `at`
    adds: tuple[Node, str, Node] | None = None
    drops: tuple[Node, str] | None = None

    def touches(self, folder: Node) -> bool:
        return any(entry is not None and entry[0] is folder for entry in (self.adds, self.drops))

    def needs(self, earlier: Change) -> bool:
        """Return whether this change of a name cannot be there without an earlier one."""
        mine = {(entry[0], entry[1]) for entry in (self.adds, self.drops) if entry}
        return any((entry[0], entry[1]) in mine for entry in (earlier.adds, earlier.drops) if entry)

    def concerns(self, nodes: set[int]) -> bool:
        """Return whether this changes one of these files, or names in one of these folders."""
        mine = [self.node, *(entry[0] for entry in (self.adds, self.drops) if entry)]
        return any(id(node) in nodes for node in mine)

    def half(self) -> Change | None:
        """Return a write that got half-way, at a border of a sector, or None."""
        if self.data is None or len(self.data) <= 512:
            return None
        return Change(self.node, self.at, self.data[: len(self.data) // 1024 * 512])


class Disk:
    """The disk below one folder while a recorded program runs."""

    def __init__(self, top: Path, first: Tree) -> None:
        self.top = top
        self.root = _planted(first)
        self.pending: list[Change] = []
        self._handles: dict[int, Node] = {}
        self._places: dict[int, int] = {}

    # -------------------------------------------------------------------- what programs see

    def now(self) -> _View:
        """The tree that running programs see: everything pending is there."""
        return _View(self, self.pending)

    def _find(self, path: Path) -> Node | None:
        names = self.now().names
        node: Node | None = self.root
        for part in path.relative_to(self.top).parts:
            node = names(node).get(part) if node and node.is_folder else None
        return node

    def _inside(self, path: Path) -> bool:
        return path.is_relative_to(self.top)

    # -------------------------------------------------------------------------- the calls

    def apply(self, call: Call) -> bool:
        """Do what a call did; return whether it changed or synced anything here."""
        if call.name in NOT_MODELLED:
            assert not self._concerns(call), f"{call.name} is not modelled"
            return False
        before = len(self.pending), call.name in ("fsync", "fdatasync")
        getattr(self, f"_{call.name}")(call)
        synced = before[1] and call.number(0) in self._handles
        return synced or len(self.pending) != before[0]

    def _concerns(self, call: Call) -> bool:
        paths = [
            Path(word.decode("utf-8", "replace"))
            for word in call.arguments
            if isinstance(word, bytes)
        ]
        handles = {
            int(word) for word in call.arguments if isinstance(word, str) and word.isdecimal()
        }
        return any(map(self._inside, paths)) or bool(handles & self._handles.keys())

    def _end(self, call: Call) -> None:
        """The program ended, or was killed: its handles are gone, what it wrote is not."""
        self._handles.clear()

    def _openat(self, call: Call) -> None:
        path, flags = call.path(1), str(call.arguments[2])
        self._handles.pop(call.result, None)
        if not self._inside(path):
            return
        node = self._find(path)
        if node is None:
            assert "O_CREAT" in flags, f"{path} was opened, but the model does not know it"
            node = Node(is_folder=False)
            self._add(path, node)
        elif "O_TRUNC" in flags:
            self.pending.append(Change(node))
        self._handles[call.result] = node
        self._places[call.result] = 0

    def _open(self, call: Call) -> None:
        self._openat(Call("openat", ("AT_FDCWD", *call.arguments), call.result))

    def _creat(self, call: Call) -> None:
        self._open(Call("open", (call.arguments[0], "O_CREAT|O_TRUNC"), call.result))

    def _close(self, call: Call) -> None:
        self._handles.pop(call.number(0), None)

    def _dup(self, call: Call) -> None:
        self._handles.pop(call.result, None)
        if node := self._handles.get(call.number(0)):
            self._handles[call.result] = node
            self._places[call.result] = self._places[call.number(0)]

    _dup2 = _dup3 = _dup

    def _fcntl(self, call: Call) -> None:
        if "F_DUPFD" in str(call.arguments[1]):
            self._dup(call)

    def _lseek(self, call: Call) -> None:
        self._places[call.number(0)] = call.result

    def _write(self, call: Call) -> None:
        handle = call.number(0)
        if node := self._handles.get(handle):
            self._put(node, self._places[handle], call)
            self._places[handle] += call.result

    def _pwrite64(self, call: Call) -> None:
        if node := self._handles.get(call.number(0)):
            self._put(node, call.number(3), call)

    def _put(self, node: Node, at: int, call: Call) -> None:
        data = call.arguments[1]
        assert isinstance(data, bytes)
        self.pending.append(Change(node, at, data[: call.result]))

    def _ftruncate(self, call: Call) -> None:
        if node := self._handles.get(call.number(0)):
            self.pending.append(Change(node, call.number(1)))

    def _mkdir(self, call: Call) -> None:
        if self._inside(call.path(0)):
            self._add(call.path(0), Node(is_folder=True))

    def _unlink(self, call: Call) -> None:
        if self._inside(call.path(0)):
            self.pending.append(Change(drops=self._entry(call.path(0))))

    _rmdir = _unlink

    def _unlinkat(self, call: Call) -> None:
        name = call.path(1)
        if name.is_absolute():
            self._unlink(Call("unlink", (call.arguments[1],), 0))
        elif folder := self._handles.get(int(call.arguments[0])):
            self.pending.append(Change(drops=(folder, name.name)))

    def _rename(self, call: Call) -> None:
        if self._inside(call.path(0)) or self._inside(call.path(1)):
            node = self._find(call.path(0))
            assert node, f"{call.path(0)} was renamed, but the model does not know it"
            adds = (*self._entry(call.path(1)), node)
            self.pending.append(Change(adds=adds, drops=self._entry(call.path(0))))

    def _add(self, path: Path, node: Node) -> None:
        self.pending.append(Change(adds=(*self._entry(path), node)))

    def _entry(self, path: Path) -> tuple[Node, str]:
        folder = self._find(path.parent)
        assert folder, f"{path.parent} is not known"
        return folder, path.name

    def _fsync(self, call: Call) -> None:
        node = self._handles.get(call.number(0))
        if node is None:
            return
        kept = [change for change in self.pending if change.node is node or change.touches(node)]
        kept = with_needs(kept, self.pending)
        for change in kept:
            _settle(change)
        self.pending = [change for change in self.pending if change not in kept]

    _fdatasync = _fsync

    # ---------------------------------------------------------------------- what may be left

    def after_a_kill(self) -> Tree:
        return self.now().tree()

    def after_a_power_cut(self, chance: random.Random, *, most: int) -> Iterator[Tree]:
        """Yield what may be on the disk: every choice where they are few, else a fair sample."""
        dull = self._drafts()
        vivid = [change for change in self.pending if change not in dull]
        seen: set[tuple[int, ...]] = set()
        for kept in _choices(vivid, chance, most):
            drafts = dull if chance.random() < 0.5 else []
            whole = with_needs([*kept, *drafts], self.pending)
            mark = tuple(id(change) for change in whole)
            if mark not in seen:
                seen.add(mark)
                yield _View(self, whole).tree()

    def _drafts(self) -> list[Change]:
        """Changes of drafts only, which every start sweeps away: all or none of them survive."""
        kept: set[int] = set()
        for view in (self.now(), _View(self, [])):
            view.outside_of_drafts(self.root, kept)
        return [change for change in self.pending if not change.concerns(kept)]


def _choices(pending: Sequence[Change], chance: random.Random, most: int) -> Iterator[list[Change]]:
    if 2 ** len(pending) <= most:
        for kept in product((False, True), repeat=len(pending)):
            yield [change for change, keep in zip(pending, kept, strict=True) if keep]
        return
    yield []
    yield list(pending)
    names = [change for change in pending if change.node is None]
    yield names
    yield [change for change in pending if change.node is not None]
    if torn := pending[-1].half():
        yield [*pending[:-1], torn]
    singles = chance.sample(range(len(pending)), min(len(pending), most // 3))
    for place in singles:
        yield [*pending[:place], *pending[place + 1 :]]
        yield [pending[place]]
    for _ in range(most // 3):
        likely = chance.random()
        yield [change for change in pending if chance.random() < likely]


def with_needs(kept: Sequence[Change], pending: Sequence[Change]) -> list[Change]:
    """Return the changes with those earlier ones that they cannot be without, in order."""
    chosen = {id(change) for change in kept}
    for place in range(len(pending) - 1, -1, -1):
        if id(pending[place]) in chosen and pending[place].node is None:
            for earlier in pending[:place]:
                if earlier.node is None and pending[place].needs(earlier):
                    chosen.add(id(earlier))
    order = [change for change in pending if id(change) in chosen]
    return order + [change for change in kept if not any(change is known for known in pending)]


def _settle(change: Change) -> None:
    if change.node is not None:
        _put(change.node.content, change)
    else:
        _rename(change, lambda folder: folder.names)


def _put(content: bytearray, change: Change) -> None:
    if change.data is None:
        del content[change.at :]
        content.extend(bytes(change.at - len(content)))
    else:
        content.extend(bytes(max(0, change.at - len(content))))
        content[change.at : change.at + len(change.data)] = change.data


def _rename(change: Change, names) -> None:
    if change.drops:
        names(change.drops[0]).pop(change.drops[1], None)
    if change.adds:
        names(change.adds[0])[change.adds[1]] = change.adds[2]


class _View:
    """The disk with some of its pending changes done."""

    def __init__(self, disk: Disk, changes: Sequence[Change]) -> None:
        self._disk = disk
        self._names: dict[int, dict[str, Node]] = {}
        self._contents: dict[int, bytearray] = {}
        self._changes = changes
        for change in changes:
            if change.node is None:
                _rename(change, self.names)

    def names(self, folder: Node) -> dict[str, Node]:
        return self._names.setdefault(id(folder), dict(folder.names))

    def outside_of_drafts(self, folder: Node, found: set[int]) -> None:
        """Add all files and folders but those in a folder for drafts."""
        found.add(id(folder))
        for name, node in self.names(folder).items():
            if name != DRAFTS:
                self.outside_of_drafts(node, found)

    def tree(self) -> Tree:
        for change in self._changes:
            if change.node is not None:
                node = change.node
                _put(self._contents.setdefault(id(node), bytearray(node.content)), change)
        found: Tree = {}
        self._collect(self._disk.root, "", found)
        return found

    def _collect(self, folder: Node, path: str, found: Tree) -> None:
        for name, node in self.names(folder).items():
            place = f"{path}{name}"
            if node.is_folder:
                found[place] = None
                self._collect(node, f"{place}/", found)
            elif not name.endswith("-shm"):  # shared memory in a file; SQLite makes it anew
                found[place] = bytes(self._contents.get(id(node), node.content))


def _planted(tree: Tree) -> Node:
    root = Node(is_folder=True)
    for path, content in sorted(tree.items()):
        *folders, name = path.split("/")
        node = root
        for folder in folders:
            node = node.names[folder]
        node.names[name] = Node(content is None, bytearray(content or b""))
    return root


def as_found(folder: Path) -> Tree:
    """Return what is on the real disk, in the form of a state."""
    tree: Tree = {}
    for entry in folder.rglob("*"):
        if not entry.name.endswith("-shm"):
            name = entry.relative_to(folder).as_posix()
            tree[name] = None if entry.is_dir() else entry.read_bytes()
    return tree


def lay_out(tree: Tree, folder: Path) -> None:
    """Make a state real; what the folder held before goes."""
    folder.mkdir(exist_ok=True)
    for entry in sorted(folder.rglob("*"), reverse=True):
        name = entry.relative_to(folder).as_posix()
        if entry.is_file():
            entry.unlink()
        elif tree.get(name, b"") is not None:
            entry.rmdir()
    for name, content in sorted(tree.items()):
        if content is None:
            (folder / name).mkdir(exist_ok=True)
        else:
            (folder / name).write_bytes(content)
