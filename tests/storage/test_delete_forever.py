"""What was deleted forever is nowhere: not in the records, the index, the log, or the originals."""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from app.binder import Binder
from app.domain.errors import UserError
from app.domain.fact import Fact, KindRead, Sifted
from app.domain.matching import key_of
from app.domain.page import PageText, pack_page
from app.domain.sifted_form import pack_sifted
from app.jobs import Silent
from app.operations import calls, claims, intake, papers, trash, upkeep
from app.operations.facts import SaidValue, say_facts
from app.storage import doom
from app.storage.derived import PageRecord, Sifting
from app.storage.queries.facts import sifted, unsifted
from app.storage.queries.find import find_anything
from app.storage.queries.papers import document_parts, paper_rows
from app.storage.queries.trash import trash_rows

WORDS = "Zanthoxylum quinquefolia 90210-4477-XQ"
NAME = "wartlekamp.txt"


@pytest.fixture
def letter(binder: Binder, add: Callable[..., str]) -> str:
    """A paper that was read, filed, joined to a call, renamed, and lies in the trash."""
    add(binder, "other.txt", "another letter")
    document = add(binder, NAME, WORDS * 50)
    keep_text(binder, document)
    claim = claims.open_claim(binder, "Scan")
    papers.file_paper(binder, document, claim_id=claim.id, kind="denial")
    trash.put_in_trash(binder, [("document", document)])
    return document


def keep_text(binder: Binder, document: str) -> None:
    part = binder.ask(document_parts, document)[0]
    text = PageText(1, WORDS, "ocr")
    with binder.deriving("Reading") as derived:
        page = PageRecord(1, 612, 792, 0, "ocr", pack_page(text), text.text)
        derived.keep_pages(part.sha256, [page])
        derived.keep_thumbnail(part.sha256, b"small picture of wartlekamp")
        derived.keep_password(part.sha256, "secret of wartlekamp")


def sift_and_confirm(binder: Binder, document: str) -> None:
    """Keep what a reader found in a paper, and what a person said about it."""
    fact = Fact(
        name="insurer", value=WORDS, text=WORDS, page=1, boxes=((0.1, 0.1, 0.2, 0.2),), score=0.9
    )
    found = Sifted(KindRead("denial", 0.9, WORDS), (fact,))
    values = frozenset({("claim_number", key_of(WORDS))})
    (waiting,) = (one for one in binder.ask(unsifted, 1) if one.document_id == document)
    with binder.deriving("Reading") as derived:
        packed = pack_sifted(found)
        derived.keep_sifting(Sifting(document, waiting.made_of, 1, packed, values))
    said = SaidValue(name="insurer", value=NAME, read_as=WORDS, words=WORDS, page=1)
    say_facts(binder, document, [said])


def traces(root: Path, *words: str) -> list[str]:
    """Files of a binder in whose bytes any of the words stand."""
    return [
        f"{word} in {path.name}"
        for path in sorted(root.rglob("*"))
        if path.is_file()
        for word in words
        if word.casefold().encode() in path.read_bytes().lower()
    ]


def indexed_words(binder: Binder) -> set[str]:
    with binder.operation("look") as work:
        run = work.connection.exec_driver_sql
        run("CREATE VIRTUAL TABLE temp.words USING fts5vocab(main, search, row)")
        found = {str(row[0]) for row in run("SELECT term FROM temp.words")}
        run("DROP TABLE temp.words")
        return found


HINTS = ("zanthoxylum", "quinquefolia", "4477", "wartlekamp")


def test_no_byte_of_the_paper_is_left_while_the_binder_is_open(
    binder: Binder, root: Path, letter: str
):
    assert traces(root, *HINTS)
    trash.delete_forever(binder, [("document", letter)])
    assert traces(root, *HINTS) == []
    assert not indexed_words(binder) & {"zanthoxylum", "quinquefolia", "4477", "wartlekamp"}
    assert binder.ask(find_anything, "zanthoxylum") == ()
    assert upkeep.check(binder, Silent(), full=True) == upkeep.CheckResult(True, (), 0)


def test_no_byte_is_left_after_the_binder_was_closed(binder: Binder, root: Path, letter: str):
    trash.delete_forever(binder, [("document", letter)])
    binder.close()
    assert traces(root, *HINTS) == []


def test_no_byte_is_left_although_somebody_was_reading(binder: Binder, root: Path, letter: str):
    """A view that is open keeps the log from being emptied; it is emptied when the view ends."""
    looking, looked = threading.Event(), threading.Event()

    def look() -> None:
        def slowly(connection: object) -> None:
            looking.set()
            looked.wait(0.5)

        binder.ask(slowly)  # type: ignore[arg-type]

    reader = threading.Thread(target=look)
    reader.start()
    looking.wait()
    trash.delete_forever(binder, [("document", letter)])
    looked.set()
    reader.join()
    assert traces(root, *HINTS) == []


def test_nothing_that_came_before_can_be_undone(binder: Binder, letter: str):
    trash.delete_forever(binder, [("document", letter)])
    assert (binder.undo(), binder.redo()) == (None, None)
    assert binder.ask(trash_rows) == ()


def test_only_what_lies_in_the_trash_can_be_deleted(binder: Binder, letter: str):
    other = binder.ask(paper_rows)[0].id
    with pytest.raises(UserError, match="Only what lies in the trash"):
        trash.delete_forever(binder, [("document", letter), ("document", other)])
    assert [row.id for row in binder.ask(trash_rows)] == [letter]
    assert binder.undo() == "Move a paper to the trash"


