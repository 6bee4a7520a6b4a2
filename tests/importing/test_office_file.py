"""Word files as papers: their words in order, and what a page cannot show."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest

from app.domain.errors import UnreadableError
from app.importing.office_file import text_of

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
STRICT = "http://purl.oclc.org/ooxml/wordprocessingml/main"


def part(body: str, root: str = "document", space: str = W) -> str:
    return (
        f'<?xml version="1.0" encoding="UTF-8"?><w:{root} xmlns:w="{space}" '
        'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
        f'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main">{body}</w:{root}>'
    )


def said(text: str) -> str:
    return f'<w:r><w:t xml:space="preserve">{text}</w:t></w:r>'


def para(*runs: str) -> str:
    return f"<w:p>{''.join(runs)}</w:p>"


def docx(path: Path, body: str, space: str = W, **parts: str) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("word/document.xml", part(f"<w:body>{body}</w:body>", space=space))
        for name, content in parts.items():
            archive.writestr(f"word/{name}.xml", content)
    return path


def text(path: Path, body: str, **parts: str) -> str:
    return text_of(docx(path / "a.docx", body, **parts))


def table(*rows: tuple[str, ...]) -> str:
    cells = ["".join(f"<w:tc>{para(said(cell))}</w:tc>" for cell in row) for row in rows]
    return f"<w:tbl>{''.join(f'<w:tr>{row}</w:tr>' for row in cells)}</w:tbl>"


@pytest.mark.parametrize("space", [W, STRICT])
def test_paragraphs_and_tables_come_in_order(tmp_path: Path, space: str) -> None:
    body = (
        para(said("Dear "), said("Rosa,"))
        + table(("Date", "Owed"), ("03/02", "$5"))
        + para(said("End"))
    )
    path = docx(tmp_path / "a.docx", body, space)
    assert text_of(path) == "Dear Rosa,\nDate\tOwed\n03/02\t$5\nEnd"


def test_tabs_and_breaks_are_kept_but_not_tab_stops(tmp_path: Path) -> None:
    stops = '<w:pPr><w:tabs><w:tab w:val="left" w:pos="720"/></w:tabs></w:pPr>'
    body = para(stops, said("a"), "<w:r><w:tab/></w:r>", said("b"), "<w:r><w:br/></w:r>", said("c"))
    assert text(tmp_path, body) == "a\tb\nc"


def test_pages_end_where_the_writer_or_word_ended_them(tmp_path: Path) -> None:
    body = para(said("one"), '<w:r><w:br w:type="page"/></w:r>') + para(
        "<w:r><w:lastRenderedPageBreak/></w:r>", said("two")
    )
    assert text(tmp_path, body) == "one\ftwo"


def test_crossed_out_words_are_left_out_and_said(tmp_path: Path) -> None:
    body = para(
        said("pay "),
        f"<w:del>{'<w:r><w:delText>100</w:delText></w:r>'}{said('ghost')}</w:del>",
        f"<w:ins>{said('200')}</w:ins>",
        f"<w:moveFrom>{said('moved')}</w:moveFrom>",
    )
    found = text(tmp_path, body)
    assert found.splitlines()[0] == "pay 200"
    assert "crossed out" in found
    assert "ghost" not in found
    assert "moved" not in found


def test_hidden_words_are_left_out_and_said(tmp_path: Path) -> None:
    hidden = "<w:r><w:rPr><w:vanish/></w:rPr><w:t>secret</w:t></w:r>"
    shown = '<w:r><w:rPr><w:vanish w:val="0"/></w:rPr><w:t>plain</w:t></w:r>'
    found = text(tmp_path, para(hidden, shown))
    assert found.splitlines()[0] == "plain"
    assert "secret" not in found
    assert "set as hidden" in found


def test_headers_footers_and_notes_are_told_once(tmp_path: Path) -> None:
    note = f'<w:footnote w:id="2">{para(said("See policy 4.2"))}</w:footnote>'
    empty = '<w:footnote w:type="separator" w:id="-1"><w:p/></w:footnote>'
    found = text(
        tmp_path,
        para(said("Body"), '<w:r><w:footnoteReference w:id="2"/></w:r>'),
        header1=part(para(said("Acme Health")), "hdr"),
        header2=part(para(said("Acme Health")), "hdr"),
        footer1=part(para(said("Page foot")), "ftr"),
        footnotes=part(empty + note, "footnotes"),
    )
    assert found.split("\n") == [
        "Acme Health", "Body[2]", "", "Footnotes", "[2] See policy 4.2", "Page foot",
    ]  # fmt: skip


def test_a_text_box_follows_its_paragraph_and_is_told_once(tmp_path: Path) -> None:
    box = f"<w:txbxContent>{para(said('In a box'))}</w:txbxContent>"
    drawn = (
        f"<w:r><mc:AlternateContent><mc:Choice>{box}</mc:Choice>"
        f"<mc:Fallback>{box}</mc:Fallback></mc:AlternateContent></w:r>"
    )
    assert text(tmp_path, para(said("before "), drawn, said("after"))) == "before after\nIn a box"


def test_pictures_and_remarks_in_the_margin_are_said(tmp_path: Path) -> None:
    body = para("<w:r><w:drawing><a:blip/></w:drawing></w:r>", "<w:r><w:commentReference/></w:r>")
    found = text(tmp_path, body, comments=part("", "comments"))
    assert "has a picture that cannot be shown" in found
    assert "comments" in found


def test_a_list_has_its_marks(tmp_path: Path) -> None:
    item = para("<w:pPr><w:numPr/></w:pPr>", said("first"))
    assert text(tmp_path, item) == "• first"


def test_a_table_in_a_table_stays_on_its_row(tmp_path: Path) -> None:
    inner = table(("x", "y"))
    body = f"<w:tbl><w:tr><w:tc>{inner}</w:tc><w:tc>{para(said('z'))}</w:tc></w:tr></w:tbl>"
    assert text(tmp_path, body) == "x y\tz"


@pytest.mark.parametrize(
    "evil",
    [
        '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>',
        '<?xml version="1.0"?><!DOCTYPE a SYSTEM "file:///etc/hostname"><a/>',
        "<a>" * 5000 + "</a>" * 5000,
    ],
)
def test_entities_and_bottomless_nesting_are_refused(tmp_path: Path, evil: str) -> None:
    with pytest.raises(UnreadableError, match="too complicated"):
        text(tmp_path, "", header1=evil)


def test_a_bomb_is_refused_before_it_is_unpacked(tmp_path: Path) -> None:
    with pytest.raises(UnreadableError, match="too complicated"):
        text(tmp_path, para(said(" " * (80 << 20))))


@pytest.mark.parametrize("cut", [10, 200, -30])
def test_a_damaged_file_says_so(tmp_path: Path, cut: int) -> None:
    whole = docx(tmp_path / "a.docx", para(said("words"))).read_bytes()
    (tmp_path / "b.docx").write_bytes(whole[:cut])
    with pytest.raises(UnreadableError, match="damaged"):
        text_of(tmp_path / "b.docx")


@pytest.mark.parametrize("body", ["<w:p>", "</w:p>", "&nbsp;", "\x00"])
def test_broken_xml_says_so(tmp_path: Path, body: str) -> None:
    with pytest.raises(UnreadableError, match="damaged"):
        text(tmp_path, body)


def test_a_zip_without_a_document_says_so(tmp_path: Path) -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("word/other.xml", "<a/>")
    (tmp_path / "a.docx").write_bytes(packed.getvalue())
    with pytest.raises(UnreadableError, match="damaged"):
        text_of(tmp_path / "a.docx")


def test_a_locked_part_says_so(tmp_path: Path) -> None:
    path = docx(tmp_path / "a.docx", para(said("words")))
    data = bytearray(path.read_bytes())
    for mark, flags in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):  # set “encrypted” on each entry
        at = data.find(mark)
        while at >= 0:
            data[at + flags] |= 1
            at = data.find(mark, at + 4)
    path.write_bytes(data)
    with pytest.raises(UnreadableError, match="password"):
        text_of(path)
