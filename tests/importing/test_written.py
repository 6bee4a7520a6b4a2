"""Papers that are text: lines, columns, and where each word stands."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image

from app.domain.page import PageRead, Word
from app.importing.kinds import FHIR, MAIL, PLAIN, WORD
from app.importing.reader import DocumentReader
from app.importing.sniff import HEAD_BYTES, sniff
from app.importing.written import pages, words
from app.jobs import Silent
from tests.importing.eob_papers import amount, an_eob, line, saved
from tests.importing.test_email_file import a_mail
from tests.importing.test_office_file import docx, para, said

TABLE = "Service              Billed     You owe\nInfusion, 1 hour     $1,000.00  $20.00\n"


@pytest.fixture
def reader() -> Iterator[DocumentReader]:
    with DocumentReader() as made:
        yield made


def papers(folder: Path) -> dict[str, Path]:
    eob = saved(folder / "a.json", an_eob(line(amount("copay", 20))))
    mail = folder / "a.eml"
    mail.write_bytes(a_mail("You owe $20.00").as_bytes())
    note = folder / "a.txt"
    note.write_text("You owe $20.00")
    return {
        FHIR: eob,
        MAIL: mail,
        PLAIN: note,
        WORD: docx(folder / "a.docx", para(said("You owe $20.00"))),
    }


@pytest.mark.parametrize("kind", [FHIR, MAIL, PLAIN, WORD])
def test_each_kind_is_known_opens_reads_shows_and_tells_its_words(
    reader: DocumentReader, tmp_path: Path, kind: str
) -> None:
    path = papers(tmp_path)[kind]
    assert sniff(path.read_bytes()[:HEAD_BYTES]).media_type == kind
    assert reader.inspect(path, media_type=kind).pages == 1
    (page,) = reader.read(path, media_type=kind, progress=Silent())
    assert isinstance(page, PageRead)
    assert "$20.00" in page.text.text
    shown = Image.open(io.BytesIO(reader.render(path, media_type=kind, page=1, width_px=1224)))
    placed = reader.words(path, media_type=kind, page=1)
    assert [word.text for word in placed] == page.text.text.split()
    (owed,) = [word for word in placed if word.text == "$20.00"][:1]
    assert darkest(shown, owed) < 100
    assert lightest_beside(shown, owed) > 200


def darkest(shown: Image.Image, word: Word) -> int:
    return int(part(shown, word.x0, word.y0, word.x1, word.y1).min())


def lightest_beside(shown: Image.Image, word: Word) -> int:
    """The darkest spot just right of a word: paper, if its box reaches to its end."""
    return int(part(shown, word.x1 + 0.004, word.y0, word.x1 + 0.012, word.y1).min())


def part(shown: Image.Image, x0: float, y0: float, x1: float, y1: float) -> np.ndarray:
    grey = np.asarray(shown.convert("L"))
    height, width = grey.shape
    return grey[int(y0 * height) : int(y1 * height), int(x0 * width) : int(x1 * width)]


def placed(path: Path, text: str) -> dict[str, tuple[float, ...]]:
    path.write_text(text)
    values = words({"path": str(path), "media_type": PLAIN, "page": 1}, ()).values
    boxes = iter(values["boxes"])
    return {
        word: box for word, *box in zip(values["words"], boxes, boxes, boxes, boxes, strict=True)
    }


def test_columns_of_a_table_stand_under_one_another(tmp_path: Path) -> None:
    found = placed(tmp_path / "a.txt", TABLE)
    assert found["Billed"][0] == found["$1,000.00"][0]
    assert found["You"][0] == found["$20.00"][0]


def test_a_tab_begins_a_column_of_its_own(tmp_path: Path) -> None:
    found = placed(tmp_path / "a.txt", "Billed\t$5\nAllowed\t$4\n")
    assert found["$5"][0] == found["$4"][0]
    assert found["$5"][0] - found["Billed"][2] > 14 / 612


def test_two_spaces_after_a_sentence_make_no_column(tmp_path: Path) -> None:
    found = placed(tmp_path / "a.txt", "We deny it.  You may appeal.")
    assert found["You"][0] - found["it."][2] < 8 / 612


def test_a_full_column_pushes_the_next_one_on(tmp_path: Path) -> None:
    found = placed(tmp_path / "a.txt", f"{'W' * 40}  $5")
    assert found["$5"][0] > found["W" * 40][2]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(alphabet=" \t\nab.W", max_size=600))
def test_no_word_is_lost_or_torn_from_its_page(tmp_path: Path, text: str) -> None:
    path = tmp_path / "a.txt"
    path.write_text(text)
    sheets = pages(str(path), PLAIN)
    assert "".join("".join(each) for each in sheets).replace(" ", "") == "".join(text.split())
    told = [
        word
        for number in range(1, len(sheets) + 1)
        for word in words({"path": str(path), "media_type": PLAIN, "page": number}, ()).values[
            "words"
        ]
    ]
    assert told == " ".join(" ".join(each) for each in sheets).split()


def test_long_lines_break_between_words(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("word " * 40)
    assert all(len(each) <= 84 and each.startswith("word") for each in pages(str(path), PLAIN)[0])
