"""Electronic papers that want to do harm: whatever comes, there is an answer in words."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from app.domain.errors import UnreadableError
from app.importing import email_file, written
from app.importing.benefits import Benefit, RefusedRow, from_wire, to_wire
from app.importing.eob_file import benefits_in
from app.importing.eob_shares import shares_of
from app.importing.html_text import text_of_html
from app.importing.kinds import FHIR, MAIL
from tests.importing.eob_papers import amount, an_eob, line

SHARED = settings(suppress_health_check=[HealthCheck.function_scoped_fixture])

leaves = (
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20)
    | st.sampled_from(["ExplanationOfBenefit", "Bundle", "2026-03-02", "USD", "copay", "12.50"])
)  # fmt: skip
names = st.sampled_from(
    (
        "resourceType", "id", "identifier", "status", "use", "type", "patient", "item", "total",
        "adjudication", "category", "coding", "code", "amount", "value", "currency", "entry",
        "resource", "contained", "name", "given", "reference", "diagnosis", "extension",
        "insurance", "coverage", "careTeam", "provider", "servicedPeriod", "productOrService",
        "detail", "net", "processNote", "related", "payment", "benefitBalance", "sequence", "link",
    )
)  # fmt: skip
jsons: st.SearchStrategy[Any] = st.recursive(
    leaves, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(names, inner, max_size=6)
)


@SHARED
@given(st.dictionaries(names, jsons, max_size=8), st.booleans())
def test_any_json_gives_explanations_or_reasons(
    tmp_path: Path, changes: dict[str, Any], bundled: bool
) -> None:
    resource = {**an_eob(line(amount("copay", 5))), **changes}
    value = {"resourceType": "Bundle", "entry": [{"resource": resource}]} if bundled else resource
    (tmp_path / "a.json").write_text(json.dumps(value))
    for found in benefits_in(tmp_path / "a.json", set()):
        if isinstance(found, Benefit):
            assert from_wire(json.loads(json.dumps(to_wire(found)))) == found
            assert len(shares_of(found)) == max(len(found.lines), 1)
        else:
            assert found.reason.endswith(".")
    assert written.pages(str(tmp_path / "a.json"), FHIR)


@SHARED
@example(b"}")
@example(b"}\n[]\n7")
@given(st.binary(max_size=300))
def test_any_bytes_give_a_reason(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "a").write_bytes(b"{" + content)
    try:
        found = list(benefits_in(tmp_path / "a", set()))
        reasons = [row.reason for row in found if isinstance(row, RefusedRow)]
        assert len(reasons) == len(found)
    except UnreadableError as error:
        reasons = [str(error)]
    assert reasons
    assert all(reason.endswith(".") for reason in reasons)
    assert written.pages(str(tmp_path / "a"), FHIR)


pieces = st.sampled_from(
    (
        b"\r\n", b"\r\n\r\n", b"--b\r\n", b"--b--\r\n", b"Content-Type: ", b"multipart/mixed",
        b"; boundary=b", b"message/rfc822", b"text/html; charset=", b"utf-7",
        b"no-such", b"image/png",
        b"Content-Transfer-Encoding: base64", b"Content-Disposition: attachment; filename=",
        b"=?utf-8?b?!!?=", b"filename*=x''%FF", b"filename*0*=a", b'"', b"\xff\xfe", b"<b>",
        b"From: ",
        b"Content-ID: <x>", b"application/pkcs7-signature", b"Subject: ", b"=?x?q?=FF?=", b"QUJD",
    )
)  # fmt: skip


@SHARED
@given(st.lists(pieces | st.binary(max_size=12), max_size=40))
def test_any_mail_has_pages_and_attachments_or_a_reason(
    tmp_path: Path, content: list[bytes]
) -> None:
    path = tmp_path / "a.eml"
    path.write_bytes(b"From: a\r\nTo: b\r\n" + b"".join(content))
    assert written.pages(str(path), MAIL)
    for reply in email_file.attachments({"path": str(path)}, ()):
        assert reply.values["name"]
        assert "/" not in reply.values["name"]
        assert bool(reply.blobs) != bool(reply.values["reason"])


@given(st.text(alphabet="<>/!-abptdrsl \"'=&;#x\n", max_size=300))
def test_any_markup_has_a_text(markup: str) -> None:
    assert isinstance(text_of_html(markup), str)


@pytest.mark.parametrize("mark", ["<!--", "<![CDATA[", "<a x='", "</", "<script>", "<?", "&#x1"])
def test_marks_that_never_end_cost_no_time(mark: str) -> None:
    text_of_html(mark * 50_000)
