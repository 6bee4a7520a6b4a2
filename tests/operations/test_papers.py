"""Papers come in whole or not at all, in order, and their bytes never change."""

from __future__ import annotations

import hashlib
import os
from contextlib import ExitStack
from pathlib import Path

import pytest

from app.domain.errors import UserError
from app.jobs import Cancelled, Silent
from app.operations import claims, intake, papers, trash
from app.operations.exhibits import exhibit_of, with_sources
from app.operations.intake import Filing
from app.storage.derived import PageRecord
from app.storage.queries.papers import document_parts, inbox_count, paper_row, paper_rows


def add(binder, *paths, **options):
    return intake.add_papers(binder, list(paths), Silent(), **options)


def test_a_folder_is_taken_in_with_all_below_it_in_the_order_of_names(binder, paper):
    folder = paper("b.txt").parent
    paper("a.txt")
    paper("deeper/c.txt")
    rows = add(binder, folder)
    assert [Path(row.path).name for row in rows] == ["a.txt", "b.txt", "c.txt"]
    assert {row.outcome for row in rows} == {"added"}


def test_the_same_bytes_are_pointed_out_and_filed_under_the_claim(binder, paper):
    claim = claims.open_claim(binder, "Scan")
    (first,) = add(binder, paper("letter.txt", "one letter"))
    (again,) = add(binder, paper("copy.txt", "one letter"), filing=Filing(claim.id, "denial"))
    assert (again.outcome, again.document_id) == ("duplicate", first.document_id)
    row = binder.ask(paper_row, first.document_id)
    assert (row.claim_id, row.kind) == (claim.id, "denial")


@pytest.mark.parametrize("kind", ["empty", "link", "pipe", "missing"])
def test_what_has_no_bytes_is_refused_with_a_reason_and_the_rest_goes_on(
    binder, paper, tmp_path, kind
):
    odd = tmp_path / "odd"
    match kind:
        case "empty":
            odd.write_bytes(b"")
        case "link":
            odd.symlink_to(paper("target.txt"))
        case "pipe":
            os.mkfifo(odd)
    rows = add(binder, odd, paper("good.txt"))
    assert [row.outcome for row in rows] == ["refused", "added"]
    assert rows[0].reason is not None
    assert rows[0].reason.endswith(".")
    assert inbox_count_of(binder) == 1


def inbox_count_of(binder):
    return binder.ask(inbox_count)


@pytest.mark.parametrize(
    "name",
    ["a\nb.txt", "\u202egnp.txt", "🩺 letter.txt", "x" * 251 + ".txt", "Überweisung für José.txt"],
)
def test_odd_names_are_kept_on_one_line_and_turn_no_text_about(binder, paper, name):
    (row,) = add(binder, paper(name, "odd name"))
    shown = binder.ask(paper_row, row.document_id).name
    assert shown.isprintable()
    assert shown.endswith(".txt")


def test_a_name_that_is_no_text_is_kept(binder, tmp_path):
    path = os.fsencode(tmp_path) + b"/\xff\xfe.txt"
    with open(path, "wb") as file:  # noqa: PTH123 - pathlib has no bytes
        file.write(b"bytes")
    (row,) = add(binder, Path(os.fsdecode(path)))
    assert row.outcome == "added"


def test_three_photos_become_one_letter_and_undo_takes_them_apart(binder, paper):
    rows = add(binder, *(paper(f"{number}.txt") for number in range(3)))
    whole = papers.join_papers(binder, [row.document_id for row in rows])
    parts = binder.ask(document_parts, whole.id)
    assert [part.name for part in parts] == ["0.txt", "1.txt", "2.txt"]
    assert [part.position for part in parts] == [0, 1, 2]
    assert len(binder.ask(paper_rows)) == 1
    binder.undo()
    assert len(binder.ask(paper_rows)) == 3


