"""Bundles that were never sent do not fill the disk, and no undo ever misses its bytes."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from app.binder import Binder
from app.jobs import Silent
from app.operations import claims, people, saved_bundles, sendings, upkeep
from app.storage import doom, history
from app.storage.vault import Vault
from tests.storage.world_of_appeals import DAY, bound, planned


@pytest.fixture(autouse=True)
def short_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    """Three steps are kept, so that one need not take three hundred."""
    monkeypatch.setattr(history, "KEPT", 3)


@pytest.fixture
def freeze(binder: Binder, tmp_path: Path) -> Callable[[int], str]:
    claim = claims.open_claim(binder, "Iron")
    plan = planned(binder, claim.id)

    def make(number: int) -> str:
        made = bound(tmp_path, "appeal", f"%PDF {number}".encode() * 100)
        frozen = saved_bundles.freeze_bundle(binder, claim.id, plan, made)
        return frozen.bundle.id

    return make


def forget_the_past(binder: Binder) -> None:
    for number in range(3):
        people.add_person(binder, f"Person {number}")


def opened_again(binder: Binder) -> Binder:
    binder.close()
    return Binder.open(binder.root)


def kept(binder: Binder) -> int:
    return len(list(binder.vault.everything()))


def test_a_bundle_that_made_way_is_destroyed_once_no_undo_can_ask_for_it(binder, freeze):
    for number in range(4):
        freeze(number)
    with opened_again(binder) as again:
        assert kept(again) == 4, "three steps name all of them"
        assert upkeep.check(again, Silent()).unused == 3
        forget_the_past(again)
        with opened_again(again) as later:
            assert kept(later) == 1
            found = upkeep.check(later, Silent(), full=True)
            assert (found.problems, found.unused) == ((), 0)


def test_what_undo_or_redo_can_bring_back_is_there_after_each_start(binder, freeze):
    for number in range(3):
        freeze(number)
    binder.undo()
    binder.undo()
    with opened_again(binder) as again:
        assert again.undo()
        assert [again.redo() for _ in range(4)] == ["Make the bundle"] * 3 + [None]
        assert upkeep.check(again, Silent(), full=True).ok
        assert kept(again) == 3


def test_what_was_sent_stays_for_good(binder, freeze):
    sendings.record_sending(binder, binder.ask(claim_id), DAY, way="fax", bundle_id=freeze(1))
    freeze(2)
    forget_the_past(binder)
    with opened_again(binder) as again:
        assert kept(again) == 2
        assert upkeep.check(again, Silent(), full=True).ok


def test_a_redo_that_a_new_step_forgot_asks_for_nothing(binder, freeze):
    freeze(1)
    binder.undo()
    people.add_person(binder, "Rosa")
    with opened_again(binder) as again:
        assert kept(again) == 0


def test_an_original_without_a_row_is_left_alone(binder):
    """Beside a database that was brought back from a backup there may be newer papers."""
    stranger = binder.root / "originals" / ("ab" * 32)
    stranger.write_bytes(b"a paper that this database does not know")
    with opened_again(binder) as again:
        assert kept(again) == 1
        assert upkeep.check(again, Silent()).unused == 1


def test_a_power_cut_between_rows_and_bytes_is_made_good_by_the_next_start(
    binder, freeze, monkeypatch
):
    """First the rows go, for good; then the bytes. Whatever the cut leaves, the binder is whole."""
    freeze(1)
    freeze(2)
    forget_the_past(binder)

    def fail(*_: object) -> None:
        raise OSError("the power fails")

    with monkeypatch.context() as cut:
        cut.setattr(Vault, "destroy", fail)
        with pytest.raises(OSError, match="the power fails"):
            opened_again(binder)
    with Binder.open(binder.root) as again:
        assert kept(again) == 1
        assert again.ask(doom.noted) == ()
        assert upkeep.check(again, Silent(), full=True).ok


def test_a_full_disk_keeps_nobody_out(binder, freeze, monkeypatch):
    freeze(1)
    freeze(2)
    forget_the_past(binder)

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as disk:
        disk.setattr(doom, "note", full)
        with opened_again(binder) as again:
            assert kept(again) == 2
            assert upkeep.check(again, Silent(), full=True).ok
    with Binder.open(binder.root) as later:
        assert kept(later) == 1


def claim_id(connection) -> str:
    return connection.exec_driver_sql("SELECT id FROM claims").scalar_one()
