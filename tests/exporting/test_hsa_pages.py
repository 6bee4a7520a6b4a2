import re
from datetime import date, timedelta
from io import BytesIO
from itertools import repeat

import pytest
from pypdf import PdfReader
from pypdfium2 import PdfDocument

from app.domain.hsa import LedgerRow, Receipt, plan_hsa
from app.domain.money import Money
from app.exporting.hsa_pages import front_data, title_of
from app.exporting.typeset import typeset

MADE_ON = date(2027, 2, 1)
AMOUNT = re.compile(r"\(?\$[\d,]+\.\d\d\)?")


def row(number=1, **changed):
    return LedgerRow(
        **{
            "expense": f"e-{number}",
            "served_on": date(2026, 1, 2) + timedelta(days=number % 300),
            "paid_on": date(2026, 1, 2) + timedelta(days=number % 300 + 30),
            "patient": ("Maya", "Elena", "Jonah")[number % 3],
            "provider": "Cedar Hollow Infusion Center",
            "category": ("Infusion", "Travel")[number % 2],
            "amount": Money(number * 1717 - 5000),
            "method": ("own", "hsa")[number % 2],
            **changed,
        }
    )


def typeset_summary(plan, pages=()):
    """The PDF with empty pages for the receipts: one each, or as many as `pages` says."""
    data = front_data(plan, made_on=MADE_ON)
    for exhibit, count in zip(data["exhibits"], pages or repeat(1), strict=False):
        exhibit["pages"] = [{"landscape": False, "missing": None}] * count
    return typeset("hsa.typ", data, title=title_of(plan), made_on=MADE_ON)


def printed(plan, pages=()):
    return PdfReader(BytesIO(typeset_summary(plan, pages)))


def text_of(reader):
    return [page.extract_text() for page in reader.pages]


def cents(text):
    return sum(Money.parse(amount).cents for amount in AMOUNT.findall(text))


def between(text, start, end):
    return text.partition(start)[2].partition(end)[0]


def whole(reader):
    """The text of all pages as one, without the foot of each."""
    feet = r"\n(Exhibit HSA-\d+-\d+ )?HSA expense summary \d+ by date paid · .*"
    return "\n".join(re.sub(feet, "", text) for text in text_of(reader))


@pytest.fixture(scope="module")
def plan():
    return plan_hsa(2026, [row(number) for number in range(1, 61)], holder="Maya Alvarez-Reed")


@pytest.fixture(scope="module")
def reader(plan):
    return printed(plan)


def test_each_page_names_its_number_its_year_basis_and_its_limits(reader):
    pages = text_of(reader)
    assert len(pages) > 3
    for number, text in enumerate(pages, start=1):
        assert f"Page {number} of {len(pages)}" in text
        assert text.count("HSA expense summary 2026 by date paid") == 1
        assert text.count("Not tax advice") == 1


def test_the_ledger_adds_up_to_its_total(reader, plan):
    ledger = between(whole(reader), "Ledger by date paid", "To look at")
    rows, total = ledger.split("Total paid in 2026")
    assert len(AMOUNT.findall(rows)) == len(plan.rows)
    assert cents(rows) == cents(total) == plan.paid.cents


def test_each_column_of_the_totals_adds_up(reader, plan):
    text = whole(reader)
    people = between(text, "Totals by person", "Totals by category").splitlines()
    counted = [line for line in people if re.search(r" \d+ \(?\$", line)]
    persons = [line for line in people if AMOUNT.search(line) and line not in counted]
    total = counted.pop()
    assert cents("\n".join(counted)) == cents("\n".join(persons)) == plan.paid.cents
    assert AMOUNT.findall(total) == [str(plan.paid)] * 2
    for start, end in (
        ("Totals by category", "Totals by how"),
        ("Totals by how it was paid", "Ledger"),
    ):
        groups, total = between(text, start, end).split("Total paid in 2026")
        assert cents(groups) == cents(total) == plan.paid.cents
        assert sum(map(int, re.findall(r" (\d+) \(?\$", groups))) == len(plan.rows)


def right_edges_of_the_last_digits(pdf, amounts):
    """Where, on each page, the last digit of each amount ends, in points from the left."""
    edges = set()
    for page in pdf:
        text = page.get_textpage()
        for amount in amounts:
            search = text.search(amount)
            while found := search.get_next():
                index, count = found
                edges.add(round(text.get_charbox(index + count - 1)[2], 1))
    return edges


