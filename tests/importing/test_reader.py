"""Papers read through the workers, as the operations do it."""

from __future__ import annotations

import io
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pikepdf
import pytest
from PIL import Image

from app.domain.errors import PasswordNeededError, UnreadableError
from app.domain.page import PageFailed, PageRead
from app.importing.reader import DocumentReader
from app.importing.reading import Reading, Source
from app.importing.sniff import HEAD_BYTES, sniff
from app.jobs import Cancelled, Silent
from app.workers import Limits, WorkerPool
from tests.importing.small_papers import (
    LETTER,
    LINES,
    PROSE,
    UPRIGHT,
    PdfMaker,
    bomb_png,
    colours_at_corners,
    corners,
    text_content,
    text_pdf,
    whole_page,
)

PDF = "application/pdf"


@pytest.fixture
def reader() -> Iterator[DocumentReader]:
    with DocumentReader() as made:
        yield made


def pages(reader: DocumentReader, path: Path, **more: object) -> dict[int, PageRead | PageFailed]:
    kind = sniff(path.read_bytes()[:HEAD_BYTES])
    more = {"media_type": kind.media_type, "progress": Silent(), **more}
    return {page.number: page for page in reader.read(path, **more)}  # type: ignore[arg-type]


def image_of(data: bytes) -> Image.Image:
    return Image.open(io.BytesIO(data), formats=["JPEG"])


class StopsAfter:
    """A progress of a person who presses Cancel after so many steps."""

    def __init__(self, steps: int) -> None:
        self.left = steps

    def step(self, done: int, total: int, note: str = "") -> None:
        self.left -= 1
        if self.left < 0:
            raise Cancelled


def test_a_pdf_gives_text_size_and_thumbnail_of_each_page(
    reader: DocumentReader, tmp_path: Path
) -> None:
    path = text_pdf(tmp_path / "a.pdf", pages=3)
    assert reader.inspect(path, media_type=PDF).pages == 3
    read = pages(reader, path)
    assert list(read) == [1, 2, 3]
    for number, page in read.items():
        assert isinstance(page, PageRead)
        assert page.text.text.splitlines() == [*LINES, *PROSE, f"Page number {number}"]
        assert (page.text.how, page.text.words, page.text.number) == ("embedded", (), number)
        assert (page.width_pt, page.height_pt, page.turned) == (*LETTER, 0)
        assert image_of(page.thumbnail).size == (240, 311)


def test_pages_that_are_already_read_are_skipped(reader: DocumentReader, tmp_path: Path) -> None:
    path = text_pdf(tmp_path / "a.pdf", pages=5)
    assert list(pages(reader, path, skip={1, 3, 4})) == [2, 5]
    assert pages(reader, path, skip=range(1, 6)) == {}


def test_the_words_of_a_pdf_are_placed_when_asked(reader: DocumentReader, tmp_path: Path) -> None:
    path = text_pdf(tmp_path / "a.pdf")
    words = reader.words(path, media_type=PDF, page=1)
    assert [word.text for word in words] == " ".join([*LINES, *PROSE, "Page number 1"]).split()
    first = words[0]
    assert first.text == "Notice"
    assert first.x0 == pytest.approx(72 / 612, abs=0.005)
    assert first.y0 < (792 - 724) / 792 < first.y1
    assert 30 / 612 < first.x1 - first.x0 < 40 / 612


@pytest.mark.parametrize(
    ("rotate", "matrix"), [(0, "0 1 -1 0 100 72"), (90, "0 1 -1 0 100 72"), (270, "1 0 0 1 72 720")]
)
def test_words_are_placed_on_the_page_as_it_stands(
    reader: DocumentReader, tmp_path: Path, rotate: int, matrix: str
) -> None:
    maker = PdfMaker()
    maker.page(text_content(PROSE, matrix=matrix), rotate=rotate)
    path = maker.save(tmp_path / "a.pdf")
    page = pages(reader, path)[1]
    assert isinstance(page, PageRead)
    words = reader.words(path, media_type=PDF, page=1, turned=page.turned)
    assert [word.text for word in words[:3]] == ["We", "have", "read"]
    assert all(word.x1 - word.x0 > 0 and word.y1 - word.y0 < 0.05 for word in words)
    assert words[0].y0 < 0.2
    assert words[0].x0 < words[1].x0 < words[2].x0


