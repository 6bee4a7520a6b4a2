"""From FHIR to explanations of benefits: what is mapped, what is refused, and in which words."""

from __future__ import annotations

import json
import os
import shutil
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from app.domain.errors import UnreadableError
from app.importing.benefits import Benefit, RefusedRow, from_wire, to_wire
from app.importing.eob_file import benefits_in
from app.resources import resource_json
from tests.importing.eob_papers import (
    CMS,
    amount,
    an_eob,
    bundle,
    denied_for,
    line,
    money,
    of_cms,
    saved,
)

TABLE = resource_json("reading", "eob_amounts.json")
SAMPLES = Path(os.environ.get("CLAIMBINDER_SAMPLES", "no samples"), "eob_fhir")
"""Real samples, where somebody has them: CMS's and CARIN's own files."""


def all_of(path: Path) -> list[Benefit | RefusedRow]:
    return list(benefits_in(path, set()))


def mapped(path: Path, resource: dict[str, Any]) -> Benefit:
    (found,) = all_of(saved(path / "a.json", resource))
    assert isinstance(found, Benefit), found
    return found


def refused(path: Path, resource: Any) -> str:
    (found,) = all_of(saved(path / "a.json", resource))
    assert isinstance(found, RefusedRow), found
    return found.reason


def test_what_a_person_asks_first_is_mapped(tmp_path: Path) -> None:
    found = mapped(
        tmp_path,
        an_eob(
            line(amount("submitted", 250.5), modifier=[{"coding": [{"code": "25"}]}]),
            diagnosis=[
                {"diagnosisCodeableConcept": {"coding": [{"code": "G43.909"}, {"code": "G43"}]}}
            ],
            processNote=[{"text": "Not medically necessary."}],
            payment={"date": "2026-03-19"},
        ),
    )
    assert (found.claim_number, found.insurer, found.provider) == (
        "CLM-1001", "Acme Health", "Lakeside Infusion Center",
    )  # fmt: skip
    assert (found.patient, found.created_on) == ("Rosa Delgado", date(2026, 3, 20))
    assert (found.period_start, found.period_end) == (date(2026, 3, 2), date(2026, 3, 3))
    assert (found.diagnoses, found.kind) == (("G43.909",), "professional")
    assert found.remarks == ("Paid by the plan on 03/19/2026", "Note: Not medically necessary.")
    (service,) = found.lines
    assert (service.served_on, service.codes) == (date(2026, 3, 2), ("99213", "modifier 25"))
    assert service.amounts == {"billed": 250_50}


@pytest.mark.parametrize(("code", "role"), TABLE["codes"].items())
def test_each_general_code_has_its_role(tmp_path: Path, code: str, role: str) -> None:
    found = mapped(tmp_path, an_eob(line(amount(code, "12.34"))))
    assert found.lines[0].amounts == {role: 12_34}


@pytest.mark.parametrize(("variable", "role"), TABLE["variables"].items())
def test_a_variable_of_cms_decides_over_the_general_code_beside_it(
    tmp_path: Path, variable: str, role: str | None
) -> None:
    found = mapped(tmp_path, an_eob(line(of_cms(variable, 7, general="coinsurance"))))
    assert found.lines[0].amounts == ({role: 7_00} if role else {})
    assert bool(found.lines[0].others) == (role is None)


def test_an_unknown_amount_keeps_its_own_name(tmp_path: Path) -> None:
    odd = {"category": {"text": "Kindness bonus"}, "amount": money(3)}
    assert mapped(tmp_path, an_eob(line(odd))).lines[0].others == (("Kindness bonus", 3_00),)


@pytest.mark.parametrize("written", [12, 12.0, "12.00", 12.004, "12"])
def test_an_amount_may_be_written_in_several_ways(tmp_path: Path, written: Any) -> None:
    found = mapped(tmp_path, an_eob(line(amount("copay", written, None))))
    assert found.lines[0].amounts == {"copay": 12_00}


def test_a_reversal_stays_negative(tmp_path: Path) -> None:
    pair = (line(amount("submitted", 68.8)), line(amount("submitted", -68.8)))
    found = mapped(tmp_path, an_eob(*pair))
    assert [each.amounts["billed"] for each in found.lines] == [68_80, -68_80]


