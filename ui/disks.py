"""Disks that a backup can go to, and the backups that lie on them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final

from PySide6.QtCore import QLocale, QStorageInfo, QTime

from ui.wording import short_date, tr

BACKUP_FOLDER: Final = "ClaimBinder backups"
_BACKUP: Final = re.compile(r"ClaimBinder backup (\d{4}-\d\d-\d\d \d{4})(-\d+)?\.zip")
_DISKS_OF_A_PERSON: Final = ("/media/", "/run/media/", "/mnt/", "/Volumes/")
"""Where Linux and macOS show drives; the system's own partitions lie elsewhere."""


@dataclass(frozen=True, slots=True)
class Disk:
    """A mounted drive: the name on it, its top folder, its device and its free bytes."""

    name: str
    folder: Path
    device: str
    free: int
    writable: bool = True

    @property
    def words(self) -> str:
        """Its name and the room on it."""
        return tr("{name} · {room} free", name=self.name, room=size_words(self.free))


def size_words(size: int) -> str:
    """Return a number of bytes as people say it: “12 MB”."""
    form = QLocale.DataSizeFormat.DataSizeSIFormat
    return QLocale().formattedDataSize(size, 0 if size < 10**9 or size >= 10**10 else 1, form)


def mounted_disks() -> list[Disk]:
    """Return every drive of this computer that answers."""
    return [
        Disk(
            name=volume.displayName() or volume.rootPath(),
            folder=Path(volume.rootPath()),
            device=bytes(volume.device().data()).decode(errors="replace"),
            free=volume.bytesAvailable(),
            writable=not volume.isReadOnly(),
        )
        for volume in QStorageInfo.mountedVolumes()
        if volume.isValid() and volume.isReady()
    ]


def disk_of(folder: Path) -> str:
    """Return the device that a folder lies on."""
    return bytes(QStorageInfo(str(folder)).device().data()).decode(errors="replace")


def other_disks(disks: Iterable[Disk], own_device: str) -> list[Disk]:
    """Return the disks that survive the one with the binder: a person's own, and writable."""
    return [
        disk
        for disk in disks
        if disk.writable and disk.device != own_device and _is_a_persons(disk.folder)
    ]


def _is_a_persons(folder: Path) -> bool:
    top = folder.as_posix()
    return folder.drive != "" or top.startswith(_DISKS_OF_A_PERSON)


def backups_in(places: Sequence[Path]) -> list[Path]:
    """Return the backups in these folders and in their `BACKUP_FOLDER`, the newest first."""
    found: dict[Path, str] = {}
    for place in places:
        for folder in (place, place / BACKUP_FOLDER):
            found |= {file: file.name for file in _files_in(folder) if _BACKUP.fullmatch(file.name)}
    return sorted(found, key=lambda file: found[file], reverse=True)


def _files_in(folder: Path) -> list[Path]:
    try:
        return list(folder.iterdir())
    except OSError:
        return []  # not there, or not ours to read: other places are still looked at


def backup_words(file: Path) -> str:
    """Return when a backup was made, from its name; the name itself where that says nothing."""
    match = _BACKUP.fullmatch(file.name)
    if not match:
        return file.name
    made = datetime.strptime(match[1], "%Y-%m-%d %H%M")  # noqa: DTZ007 - local, as in the name
    clock = QLocale().toString(QTime(made.hour, made.minute), QLocale.FormatType.ShortFormat)
    return tr("Backup of {day}, {time}", day=short_date(made.date()), time=clock)