def test_what_was_filled_into_a_form_is_read(reader: DocumentReader, tmp_path: Path) -> None:
    maker = PdfMaker()
    page = maker.page(text_content(PROSE))
    look = maker.pdf.make_stream(
        text_content(["XG4471902"], matrix="1 0 0 1 2 6"),
        Type=pikepdf.Name.XObject,
        Subtype=pikepdf.Name.Form,
        BBox=[0, 0, 200, 20],
        Resources=page.obj.Resources,
    )
    field = maker.pdf.make_indirect(
        pikepdf.Dictionary(
            Type=pikepdf.Name.Annot,
            Subtype=pikepdf.Name.Widget,
            FT=pikepdf.Name.Tx,
            T="member",
            V="XG4471902",
            Rect=[72, 300, 272, 320],
            F=4,
            AP=pikepdf.Dictionary(N=look),
        )
    )
    page.obj.Annots = maker.pdf.make_indirect(pikepdf.Array([field]))
    maker.pdf.Root.AcroForm = maker.pdf.make_indirect(
        pikepdf.Dictionary(Fields=pikepdf.Array([field]))
    )
    read = pages(reader, maker.save(tmp_path / "form.pdf"))[1]
    assert isinstance(read, PageRead)
    assert "XG4471902" in read.text.text


def test_a_page_is_shown_as_wide_as_asked_and_turned(
    reader: DocumentReader, tmp_path: Path
) -> None:
    maker = PdfMaker()
    maker.page(whole_page(), picture=corners())
    path = maker.save(tmp_path / "a.pdf")
    shown = image_of(reader.render(path, media_type=PDF, page=1, width_px=500))
    assert shown.size == pytest.approx((500, 647), abs=1)
    assert colours_at_corners(shown) == UPRIGHT
    turned = image_of(reader.render(path, media_type=PDF, page=1, width_px=500, turned=90))
    assert turned.size == pytest.approx((500, 387), abs=1)
    assert colours_at_corners(turned) == ["blue", "red", "yellow", "green"]


@pytest.mark.parametrize(("wanted", "width"), [(-5, 64), (0, 64), (10**9, 4000)])
def test_no_width_is_too_odd_to_show(
    reader: DocumentReader, tmp_path: Path, wanted: int, width: int
) -> None:
    path = text_pdf(tmp_path / "a.pdf")
    shown = image_of(reader.render(path, media_type=PDF, page=1, width_px=wanted))
    assert shown.width == width


def test_a_photo_is_shown_upright(reader: DocumentReader, tmp_path: Path) -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    corners(300, 400).transpose(Image.Transpose.ROTATE_90).save(tmp_path / "a.jpg", exif=exif)
    shown = reader.render(tmp_path / "a.jpg", media_type="image/jpeg", page=1, width_px=150)
    assert image_of(shown).size == (150, 200)
    assert colours_at_corners(image_of(shown)) == UPRIGHT


@pytest.mark.parametrize("number", [0, 2, 10**9])
def test_a_page_that_is_not_there_is_refused(
    reader: DocumentReader, tmp_path: Path, number: int
) -> None:
    path = text_pdf(tmp_path / "a.pdf")
    with pytest.raises(UnreadableError, match="no page"):
        reader.render(path, media_type=PDF, page=number, width_px=200)


def test_a_protected_pdf_asks_for_its_password_and_then_reads(
    reader: DocumentReader, tmp_path: Path
) -> None:
    path = text_pdf(tmp_path / "a.pdf", password="Zoë 7")
    with pytest.raises(PasswordNeededError, match="protected"):
        reader.inspect(path, media_type=PDF)
    with pytest.raises(PasswordNeededError, match="does not open"):
        pages(reader, path, password="zoe")
    inspection = reader.inspect(path, media_type=PDF, password="Zoë 7")
    assert (inspection.pages, inspection.needs_password) == (1, True)
    read = pages(reader, path, password="Zoë 7")[1]
    assert isinstance(read, PageRead)
    assert LINES[1] in read.text.text


def test_a_password_that_was_not_needed_does_no_harm(
    reader: DocumentReader, tmp_path: Path
) -> None:
    path = text_pdf(tmp_path / "a.pdf")
    inspection = reader.inspect(path, media_type=PDF, password="x")
    assert (inspection.pages, inspection.needs_password) == (1, False)


def test_a_text_file_is_read_as_pages(reader: DocumentReader, tmp_path: Path) -> None:
    path = tmp_path / "note.txt"
    path.write_text("Señora Núñez\n" + "\n".join(f"line {n}" for n in range(100)) + "\fnew sheet")
    assert reader.inspect(path, media_type="text/plain").pages == 3
    read = pages(reader, path)
    assert [
        page.text.text.splitlines()[0] for page in read.values() if isinstance(page, PageRead)
    ] == [
        "Señora Núñez",
        "line 55",
        "new sheet",
    ]
    shown = reader.render(path, media_type="text/plain", page=2, width_px=300)
    assert image_of(shown).size == (300, 388)