def test_parts_of_one_role_add_up_but_a_billed_amount_told_twice_does_not(tmp_path: Path) -> None:
    found = mapped(
        tmp_path,
        an_eob(
            line(
                amount("submitted", 100), amount("submitted", 100), amount("deductible", 5),
                amount("deductible", 6),
            )
        ),
    )  # fmt: skip
    assert found.lines[0].amounts == {"billed": 100_00, "deductible": 11_00}


@pytest.mark.parametrize(
    ("bad", "part"),
    [
        (amount("copay", 12, "EUR"), "in EUR"),
        (amount("copay", "a lot"), "not a number"),
        (amount("copay", True), "not a number"),
        (amount("copay", None), "not a number"),
        (amount("copay", [1]), "not a number"),
        (amount("copay", 10**13), "too large"),
        (amount("copay", -(10**13)), "too large"),
    ],
)
def test_an_amount_that_cannot_be_right_refuses_its_explanation(
    tmp_path: Path, bad: dict[str, Any], part: str
) -> None:
    assert part in refused(tmp_path, an_eob(line(bad)))
    assert part in refused(tmp_path, an_eob(total=[bad]))


@pytest.mark.parametrize("number", ["NaN", "Infinity", "-Infinity", "1e999999999999", "9" * 5000])
def test_no_number_becomes_an_amount_by_chance(tmp_path: Path, number: str) -> None:
    text = json.dumps(an_eob(line(amount("copay", 12.5))))
    (tmp_path / "a.json").write_text(text.replace("12.5", number))
    (found,) = all_of(tmp_path / "a.json")
    assert isinstance(found, RefusedRow)
    assert "not a number" in found.reason or "too large" in found.reason


def test_a_name_that_stands_twice_refuses_only_its_own_row(tmp_path: Path) -> None:
    twice = json.dumps(bundle(an_eob(line(amount("copay", 1))), an_eob(line(amount("copay", 2)))))
    twice = twice.replace('"value": 2', '"value": 2, "value": 3')
    (tmp_path / "a.json").write_text(twice)
    good, bad = all_of(tmp_path / "a.json")
    assert isinstance(good, Benefit)
    assert isinstance(bad, RefusedRow)
    assert (bad.row, "“value” stands twice" in bad.reason) == (2, True)


@pytest.mark.parametrize(
    ("more", "part"),
    [
        ({"use": "preauthorization"}, "prior authorization, not a bill"),
        ({"use": "predetermination"}, "estimate"),
        ({"status": "cancelled"}, "cancelled"),
        ({"status": "entered-in-error"}, "in error"),
        ({"status": "draft"}, "draft"),
    ],
)
def test_what_nobody_owes_anything_by_says_so(
    tmp_path: Path, more: dict[str, Any], part: str
) -> None:
    found = mapped(tmp_path, an_eob(line(), **more))
    assert part in found.stopped
    assert found.is_authorization == ("use" in more)


@pytest.mark.parametrize(
    ("told", "shown"),
    [("CO120", "CO-120"), ("CO-50", "CO-50"), ("pr 1", "PR-1"), ("45", "45"), ("N130", "N130")],
)
def test_reason_codes_are_told_with_their_group(tmp_path: Path, told: str, shown: str) -> None:
    assert mapped(tmp_path, an_eob(line(denied_for(told)))).lines[0].reasons == (shown,)


@pytest.mark.parametrize("category", ["denialreason", "rejectreason", "adjustmentreason"])
def test_reasons_stand_under_several_categories(tmp_path: Path, category: str) -> None:
    reason = denied_for("96", category)
    del reason["reason"]["coding"][0]["system"]
    assert mapped(tmp_path, an_eob(adjudication=[reason])).reasons == ("96",)


def test_reasons_in_words_are_told_after_their_codes(tmp_path: Path) -> None:
    known = denied_for("CO-50")
    known["reason"]["coding"][0]["display"] = "Not deemed a medical necessity."
    unknown = {"category": {"coding": [{"code": "rejectreason"}]}, "reason": {"text": "Too late."}}
    found = mapped(
        tmp_path,
        an_eob(
            line(known), line(known), adjudication=[unknown], payment={"type": {"text": "denied"}}
        ),
    )
    assert found.remarks == (
        "Payment: denied", "Reason CO-50: Not deemed a medical necessity.", "Reason: Too late.",
    )  # fmt: skip


