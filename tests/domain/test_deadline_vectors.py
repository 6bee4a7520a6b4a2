"""The worked dates of the facts, and more of the same kind, worked by hand from the law."""

from __future__ import annotations

import pytest

from tests.domain.deadline_data import due

NOTICE, GOT, CARE, BILL = "notice_date", "received", "service_date", "bill_date"

VECTORS = [
    ("com.internal.group", {GOT: "2026-01-15"}, "2026-07-14", None, "2026-07-14"),
    ("com.ext.federal", {GOT: "2026-10-30"}, "2027-03-01", "2027-03-01", "2027-03-01"),
    ("com.ext.federal", {GOT: "2026-10-29"}, "2027-03-01", "2027-03-01", "2027-03-01"),
    ("ma.l1", {NOTICE: "2026-04-01"}, "2026-06-05", None, "2026-06-05"),
    ("ma.l1", {NOTICE: "2026-11-20"}, "2027-01-24", None, "2027-01-22"),
    ("om.l1", {NOTICE: "2026-02-10"}, "2026-06-15", None, "2026-06-15"),
    ("om.l1", {NOTICE: "2026-02-10", GOT: "2026-03-01"}, "2026-06-29", None, "2026-06-29"),
    ("mcd.mco.appeal", {NOTICE: "2026-06-01"}, "2026-07-31", None, "2026-07-31"),
    ("fehb.reconsider", {NOTICE: "2026-08-31"}, "2027-02-28", None, "2027-02-26"),
    ("tri.reconsider", {NOTICE: "2026-05-04"}, "2026-08-02", None, "2026-07-31"),
    ("nsa.ppdr", {BILL: "2026-07-06"}, "2026-11-03", None, "2026-11-03"),
    ("state.OH", {NOTICE: "2026-04-06"}, "2026-10-03", None, "2026-10-02"),
    ("state.NC", {GOT: "2026-03-10"}, "2026-07-08", None, "2026-07-08"),
    ("state.MI", {GOT: "2026-01-05"}, "2026-05-12", None, "2026-05-12"),
    ("state.HI", {GOT: "2026-02-02"}, "2026-06-12", None, "2026-06-12"),
    ("state.CA", {NOTICE: "2026-08-31"}, "2027-02-28", None, "2027-02-26"),
    ("om.claim.timely", {CARE: "2024-02-29"}, "2025-02-28", None, "2025-02-28"),
    # Beyond the facts: weekends, holidays, leap years, year ends.
    ("com.ext.federal", {GOT: "2026-03-04"}, "2026-07-04", "2026-07-06", "2026-07-02"),
    ("com.ext.federal", {GOT: "2026-03-03"}, "2026-07-03", "2026-07-03", "2026-07-02"),
    ("com.ext.federal", {GOT: "2027-08-31"}, "2027-12-31", "2027-12-31", "2027-12-30"),
    ("com.ext.federal", {GOT: "2027-09-01"}, "2028-01-01", "2028-01-03", "2027-12-30"),
    ("nsa.external", {GOT: "2027-10-29"}, "2028-02-29", "2028-02-29", "2028-02-29"),
    ("state.NJ", {GOT: "2026-10-31"}, "2027-02-28", None, "2027-02-26"),
    ("state.FL", {GOT: "2026-10-30"}, "2027-02-28", None, "2027-02-26"),
    ("va.benefit", {NOTICE: "2024-02-29"}, "2025-02-28", None, "2025-02-28"),
    ("fehb.court", {CARE: "2024-02-29"}, "2027-12-31", None, "2027-12-30"),
    ("com.internal.individual", {NOTICE: "2026-01-15"}, "2026-07-14", None, "2026-07-14"),
    ("om.l1", {NOTICE: "2026-02-10", GOT: "2026-02-11"}, "2026-06-11", None, "2026-06-11"),
    ("mcd.ffs.reinstate", {NOTICE: "2026-03-02"}, "2026-03-17", None, "2026-03-17"),
    ("pd.l3.exp", {NOTICE: "2026-03-02", GOT: "2026-03-09"}, "2026-05-01", None, "2026-05-01"),
    ("om.qio.services", {GOT: "2026-03-05"}, "2026-03-06", None, "2026-03-06"),
    ("om.qio.hospital", {CARE: "2026-03-05"}, "2026-03-05", None, "2026-03-05"),
    ("com.info.request.urgent", {GOT: "2026-03-05"}, "2026-03-07", None, "2026-03-06"),
    ("com.concurrent.extend", {CARE: "2026-03-05"}, "2026-03-04", None, "2026-03-04"),
    ("mcd.mco.continue", {NOTICE: "2026-03-02"}, "2026-03-12", None, "2026-03-12"),
]

CONSERVATIVE = [
    ("ma.l1", {NOTICE: "2026-04-01"}, "2026-05-31", "2026-05-29"),
    ("ma.l1", {NOTICE: "2026-04-01", GOT: "2026-04-20"}, "2026-05-31", "2026-05-29"),
    ("om.l1", {NOTICE: "2026-02-10"}, "2026-06-10", "2026-06-10"),
    ("state.FL", {NOTICE: "2026-03-02"}, "2026-05-01", "2026-05-01"),
    ("state.HI", {NOTICE: "2026-02-02"}, "2026-06-02", "2026-06-02"),
    ("state.MN", {NOTICE: "2026-10-31"}, "2027-02-28", "2027-02-26"),
    ("state.OR", {NOTICE: "2026-03-02"}, "2026-07-02", "2026-07-02"),
    ("mcd.ffs.reinstate", {NOTICE: "2026-03-02"}, "2026-03-12", "2026-03-12"),
    (
        "com.info.request.urgent",
        {NOTICE: "2026-03-02", GOT: "2026-03-05"},
        "2026-03-07",
        "2026-03-06",
    ),
]


@pytest.mark.parametrize(("rule", "days", "last_day", "rolled", "safe"), VECTORS)
def test_a_worked_date_comes_out_by_the_general_mechanism(rule, days, last_day, rolled, safe):
    row = due(rule, **days).row()
    assert (row["last_day"], row["last_day_after_roll"]) == (last_day, rolled)
    assert row["safe_file_by"] == safe


@pytest.mark.parametrize(("rule", "days", "last_day", "safe"), CONSERVATIVE)
def test_the_conservative_count_starts_at_the_notice_without_mail_days(rule, days, last_day, safe):
    row = due(rule, conservative=True, **days).row()
    assert (row["last_day"], row["safe_file_by"]) == (last_day, safe)


@pytest.mark.parametrize(
    ("buffer_days", "safe"),
    [
        (0, "2026-07-14"),
        (1, "2026-07-13"),
        (2, "2026-07-10"),
        (7, "2026-07-07"),
        (11, "2026-07-02"),
    ],
)
def test_the_buffer_is_taken_off_in_calendar_days_before_a_business_day_is_sought(
    buffer_days, safe
):
    row = due("com.internal.group", received="2026-01-15", buffer_days=buffer_days).row()
    assert (row["last_day"], row["safe_file_by"]) == ("2026-07-14", safe)


def test_the_buffer_counts_from_the_day_before_it_rolls():
    row = due("com.ext.federal", received="2026-03-04", buffer_days=2).row()
    assert (row["last_day_after_roll"], row["safe_file_by"]) == ("2026-07-06", "2026-07-02")
