"""Mail that comes in: the mail is kept whole, and its attachments are papers beside it."""

from __future__ import annotations

import base64

from app.jobs import Silent
from app.operations import claims, intake
from app.operations.intake import Filing
from app.storage.queries.papers import document_parts, paper_row, paper_rows
from tests.importing.test_email_file import PDF, a_mail


def letter(name: str = "letter.pdf", content: bytes = PDF):
    mail = a_mail()
    mail.add_attachment(content, maintype="application", subtype="pdf", filename=name)
    return mail.as_bytes()


def add(binder, *paths, **options):
    return intake.add_papers(binder, list(paths), Silent(), **options)


def saved(path, content: bytes):
    path.write_bytes(content)
    return path


def bytes_of(binder, document_id: str) -> bytes:
    (part,) = binder.ask(document_parts, document_id)
    with binder.vault.lend(part.sha256) as kept:
        return kept.read_bytes()


def test_an_attachment_is_a_paper_of_its_own_in_the_same_step(binder, tmp_path, paper):
    claim = claims.open_claim(binder, "Scan")
    path = saved(tmp_path / "a.eml", letter())
    first, mail, last = add(
        binder, paper("1.txt"), path, paper("2.txt"), filing=Filing(claim.id, "denial")
    )
    assert (first.attachments, last.attachments) == ((), ())
    (attached,) = mail.attachments
    assert (mail.outcome, mail.reason) == ("added", None)
    row = binder.ask(paper_row, attached)
    assert (row.name, row.claim_id, row.kind) == ("letter.pdf", claim.id, None)
    assert bytes_of(binder, attached) == PDF
    assert bytes_of(binder, mail.document_id) == path.read_bytes()
    assert binder.undo() == "Add 4 papers"
    assert binder.ask(paper_rows) == ()


def test_the_same_mail_again_names_the_papers_that_are_here(binder, tmp_path):
    (first,) = add(binder, saved(tmp_path / "a.eml", letter()))
    (again,) = add(binder, tmp_path / "a.eml")
    assert again.outcome == "duplicate"
    assert again.attachments == first.attachments
    assert len(binder.ask(paper_rows)) == 2


def test_one_attachment_of_two_mails_is_one_paper(binder, tmp_path):
    one = saved(tmp_path / "a.eml", letter("a.pdf"))
    two = saved(tmp_path / "b.eml", letter("b.pdf"))
    first, second = add(binder, one, two)
    assert first.attachments == second.attachments


def test_what_cannot_be_kept_is_named_with_the_reason(binder, tmp_path):
    (mail,) = add(binder, saved(tmp_path / "a.eml", letter("hollow.pdf", b"")))
    assert mail.outcome == "added"
    assert "“hollow.pdf” (it is empty)" in mail.reason


def test_mail_that_cannot_be_opened_is_kept_all_the_same(binder, tmp_path):
    deep = b"From: a\r\nTo: b\r\nDate: c\r\n" + b"".join(
        b"Content-Type: multipart/mixed; boundary=b%d\r\n\r\n--b%d\r\n" % (level, level)
        for level in range(2000)
    )
    (mail,) = add(binder, saved(tmp_path / "a.eml", deep))
    assert (mail.outcome, mail.attachments) == ("added", ())
    assert "kept whole" in mail.reason
    assert bytes_of(binder, mail.document_id) == deep


def test_pasted_mail_is_opened_too(binder):
    taken = intake.add_bytes(binder, "pasted.eml", letter())
    assert len(taken.attachments) == 1


def test_hostile_names_are_shown_harmlessly(binder, tmp_path):
    turned = "=?utf-8?b?" + base64.b64encode("x\u202efdp.exe\x07".encode()).decode() + "?="
    raw = letter("NAME").replace(b'"NAME"', f'"{turned}"'.encode())
    (mail,) = add(binder, saved(tmp_path / "a.eml", raw))
    row = binder.ask(paper_row, mail.attachments[0])
    assert row.name == "x fdp.exe"