def test_the_state_of_a_payment_is_no_reason(tmp_path: Path) -> None:
    network = {
        "category": {"coding": [{"code": "benefitpaymentstatus"}]},
        "reason": {"coding": [{"code": "innetwork"}]},
    }
    assert mapped(tmp_path, an_eob(line(network, denied_for("denied")))).lines[0].reasons == ()


def test_names_are_found_inside_beside_and_behind_the_explanation(tmp_path: Path) -> None:
    eob = an_eob(
        patient={"reference": "urn:uuid:7"},
        insurer={"reference": "https://acme.example/fhir/Organization/acme/_history/2"},
        provider={"reference": "#lab"},
        contained=[{"resourceType": "Organization", "id": "lab", "name": "Harbor Lab"}],
        insurance=[{"coverage": {"reference": "Coverage/c"}}],
    )
    patient = {
        "resourceType": "Patient", "id": "x", "birthDate": "1971-05-06",
        "name": [{"use": "old", "family": "Ruiz"}, {"given": ["Rosa", "M"], "family": "Delgado"}],
    }  # fmt: skip
    together = bundle(
        eob,
        {"resourceType": "Organization", "id": "acme", "name": "Acme Health"},
        {"resourceType": "Coverage", "id": "c", "subscriberId": "W123"},
    )
    together["entry"].append({"fullUrl": "urn:uuid:7", "resource": patient})
    found = mapped(tmp_path, together)
    assert (found.patient, found.born_on) == ("Rosa M Delgado", date(1971, 5, 6))
    assert (found.insurer, found.provider, found.member_id) == ("Acme Health", "Harbor Lab", "W123")


def test_a_provider_known_only_by_number_is_named_by_it(tmp_path: Path) -> None:
    npi = {"identifier": {"system": "http://hl7.org/fhir/sid/us-npi", "value": "1234567893"}}
    assert mapped(tmp_path, an_eob(provider=npi)).provider == "NPI 1234567893"


@pytest.mark.parametrize("day", ["2026", "2026-03", "2026-02-30", "soon", 20260302, None])
def test_what_is_no_whole_day_is_no_date(tmp_path: Path, day: Any) -> None:
    assert mapped(tmp_path, an_eob(line(on=day))).lines[0].served_on is None


def test_a_moment_counts_by_the_day_that_is_written(tmp_path: Path) -> None:
    found = mapped(tmp_path, an_eob(line(on="2026-03-02T23:30:00-06:00")))
    assert found.lines[0].served_on == date(2026, 3, 2)


def test_rows_are_entries_of_a_bundle_and_elements_of_a_list(tmp_path: Path) -> None:
    patient = {"resourceType": "Patient", "id": "7"}
    whole = bundle(patient, an_eob(id="a"), {"link": []}, an_eob(id="b"))
    assert [found.row for found in all_of(saved(tmp_path / "a.json", whole))] == [2, 3, 4]
    listed = saved(tmp_path / "b.json", [an_eob(), bundle(an_eob(), an_eob())])
    assert [found.row for found in all_of(listed)] == [1, 2, 2]


def test_rows_of_a_file_with_one_record_a_line_are_its_lines(tmp_path: Path) -> None:
    path = saved(tmp_path / "a.ndjson", an_eob(), bundle(an_eob(), an_eob()))
    path.write_text("\n" + path.read_text() + "\n{broken\n\n")
    rows = all_of(path)
    assert [found.row for found in rows] == [2, 3, 3, 4]
    assert isinstance(rows[-1], RefusedRow)


def test_a_page_of_a_longer_list_says_that_more_is_to_come(tmp_path: Path) -> None:
    notes: set[str] = set()
    path = saved(tmp_path / "a.json", bundle(an_eob(), link=[{"relation": "next", "url": "x"}]))
    list(benefits_in(path, notes))
    assert any("more pages" in note for note in notes)


@pytest.mark.parametrize("content", [b"{", b"", b"%PDF-1.4", b'{"resourceType": "Explan', b"[1,"])
def test_what_is_no_such_file_is_refused_as_a_whole(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "a").write_bytes(content)
    with pytest.raises(UnreadableError):
        all_of(tmp_path / "a")


