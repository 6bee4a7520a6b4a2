"""Medicare's text download: its claims and their lines."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from app.domain.errors import UnreadableError
from app.importing.benefits import Benefit, RefusedRow
from app.importing.eob_file import benefits_in
from app.importing.eob_shares import shares_of
from tests.importing.eob_papers import MEDICARE


def claims(tmp_path: Path, text: str = MEDICARE) -> list[Benefit | RefusedRow]:
    path = tmp_path / "medicare.txt"
    path.write_text(text, encoding="utf-8", newline="\r\n")
    return list(benefits_in(path, set()))


def test_each_claim_is_read_with_its_lines(tmp_path: Path) -> None:
    office, hospital, drug = claims(tmp_path)
    assert isinstance(office, Benefit)
    assert (office.claim_number, office.kind, office.insurer, office.provider) == (
        "1234567890000", "PartB", "Medicare", "Lakeside Infusion Center",
    )  # fmt: skip
    assert office.amounts == {
        "billed": 60_00, "allowed": 34_00, "paid_to_provider": 27_20, "patient_owes": 6_80,
    }  # fmt: skip
    assert office.diagnoses == ("G43909",)
    (line,) = office.lines
    assert (line.codes, line.service) == (("96365", "modifier 59"), "Infusion")
    assert line.served_on == date(2025, 10, 18)
    assert line.amounts == {"billed": 60_00, "allowed": 34_00, "not_covered": 26_00}
    assert isinstance(hospital, Benefit)
    assert hospital.provider == ""
    assert isinstance(drug, Benefit)
    assert (drug.provider, drug.kind) == ("HARBOR PHARMACY #12", "Part D")
    assert (drug.lines[0].codes, drug.lines[0].service) == (("NDC 00093013505",), "CARVEDILOL")


def test_the_line_that_is_the_sum_of_the_others_is_none(tmp_path: Path) -> None:
    hospital = claims(tmp_path)[1]
    assert isinstance(hospital, Benefit)
    assert [line.number for line in hospital.lines] == ["1", "2"]
    assert [share.owed.cents for share in shares_of(hospital)] == [38_84, 0]


def test_what_medicare_has_not_settled_is_not_known(tmp_path: Path) -> None:
    first = claims(tmp_path, MEDICARE.replace("$6.80", "* Not Available *"))[0]
    assert isinstance(first, Benefit)
    assert "patient_owes" not in first.amounts


def test_an_amount_that_cannot_be_read_refuses_its_claim(tmp_path: Path) -> None:
    found = claims(tmp_path, MEDICARE.replace("$6.80", "some"))
    assert [type(each) for each in found] == [RefusedRow, Benefit, Benefit]
    assert isinstance(found[0], RefusedRow)
    assert "“you may be billed” says “some”" in found[0].reason


@pytest.mark.parametrize(
    "text", ["Dear Rosa,\nyour claim summary is enclosed.", "Claim Summary\n", "\n" * 300_000]
)
def test_another_text_is_no_download(tmp_path: Path, text: str) -> None:
    with pytest.raises(UnreadableError, match="neither"):
        claims(tmp_path, text)
