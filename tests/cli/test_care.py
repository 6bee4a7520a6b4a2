"""Approvals, treatments, diary, providers and who may speak, from the command line."""

from __future__ import annotations

import pytest


def refused(done):
    return done.status == 1 and set(done.value) == {"refused", "ask"}


def test_an_authorization_stands_with_its_days_and_what_is_used(run, household):
    made = run(
        "authorization-new", "Iron infusions", "--claim", "Infusions in March", "--number", "PA-77",
        "--status", "approved", "--asked-units", "24", "--units", "24", "--unit", "infusions",
        "--used", "18", "--from", "2026-09-01", "--until", "2027-02-28", "--renew-by", "2027-01-31",
        "--codes", "J1756,96365",
    ).value  # fmt: skip
    assert (made["claim"], made["plan"]) == (household["claim"], "Harbor Mutual")
    assert (made["left"], made["used_words"]) == (6, "18 of 24 infusions used")
    assert (made["codes"], made["until"], made["renew_by"]) == (
        ["J1756", "96365"], "2027-02-28", "2027-01-31",
    )  # fmt: skip
    assert [row["kind"] for row in made["deadlines"]] == ["authorization"] * 2
    assert [row["last_day"] for row in run("deadlines").value] == ["2027-01-31", "2027-02-28"]
    changed = run("authorization-change", "PA-77", "--used", "19")
    assert refused(changed)  # a number is no name
    key = made["authorization"]
    assert run("authorization-change", key, "--used", "19").value["left"] == 5
    assert run("authorization-change", "iron infusions", "--renew-by", "unknown").status == 0
    assert [row["last_day"] for row in run("deadlines").value] == ["2027-02-28"]
    run("authorization-change", key, "--status", "ended")
    assert run("deadlines").value == []
    (row,) = run("authorizations", "--claim", household["claim"]).value
    assert (row["status"], row["used"], row["told"], row["ask"]) == ("ended", 19, [], None)


def test_a_cut_series_is_told_until_the_denial_says_that_the_care_is_running(run, household):
    made = run(
        "authorization-new", "Iron infusions", "--claim", household["claim"], "--status", "partly",
        "--last-session", "2026-12-11",
    ).value  # fmt: skip
    assert made["deadlines"] == []
    assert "29 CFR 2560.503-1(f)(2)(ii)" in made["told"][1]["source"]
    assert made["ask"].startswith("Record the denial")
    denial = run(
        "denial", household["claim"], "--notice-date", "2026-11-16", "--continuing-treatment",
        "--effective", "2026-12-11",
    ).value["denial"]  # fmt: skip
    linked = run("authorization-change", made["authorization"], "--denial", denial).value
    assert (linked["ask"], linked["denial"]) == (None, denial)


def test_treatments_are_listed_as_they_were_tried(run, household, paper):
    document = run("add", paper("chart.txt"), "--no-read").value[0]["document"]
    claim = household["claim"]
    first = run(
        "treatment-new", claim, "Iron infusions", "--route", "infusion", "--from", "2025-03",
        "--outcome", "ongoing",
    ).value  # fmt: skip
    made = run(
        "treatment-new", claim, "Iron tablets", "--route", "oral", "--dose", "325 mg daily",
        "--from", "2024", "--until", "2024-06", "--outcome", "not_tolerated", "--reaction",
        "vomiting", "--product", "commercial", "--proof", "chart.txt", "--page", "1",
    ).value  # fmt: skip
    assert (made["document"], made["page"], made["until"]) == (document, 1, "2024-06")
    rows = run("treatments", claim).value
    assert [row["treatment"] for row in rows] == [made["treatment"], first["treatment"]]
    without = run("treatment-change", "Iron tablets", "--proof", "unknown", "--until", "").value
    assert (without["document"], without["page"], without["until"]) == (None, None, None)
    assert refused(run("treatment-new", claim, "X", "--from", "March"))
    assert run("treatment-new", claim, "X", "--route", "nose").status == 2


def test_the_diary_is_written_in_one_line(run, say, household):
    claim = household["claim"]
    written = run("diary", claim, "--add", "Tired", "--score", "7").value
    assert (written["on"], written["score"], written["kind"]) == ("2026-11-21", 7, "symptom")
    run("diary", claim, "--add", "Called the trial", "--on", "2026-11-01", "--kind", "trial")
    assert [row["text"] for row in run("diary", claim).value] == ["Called the trial", "Tired"]
    assert "Tired" in say("diary", claim).out
    assert run("diary", claim, "--remove", written["line"]).value == {"removed": written["line"]}
    assert refused(run("diary", claim, "--remove", "x"))
    assert refused(run("diary", claim, "--on", "2026-11-01"))
    assert refused(run("diary", claim, "--add", ""))
    assert run("diary", claim, "--score", "11").status == 2


