"""Photos of a phone or camera that the computer shows as a drive."""

from __future__ import annotations

import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from PIL import Image

from app.domain.errors import UserError
from app.importing.reader import DocumentReader
from app.operations.phone import (
    Photo,
    find_phones,
    mounted_places,
    natural_order,
    newest_batch,
    newest_photos,
    photo_picture,
)

NOON = datetime(2026, 8, 18, 12, 0, tzinfo=UTC)


def photo(folder: Path, name: str, taken_at: datetime = NOON) -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(b"\xff\xd8\xff" + name.encode("utf-8", "surrogateescape"))
    os.utime(path, (taken_at.timestamp(), taken_at.timestamp()))
    return path


def test_a_camera_is_a_drive_with_a_folder_of_photos(tmp_path):
    photo(tmp_path / "CANON" / "DCIM" / "100CANON", "IMG_1.JPG")
    (tmp_path / "USB STICK" / "letters").mkdir(parents=True)
    (phone,) = find_phones([tmp_path / "CANON", tmp_path / "USB STICK"])
    assert (phone.name, phone.folder) == ("CANON", tmp_path / "CANON" / "DCIM")


def test_a_phone_shows_each_of_its_storages_by_a_readable_name(tmp_path):
    place = tmp_path / "mtp:host=Google_Pixel_7"
    photo(place / "Internal shared storage" / "DCIM" / "Camera", "a.jpg")
    photo(place / "SD card" / "dcim", "b.jpg")
    names = [phone.name for phone in find_phones([place])]
    assert names == ["Google Pixel 7 · Internal shared storage", "Google Pixel 7 · SD card"]


def test_a_drive_that_cannot_be_looked_into_is_passed_over(tmp_path):
    photo(tmp_path / "CAM" / "DCIM", "a.jpg")
    assert len(find_phones([tmp_path / "gone", tmp_path / "CAM"])) == 1


def test_the_newest_photos_come_first_whatever_their_folder(tmp_path):
    photo(tmp_path / "100APPLE", "IMG_2.HEIC", NOON)
    photo(tmp_path / "101APPLE", "IMG_3.jpg", NOON - timedelta(days=2))
    photo(tmp_path / "101APPLE", "IMG_4.png", NOON + timedelta(hours=1))
    names = [found.path.name for found in newest_photos(tmp_path)]
    assert names == ["IMG_4.png", "IMG_2.HEIC", "IMG_3.jpg"]
    assert [found.path.name for found in newest_photos(tmp_path, most=1)] == ["IMG_4.png"]


def test_films_hidden_files_and_links_are_no_photos(tmp_path):
    real = photo(tmp_path / "DCIM", "real.jpg")
    photo(tmp_path / "DCIM", "film.mp4")
    photo(tmp_path / "DCIM", ".hidden.jpg")
    photo(tmp_path / "DCIM" / ".thumbnails", "small.jpg")
    (tmp_path / "DCIM" / "link.jpg").symlink_to(real)
    (tmp_path / "DCIM" / "round").symlink_to(tmp_path / "DCIM", target_is_directory=True)
    assert [found.path for found in newest_photos(tmp_path / "DCIM")] == [real]


def test_an_odd_name_or_a_folder_of_photos_by_name_stops_nothing(tmp_path):
    odd = photo(tmp_path, os.fsdecode(b"caf\xe9\n<b>.jpg"))
    (tmp_path / "folder.jpg").mkdir()
    assert [found.path for found in newest_photos(tmp_path)] == [odd]


def test_photos_taken_in_one_go_are_offered_together():
    minutes = (30, 29, 27, 20, 1)
    photos = [Photo(Path(f"{m}.jpg"), NOON + timedelta(minutes=m), 1) for m in minutes]
    assert newest_batch(photos) == photos[:3]
    assert newest_batch([]) == []


def test_a_long_series_of_photos_is_not_one_letter():
    photos = [Photo(Path(f"{n}.jpg"), NOON - timedelta(minutes=2 * n), 1) for n in range(30)]
    assert newest_batch(photos) == photos[:6]


def test_pages_are_ordered_as_people_count():
    names = ["page 10.jpg", "Page 9.jpg", "page.jpg", "page 9b.jpg"]
    ordered = sorted(map(Path, names), key=natural_order)
    assert [path.name for path in ordered] == [
        "page.jpg", "Page 9.jpg", "page 9b.jpg", "page 10.jpg",
    ]  # fmt: skip


def test_a_photo_is_shown_small_by_a_worker(tmp_path):
    path = tmp_path / "IMG_1.jpg"
    Image.new("RGB", (800, 600), "white").save(path, exif=_turned_right())
    with DocumentReader() as reader:
        small = photo_picture(reader, path, 120)
        with pytest.raises(UserError):
            photo_picture(reader, photo(tmp_path, "broken.jpg"), 120)
        with pytest.raises(UserError, match="not there any more"):
            photo_picture(reader, tmp_path / "unplugged.jpg", 120)
    shown = tmp_path / "shown.jpg"
    shown.write_bytes(small)
    with Image.open(shown) as picture:
        assert (picture.format, picture.width) == ("JPEG", 120)
        assert picture.height > picture.width


def _turned_right() -> Image.Exif:
    exif = Image.Exif()
    exif[0x0112] = 6
    return exif


def test_this_computers_places_can_be_asked_for():
    assert all(place.is_absolute() for place in mounted_places())