def test_amounts_stand_digit_under_digit_and_negatives_in_parentheses():
    plan = plan_hsa(2026, [row(1, amount=Money(-2500)), row(4, amount=Money(111100))])
    raw = typeset_summary(plan)
    text = whole(PdfReader(BytesIO(raw)))
    assert "($25.00)" in text
    with PdfDocument(raw) as pdf:
        ledger = [page for page in pdf if "Ledger by" in page.get_textpage().get_text_range()]
        edges = right_edges_of_the_last_digits(ledger, ["($25.00", "$1,111.00"])
    assert len(edges) == 1


def test_the_head_of_the_ledger_is_repeated(reader):
    pages = [text for text in text_of(reader) if "Paid with" in text]
    assert len(pages) > 1


def test_no_letter_is_smaller_than_ten_points(reader):
    sizes = set()

    def see(text, _cm, _tm, _font, size):
        if text.strip():
            sizes.add(round(size, 2))

    for page in reader.pages:
        page.extract_text(visitor_text=see)
    assert sizes
    assert min(sizes) >= 10


def test_it_says_that_the_tests_are_not_applied(reader):
    assert "The HSA tests are not applied yet." in text_of(reader)[0]


def test_a_year_without_payments_is_one_page_that_says_so():
    reader = printed(plan_hsa(2026, [row(1, paid_on=None)]))
    [text] = text_of(reader)
    assert "Nothing was paid in 2026" in text
    assert "1 expense has no paid date" in text
    assert "Ledger" not in text


def test_what_to_look_at_names_the_lines_of_the_ledger(plan, reader):
    look = between(whole(reader), "To look at", "Receipts")
    assert "No receipt is attached. Add the bill or receipt.\nLedger no. 1, 2, 3, 4" in look
    assert "Recorded as paid with the HSA" in look


def test_receipts_follow_their_sheets_and_every_link_leads_to_its_sheet():
    receipts = [Receipt("d-1", "bill.pdf"), Receipt("d-2", "slip.jpg"), Receipt("d-3", "scan.pdf")]
    rows = [row(1, receipts=tuple(receipts[:2])), row(2, receipts=tuple(receipts[2:]))]
    reader = printed(plan_hsa(2026, rows), pages=(2, 1, 3))
    pages = text_of(reader)
    sheets = [number for number, text in enumerate(pages) if "Receipt behind the ledger" in text]
    first = sheets[0]
    assert sheets == [first, first + 3, first + 5]
    assert len(pages) == first + 9
    for number, sheet in enumerate(sheets, start=1):
        assert f"HSA-2026-00{number}" in pages[sheet]
        assert f"HSA-2026-00{number} HSA expense summary" in pages[sheet + 1]
    bookmarks = [mark for mark in reader.outline if mark.title.startswith("HSA-")]
    assert [mark.title for mark in bookmarks] == [
        "HSA-2026-001: bill.pdf",
        "HSA-2026-002: slip.jpg",
        "HSA-2026-003: scan.pdf",
    ]
    assert [reader.get_destination_page_number(mark) for mark in bookmarks] == sheets
    assert link_targets(reader) == set(sheets)


def link_targets(reader):
    targets = set()
    for page in reader.pages:
        for reference in page.get("/Annots", ()):
            note = reference.get_object()
            if note["/Subtype"] == "/Link":
                where = note.get("/Dest") or note["/A"]["/D"]
                if isinstance(where, str):
                    targets.add(
                        reader.get_destination_page_number(reader.named_destinations[where])
                    )
                else:
                    targets.add(reader.get_page_number(where[0].get_object()))
    return targets


def test_names_in_any_script_and_words_without_end_stay_in_their_columns():
    name, endless = "玛雅 王小明", "Provider" * 20
    text = whole(printed(plan_hsa(2026, [row(1, patient=name, provider=endless)])))
    assert "王小明" in text
    assert endless in re.sub(r"\s", "", text)


def test_the_pages_are_us_letter(reader):
    assert {tuple(map(float, page.mediabox[2:])) for page in reader.pages} == {(612.0, 792.0)}


def test_the_same_plan_gives_the_same_bytes(plan):
    assert typeset_summary(plan) == typeset_summary(plan)
