"""Originals are written once, whole, and never change."""

from __future__ import annotations

import io
import stat
from hashlib import sha256
from pathlib import Path

import pytest

from app.binder import Binder
from app.domain.errors import UserError
from app.storage.database import plain_errors
from app.storage.vault import Vault, make_folder

LETTER = b"We have denied your claim. " * 100
DIGEST = sha256(LETTER).hexdigest()


@pytest.fixture
def vault(tmp_path: Path) -> Vault:
    vault = Vault(tmp_path)
    vault.prepare()
    return vault


def files(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.rglob("*") if path.is_file())


def test_an_original_is_named_by_its_digest_and_comes_back_byte_for_byte(vault: Vault):
    stored = vault.put(io.BytesIO(LETTER))
    assert (stored.sha256, stored.size, stored.is_new) == (DIGEST, len(LETTER), True)
    assert stored.head == LETTER[:4096]
    with vault.lend(DIGEST) as path:
        assert path.read_bytes() == LETTER
    assert vault.size_of(DIGEST) == len(LETTER)


def test_the_same_bytes_twice_are_kept_once(vault: Vault, tmp_path: Path):
    vault.put(io.BytesIO(LETTER))
    again = vault.put(io.BytesIO(LETTER))
    assert (again.sha256, again.is_new) == (DIGEST, False)
    assert files(tmp_path) == [DIGEST]


def test_an_original_may_not_be_written_by_anybody(vault: Vault):
    vault.put(io.BytesIO(LETTER))
    with vault.lend(DIGEST) as path:
        assert stat.S_IMODE(path.stat().st_mode) & 0o222 == 0


def test_a_file_without_bytes_is_refused_and_leaves_nothing(vault: Vault, tmp_path: Path):
    with pytest.raises(UserError, match="empty"):
        vault.put(io.BytesIO())
    assert files(tmp_path) == []


class Failing(io.RawIOBase):
    """Gives some bytes, then the drive is pulled out."""

    def __init__(self) -> None:
        self.reads = 0

    def readable(self) -> bool:
        return True

    def read(self, size: int = -1) -> bytes:
        self.reads += 1
        if self.reads > 3:
            raise OSError(5, "Input/output error")
        return LETTER


def test_a_source_that_fails_half_way_leaves_nothing(vault: Vault, tmp_path: Path):
    with pytest.raises(OSError, match="Input/output"):
        vault.put(Failing())  # type: ignore[arg-type]
    assert files(tmp_path) == []


def test_drafts_of_a_crash_are_swept_at_the_next_start(vault: Vault, tmp_path: Path):
    draft = tmp_path / "incoming" / "half"
    draft.write_bytes(b"half a letter")
    draft.chmod(0o400)
    vault.prepare()
    assert files(tmp_path) == []


def test_a_missing_original_is_told_with_the_next_step(vault: Vault):
    with pytest.raises(UserError, match="Run a full check"), vault.lend(DIGEST):
        pass
    assert vault.size_of(DIGEST) is None
    assert not vault.holds(DIGEST)


def test_destroying_takes_one_original_and_no_other(vault: Vault):
    vault.put(io.BytesIO(LETTER))
    other = vault.put(io.BytesIO(b"another")).sha256
    vault.destroy(DIGEST)
    vault.destroy(DIGEST)  # a second time there is nothing to do
    assert list(vault.everything()) == [other]


def test_strange_files_among_the_originals_are_passed_over(vault: Vault, tmp_path: Path):
    vault.put(io.BytesIO(LETTER))
    (tmp_path / "originals" / ".DS_Store").write_bytes(b"x")
    (tmp_path / "originals" / "folder").mkdir()
    assert list(vault.everything()) == [DIGEST]


def test_a_deep_folder_is_made_with_all_that_lead_to_it(tmp_path: Path):
    make_folder(tmp_path / "a" / "b" / "c")
    make_folder(tmp_path / "a" / "b" / "c")
    assert (tmp_path / "a" / "b" / "c").is_dir()


def test_a_binder_whose_folder_was_moved_away_says_so(binder: Binder, root: Path):
    root.rename(root.with_name("elsewhere"))
    with pytest.raises(UserError, match="not there any more"), plain_errors():
        binder.vault.put(io.BytesIO(LETTER))
    root.with_name("elsewhere").rename(root)
