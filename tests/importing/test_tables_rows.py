"""Bytes of any coding and form become rows, each with its line in the file; nothing crashes."""

from __future__ import annotations

import csv
import io
import time
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.errors import UnreadableError
from app.importing import tables_file
from app.importing.tables_file import read
from app.importing.tables_text import MOST_CELLS, UNCLOSED, clean_cell

HEAD = "Date,Provider,Amount"
TABLE = f"{HEAD}\n01/05/2026,Clinic Ñandú,$45.00\n"
ROWS = [(1, ["Date", "Provider", "Amount"]), (2, ["01/05/2026", "Clinic Ñandú", "$45.00"])]


def rows(data: bytes, folder: Path, **values: Any) -> list[tuple[int, Any]]:
    """Read bytes as a worker would."""
    path = folder / "table.csv"
    path.write_bytes(data)
    replies = list(read({"path": str(path), **values}, ()))
    return [(row, told) for reply in replies[:-1] for row, told in reply.values["rows"]]


@pytest.mark.parametrize(
    "data",
    [
        TABLE.encode(),
        TABLE.encode("utf-8-sig"),
        TABLE.encode("utf-16"),
        b"\xfe\xff" + TABLE.encode("utf-16-be"),
        TABLE.encode("utf-16-le"),
        TABLE.encode("utf-16-be"),
        TABLE.encode("cp1252"),
        TABLE.replace("\n", "\r\n").encode(),
        TABLE.replace("\n", "\r").encode(),
        TABLE.replace("Clinic", "Cli\0nic").encode(),
        TABLE.replace(",", ";").encode(),
        TABLE.replace(",", "\t").encode(),
        TABLE.replace(",", "|").encode(),
        TABLE.replace(",", ' , "', 1).replace(",Amount", '",Amount').encode(),
        b"\xef\xbb\xbf" + TABLE.replace("Clinic Ñandú", '"Clinic\tÑandú"').encode(),
    ],
    ids=range(15),
)
def test_a_table_of_any_coding_gives_the_same_rows(data, tmp_path):
    assert rows(data, tmp_path) == ROWS


def test_a_line_may_say_which_separator_is_meant(tmp_path):
    data = b"sep=;\nDate;Provider, City;Amount\n01/05/2026;Clinic, Town;$45.00\n"
    assert rows(data, tmp_path)[1] == (3, ["01/05/2026", "Clinic, Town", "$45.00"])


def test_rows_keep_the_line_on_which_they_begin(tmp_path):
    data = f'{HEAD}\n\n01/05/2026,"Clinic\nof the ""Town"", LLC\nUSA",$4.00\n\nx,y,z\n'.encode()
    assert rows(data, tmp_path)[1:] == [
        (3, ["01/05/2026", 'Clinic of the "Town", LLC USA', "$4.00"]),
        (7, ["x", "y", "z"]),
    ]


def test_an_open_quotation_mark_costs_its_own_line(tmp_path):
    data = f'{HEAD}\n01/05/2026,"Clinic,$4.00\n01/06/2026,Gauze 4" x 4",$5.00\na,b,c\n'.encode()
    found = rows(data, tmp_path)
    assert found[1] == (2, UNCLOSED)
    assert found[2] == (3, ["01/06/2026", 'Gauze 4" x 4"', "$5.00"])
    assert found[3] == (4, ["a", "b", "c"])


def test_a_page_of_html_is_a_table_whatever_its_name(tmp_path):
    page = (
        "<!DOCTYPE html><html><head><title>T<td>no</td></title><style>td {}</style></head><body>"
        "<!-- <tr><td>hidden</td></tr> --><script>var a='<tr><td>x</td></tr>';</script>"
        "<TABLE border=1><tr><th>Date<th>Amount</tr><tr><td colspan=2></td></tr>"
        "<tr><td>01/05/2026</td><td align='right'><b>$1,600.00</b>&nbsp;</td></tr>"
        "<tr><td>Dr. Park &amp; Sons<br>LLC<td>($3.00)</table></body>"
    )
    assert rows(page.encode("utf-16"), tmp_path) == [
        (1, ["Date", "Amount"]),
        (3, ["01/05/2026", "$1,600.00"]),
        (4, ["Dr. Park & Sons LLC", "($3.00)"]),
    ]