def test_an_original_that_another_paper_uses_stays(binder: Binder, add, letter: str):
    twin = add(binder, "copy of it.txt", WORDS * 50)
    trash.delete_forever(binder, [("document", letter)])
    row = next(row for row in binder.ask(paper_rows) if row.id == twin)
    assert binder.vault.holds(row.sha256)
    assert [hit.id for hit in binder.ask(find_anything, "zanthoxylum")] == [twin]
    assert upkeep.check(binder, Silent(), full=True).ok


def test_the_original_of_an_undone_add_goes_with_the_steps_that_knew_it(
    binder: Binder, root: Path, add, letter: str
):
    document = add(binder, "borbeloquax.txt", "borbeloquax")
    keep_text(binder, document)
    binder.undo()
    assert traces(root, "borbeloquax")
    trash.delete_forever(binder, [("document", letter)])
    assert traces(root, "borbeloquax", *HINTS) == []


def test_calls_and_claims_are_gone_too(binder: Binder, root: Path):
    call, _ = calls.log_call(binder, with_whom="Zanthoxylum", note="said borbeloquax")
    claim = claims.open_claim(binder, "Wartlekamp scan")
    named = [("call", call.id), ("claim", claim.id)]
    trash.put_in_trash(binder, named)
    trash.delete_forever(binder, named)
    assert traces(root, "zanthoxylum", "borbeloquax", "wartlekamp") == []


def test_text_that_comes_from_the_reader_too_late_is_not_kept(
    binder: Binder, root: Path, letter: str
):
    part = binder.ask(document_parts, letter)[0]
    trash.delete_forever(binder, [("document", letter)])
    text = PageText(1, WORDS, "ocr")
    with binder.deriving("Reading") as derived:
        page = PageRecord(1, 612, 792, 0, "ocr", pack_page(text), text.text)
        derived.keep_pages(part.sha256, [page])
        derived.keep_thumbnail(part.sha256, b"x")
        derived.fail(part.sha256, "a reason", page_count=None)
        derived.finish(part.sha256, 1)
    assert traces(root, *HINTS) == []
    assert upkeep.check(binder, Silent(), full=True).ok


def test_a_deletion_that_was_interrupted_is_finished_at_the_next_start(
    binder: Binder, root: Path, letter: str, monkeypatch: pytest.MonkeyPatch
):
    def pulled_out(*_: object) -> None:
        raise OSError(5, "Input/output error")

    with monkeypatch.context() as patch:
        patch.setattr(type(binder.vault), "destroy", pulled_out)
        with pytest.raises(UserError, match="disk did not answer"):
            trash.delete_forever(binder, [("document", letter)])
    assert binder.ask(trash_rows) == ()
    binder.close()
    Binder.open(root).close()
    assert traces(root, *HINTS) == []


def test_a_paper_that_came_back_before_the_deletion_was_finished_is_kept(
    binder: Binder, root: Path, tmp_path: Path, letter: str
):
    part = binder.ask(document_parts, letter)[0]
    with binder.operation("plant") as work:
        doom.note(work.connection, [part.sha256])  # noted, and in use: as if added again
    binder.close()
    with Binder.open(root) as again:
        assert again.vault.holds(part.sha256)


def test_bytes_that_vanish_between_copy_and_record_are_never_acknowledged(
    binder: Binder, tmp_path: Path, letter: str
):
    """Added again while the deletion is on its way: the paper is there, or refused in words."""
    file = tmp_path / "papers" / NAME
    real_put = binder.vault.put

    def put_then_delete(source: object, **how: object) -> object:
        stored = real_put(source, **how)  # type: ignore[arg-type]
        trash.delete_forever(binder, [("document", letter)])
        return stored

    binder.vault.put = put_then_delete  # type: ignore[method-assign,assignment]
    (row,) = intake.add_papers(binder, [file], Silent())
    assert (row.outcome, row.document_id) == ("refused", None)
    assert "Add it once more" in (row.reason or "")
    binder.vault.put = real_put  # type: ignore[method-assign]
    (row,) = intake.add_papers(binder, [file], Silent())
    assert row.outcome == "added"
    assert upkeep.check(binder, Silent(), full=True).ok


def test_what_was_read_in_a_paper_and_said_about_it_goes_with_it(binder: Binder, add, root: Path):
    document = add(binder, NAME, WORDS * 50)
    keep_text(binder, document)
    with binder.deriving("Reading") as derived:
        derived.finish(binder.ask(document_parts, document)[0].sha256, 1)
    sift_and_confirm(binder, document)
    binder.undo()
    binder.redo()
    sought = (WORDS, key_of(WORDS), NAME)
    assert traces(root, *sought)
    trash.put_in_trash(binder, [("document", document)])
    trash.delete_forever(binder, [("document", document)])
    assert traces(root, *sought) == []
    assert binder.ask(sifted, document) is None


def test_what_is_sifted_after_its_paper_was_deleted_is_not_kept(
    binder: Binder, letter: str, root: Path
):
    trash.delete_forever(binder, [("document", letter)])
    with binder.deriving("Reading") as derived:
        derived.keep_sifting(
            Sifting(letter, "x", 1, b"quondam words", frozenset({("insurer", WORDS)}))
        )
    assert traces(root, WORDS, "quondam words") == []
