"""Small papers for these tests, drawn by our own code: letters, scans, faxes, photos, bombs.

`data/lying.heic` holds `corners()` stored on its side, as a phone that is held upright stores it;
it was encoded once, because no library of the program can write HEIC.
"""

from __future__ import annotations

import io
import zlib
from collections.abc import Sequence
from pathlib import Path

import pikepdf
from PIL import Image, ImageDraw, ImageFont

LETTER = (612.0, 792.0)
LINES = (
    "Notice of Denial",
    "Member Maria Okafor, ID XG4471902-01",
    "Claim number 20260214-773190-00",
    "Amount not paid: $1,284.50",
    "We decided on March 14, 2026",
    "You may appeal within 180 days",
)
"""What the drawn letters say; invented."""

PROSE = (
    "We have read the letter of your doctor and the records that came with it.",
    "The treatment is not covered under the terms of the plan that you have.",
    "You may ask us for a copy of the rule that we used, and it will be sent to you.",
    "If you do not agree with this decision you have the right to appeal it.",
    "The appeal must be in writing and it must reach us in 180 days.",
    "Please send it to the address that is printed at the top of this letter.",
)
LYING_HEIC = Path(__file__).parent / "data" / "lying.heic"

RED, GREEN, BLUE, YELLOW = (220, 30, 30), (30, 160, 30), (30, 30, 220), (230, 220, 40)


def text_content(lines: Sequence[str], mode: int = 0, matrix: str = "1 0 0 1 72 720") -> bytes:
    """PDF content that shows lines in 12 point; `mode` 3 shows nothing."""
    rows = " ".join(f"({line}) Tj T*" for line in lines)
    return f"BT /F1 12 Tf 18 TL {mode} Tr {matrix} Tm {rows} ET\n".encode("latin-1")


class PdfMaker:
    """Makes a PDF page by page."""

    def __init__(self) -> None:
        self.pdf = pikepdf.new()
        self._font = self.pdf.make_indirect(
            pikepdf.Dictionary(
                Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica
            )
        )

    def page(
        self,
        content: bytes = b"",
        *,
        size: tuple[float, float] = LETTER,
        picture: Image.Image | None = None,
        rotate: int = 0,
    ) -> pikepdf.Page:
        """Append a page; `picture` can be drawn with `/Im Do`."""
        resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F1=self._font))
        if picture:
            packed = io.BytesIO()
            picture.convert("RGB").save(packed, "JPEG", quality=80)
            resources.XObject = pikepdf.Dictionary(
                Im=pikepdf.Stream(
                    self.pdf,
                    packed.getvalue(),
                    Type=pikepdf.Name.XObject,
                    Subtype=pikepdf.Name.Image,
                    Width=picture.width,
                    Height=picture.height,
                    ColorSpace=pikepdf.Name.DeviceRGB,
                    BitsPerComponent=8,
                    Filter=pikepdf.Name.DCTDecode,
                )
            )
        page = self.pdf.add_blank_page(page_size=size)
        page.obj.Resources = resources
        page.obj.Contents = self.pdf.make_stream(content)
        if rotate:
            page.obj.Rotate = rotate
        return page

    def save(self, path: Path, password: str | None = None) -> Path:
        locked = pikepdf.Encryption(user=password, owner="owner") if password else None
        self.pdf.save(path, encryption=locked, static_id=locked is None)
        self.pdf.close()
        return path


def text_pdf(path: Path, pages: int = 1, password: str | None = None) -> Path:
    """A PDF whose pages say `LINES`, `PROSE` and their number."""
    maker = PdfMaker()
    for number in range(1, pages + 1):
        maker.page(text_content([*LINES, *PROSE, f"Page number {number}"]))
    return maker.save(path, password)


def whole_page(picture: bytes = b"/Im Do", size: tuple[float, float] = LETTER) -> bytes:
    """PDF content that draws the picture over the whole page."""
    return f"q {size[0]} 0 0 {size[1]} 0 0 cm ".encode() + picture + b" Q\n"


def letter_picture(
    lines: Sequence[str] = LINES, width: int = 900, height: int = 500
) -> Image.Image:
    """A letter as a scanner sees it."""
    image = Image.new("RGB", (width, height), (250, 250, 246))
    draw = ImageDraw.Draw(image)
    font = ImageFont.load_default(30)
    for row, line in enumerate(lines):
        draw.text((70, 50 + row * 66), line, (30, 30, 34), font)
    return image


def corners(width: int = 64, height: int = 96) -> Image.Image:
    """Red top left, green top right, blue bottom left, yellow bottom right."""
    image = Image.new("RGB", (width, height), YELLOW)
    draw = ImageDraw.Draw(image)
    draw.rectangle((0, 0, width // 2 - 1, height // 2 - 1), RED)
    draw.rectangle((width // 2, 0, width, height // 2 - 1), GREEN)
    draw.rectangle((0, height // 2, width // 2 - 1, height), BLUE)
    return image


def colours_at_corners(image: Image.Image) -> list[str]:
    """The names of the colours nearest to the four corners, row by row."""
    names = {"red": RED, "green": GREEN, "blue": BLUE, "yellow": YELLOW}
    plain = image.convert("RGB")
    places = [(0.1, 0.1), (0.9, 0.1), (0.1, 0.9), (0.9, 0.9)]
    seen = [plain.getpixel((int(x * plain.width), int(y * plain.height))) for x, y in places]
    return [
        min(
            names, key=lambda name: sum(abs(a - b) for a, b in zip(names[name], pixel, strict=True))
        )
        for pixel in seen
    ]


UPRIGHT = ["red", "green", "blue", "yellow"]


def bomb_png(path: Path, side: int) -> Path:
    """A PNG of `side` × `side` white pixels in a few kilobytes."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return (
            len(data).to_bytes(4, "big") + kind + data + zlib.crc32(kind + data).to_bytes(4, "big")
        )

    packer = zlib.compressobj(9)
    row = bytes(side // 8 + 2)
    data = b"".join(packer.compress(row) for _ in range(min(side, 20_000))) + packer.flush()
    header = side.to_bytes(4, "big") * 2 + bytes((1, 0, 0, 0, 0))
    path.write_bytes(
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", data) + chunk(b"IEND", b"")
    )
    return path
