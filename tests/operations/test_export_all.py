"""Everything can be had as plain files, without this program, and nothing of it is hostile."""

from __future__ import annotations

import csv
import hashlib
import io
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote

import pytest

from app.domain.errors import UserError
from app.jobs import Cancelled, Silent
from app.operations import claims, intake, letter_papers, people, trash, treatments
from app.operations.export_all import export_all
from app.storage.queries.papers import document_parts, paper_rows
from app.storage.queries.tables import TABLES
from app.storage.schema import RECORD_TABLES
from tests.storage.world import household

STEER = {
    "part", "choice", "page_edges", "bundle_choice", "black_out", "hidden_line", "table_profile",
    "finding_mark",
}  # fmt: skip
"""Kinds that only steer the program: which originals a paper has, what goes in a bundle, looks,
how a table is taken, what was said to a finding."""


class Links(HTMLParser):
    """Where the links of a page lead, and which tags it has."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.places: list[str] = []
        self.tags: set[str] = set()
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        self.tags.add(tag)
        self.places += [unquote(value or "") for name, value in attrs if name == "href"]


def table(folder: Path, name: str) -> list[dict[str, str]]:
    text = (folder / "Tables" / f"{name}.csv").read_bytes().decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline="")))


def files_in(folder: Path) -> set[str]:
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}


def test_every_kind_of_record_has_a_table_or_only_steers_the_program():
    assert set(TABLES) | STEER == set(RECORD_TABLES)
    assert not set(TABLES) & STEER


def test_everything_of_a_full_household_is_there(binder, clock, tmp_path):
    clock.moment = clock.moment.replace(day=22)
    world = household(binder, tmp_path / "papers")
    target = tmp_path / "out"
    made = export_all(binder, target, Silent())
    assert made.problems == ()
    there = files_in(target)
    assert made.files == len(there)
    page = Links((target / "index.html").read_text(encoding="utf-8"))
    assert set(page.places) == there - {"index.html"}
    digests = {hashlib.sha256((target / name).read_bytes()).hexdigest() for name in there}
    for paper in binder.ask(paper_rows):
        assert {part.sha256 for part in binder.ask(document_parts, paper.id)} <= digests
    assert "Iron/Bundles/appeal.pdf" in there
    assert "Iron/Bundles/later.pdf" in there
    letter = (target / "Iron" / "Letters" / "Our appeal.txt").read_bytes().decode()
    assert letter == world.appeal.letter.body
    (treatment,) = table(target, "Treatments")
    assert (treatment["What"], treatment["Claim"]) == ("Iron tablets", "Iron")
    assert treatment["Provider"] == "Dr. Lee"
    filled = {name for name in TABLES.values() if table(target, name)}
    assert set(TABLES.values()) - filled == {"Confirmed values"}
    assert "trashed" not in {Path(name).name for name in there}


def test_names_from_outside_stay_in_the_folder_and_never_clash(binder, tmp_path):
    claim = claims.open_claim(binder, "../../etc: CON")
    claims.open_claim(binder, "Tables")
    filing = intake.Filing(claim_id=claim.id)
    names = ["aux.txt", "a.txt", "A.TXT", "..", "x" * 300 + ".pdf", "\u202egpj.exe", "a/b\\c?.txt"]
    for number, name in enumerate(names):
        intake.add_bytes(binder, name, f"{number}".encode(), filing=filing)
    letter_papers.save_letter(binder, claim.id, "appeal", "<script>alert(1)</script>", "Dear")
    target = tmp_path / "out"
    export_all(binder, target, Silent())
    assert {path.name for path in tmp_path.iterdir()} == {"binder", "out"}
    papers = [path for path in target.rglob("Papers/*") if path.is_file()]
    assert len({path.name.casefold() for path in papers}) == len(names)
    assert all(len(path.name) < 120 for path in papers)
    page = Links((target / "index.html").read_text(encoding="utf-8"))
    assert "script" not in page.tags
    assert all((target / place).is_file() for place in page.places)


def test_no_cell_of_a_table_runs_as_a_formula(binder, tmp_path):
    claim = claims.open_claim(binder, "=1+1", note="@SUM(A1)")
    treatments.add_treatment(binder, claim.id, "+HYPERLINK(1)")
    people.add_person(binder, "\tRosa")
    export_all(binder, tmp_path / "out", Silent())
    for name in TABLES.values():
        for row in table(tmp_path / "out", name):
            assert not any(cell.startswith(tuple("=+-@\t\r")) for cell in row.values())


def test_an_original_that_is_missing_or_rotten_is_named_and_all_else_is_there(binder, tmp_path):
    for name in ("gone.txt", "rotten.txt", "good.txt"):
        intake.add_bytes(binder, name, name.encode())
    digests = {
        name: hashlib.sha256(name.encode()).hexdigest() for name in ("gone.txt", "rotten.txt")
    }
    binder.vault.destroy(digests["gone.txt"])
    rotten = binder.vault._place(digests["rotten.txt"])
    rotten.chmod(0o600)
    rotten.write_bytes(b"something else")
    made = export_all(binder, tmp_path / "out", Silent())
    assert sorted(problem.split("”")[0].split("“")[1] for problem in made.problems) == [
        "gone.txt", "rotten.txt",
    ]  # fmt: skip
    assert {path.name for path in (tmp_path / "out").rglob("Papers/*")} == {"good.txt"}
    page = (tmp_path / "out" / "index.html").read_text(encoding="utf-8")
    assert "gone.txt" in page


def test_a_place_that_is_not_empty_or_is_the_binder_itself_is_refused(binder, tmp_path):
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "theirs").write_text("theirs")
    for place in (tmp_path / "full", binder.root / "out", tmp_path / "none" / "out"):
        with pytest.raises(UserError, match=r"not empty|outside|no folder"):
            export_all(binder, place, Silent())
    assert files_in(tmp_path / "full") == {"theirs"}


def test_an_empty_folder_is_taken_and_a_stop_leaves_nothing(binder, tmp_path):
    (tmp_path / "out").mkdir()

    class Stops(Silent):
        def step(self, number: int, total: int, text: str) -> None:
            raise Cancelled

    with pytest.raises(Cancelled):
        export_all(binder, tmp_path / "out", Stops())
    assert {path.name for path in tmp_path.iterdir()} == {"binder", "out"}
    assert files_in(tmp_path / "out") == set()
    assert export_all(binder, tmp_path / "out", Silent()).files == len(TABLES) + 1


def test_what_lies_in_the_trash_is_not_written(binder, tmp_path):
    claim = claims.open_claim(binder, "Iron")
    paper = intake.add_bytes(binder, "secret.txt", b"secret").document_id
    letter = letter_papers.save_letter(binder, claim.id, "appeal", "Hidden", "Dear")
    trash.put_in_trash(binder, [("document", paper), ("letter", letter.id)])
    export_all(binder, tmp_path / "out", Silent())
    written = files_in(tmp_path / "out")
    assert [name for name in written if not name.startswith("Tables/")] == ["index.html"]
    assert table(tmp_path / "out", "Letters") == table(tmp_path / "out", "Papers") == []
