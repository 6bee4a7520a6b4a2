"""The pages of the HSA summary, read back by other libraries than the one that made them."""

from __future__ import annotations

import re
from datetime import date
from io import BytesIO

import pytest
from pypdf import PdfReader
from pypdfium2 import PdfDocument

from app.domain.hsa_plan import columns
from app.domain.medical_paid import plan_medical
from app.domain.summary_choice import SummaryChoice
from app.exporting.hsa_apart import set_apart
from app.exporting.hsa_front import title_of
from app.exporting.hsa_pages import front_data
from app.exporting.medical_pdf import medical_pdf
from app.exporting.typeset import typeset
from tests.exporting.printed_columns import amounts_on, between, columns_of
from tests.exporting.random_household import SECRETS, Household

MADE_ON = date(2027, 2, 1)


def typeset_summary(plan):
    """The PDF with an empty page for each paper."""
    front = {**front_data(plan, made_on=MADE_ON), "waiting": {}}
    for exhibit in front["exhibits"]:
        exhibit["pages"] = [{"landscape": False, "missing": None}] * plan.choice.has_papers
    return typeset("hsa.typ", front, title=title_of(plan.choice), made_on=MADE_ON)


@pytest.fixture(scope="module")
def household():
    return Household(3)


@pytest.fixture(scope="module")
def plan(household):
    return household.plan()


@pytest.fixture(scope="module")
def raw(plan):
    return typeset_summary(plan)


@pytest.fixture(scope="module")
def reader(raw):
    return PdfReader(BytesIO(raw))


@pytest.fixture(scope="module")
def pdf(raw):
    with PdfDocument(raw) as opened:
        yield opened


@pytest.fixture(scope="module")
def pages(reader):
    return text_of(reader)


def text_of(reader):
    return [page.extract_text() for page in reader.pages]


def test_each_page_says_which_it_is_and_once_that_it_is_no_tax_advice(pages):
    assert len(pages) > 8
    for number, text in enumerate(pages, start=1):
        assert f"Page {number} of {len(pages)}" in text
        assert text.count("Not tax advice") == 1
    assert "Report " in pages[0]


@pytest.mark.parametrize("seed", [11, 12, 13])
def test_the_ledgers_of_other_households_add_up(seed):
    plan = Household(seed, lines=14).plan()
    with PdfDocument(typeset_summary(plan)) as pdf:
        check_ledger(pdf, plan)


def test_every_column_of_the_ledger_adds_up_to_its_printed_totals(pdf, plan):
    assert plan.elsewhere
    check_ledger(pdf, plan)


def check_ledger(pdf, plan):
    """Compare each column, its two lines of print apart, with its printed totals."""
    across = [number for number, page in enumerate(pdf) if page.get_width() > page.get_height()]
    found = columns_of(amounts_on(pdf, across))
    groups = [group for group in (plan.elsewhere, plan.paid) if group]
    whole = columns(plan.lines)
    meant = [
        (whole.billed, whole.allowed), (whole.plan_paid, whole.share),
        (whole.paid, whole.not_claimable), (whole.hsa_now, whole.hsa_else),
        (whole.claimable, whole.needs_attention),
    ]  # fmt: skip
    has_eobs = any(line.eob for line in plan.lines)
    assert len(found) == (5 if has_eobs else 3)
    for place, (column, totals) in enumerate(zip(found[::-1], meant[::-1], strict=False)):
        for which in (0, 1):
            cents = column[which::2]
            sums = []
            for group in groups:
                count = sum(line.eob is not None for line in group) if place > 2 else len(group)
                rows, cents = cents[:count], cents[count:]
                sums.append(cents.pop(0))
                assert sum(rows) == sums[-1]
            if len(groups) > 1:
                assert cents.pop(0) == sum(sums)
            assert cents == []
            assert sum(sums) == totals[which].cents


@pytest.mark.parametrize(
    ("start", "end", "which"),
    [
        ("Totals by person and category", "Who was paid", range(5)),
        ("Who was paid", "Ledger by date paid", range(-1, 0)),
        ("Where the money went", "The shoebox, year by year", range(-1, 0)),
        ("Left out, and why", "To be looked at, and why", range(-1, 0)),
    ],
)
def test_the_columns_of_other_tables_add_up_too(pdf, start, end, which):
    found = columns_of(between(pdf, start, end))
    for place in which:
        *rows, total = found[place]
        assert rows
        assert sum(rows) == total


def test_each_withdrawal_is_the_sum_of_what_stands_below_it(pdf, plan):
    found = between(pdf, "Withdrawals and what they paid for", "Where the money went")
    parts, whole = columns_of(found)[-2:]
    assert sum(parts[:-1]) == parts[-1] == whole[-1] == sum(whole[:-1])
    assert whole[:-1] == [each.withdrawal.amount.cents for each in plan.withdrawals]


def test_years_of_the_shoebox_roll_forward(pdf):
    found = columns_of(between(pdf, "The shoebox, year by year", "Travel log"))
    opening, *moved, closing = found
    for year in range(len(opening) - 1):
        assert opening[year] + sum(column[year] for column in moved) == closing[year]
    for column in moved:
        assert sum(column[:-1]) == column[-1]
    assert opening[1:-1] == closing[:-2]


