"""Bundles are kept as they were made: the exact bytes, in one step, and out again."""

from __future__ import annotations

import hashlib
from contextlib import ExitStack
from datetime import date
from pathlib import Path

import pytest

from app.domain.bundle import BlackBox, BoundBundle, BoundFile, Gap
from app.domain.errors import UserError
from app.jobs import Silent
from app.operations import claims
from app.operations.black_outs import set_black_outs
from app.operations.bundle_originals import hand_out_originals
from app.operations.bundle_plan import Wishes, plan_bundle
from app.operations.exhibits import with_sources
from app.operations.intake import Filing, add_papers
from app.operations.saved_bundles import freeze_bundle, take_bundle_file_out
from app.operations.sendings import record_sending
from app.storage.queries.bundles import made_bundles
from app.storage.queries.papers import document_parts

TODAY = date(2026, 11, 21)


@pytest.fixture
def claim(binder):
    return claims.open_claim(binder, "Infusions")


@pytest.fixture
def added(binder, claim, paper):
    def add(name: str, kind: str | None = None) -> str:
        (row,) = add_papers(binder, [paper(name)], Silent(), filing=Filing(claim.id, kind))
        return row.document_id

    return add


def bound(folder: Path, *contents: bytes) -> BoundBundle:
    """Files as the binding hands them over."""
    files = []
    for number, content in enumerate(contents, start=1):
        path = folder / f"appeal-{number}.pdf"
        path.write_bytes(content)
        digest = hashlib.sha256(content).hexdigest()
        files.append(BoundFile(path=path, pages=3, bytes=len(content), sha256=digest))
    gap = Gap(document_id="d", name="x.docx", reason="It cannot be printed.")
    return BoundBundle(files=tuple(files), gaps=(gap,))


def test_the_exact_bytes_come_back_and_what_was_known_is_kept(binder, claim, tmp_path):
    plan = plan_bundle(binder, claim.id, today=TODAY)
    made = bound(tmp_path, b"%PDF one", b"%PDF two")
    frozen = freeze_bundle(binder, claim.id, plan, made, decided=["Not signed."])
    for file in made.files:
        file.path.unlink()
    taken = take_bundle_file_out(binder, frozen.bundle.id, tmp_path / "again.pdf")
    assert [each.path.name for each in taken] == ["again-1.pdf", "again-2.pdf"]
    assert [each.path.read_bytes() for each in taken] == [b"%PDF one", b"%PDF two"]
    assert "Not signed." in frozen.bundle.warnings
    assert "“x.docx” is not in" in frozen.bundle.warnings
    (row,) = binder.ask(made_bundles, claim.id)
    assert (row.pages, row.size, row.is_sent) == (6, 16, False)


def test_a_bundle_that_was_never_sent_makes_way_and_undo_brings_it_back(binder, claim, tmp_path):
    plan = plan_bundle(binder, claim.id, today=TODAY)
    first = freeze_bundle(binder, claim.id, plan, bound(tmp_path, b"%PDF 1"))
    second = freeze_bundle(binder, claim.id, plan, bound(tmp_path, b"%PDF 2"))
    assert [row.bundle.id for row in binder.ask(made_bundles)] == [second.bundle.id]
    assert binder.undo() == "Make the bundle"
    assert [row.bundle.id for row in binder.ask(made_bundles)] == [first.bundle.id]
    (taken,) = take_bundle_file_out(binder, first.bundle.id, tmp_path / "out.pdf")
    assert taken.path.read_bytes() == b"%PDF 1"
    binder.redo()
    record_sending(binder, claim.id, TODAY, bundle_id=second.bundle.id)
    third = freeze_bundle(binder, claim.id, plan, bound(tmp_path, b"%PDF 3"))
    kept = {row.bundle.id: row.is_sent for row in binder.ask(made_bundles)}
    assert kept == {second.bundle.id: True, third.bundle.id: False}


def test_a_file_that_changed_since_is_not_kept(binder, claim, tmp_path):
    plan = plan_bundle(binder, claim.id, today=TODAY)
    made = bound(tmp_path, b"%PDF")
    made.files[0].path.write_bytes(b"other")
    with pytest.raises(UserError, match="was changed since"):
        freeze_bundle(binder, claim.id, plan, made)
    made.files[0].path.unlink()
    with pytest.raises(UserError, match="no longer where it was made"):
        freeze_bundle(binder, claim.id, plan, made)
    assert binder.ask(made_bundles) == ()
    with pytest.raises(UserError, match="no saved bundle"):
        take_bundle_file_out(binder, "nothing", tmp_path / "out.pdf")


def test_a_kept_bundle_that_was_damaged_is_not_handed_out(binder, claim, tmp_path):
    plan = plan_bundle(binder, claim.id, today=TODAY)
    frozen = freeze_bundle(binder, claim.id, plan, bound(tmp_path, b"%PDF"))
    kept = binder.root / "originals" / frozen.files[0].sha256
    kept.chmod(0o600)
    kept.write_bytes(b"rot")
    with pytest.raises(UserError, match="damaged"):
        take_bundle_file_out(binder, frozen.bundle.id, tmp_path / "out.pdf")


def test_a_damaged_original_is_named_and_stops_nothing(binder, claim, added):
    letter = added("letter.txt", "denial")
    (part,) = binder.ask(document_parts, letter)
    original = binder.root / "originals" / part.sha256
    original.chmod(0o600)
    original.write_bytes(b"rot")
    (exhibit,) = plan_bundle(binder, claim.id, today=TODAY).exhibits
    with ExitStack() as lent:
        assert "damaged on this disk" in with_sources(binder, exhibit, lent).sources[0].problem
        original.unlink()
        assert "missing from the binder" in with_sources(binder, exhibit, lent).sources[0].problem


def test_the_originals_go_out_in_their_order_with_a_plain_cover(binder, claim, added, tmp_path):
    added("letter.txt", "denial")
    record, secret = added("record.txt", "medical_record"), added("lab.txt", "lab_result")
    set_black_outs(binder, secret, [BlackBox(page=1, x0=0.1, y0=0.1, x1=0.5, y1=0.5)])
    folder = tmp_path / "out"
    folder.mkdir()
    plan = plan_bundle(binder, claim.id, today=TODAY)
    handed = hand_out_originals(binder, plan, folder)
    assert [path.name for path in handed.files] == [
        "00 Cover.pdf", "01 letter.txt", "02 record.txt",
    ]  # fmt: skip
    assert handed.files[0].read_bytes().startswith(b"%PDF")
    assert handed.files[2].read_text() == "This is record.txt."
    ((left),) = handed.left_out
    assert (left.name, left.document_id) == ("lab.txt", secret)
    with pytest.raises(UserError, match="empty folder"):
        hand_out_originals(binder, plan, folder)
    some = plan_bundle(binder, claim.id, today=TODAY, wishes=Wishes(pages={record: "1"}))
    other = tmp_path / "other"
    other.mkdir()
    names = [path.name for path in hand_out_originals(binder, some, other).files]
    assert "02 record.txt" not in names