def test_cancel_stops_the_reading_and_keeps_what_was_read(
    reader: DocumentReader, tmp_path: Path
) -> None:
    path = text_pdf(tmp_path / "a.pdf", pages=30)
    read: list[int] = []
    with pytest.raises(Cancelled):
        read.extend(
            page.number for page in reader.read(path, media_type=PDF, progress=StopsAfter(10))
        )
    assert read
    assert len(read) < 30
    assert list(pages(reader, path, skip=read))[-1] == 30


def nested_bomb(maker: PdfMaker, levels: int = 14) -> None:
    """A page whose few hundred bytes draw a line 10 ** `levels` times."""
    form = maker.pdf.make_stream(b"0 0 m 9 9 l S")
    form.Type, form.Subtype = pikepdf.Name.XObject, pikepdf.Name.Form
    form.BBox = [0, 0, 612, 792]
    for _ in range(levels):
        outer = maker.pdf.make_stream(b"/F Do " * 10)
        outer.Type, outer.Subtype = pikepdf.Name.XObject, pikepdf.Name.Form
        outer.BBox = [0, 0, 612, 792]
        outer.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(F=form))
        form = outer
    page = maker.page(b"/F Do")
    page.obj.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(F=form))


def test_a_page_that_kills_its_worker_costs_that_page_alone(tmp_path: Path) -> None:
    maker = PdfMaker()
    maker.page(text_content(PROSE))
    nested_bomb(maker)
    maker.page(text_content(LINES))
    path = maker.save(tmp_path / "a.pdf")
    with WorkerPool(1, Limits(seconds=0.8)) as decode, WorkerPool(1) as ocr:
        with Reading(decode, ocr, 1, Source(path, PDF, None)) as reading:
            read = {page.number: page for page in reading.pages(Silent(), ())}
        assert [type(read[number]) for number in (1, 2, 3)] == [PageRead, PageFailed, PageRead]
        assert "Page 2 is too large or too complicated" in read[2].reason
        with Reading(decode, ocr, 1, Source(path, PDF, None)) as reading:
            again = [page.number for page in reading.pages(Silent(), {2})]
        assert again == [1, 3]


def test_a_file_that_kills_every_worker_is_given_up(tmp_path: Path) -> None:
    maker = PdfMaker()
    for _ in range(12):
        nested_bomb(maker)
    path = maker.save(tmp_path / "a.pdf")
    read: list[PageRead | PageFailed] = []
    with (
        WorkerPool(1, Limits(seconds=0.8)) as decode,
        WorkerPool(1) as ocr,
        Reading(decode, ocr, 1, Source(path, PDF, None)) as reading,
        pytest.raises(UnreadableError, match="too large or too complicated"),
    ):
        read.extend(reading.pages(Silent(), ()))
    assert [page.number for page in read] == [1, 2, 3, 4, 5]


def bent(path: Path, pattern: bytes, new: bytes) -> Path:
    """Change the bytes of a PDF."""
    data, times = re.subn(pattern, new, path.read_bytes())
    assert times
    path.write_bytes(data)
    return path


def test_a_damaged_page_costs_that_page_alone(reader: DocumentReader, tmp_path: Path) -> None:
    path = text_pdf(tmp_path / "a.pdf", pages=3)
    bent(path, rb"(/Kids \[ \d+ 0 R) \d+ 0 R", rb"\1 99 0 R")
    read = pages(reader, path)
    assert [type(read[number]) for number in (1, 2, 3)] == [PageRead, PageFailed, PageRead]
    assert "Page 2 is damaged" in read[2].reason  # type: ignore[union-attr]


def test_pages_that_are_only_promised_end_the_reading(
    reader: DocumentReader, tmp_path: Path
) -> None:
    path = bent(text_pdf(tmp_path / "a.pdf"), rb"/Count 1\b", b"/Count 5000")
    read: list[PageRead | PageFailed] = []
    with pytest.raises(UnreadableError, match="from page 2 on nothing can be read"):
        read.extend(reader.read(path, media_type=PDF, progress=Silent()))
    assert isinstance(read[0], PageRead)
    assert len(read) < 100


def cut_off(path: Path) -> Path:
    corners(400, 300).save(path, "JPEG")
    path.write_bytes(path.read_bytes()[:700])
    return path


def circle(path: Path) -> Path:
    maker = PdfMaker()
    maker.page()
    maker.pdf.Root.Pages.Kids[0] = maker.pdf.Root.Pages
    return maker.save(path)