def test_as_one_makes_one_paper_and_the_refused_file_is_named(binder, paper, tmp_path):
    (tmp_path / "empty").write_bytes(b"")
    rows = add(binder, paper("1.txt"), tmp_path / "empty", paper("2.txt"), as_one=True)
    assert [row.outcome for row in rows] == ["added", "refused", "added"]
    assert rows[0].document_id == rows[2].document_id
    assert binder.ask(paper_row, rows[0].document_id).parts == 2


def test_the_original_comes_out_byte_by_byte(binder, paper, tmp_path):
    source = paper("letter.txt", "every byte")
    (row,) = add(binder, source)
    (taken,) = papers.take_original_out(binder, row.document_id, tmp_path / "out.txt")
    assert (tmp_path / "out.txt").read_bytes() == source.read_bytes()
    assert taken.sha256 == hashlib.sha256(source.read_bytes()).hexdigest()


def test_a_cancel_keeps_what_was_stored_before_it(binder, paper):
    class StopAtThird:
        def step(self, done, total, note=""):
            if done == 2:
                raise Cancelled

    with pytest.raises(Cancelled):
        intake.add_papers(binder, [paper(f"{n}.txt") for n in range(5)], StopAtThird())
    assert len(binder.ask(paper_rows)) == 2


def test_an_unknown_claim_or_kind_is_refused_before_anything_is_stored(binder, paper):
    for filing in (Filing(claim_id="nobody"), Filing(kind="poem")):
        with pytest.raises(UserError):
            add(binder, paper("a.txt"), filing=filing)
    assert binder.ask(paper_rows) == ()


def test_delete_forever_needs_the_trash_and_leaves_no_original(binder, paper):
    (row,) = add(binder, paper("secret.txt", "a secret"))
    with pytest.raises(UserError, match="trash"):
        trash.delete_forever(binder, [("document", row.document_id)])
    (part,) = binder.ask(document_parts, row.document_id)
    trash.put_in_trash(binder, [("document", row.document_id)])
    trash.delete_forever(binder, [("document", row.document_id)])
    assert binder.ask(paper_row, row.document_id) is None
    assert not binder.vault.holds(part.sha256)
    assert binder.labels().undo is None


def test_an_original_that_another_paper_uses_survives_delete_forever(binder, paper):
    (first,) = add(binder, paper("a.txt", "shared"))
    trash.put_in_trash(binder, [("document", first.document_id)])
    (second,) = add(binder, paper("b.txt", "shared"))
    assert second.outcome == "added"
    trash.delete_forever(binder, [("document", first.document_id)])
    (part,) = binder.ask(document_parts, second.document_id)
    assert binder.vault.holds(part.sha256)


def test_a_scan_that_lies_on_its_side_is_shown_upright(binder, paper):
    """What the reader found out about a page is used wherever the page is shown."""

    class Shows:
        """Stands in for the reader: answers with what it was asked."""

        def render(self, path, **asked):
            return repr((asked["page"], asked["turned"])).encode()

    (row,) = add(binder, paper("scan.txt"))
    (part,) = binder.ask(document_parts, row.document_id)
    with binder.deriving("Reading") as derived:
        lying = PageRecord(1, 792, 612, 90, "ocr", None, "words")
        derived.keep_pages(part.sha256, [lying])
    assert papers.page_picture(binder, Shows(), row.document_id, 1, 400) == b"(1, 90)"


def test_a_damaged_original_is_named_and_never_bound(binder, paper):
    (row,) = add(binder, paper("letter.txt", "They said no."))
    exhibit = exhibit_of(binder.ask(paper_row, row.document_id))
    (part,) = binder.ask(document_parts, row.document_id)
    with ExitStack() as lent:
        assert with_sources(binder, exhibit, lent).sources[0].name == "letter.txt"
    with binder.vault.lend(part.sha256) as original:
        original.chmod(0o600)
        original.write_bytes(b"They said yes")
    with ExitStack() as lent:
        (source,) = with_sources(binder, exhibit, lent).sources
    assert "damaged" in source.problem
    assert not source.path.is_file()
