"""What kind of file it is, by its content alone."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest
from PIL import Image

from app.importing.sniff import HEAD_BYTES, UNKNOWN, sniff
from tests.importing.small_papers import LYING_HEIC, corners, text_pdf


def head_of(path: Path) -> bytes:
    return path.read_bytes()[:HEAD_BYTES]


@pytest.mark.parametrize(
    ("form", "media_type"),
    [
        ("JPEG", "image/jpeg"),
        ("PNG", "image/png"),
        ("TIFF", "image/tiff"),
        ("GIF", "image/gif"),
        ("BMP", "image/bmp"),
        ("WEBP", "image/webp"),
    ],
)
def test_pictures_are_known_by_their_first_bytes(form: str, media_type: str) -> None:
    packed = io.BytesIO()
    corners().save(packed, form)
    kind = sniff(packed.getvalue()[:HEAD_BYTES])
    assert kind.media_type == media_type
    assert kind.readable


def test_a_heic_photo_is_known() -> None:
    assert sniff(head_of(LYING_HEIC)).media_type == "image/heic"


def test_a_big_endian_tiff_is_known() -> None:
    assert sniff(b"MM\0*\0\0\0\x08").media_type == "image/tiff"


@pytest.mark.parametrize("junk", [b"", b"\n\n", b"HTTP/1.1 200 OK\r\n\r\n", b"\0" * 1000])
def test_a_pdf_may_have_junk_before_its_mark(tmp_path: Path, junk: bytes) -> None:
    pdf = text_pdf(tmp_path / "a.pdf").read_bytes()
    assert sniff((junk + pdf)[:HEAD_BYTES]).media_type == "application/pdf"


def test_a_mark_beyond_the_first_kilobyte_makes_no_pdf() -> None:
    assert sniff(b"x" * 1100 + b"%PDF-1.4").media_type != "application/pdf"


def test_a_name_changes_nothing(tmp_path: Path) -> None:
    photo = tmp_path / "letter.pdf"
    corners().save(photo, "JPEG")
    assert sniff(head_of(photo)).media_type == "image/jpeg"


@pytest.mark.parametrize(
    ("entry", "suffix"),
    [("word/document.xml", ".docx"), ("xl/workbook.xml", ".xlsx"), ("letter.txt", ".zip")],
)
def test_zipped_kinds_are_told_apart_by_what_lies_in_them(entry: str, suffix: str) -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("[Content_Types].xml", "<x/>")
        archive.writestr(entry, "<x/>")
    kind = sniff(packed.getvalue()[:HEAD_BYTES])
    assert kind.suffix == suffix
    assert kind.readable == (suffix == ".docx")


def test_a_zip_that_holds_a_pdf_is_a_zip(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        archive.write(text_pdf(tmp_path / "a.pdf"))
    assert sniff(head_of(tmp_path / "a.zip")).media_type == "application/zip"


@pytest.mark.parametrize(
    ("head", "media_type"),
    [
        (b"Dear Sir,\r\nplease send me the file.\r\n", "text/plain"),
        ("Querida señora Núñez".encode(), "text/plain"),
        ("Se\xf1ora".encode("latin-1"), "text/plain"),
        ("Dear Sir".encode("utf-16"), "text/plain"),
        (b"one page\x0canother page", "text/plain"),
        (b"From: a@example.com\r\nTo: b@example.com\r\nSubject: Denied\r\n\r\n", "message/rfc822"),
        (b"Received: from a\r\n\tby b\r\nDate: x\r\nFrom: c@example.com\r\n", "message/rfc822"),
        (b"<!DOCTYPE html><html>", "text/html"),
        (b'<?xml version="1.0"?><ClinicalDocument/>', "application/xml"),
        (b"{\\rtf1\\ansi", "application/rtf"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1\0\0", "application/msword"),
        (b"\x7fELF\x02\x01\x01\0", UNKNOWN.media_type),
        (b"", UNKNOWN.media_type),
        (b"  \n ", UNKNOWN.media_type),
    ],
)
def test_what_people_write_is_told_from_what_machines_pack(head: bytes, media_type: str) -> None:
    assert sniff(head).media_type == media_type


def test_a_picture_inside_a_text_is_no_picture() -> None:
    packed = io.BytesIO()
    Image.new("L", (4, 4)).save(packed, "BMP")
    assert sniff(b"see: " + packed.getvalue()).media_type == UNKNOWN.media_type
