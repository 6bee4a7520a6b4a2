"""Mail as a paper: what its page says, and what comes out of it."""

from __future__ import annotations

from email.message import EmailMessage, Message
from pathlib import Path

import pytest

from app.domain.errors import UnreadableError
from app.importing import email_file
from app.importing.html_text import text_of_html

PDF = b"%PDF-1.4\r\nnot much of one\n\x00\xff"


def a_mail(text: str = "Your claim was denied.\n") -> EmailMessage:
    mail = EmailMessage()
    mail["From"] = "Acme Health <no-reply@acme.example>"
    mail["To"] = "Rosa Delgado <rosa@example.com>"
    mail["Date"] = "Mon, 02 Nov 2026 09:00:00 -0600"
    mail["Subject"] = "Su reclamación"
    mail.set_content(text)
    return mail


def saved(path: Path, mail: Message | bytes) -> Path:
    path.write_bytes(mail if isinstance(mail, bytes) else mail.as_bytes())
    return path


def attached(path: Path) -> dict[str, bytes]:
    return {
        reply.values["name"]: reply.blobs[0]
        for reply in email_file.attachments({"path": str(path)}, ())
        if reply.blobs
    }


def test_the_page_says_who_when_what_and_the_text(tmp_path: Path) -> None:
    assert email_file.text_of(saved(tmp_path / "a.eml", a_mail())).splitlines() == [
        "From: Acme Health <no-reply@acme.example>",
        "To: Rosa Delgado <rosa@example.com>",
        "Date: Mon, 02 Nov 2026 09:00:00 -0600",
        "Subject: Su reclamación",
        "",
        "Your claim was denied.",
    ]


def test_an_attachment_keeps_its_name_and_exact_bytes(tmp_path: Path) -> None:
    mail = a_mail()
    mail.add_attachment(PDF, maintype="application", subtype="pdf", filename="letter.pdf")
    path = saved(tmp_path / "a.eml", mail)
    assert attached(path) == {"letter.pdf": PDF}
    assert "Attachments: letter.pdf" in email_file.text_of(path)


def test_line_ends_of_an_uncoded_attachment_stay(tmp_path: Path) -> None:
    raw = (
        b"From: a\r\nTo: b\r\nSubject: c\r\nContent-Type: multipart/mixed; boundary=x\r\n\r\n"
        b"--x\r\nContent-Type: text/csv\r\nContent-Disposition: attachment; filename=a.csv\r\n\r\n"
        b"one,two\r\n1,2\r\n\r\n--x--\r\n"
    )
    assert attached(saved(tmp_path / "a.eml", raw)) == {"a.csv": b"one,two\r\n1,2\r\n"}


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("../../etc/passwd", "passwd"),
        ("C:\\Windows\\a.pdf", "a.pdf"),
        ("x" * 300 + ".pdf", "x" * 116 + ".pdf"),
        ("carta médica.pdf", "carta médica.pdf"),
        ("...", "Attachment 1.pdf"),
        ("/", "Attachment 1.pdf"),
    ],
)
def test_a_name_has_no_folder_and_an_end(tmp_path: Path, given: str, kept: str) -> None:
    mail = a_mail()
    mail.add_attachment(PDF, maintype="application", subtype="pdf", filename=given)
    assert list(attached(saved(tmp_path / "a.eml", mail))) == [kept]


def test_of_two_forms_the_plain_one_is_shown(tmp_path: Path) -> None:
    mail = a_mail("Plain words.")
    mail.add_alternative("<p>Other words.</p>", subtype="html")
    assert "Plain words." in email_file.text_of(saved(tmp_path / "a.eml", mail))
    mail = a_mail(" ")
    mail.add_alternative("<p>Only words.</p>", subtype="html")
    assert "Only words." in email_file.text_of(saved(tmp_path / "b.eml", mail))


def test_mail_inside_mail_comes_out_with_what_it_holds(tmp_path: Path) -> None:
    inner = a_mail()
    inner.add_attachment(PDF, maintype="application", subtype="pdf", filename="letter.pdf")
    outer = a_mail("See below.")
    outer.add_attachment(inner)
    path = saved(tmp_path / "a.eml", outer)
    found = attached(path)
    assert list(found) == ["Su reclamación.eml", "letter.pdf"]
    again = saved(tmp_path / "b.eml", found["Su reclamación.eml"])
    assert attached(again) == {"letter.pdf": PDF}
    assert "See below." in email_file.text_of(path)
    assert "denied" not in email_file.text_of(path)


def test_the_nesting_is_followed_three_mails_deep(tmp_path: Path) -> None:
    mail = a_mail()
    mail.add_attachment(PDF, maintype="application", subtype="pdf", filename="deep.pdf")
    for _ in range(4):
        outer = a_mail()
        outer.add_attachment(mail)
        mail = outer
    assert "deep.pdf" not in attached(saved(tmp_path / "a.eml", mail))