def test_no_letter_is_smaller_than_ten_points(reader):
    sizes = set()

    def see(text, _cm, _tm, _font, size):
        if text.strip():
            sizes.add(round(size, 2))

    for page in reader.pages:
        page.extract_text(visitor_text=see)
    assert min(sizes) >= 10


def test_everything_is_black_white_or_grey(reader):
    for page in reader.pages:
        drawn = page.get_contents().get_data()
        for red, green, blue in re.findall(rb"([\d.]+) ([\d.]+) ([\d.]+) (?:rg|RG|sc|SC)\b", drawn):
            assert red == green == blue


def test_bookmarks_lead_to_their_pages(reader, pages, plan):
    marks = {mark.title: reader.get_destination_page_number(mark) for mark in reader.outline}
    for exhibit in plan.exhibits:
        (title,) = [each for each in marks if each.startswith(exhibit.number)]
        assert exhibit.number in pages[marks[title]]
        assert "SHA-256 begins" in pages[marks[title]]
        assert f"Exhibit {exhibit.number} p. 1/1" in pages[marks[title] + 1]
    for chapter in ("Ledger by date paid", "Open findings", "Statement of the account holder"):
        assert chapter in pages[marks[chapter]]


def test_the_statement_has_the_three_sentences_and_a_place_to_sign(pages):
    words = " ".join(" ".join(pages).split())
    for each in (
        "exclusively to pay or reimburse qualified medical expenses",
        "not been previously paid or reimbursed from another source",
        "not been taken as an itemized deduction in any year",
        "Signature of Rosa Alvarez",
    ):
        assert each in words


def test_the_full_copy_names_what_the_accountants_copy_must_not(household, pages):
    full = " ".join(" ".join(pages).split())
    assert all(secret in full for secret in SECRETS)
    plan = household.plan(copy="accountant", has_papers=False)
    read = text_of(PdfReader(BytesIO(typeset_summary(plan))))
    short = " ".join(" ".join(read).split())
    assert not [secret for secret in SECRETS if secret in short]
    assert "papers themselves are left out of this copy" in short
    assert "The letter for [left out]" in short
    assert "Accountant’s copy, without diagnoses" in read[0]


def test_without_an_account_the_first_page_says_what_to_do():
    household = Household(3, lines=6)
    object.__setattr__(household.book, "accounts", ())
    first = " ".join(text_of(PdfReader(BytesIO(typeset_summary(household.plan()))))[0].split())
    assert "No HSA is on record" in first


def test_a_year_without_payments_still_has_an_answer():
    plan = Household(3).plan(first=date(2014, 1, 1), last=date(2014, 12, 31))
    text = " ".join(text_of(PdfReader(BytesIO(typeset_summary(plan))))[0].split())
    assert "HSA expense summary 2014" in text
    assert "Paid in 2014 $0.00" in text


def test_what_is_set_apart_of_a_large_summary_is_the_same_rows_and_sums():
    front = front_data(Household(5, lines=700).plan(), made_on=MADE_ON)
    left, inlays = set_apart(front)
    waiting = [chapter["title"] for chapter in left["chapters"] if chapter["kind"] == ""]
    assert [inlay.mark for inlay in inlays if inlay.mark] == waiting
    by_title = {chapter["title"]: chapter for chapter in front["chapters"]}
    for inlay in inlays:
        parts = [part["chapters"][0] for part in inlay.parts if part["chapters"]]
        if not inlay.mark:
            covers = [cover for part in inlay.parts for cover in part["covers"]]
            assert covers == front["exhibits"]
            continue
        whole = by_title[inlay.mark]
        assert [part["title"] for part in parts] == [whole["title"], *[""] * (len(parts) - 1)]
        rows = [row for part in parts for row in part["rows"]]
        if whole["kind"] == "ledger":
            assert [row for group in rows for row in group["rows"]] == [
                row for group in whole["rows"] for row in group["rows"]
            ]
            sums = [group["total"] for group in rows if group["total"]]
            assert sums == [group["total"] for group in whole["rows"]]
        elif whole["kind"] == "table":
            assert rows == whole["rows"]
            assert [part["total"] for part in parts] == [[]] * (len(parts) - 1) + [whole["total"]]
    assert {"Ledger by date paid", ""} <= {inlay.mark for inlay in inlays}


def test_the_columns_of_medical_expenses_paid_add_up(household):
    choice = SummaryChoice(first=date(2026, 1, 1), last=date(2026, 12, 31), copy="accountant")
    plan = plan_medical(household.book, choice, claims={})
    raw = medical_pdf(plan, made_on=MADE_ON)
    with PdfDocument(raw) as pdf:
        across = [number for number, page in enumerate(pdf) if page.get_width() > page.get_height()]
        found = columns_of(amounts_on(pdf, across))[:6]
    sums = plan.sums
    meant = (sums.paid, sums.hsa, sums.employer, sums.assistance, sums.back, sums.own)
    for column, total in zip(found, meant, strict=True):
        assert sum(column[:-1]) == column[-1] == total.cents
        assert len(column) == len(plan.rows) + 1
    words = " ".join(" ".join(text_of(PdfReader(BytesIO(raw)))).split())
    assert not [secret for secret in SECRETS if secret in words]


def test_the_same_plan_gives_the_same_bytes(plan, raw):
    assert typeset_summary(plan) == raw