def test_a_provider_is_chosen_for_a_claim(run, household):
    doctor = run(
        "provider-new", "Dr. Lee", "--npi", "1234567893", "--network", "in", "--specialty",
        "hematology",
    ).value  # fmt: skip
    run("provider-new", "Bayside", "--kind", "facility", "--setting", "outpatient_infusion",
        "--accreditation", "ACHC", "--accredited-until", "2027-06-30")  # fmt: skip
    claim = household["claim"]
    run("claim-change", claim, "--provider-id", "dr. lee", "--facility", "Bayside", "--yes")
    assert run("claims").value[0]["provider"] == "Dr. Lee"
    run("provider-change", doctor["provider"], "--name", "Dr. Ann Lee", "--note", "")
    assert run("claims").value[0]["provider"] == "Dr. Ann Lee"
    run("claim-change", claim, "--provider", "Somebody else", "--yes")
    assert run("claims").value[0]["provider"] == "Somebody else"
    assert [row["name"] for row in run("providers").value] == ["Bayside", "Dr. Ann Lee"]
    assert refused(run("provider-new", "Dr. No", "--npi", "1234567890"))
    run("trash", "provider", "Bayside")
    assert len(run("providers").value) == 1


def test_who_may_speak_and_what_is_missing(run, household, paper):
    run("add", paper("form.txt"), "--no-read")
    made = run("representative-new", "Sam Reed", "--phone", "555-0117").value
    assert (made["patient"], made["holds"]) == ("Rosa Alvarez", False)
    assert made["lacks"] == ["form", "patient_signature", "helper_signature"]
    whole = run(
        "representative-change", "Sam Reed", "--form", "form.txt", "--signed", "2026-11-01",
        "--accepted", "2026-11-02", "--sent", "2026-11-03", "--valid-until", "2026-11-20",
        "--level", "1", "--plan", "Harbor Mutual",
    ).value  # fmt: skip
    assert (whole["lacks"], whole["sent_on"], whole["level"]) == (["time"], "2026-11-03", 1)
    run("representative-change", "Sam Reed", "--valid-until", "unknown")
    (row,) = run("representatives", "--patient", "Rosa Alvarez").value
    assert (row["holds"], row["form"], row["plan"]) == (True, "form.txt", "Harbor Mutual")
    run("person-new", "Bo")
    assert refused(run("representative-new", "Ann"))


def test_people_plans_and_claims_take_their_new_words(run, household):
    run("person-change", "Rosa Alvarez", "--address", "1 Elm St", "--phone", "555-0100")
    run("plan-change", "Harbor Mutual", "--subscriber", "Bo Alvarez", "--portal", "p", "--yes")
    claim = run(
        "claim-new", "Iron", "--diagnosis-codes", "D50.9", "--service-codes", "96365",
        "--asks-units", "24", "--asks-unit", "infusions", "--asks-from", "2027-01-01",
        "--asks-until", "2027-06-30",
    )  # fmt: skip
    assert claim.status == 0
    key = claim.value["claim"]
    assert run("claim-change", key, "--asks-until", "unknown", "--yes").status == 0
    shown = run("claim", key).value
    assert (shown["asks_units"], shown["asks_from"], shown["asks_until"]) == (
        24,
        "2027-01-01",
        None,
    )
    assert (shown["diagnosis_codes"], shown["facility"]) == (["D50.9"], None)
    for words, what in (("Elm St", "person"), ("Bo Alvarez", "plan"), ("D50.9", "claim")):
        assert [row["what"] for row in run("find", words).value] == [what]
    assert run("person-new", "Ann", "--address", "2 Oak St", "--phone", "555-0101").status == 0
    new = (
        "plan-new",
        "Card",
        "--subscriber",
        "Ann",
        "--regulator",
        "OH DOI",
        "--phone",
        "555-0102",
    )
    assert run(*new).status == 0


@pytest.mark.parametrize(
    "words",
    [
        ("authorization-new",),
        ("authorization-new", "x", "--status", "maybe"),
        ("authorization-new", "x", "--units", "-1"),
        ("authorization-new", "x", "--until", "soon"),
        ("treatment-new", "x"),
        ("diary",),
        ("provider-new", "x", "--kind", "witch"),
        ("representative-new", "x", "--level", "0"),
    ],
)
def test_wrong_words_about_care_end_with_one_sentence(run, words):
    done = run(*words)
    assert (done.status, list(done.value)) == (2, ["error"])
