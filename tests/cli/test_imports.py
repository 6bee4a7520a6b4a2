"""import-eob, and electronic papers given to add."""

from __future__ import annotations

import pytest

from tests.importing.eob_papers import amount, an_eob, bundle, line, saved
from tests.importing.test_email_file import PDF, a_mail

ONE = an_eob(line(amount("memberliability", "12.50")), line(amount("memberliability", 3)))


def test_import_eob_counts_keeps_and_lists(run, household, tmp_path):
    path = saved(tmp_path / "a.json", bundle(ONE, an_eob(id="x", use="preauthorization")))
    done = run("import-eob", path, "--claim", "Infusions in March")
    assert done.status == 1
    assert (done.value["added"], done.value["duplicates"]) == (1, 0)
    ((row, reason),) = ((each["row"], each["reason"]) for each in done.value["refused"])
    assert (row, "prior authorization" in reason) == (2, True)
    rows = run("expenses").value
    assert sorted(each["amount"] for each in rows) == ["12.50", "3.00"]
    assert {(each["paid_on"], each["source"], each["claim"]) for each in rows} == {
        (None, "eob", household["claim"])
    }
    (paper,) = run("documents").value
    assert (paper["kind"], paper["read"], paper["claim"]) == ("eob", "done", household["claim"])
    pages = run("text", paper["document"]).value
    assert "You owe" in pages[0]["text"]
    assert "$12.50" in pages[0]["text"]
    assert "prior authorization" in pages[1]["text"]
    again = run("import-eob", path)
    assert (again.value["added"], again.value["duplicates"]) == (0, 1)


def test_import_eob_is_done_where_nothing_is_refused(run, binder, tmp_path):
    done = run("import-eob", saved(tmp_path / "a.json", ONE))
    assert (done.status, done.value["refused"]) == (0, [])
    undone = run("undo")
    assert undone.status == 0
    assert run("expenses").value == []


@pytest.mark.parametrize("content", [None, "", "{", "Dear Rosa", '{"resourceType": "Patient"}'])
def test_import_eob_refuses_other_files_in_words(run, binder, tmp_path, content):
    path = tmp_path / "a.json"
    if content is not None:
        path.write_text(content)
    done = run("import-eob", path)
    assert done.status == 1
    assert done.value["refused"].endswith(".")
    assert run("documents").value == []


def test_an_electronic_record_given_to_add_reads_as_text(run, binder, tmp_path):
    (row,) = run("add", saved(tmp_path / "a.json", ONE)).value
    assert (row["read"], row["pages"]) == ("done", 1)
    (page,) = run("text", row["document"]).value
    assert (page["how"], "Explanation of benefits" in page["text"]) == ("embedded", True)
    assert run("expenses").value == []


def test_mail_given_to_add_names_its_attachments(run, binder, tmp_path, paper):
    mail = a_mail()
    mail.add_attachment(b"Dear Rosa", maintype="text", subtype="plain", filename="note.txt")
    mail.add_attachment(PDF, maintype="application", subtype="pdf", filename="broken.pdf")
    (tmp_path / "a.eml").write_bytes(mail.as_bytes())
    done = run("add", tmp_path / "a.eml", paper("b.txt"))
    first, second = done.value
    assert (done.status, first["read"], second["read"]) == (0, "done", "done")
    assert "attachments" not in second
    note, broken = first["attachments"]
    assert run("text", note).value[0]["text"] == "Dear Rosa"
    assert run("original", broken, "-o", tmp_path / "out.pdf").value["bytes"] == len(PDF)
    assert [hit["title"] for hit in run("find", "denied").value] == ["a.eml"]