def test_nesting_without_end_is_refused_in_words(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b'{"a":' * 200_000)
    with pytest.raises(UnreadableError, match="not JSON"):
        all_of(tmp_path / "a")
    deep: Any = "x"
    for _ in range(100):
        deep = {"extension": [deep]}
    assert "nests too deep" in refused(tmp_path, an_eob(extension=[deep]))


def test_bundles_inside_bundles_end_somewhere(tmp_path: Path) -> None:
    nested = an_eob()
    for _ in range(20):
        nested = bundle(nested)
    assert "no record" in refused(tmp_path, nested)


def test_the_older_shape_is_mapped_where_its_amounts_are_certain(tmp_path: Path) -> None:
    old = an_eob()
    del old["use"]
    old["totalCost"] = {"value": 90, "system": "urn:iso:std:iso:4217", "code": "USD"}
    old["extension"] = [
        {"url": f"{CMS}/carr_clm_cash_ddctbl_apld_amt", "valueMoney": {"value": 5, "code": "USD"}}
    ]
    service = {"coding": [{"system": "https://bluebutton.cms.gov/hcpcs", "code": "45384"}]}
    old["item"] = [{"service": service, "adjudication": [of_cms("line_coinsrnc_amt", 60)]}]
    found = mapped(tmp_path, old)
    assert found.amounts == {"billed": 90_00, "deductible": 5_00}
    assert (found.lines[0].codes, found.lines[0].amounts) == (("45384",), {"coinsurance": 60_00})


def test_the_older_shape_without_known_amounts_is_refused(tmp_path: Path) -> None:
    assert "older form" in refused(tmp_path, an_eob({"service": {"text": "Visit"}}))


def test_a_claim_without_lines_or_amounts_is_still_one(tmp_path: Path) -> None:
    found = mapped(tmp_path, {"resourceType": "ExplanationOfBenefit"})
    assert (found.lines, found.amounts, found.key.startswith("content ")) == ((), {}, True)


def test_a_group_of_claims_does_not_name_one(tmp_path: Path) -> None:
    group = {"system": "https://bluebutton.cms.gov/resources/identifier/claim-group", "value": "9"}
    own = {"system": f"{CMS}/clm_id", "value": "123"}
    assert mapped(tmp_path, an_eob(identifier=[group, own])).claim_number == "123"


def test_a_benefit_travels_unchanged(tmp_path: Path) -> None:
    found = mapped(
        tmp_path, an_eob(line(amount("copay", 1), amount("odd", 2), denied_for("CO-50")))
    )
    assert from_wire(json.loads(json.dumps(to_wire(found)))) == found


@pytest.mark.parametrize(
    "change",
    [
        {"row": 0}, {"row": "1"}, {"amounts": {"copay": 1.5}}, {"amounts": {"copay": 10**20}},
        {"created_on": "soon"}, {"lines": "x"}, {"lines": [{"amounts": [1]}]}, {"odd": 1},
        {"remarks": ["x" * 5000]}, {"key": None}, {"others": [["x"]]},
    ],
)  # fmt: skip
def test_a_worker_that_answers_otherwise_is_not_believed(
    tmp_path: Path, change: dict[str, Any]
) -> None:
    values = to_wire(mapped(tmp_path, an_eob(line(amount("copay", 1)))))
    with pytest.raises(ValueError, match=r".+"):
        from_wire({**values, **change})


@pytest.mark.skipif(not SAMPLES.is_dir(), reason="the samples are not here")
@pytest.mark.parametrize(
    ("name", "rows", "lines"),
    [
        ("eobReadOutpatient.json", 1, 1),
        ("eobReadPde.json", 1, 1),
        ("eobReadDme.json", 1, 1),
        ("c4bb_eob_inpatient_example.json", 1, 13),
        ("test.ndjson", 10, 11),
    ],
)
def test_the_samples_are_read_whole(tmp_path: Path, name: str, rows: int, lines: int) -> None:
    found = all_of(Path(shutil.copy(SAMPLES / name, tmp_path)))
    assert len(found) == rows
    assert sum(len(each.lines) for each in found if isinstance(each, Benefit)) == lines
