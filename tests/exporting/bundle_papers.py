"""Papers for the tests of the bundle, drawn here: letters, photos, faxes, hostile files."""

from __future__ import annotations

import io
import json
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pikepdf
import pypdfium2
from pikepdf import Array, Dictionary, Name
from PIL import ExifTags, Image, ImageCms, ImageDraw

from app.domain.bundle import BundlePlan, Cover, ExhibitPlan, SourceFile
from app.exporting.making import Wanted
from app.exporting.normalise import normalise

MADE_ON = date(2026, 8, 18)
CORNERS = ("red", "lime", "blue", "black")
"""The colours of the four quarters of a test picture: top left, top right, then below."""

UNDO = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_90,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_270,
}
"""How a camera stores an upright view for each EXIF orientation."""


def quarters(width: int = 400, height: int = 300) -> Image.Image:
    """A picture that shows which way up it is."""
    picture = Image.new("RGB", (width, height))
    draw = ImageDraw.Draw(picture)
    for number, colour in enumerate(CORNERS):
        left, top = number % 2 * width // 2, number // 2 * height // 2
        draw.rectangle((left, top, left + width // 2, top + height // 2), fill=colour)
    return picture


def corner_colours(picture: Image.Image) -> tuple[str, ...]:
    """The colours of the four quarters as they are seen."""
    width, height = picture.size
    seen: list[str] = []
    for number in range(4):
        place = (width // 4 + number % 2 * width // 2, height // 4 + number // 2 * height // 2)
        pixel = picture.convert("RGB").getpixel(place)
        assert isinstance(pixel, tuple)
        seen.append("".join("1" if part > 127 else "0" for part in pixel))
    names = {"100": "red", "010": "lime", "001": "blue", "000": "black", "111": "white"}
    return tuple(names.get(bits, bits) for bits in seen)


def photo(path: Path, orientation: int = 1, **options) -> Path:
    """A JPEG as a phone writes it, with EXIF, a place and a thumbnail-sized comment."""
    upright = options.pop("upright", None) or quarters()
    stored = upright.transpose(UNDO[orientation]) if orientation in UNDO else upright
    exif = Image.Exif()
    exif[ExifTags.Base.Orientation] = orientation
    exif[ExifTags.Base.Make] = "SecretCamera"
    exif.get_ifd(ExifTags.IFD.GPSInfo)[ExifTags.GPS.GPSMapDatum] = "SECRETPLACE"
    stored.save(path, "JPEG", exif=exif, quality=90, comment=b"SECRETCOMMENT", **options)
    return path


def srgb_profile() -> bytes:
    return ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()


def letter(path: Path, texts: Sequence[str] = ("Hello",), **page_keys) -> Path:
    """A PDF with a page for each text; `page_keys` are set on every page."""
    with pikepdf.new() as pdf:
        for text in texts:
            add_text_page(pdf, text, **page_keys)
        pdf.save(path)
    return path


def add_text_page(pdf: pikepdf.Pdf, text: str, **page_keys) -> pikepdf.Page:
    page = pdf.add_blank_page(page_size=(612, 792))
    font = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica)
    page.obj.Resources = Dictionary(Font=Dictionary(F=font))
    page.obj.Contents = pdf.make_stream(f"BT /F 14 Tf 72 700 Td ({text}) Tj ET".encode())
    for key, value in page_keys.items():
        page.obj["/" + key] = value
    return page


def quartered_pdf(path: Path, **page_keys) -> Path:
    """A PDF page of 400 × 300 points whose quarters show which way up it is."""
    with pikepdf.new() as pdf:
        page = pdf.add_blank_page(page_size=(400, 300))
        page.obj.Contents = pdf.make_stream(
            b"1 0 0 rg 0 150 200 150 re f 0 1 0 rg 200 150 200 150 re f "
            b"0 0 1 rg 0 0 200 150 re f 0 0 0 rg 200 0 200 150 re f"
        )
        for key, value in page_keys.items():
            page.obj["/" + key] = value
        pdf.save(path)
    return path


def hostile(path: Path) -> Path:
    """A letter with everything in it that must not travel."""
    with pikepdf.new() as pdf:
        page = add_text_page(pdf, "Visible words")
        script = Dictionary(S=Name.JavaScript, JS=pikepdf.String("app.alert('BADSCRIPT')"))
        launch = Dictionary(S=Name.Launch, F=pikepdf.String("BADPROGRAM.exe"), Next=script)
        pdf.Root.OpenAction = pdf.make_indirect(launch)
        pdf.Root.AA = Dictionary(WC=script)
        pdf.Root.Names = Dictionary(
            JavaScript=Dictionary(Names=Array([pikepdf.String("a"), pdf.make_indirect(script)]))
        )
        pdf.attachments["BADATTACHMENT.txt"] = b"BADATTACHMENT"
        page.obj.AA = Dictionary(O=launch)
        page.obj.Metadata = pdf.make_stream(b"BADMETADATA")
        link = Dictionary(
            Type=Name.Annot, Subtype=Name.Link, Rect=Array([72, 690, 200, 720]),
            A=Dictionary(S=Name.URI, URI=pikepdf.String("http://bad.example/")),
        )  # fmt: skip
        page.obj.Annots = Array([pdf.make_indirect(link)])
        form = pdf.make_stream(b"0 0 10 10 re f")
        form["/Type"], form["/Subtype"] = Name.XObject, Name.Form
        form["/BBox"] = Array([0, 0, 10, 10])
        form["/PieceInfo"] = Dictionary(X=Dictionary(Private=pikepdf.String("BADPRIVATE")))
        form["/Metadata"] = pdf.make_stream(b"BADMETADATA")
        form["/Sneaky"] = pdf.make_indirect(Dictionary(Type=Name.Action, **{"/S": Name.Launch}))
        page.obj.Resources.XObject = Dictionary(Fx=form)
        page.obj.Resources.Properties = Dictionary(Up=pdf.Root, Own=page.obj)
        page.obj.Contents = pdf.make_stream(b"BT /F 14 Tf 72 700 Td (Visible words) Tj ET /Fx Do")
        pdf.docinfo["/Author"] = "BADAUTHOR"
        pdf.save(path)
    return path


def multiplying(path: Path) -> Path:
    """Each of 24 forms draws the next one twice: a few hundred bytes, 16 million drawings."""
    with pikepdf.new() as pdf:
        content, resources = b"0 0 9 9 re f", Dictionary()
        for _ in range(24):
            form = pdf.make_stream(content, Type=Name.XObject, Subtype=Name.Form,
                                   BBox=Array([0, 0, 9, 9]), Resources=resources)  # fmt: skip
            content, resources = b"/A Do /A Do", Dictionary(XObject=Dictionary(A=form))
        page = pdf.add_blank_page(page_size=(612, 792))
        page.obj.Resources, page.obj.Contents = resources, pdf.make_stream(content)
        pdf.save(path)
    return path


def protected(path: Path, password: str) -> Path:
    with pikepdf.new() as pdf:
        add_text_page(pdf, "Behind the lock")
        pdf.save(path, encryption=pikepdf.Encryption(owner="owner", user=password, R=6))
    return path


def normalised(source: Path, target: Path, readings=(), media_type: str = "image/jpeg", **values):
    """Run the worker's task here and return its answer; `wanted` is what is wanted of the pages."""
    wanted = values.pop("wanted", Wanted())
    given = {
        "source": str(source), "target": str(target), "media_type": media_type,
        "password": None, "attempt": 0, "wanted": wanted.values(), "texts": [], **values,
    }  # fmt: skip
    given = json.loads(json.dumps(given))  # as a worker gets it
    return normalise(given, (json.dumps(readings).encode(),)).values


def seen(path: Path, page: int = 0, scale: float = 1.0) -> Image.Image:
    """What PDFium shows."""
    with pypdfium2.PdfDocument(path) as document:
        return document[page].render(scale=scale).to_pil().convert("RGB")


def words(path: Path, page: int = 0) -> str:
    """What PDFium lets one select."""
    with pypdfium2.PdfDocument(path) as document:
        return document[page].get_textpage().get_text_range()


def everything(path: Path) -> bytes:
    """All bytes of a PDF with its streams unpacked, to look for what must not be there."""
    out = io.BytesIO()
    with pikepdf.open(path) as pdf:
        pdf.save(
            out,
            stream_decode_level=pikepdf.StreamDecodeLevel.generalized,
            object_stream_mode=pikepdf.ObjectStreamMode.disable,
            compress_streams=False,
        )
    return out.getvalue()


def exhibit(path: Path, title: str = "", **values) -> ExhibitPlan:
    kind = "application/pdf" if path.suffix == ".pdf" else "image/" + path.suffix[1:]
    return ExhibitPlan(
        document_id=path.stem,
        name=path.name,
        title=title or path.stem,
        sources=(SourceFile(path=path, media_type=kind, name=path.name),),
        **values,
    )


def plan(*exhibits: ExhibitPlan, **values) -> BundlePlan:
    given = {
        "title": "Appeal of a denied claim", "cover": Cover(patient="Maria López"),
        "profile": "reviewer", **values,
    }  # fmt: skip
    return BundlePlan(made_on=MADE_ON, exhibits=exhibits, **given)
