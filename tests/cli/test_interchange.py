"""The commands on tables and named receipts, with the shapes that scripts rely on."""

from __future__ import annotations

import pytest

PORTAL = (
    "Claims as of 11/20/2026\n"
    "Date of Service;Date Paid;Provider;You Paid\n"
    "01/15/2026;01/16/2026;Clinic;$45.00\n"
    '02/15/2026;02/16/2026;"Dr. ""Bob""\nPark";1.234,56\n'
    "02/17/2026;;Pharmacy;\n"
)


@pytest.fixture
def portal(tmp_path, place, run):
    run("init", place)
    path = tmp_path / "portal.csv"
    path.write_text(PORTAL, encoding="utf-16")
    return path


def test_a_table_is_imported_with_every_line_accounted_for(run, portal):
    looked = run("import-csv", portal, "--dry-run")
    assert (looked.status, looked.value["added"], looked.value["dry_run"]) == (1, 1, True)
    assert run("expenses").value == []
    done = run("import-csv", portal, "--profile", "generic")
    assert done.status == 1
    assert (done.value["added"], done.value["duplicates"]) == (1, 0)
    assert [each["row"] for each in done.value["refused"]] == [4, 6]
    assert done.value["notes"] == [
        "Not taken as lines of the table (words around it, its head again, totals): 1."
    ]
    (row,) = run("expenses").value
    assert (row["served_on"], row["paid_on"]) == ("2026-01-15", "2026-01-16")
    assert (row["amount"], row["source"], row["method"]) == ("45.00", "csv", "own")


def test_the_same_file_twice_is_all_duplicates_and_no_failure(run, portal):
    portal.write_text("Date,Provider,Amount\n2026-01-15,Clinic,$45.00\n", encoding="utf-8-sig")
    assert run("import-csv", portal).status == 0
    again = run("import-csv", portal)
    assert (again.status, again.value["added"], again.value["duplicates"]) == (0, 0, 1)
    assert run("undo").status == 0
    assert run("expenses").value == []


def test_columns_can_be_said_and_remembered(run, portal):
    portal.write_text("Wann|Wo|Wieviel\n31/01/2026|Clinic|$45.00\n", encoding="utf-8")
    assert "column" in run("import-csv", portal).value["refused"]
    said = ("--column", "Wann=paid", "--column", "Wieviel=amount", "--column", "Wo=provider")
    done = run("import-csv", portal, *said, "--dates", "dmy", "--save-as", "Mine")
    assert (done.status, done.value["added"]) == (0, 1)
    assert run("import-profiles").value[0] == {"profile": "Mine", "title": "Mine", "own": True}
    again = run("import-csv", portal, "--profile", "Mine")
    assert (again.status, again.value["duplicates"]) == (0, 1)


def test_what_is_no_table_or_does_not_fit_is_refused_and_never_a_crash(run, portal):
    for profile in ("Nobody", "fidelity"):
        done = run("import-csv", portal, "--profile", profile)
        assert done.status == 1
        assert done.value["refused"]
    for data in (b"", b"%PDF-1.7", bytes(5000), b"<table>", b"Date,Amount\n", b"a,b\n1,2"):
        portal.write_bytes(data)
        done = run("import-csv", portal)
        assert done.status in {0, 1}
        assert isinstance(done.value, dict)
    assert run("expenses").value == []


def test_ofx_gives_withdrawals_and_contributions(run, portal):
    portal.write_text(
        "OFXHEADER:100\n<OFX><CURDEF>USD\n<ACCTID>1\n"
        "<STMTTRN><TRNTYPE>DEBIT<DTPOSTED>20260115<TRNAMT>-45.00<FITID>A1<NAME>Pharmacy</STMTTRN>\n"
        "<STMTTRN><TRNTYPE>CREDIT<DTPOSTED>20260116<TRNAMT>90<FITID>A2<NAME>Employer contribution"
        "</STMTTRN>\n<STMTTRN><TRNTYPE>INT<DTPOSTED>20260117<TRNAMT>.01<FITID>A3<NAME>Int"
        "</STMTTRN></OFX>\n",
        encoding="utf-8",
    )
    done = run("import-ofx", portal)
    assert done.status == 0
    counts = [done.value[name] for name in ("expenses", "withdrawals", "contributions")]
    assert counts == [0, 1, 1]
    assert done.value["left_out"][0]["row"] == 6
    assert run("import-csv", portal).value["duplicates"] == 2


def test_receipts_come_in_by_their_names(run, say, portal, tmp_path):
    folder = tmp_path / "receipts"
    folder.mkdir()
    for name in ("2021-01-01 - bob doctor - $45.00.reimbursed.txt", "letter.txt"):
        (folder / name).write_text(f"An invented receipt, {name}", encoding="utf-8")
    assert [each["outcome"] for each in run("import-named", folder, "--dry-run").value] == [
        "added", "refused",
    ]  # fmt: skip
    done = run("import-named", folder, "--no-read")
    assert done.status == 1
    entered, refused = done.value
    assert (entered["outcome"], refused["outcome"]) == ("added", "refused")
    assert set(entered) == {"path", "outcome", "document", "expense", "reason"}
    (row,) = run("expenses").value
    assert (row["expense"], row["receipt"]) == (entered["expense"], entered["document"])
    assert "already" in say("import-named", folder).out