def test_small_pictures_of_the_text_are_no_papers_but_photos_are(tmp_path: Path) -> None:
    mail = a_mail()
    mail.add_alternative("<p>Hi <img src=cid:logo></p>", subtype="html")
    for size, name in ((900, "logo.png"), (40_000, "photo.png")):
        mail.add_attachment(
            b"\x89PNG" * (size // 4), maintype="image", subtype="png", filename=name,
            disposition="inline", cid=f"<{name}>",
        )  # fmt: skip
    assert list(attached(saved(tmp_path / "a.eml", mail))) == ["photo.png"]


def test_a_signature_is_said_and_stays_in_the_mail(tmp_path: Path) -> None:
    mail = a_mail()
    mail.add_attachment(
        b"seal", maintype="application", subtype="pkcs7-signature", filename="smime.p7s"
    )
    path = saved(tmp_path / "a.eml", mail)
    assert attached(path) == {}
    assert "Signed: yes" in email_file.text_of(path)


def test_outlooks_own_packing_is_kept_and_explained(tmp_path: Path) -> None:
    mail = a_mail()
    mail.add_attachment(
        b"\x78\x9f\x3e\x22", maintype="application", subtype="ms-tnef", filename="winmail.dat"
    )
    path = saved(tmp_path / "a.eml", mail)
    assert list(attached(path)) == ["winmail.dat"]
    assert "which only Outlook opens" in email_file.text_of(path)


def test_an_empty_attachment_is_named_with_the_reason(tmp_path: Path) -> None:
    mail = a_mail()
    mail.add_attachment(b"", maintype="application", subtype="pdf", filename="empty.pdf")
    path = saved(tmp_path / "a.eml", mail)
    (reply,) = email_file.attachments({"path": str(path)}, ())
    assert (reply.values, reply.blobs) == ({"name": "empty.pdf", "reason": "it is empty"}, ())


def test_attachments_beyond_count_are_named_together(tmp_path: Path) -> None:
    part = b"--b\r\nContent-Type: application/pdf\r\n\r\nx\r\n"
    raw = b"From: a\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n" + part * 10_000
    replies = list(email_file.attachments({"path": str(saved(tmp_path / "a.eml", raw))}, ()))
    assert len(replies) == email_file.MOST_ATTACHMENTS + 1
    assert replies[-1].values["name"].endswith("more files")


@pytest.mark.parametrize(
    "content",
    [
        b"Content-Type: text/plain; charset=no-such-one\r\n\r\nDeni\xc3\xa9d",
        b"Content-Type: text/plain; charset=us-ascii\r\n\r\nDeni\xe9d",
        b"Content-Type: multipart/mixed\r\n\r\nDeni\xe9d",
        b"Content-Type: multipart/mixed; boundary=never\r\n\r\nDeni\xe9d",
        b"Content-Type: ;;;\r\nContent-Transfer-Encoding: base63\r\n\r\nDeni\xe9d",
        b"\r\nDeni\xe9d",
    ],
)
def test_broken_mail_still_shows_its_words(tmp_path: Path, content: bytes) -> None:
    path = saved(tmp_path / "a.eml", b"From: a\r\nSubject: =?utf-8?b?!?=\r\n" + content)
    assert "Deni" in email_file.text_of(path)


def test_a_mail_from_a_mailbox_file_begins_after_its_first_line(tmp_path: Path) -> None:
    raw = b"From rosa@example.com Mon Nov  2 09:00:00 2026\r\n" + a_mail().as_bytes()
    assert email_file.text_of(saved(tmp_path / "a.eml", raw)).startswith("From: Acme Health")


def test_nesting_without_end_is_refused_in_words(tmp_path: Path) -> None:
    raw = b"".join(
        b"Content-Type: multipart/mixed; boundary=b%d\r\n\r\n--b%d\r\n" % (level, level)
        for level in range(2000)
    )
    with pytest.raises(UnreadableError, match="kept whole"):
        email_file.text_of(saved(tmp_path / "a.eml", raw))


def test_html_becomes_the_text_one_reads() -> None:
    html = """<html><head><title>t</title><style>p{color:red}</style></head><body>
      <!-- note --><p>Dear&nbsp;Rosa,   5 &lt; 6</p><script>if (a < b) {}</script >
      <table><tr><td>Billed</td><td>$5</td></tr></table>
      <div style="display: none">hidden <b>words</b></div>
      <ul><li>one</li></ul>End<br>now<img src="http://acme.example/x.png" alt="Seal"></body>"""
    assert text_of_html(html).split("\n") == [
        "Dear Rosa, 5 < 6", "", "Billed\t$5", "", "• one", "End", "now[picture: Seal]",
    ]  # fmt: skip