def blind(path: Path) -> Path:
    """A PDF of one page, all of it a picture that no program can open."""
    maker = PdfMaker()
    page = maker.page(whole_page(), picture=Image.new("RGB", (100, 100)))
    page.obj.Resources.XObject.Im.write(b"no picture", filter=pikepdf.Name.JPXDecode)
    return maker.save(path)


HOSTILE: dict[str, Callable[[Path], object]] = {
    "nothing": lambda path: path.write_bytes(b""),
    "a mark alone": lambda path: path.write_bytes(b"%PDF-1.7\n"),
    "half a PDF": lambda path: path.write_bytes(text_pdf(path).read_bytes()[:90]),
    "a PDF without pages": lambda path: PdfMaker().save(path),
    "a PDF of a million pages": lambda path: bent(
        text_pdf(path), rb"/Count 1\b", b"/Count 1000000"
    ),
    "a circle of pages": circle,
    "a bomb": lambda path: bomb_png(path, 50_000),
    "half a photo": cut_off,
    "a page that comes out empty": blind,
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_is_refused_in_words(
    reader: DocumentReader, tmp_path: Path, name: str
) -> None:
    path = tmp_path / "hostile"
    HOSTILE[name](path)
    kind = sniff(path.read_bytes()[:HEAD_BYTES]).media_type
    try:
        reader.inspect(path, media_type=kind)
        read = pages(reader, path).values()
        reasons = [page.reason for page in read if isinstance(page, PageFailed)]
    except UnreadableError as error:
        reasons = [str(error)]
    assert reasons
    assert all(reason.endswith(".") and len(reason.split()) > 8 for reason in reasons)
    good = text_pdf(tmp_path / "good.pdf")
    assert reader.inspect(good, media_type=PDF).pages == 1


@pytest.mark.parametrize("side", [14_000 * 72, 0.001])
def test_a_page_of_any_size_is_read(reader: DocumentReader, tmp_path: Path, side: float) -> None:
    maker = PdfMaker()
    page = maker.page(text_content(PROSE))
    page.obj.MediaBox = [0, 0, side, side]
    path = maker.save(tmp_path / "a.pdf")
    read = pages(reader, path)[1]
    assert isinstance(read, PageRead)
    assert 1 <= read.width_pt <= 14_400
    assert len(reader.render(path, media_type=PDF, page=1, width_px=800)) > 100


@pytest.mark.skipif(sys.platform != "linux", reason="macOS does not hold processes to their memory")
def test_a_stream_that_swells_does_not_take_the_program_along(
    reader: DocumentReader, tmp_path: Path
) -> None:
    maker = PdfMaker()
    maker.page(b" " * (400 << 20) + text_content(PROSE))
    maker.page(text_content(LINES))
    path = maker.save(tmp_path / "a.pdf")
    assert path.stat().st_size < 1 << 20
    read = pages(reader, path)
    assert sorted(read) == [1, 2]
    assert isinstance(read[2], PageRead)


@pytest.mark.parametrize(
    ("head", "part"),
    [
        (b"PK\x03\x04", "cannot be shown yet"),
        (b"{\\rtf1 Dear Sir}", "cannot be shown yet"),
        (b"\x7fELF\x01\x02\x03\0", "does not know it"),
        (b"", "empty"),
    ],
)
def test_kinds_that_cannot_be_shown_say_what_to_do(
    reader: DocumentReader, tmp_path: Path, head: bytes, part: str
) -> None:
    path = tmp_path / "a"
    path.write_bytes(head)
    kind = sniff(head)
    assert not kind.readable
    for ask in (
        lambda: reader.inspect(path, media_type=kind.media_type),
        lambda: pages(reader, path),
        lambda: reader.render(path, media_type=kind.media_type, page=1, width_px=200),
    ):
        with pytest.raises(UnreadableError, match=part):
            ask()


def test_a_file_that_is_gone_is_refused(reader: DocumentReader, tmp_path: Path) -> None:
    with pytest.raises(UnreadableError, match="not where it was"):
        reader.inspect(tmp_path / "gone.pdf", media_type=PDF)


def test_no_decoder_is_loaded_into_the_program_itself() -> None:
    """Importing the reader must not bring PDFium, Pillow or the OCR engine along."""
    code = (
        "import sys, app.importing.reader, app.importing.sniff;"
        "print([m for m in ('PIL', 'pypdfium2', 'pikepdf', 'cv2', 'numpy', 'rapidocr', 'pi_heif')"
        " if m in sys.modules])"
    )
    root = Path(__file__).parents[2]
    done = subprocess.run([sys.executable, "-c", code], cwd=root, capture_output=True, check=True)
    assert done.stdout.strip() == b"[]"
