"""Of each thing that acts, calls out or tells too much, nothing is left in a bundle."""

from __future__ import annotations

import zlib

import pikepdf
import pytest

from app.exporting.making import Wanted
from tests.exporting.bundle_papers import everything, normalised, seen, words
from tests.exporting.hostile_papers import PLANTS, planted, with_an_earlier_revision

FORBIDDEN = (
    b"BAD", b"/JavaScript", b"/JS", b"/Launch", b"/URI", b"/SubmitForm", b"/ImportData", b"/GoTo",
    b"/EmbeddedFile", b"/Filespec", b"/OpenAction", b"/AA", b"/Annot", b"/AcroForm", b"/XFA",
    b"/RichMedia", b"/Rendition", b"/Sound", b"/Movie", b"/Metadata", b"/PieceInfo", b"/Thumb",
    b"/Measure", b"/OPI", b"/Alternates", b"/Ref ", b"/PS ", b"/Author", b"/Names",
    b"/StructTreeRoot", b"/Threads", b"/OutputIntents", b"/LastModified", b"/Usage",
)  # fmt: skip


def left_in(path):
    """What of it is in the file, however it is packed there."""
    content = everything(path)
    with pikepdf.open(path) as pdf:
        for thing in pdf.objects:
            if isinstance(thing, pikepdf.Stream):
                raw = thing.read_raw_bytes()
                content += raw
                try:
                    content += zlib.decompress(raw)
                except zlib.error:
                    continue
    return [bad for bad in FORBIDDEN if bad in content]


@pytest.mark.parametrize("name", PLANTS)
def test_nothing_hostile_is_left_and_the_page_looks_the_same(tmp_path, name):
    source = planted(tmp_path / "a.pdf", name)
    normalised(source, tmp_path / "b.pdf")
    assert left_in(tmp_path / "b.pdf") == []
    assert "Visible words" in words(tmp_path / "b.pdf")
    if name == "form_with_scripts":  # its field is drawn by us alone
        return
    before, after = (seen(path, scale=0.4).convert("L") for path in (source, tmp_path / "b.pdf"))
    apart = sum(abs(a - b) > 60 for a, b in zip(before.tobytes(), after.tobytes(), strict=True))
    assert apart < 0.002 * before.width * before.height


@pytest.mark.parametrize("attempt", [1, 2], ids=["rewritten", "pictures"])
@pytest.mark.parametrize(
    "name",
    ["script_of_a_page", "attached_file", "camera_data_in_a_packed_photo", "data_in_a_jpeg_2000",
     "layer_of_a_program", "properties_of_a_page", "signature", "rich_media"],
)  # fmt: skip
def test_nothing_hostile_is_left_by_the_more_careful_ways(tmp_path, name, attempt):
    source = planted(tmp_path / "a.pdf", name)
    normalised(source, tmp_path / "b.pdf", attempt=attempt)
    assert left_in(tmp_path / "b.pdf") == []


@pytest.mark.parametrize("name", ["camera_data_in_a_photo", "data_in_a_jpeg_2000", "film"])
def test_nothing_hostile_is_left_of_a_page_that_is_redrawn(tmp_path, name):
    source = planted(tmp_path / "a.pdf", name)
    boxes = {0: ((0.5, 0.9, 0.6, 0.95),)}
    for wanted in (Wanted(ink="black"), Wanted(boxes=boxes), Wanted(dots=50)):
        normalised(source, tmp_path / "b.pdf", wanted=wanted)
        assert left_in(tmp_path / "b.pdf") == []


def test_what_a_file_held_before_it_was_changed_is_gone(tmp_path):
    source = with_an_earlier_revision(tmp_path / "a.pdf")
    assert b"BADBEFORE" in source.read_bytes()
    normalised(source, tmp_path / "b.pdf")
    assert left_in(tmp_path / "b.pdf") == []
    assert words(tmp_path / "b.pdf").strip() == "Visible words"