@pytest.mark.parametrize("ends", ["", "close"])
def test_both_forms_of_ofx_become_a_table(ends, tmp_path):
    def tag(name: str, value: str) -> str:
        return f"<{name}>{value}</{name}>\n" if ends else f"<{name}>{value}\n"

    told = {
        "TRNTYPE": "DEBIT", "DTPOSTED": "20260105120000[-5:EST]", "TRNAMT": "-45.00",
        "FITID": "A1", "NAME": "Pharmacy &amp; Co", "MEMO": "",
    }  # fmt: skip
    body = "".join(tag(*each) for each in told.items())
    text = (
        "OFXHEADER:100\n\n<OFX>\n" + tag("CURDEF", "USD") + tag("ACCTID", "000123")
        + f"<STMTTRN>\n{body}</STMTTRN>\n<STMTTRN>\n{body.replace('A1', 'A2')}</STMTTRN>\n</OFX>\n"
    )  # fmt: skip
    found = rows(text.encode(), tmp_path)
    assert [row for row, _ in found] == [1, 6, 14]
    assert found[1][1] == [
        "A1", "20260105", "DEBIT", "Pharmacy & Co", "", "-45.00", "USD", "000123",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"", "empty"),
        (b"\n \n\t\n", "empty"),
        (b"%PDF-1.7\n", "no table"),
        (b"PK\x03\x04" + bytes(30) + b"xl/workbook.xml", "Save as"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "Save as"),
        (b"\x89PNG\r\n\x1a\n" + bytes(90), "no table"),
        (b'{"resourceType": "Bundle", "entry": []}', "import-eob"),
    ],
)
def test_what_is_no_table_is_refused_in_words(data, why, tmp_path):
    with pytest.raises(UnreadableError, match=why):
        rows(data, tmp_path)


def test_a_table_that_is_too_long_is_refused_whole(tmp_path, monkeypatch):
    monkeypatch.setattr(tables_file, "MOST_ROWS", 1000)
    with pytest.raises(UnreadableError, match="shorter time"):
        rows(b"a,b\n" * 1501, tmp_path)
    monkeypatch.setattr(tables_file, "MOST_BYTES", 10)
    with pytest.raises(UnreadableError, match="too large"):
        rows(TABLE.encode(), tmp_path)


def test_a_line_that_is_no_line_of_a_table_is_named(tmp_path):
    wide = ",".join("x" * (MOST_CELLS + 1))
    long = '01/05/2026,"' + "x" * 200_000 + '",5\n'
    found = rows(f"{HEAD}\n{wide}\n{long}a,b,c\n".encode(), tmp_path)
    assert [row for row, told in found if isinstance(told, str)] == [2, 3]
    assert found[-1] == (4, ["a", "b", "c"])


@given(st.binary(max_size=400))
def test_any_bytes_are_rows_or_refused(data):
    with suppress(UnreadableError):
        _, found, _ = tables_file._rows(data)
        assert all(row.row > 0 and (row.reason or row.cells) for row in found)


@given(
    st.lists(
        st.lists(st.text(alphabet="ab12,;|\"\t\n\r' $-\xe9", max_size=12), min_size=3, max_size=3),
        min_size=1,
        max_size=12,
    ),
    st.sampled_from(",;\t|"),
    st.sampled_from(["utf-8-sig", "utf-16", "utf-8"]),
)
def test_a_table_written_by_any_program_is_read_as_it_was(table, separator, coding):
    sheet = io.StringIO()
    sheet.write(f"sep={separator}\n")
    csv.writer(sheet, delimiter=separator, quoting=csv.QUOTE_ALL).writerows(table)
    _, found, _ = tables_file._rows(sheet.getvalue().encode(coding))
    cleaned = [list(map(clean_cell, row)) for row in table]
    assert [list(row.cells) for row in found] == [row for row in cleaned if any(row)]


@pytest.mark.parametrize(
    "hostile",
    ['"a\n' * 40_000, '"' * 200_000, "<table>" + "<td " * 100_000, "<table>" + "<!--" * 100_000,
     "<OFX>" + "<STMTTRN>" * 50_000, "a" * 2_000_000, ",\n" * 200_000, '"a,\nb\n' * 40_000],
    ids=range(8),
)  # fmt: skip
def test_hostile_text_takes_no_long_time(hostile):
    began = time.process_time()
    _, found, _ = tables_file._rows(hostile.encode())
    assert sum(1 for _ in found) >= 0
    assert time.process_time() - began < 12
