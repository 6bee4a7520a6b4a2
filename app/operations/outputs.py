"""Small files that go to the person: whole or not there at all."""

from __future__ import annotations

import hashlib
import os
from dataclasses import dataclass
from pathlib import Path

from app.exporting.handover import hand_over, part_beside, refusal


@dataclass(frozen=True, slots=True)
class Written:
    """A finished file: where it lies, its size in bytes and its SHA-256."""

    path: Path
    size: int
    sha256: str


def write_file(target: Path, content: bytes) -> Written:
    """Write a file in one go; an older one of that name is replaced.

    Raises:
        UserError: the place cannot be written to, or the disk is full.
    """
    part = part_beside(target, ())
    try:
        with part.open("wb") as writer:
            writer.write(content)
            writer.flush()
            os.fsync(writer.fileno())
        hand_over(part, target)
    except OSError as error:
        raise refusal(error, target.parent) from error
    finally:
        part.unlink(missing_ok=True)
    return Written(target, len(content), hashlib.sha256(content).hexdigest())
