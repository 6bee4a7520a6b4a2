"""hsa and medical-expenses, as they are used from outside."""

from __future__ import annotations

import pypdf
import pytest


@pytest.fixture
def ledger(run, binder):
    run("person-new", "Ada Example", "--relation", "self")
    run("hsa-account", "--holder", "Ada Example", "--established", "2025-01-01")
    for paid, amount, method in (
        ("2026-03-05", "75.00", "own"),
        ("2026-04-05", "20.00", "hsa"),
        ("2025-04-05", "11.00", "own"),
    ):
        run(
            "expense", "--served", paid, "--paid", paid, "--provider", "Bright Dental",
            "--amount", amount, "--method", method, "--patient", "Ada Example",
            "--category", "dental",
        )  # fmt: skip


def test_the_summary_of_a_year_tells_where_each_cent_stands(run, ledger, tmp_path):
    target, table, folder = (tmp_path / name for name in ("h.pdf", "h.csv", "kept"))
    made = run("hsa", "2026", "-o", target, "--csv", table, "--folder", folder)
    value = made.value
    assert made.status == 0
    assert value["year_basis"] == "paid"
    assert [value[name] for name in ("claimable", "needs_attention", "not_claimable")] == [
        "75.00", "0.00", "0.00"
    ]  # fmt: skip
    assert (value["reimbursed"], value["unreimbursed_carried"]) == ("20.00", "86.00")
    assert {finding["id"] for finding in value["findings"]} >= {"H07"}
    assert value["pages"] == len(pypdf.PdfReader(target).pages)
    (form,) = value["forms"]
    assert (form["14a"], form["15"], form["16"]) == ("20.00", "20.00", "0.00")
    assert (folder / "index.csv").is_file()
    assert "75.00" in table.read_text(encoding="utf-8-sig")
    refused = run("hsa", "2026", "-o", target, "--from", "2026-05-01", "--to", "2026-02-01")
    assert refused.status == 1
    assert "before it begins" in refused.value["refused"]


def test_medical_expenses_are_listed_without_an_hsa(run, ledger, tmp_path):
    target = tmp_path / "paid.pdf"
    value = run("medical-expenses", "2026", "-o", target, "--copy", "accountant").value
    assert (value["paid"], value["hsa"], value["left"]) == ("95.00", "20.00", "75.00")
    assert value["schedule_a"] == {"counts": "75.00", "asks": "0.00", "not_counted": "0.00"}
    assert "Medical expenses paid in 2026" in pypdf.PdfReader(target).pages[0].extract_text()
    narrowed = run(
        "medical-expenses", "2026", "-o", target, "--from", "2025-01-01", "--person", "Ada Example"
    )
    assert narrowed.value["paid"] == "106.00"
