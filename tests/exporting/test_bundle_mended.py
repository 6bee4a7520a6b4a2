"""What happens when the finished bundle fails its check: the paper is redrawn, then left out."""

from __future__ import annotations

import pypdfium2
import pytest

from app.domain.bundle import BlackBox
from app.domain.errors import UserError
from app.exporting.bundle_pdf import bind
from app.exporting.checking import BundleCheckError
from app.exporting.plain_originals import plain_originals
from app.jobs import Silent
from app.workers import Reply, WorkerDied
from tests.exporting.bundle_papers import exhibit, hostile, letter, plan, protected, seen

STRUCTURE = "app.exporting.verify:check_structure"
BLACK_OUTS = "app.exporting.redact:check_black_outs"


class Strict:
    """A pool whose readers find fault with a page, so many times."""

    def __init__(self, pool, page, times, task=STRUCTURE):
        self._pool = pool
        self._page = page
        self._left = times
        self._task = task

    def call(self, task, values, **options):
        reply = self._pool.call(task, values, **options)
        if task != self._task or not self._left:
            return reply
        self._left -= 1
        if task == BLACK_OUTS:
            return Reply({"unproven": [self._page]})
        return Reply({**reply.values, "faults": [[self._page, "a reader frowned at it."]]})


@pytest.fixture
def papers(tmp_path):
    return [
        exhibit(letter(tmp_path / "denial.pdf", ["Denied"]), "Denial"),
        exhibit(letter(tmp_path / "record.pdf", ["Seen by a doctor"]), "Record"),
    ]


def page_words(path):
    with pypdfium2.PdfDocument(path) as document:
        return [" ".join(page.get_textpage().get_text_range().split()) for page in document]


def test_a_paper_that_fails_the_check_goes_in_as_pictures_of_its_pages(papers, pool, tmp_path):
    target = tmp_path / "b.pdf"
    result = bind(plan(*papers), target, Strict(pool, page=6, times=1), Silent(), allow_gaps=False)
    assert result.files[0].pages == 6
    assert not result.gaps
    assert any("Exhibit B is in as pictures" in warning for warning in result.warnings)
    with pypdfium2.PdfDocument(target) as document:
        kinds = {thing.type for thing in document[5].get_objects(max_depth=6)}
        assert pypdfium2.raw.FPDF_PAGEOBJ_IMAGE in kinds
    assert "Denied" in page_words(target)[3]


def test_a_paper_that_fails_again_is_named_and_nothing_is_made_without_leave(
    papers, pool, tmp_path
):
    target = tmp_path / "b.pdf"
    result = bind(plan(*papers), target, Strict(pool, page=6, times=2), Silent(), allow_gaps=False)
    assert not result.files
    assert not target.exists()
    (gap,) = result.gaps
    assert (gap.document_id, gap.name) == ("record", "record.pdf")
    assert "a reader frowned at it." in gap.reason


def test_with_leave_the_bundle_goes_out_without_the_paper_that_fails(papers, pool, tmp_path):
    target = tmp_path / "b.pdf"
    result = bind(plan(*papers), target, Strict(pool, page=6, times=2), Silent(), allow_gaps=True)
    texts = page_words(target)
    assert result.files[0].pages == len(texts) == 6
    assert "record.pdf" in texts[5]
    assert "Denied" in texts[3]


def test_a_fault_on_our_own_pages_ends_in_one_sentence(papers, pool, tmp_path):
    with pytest.raises(BundleCheckError, match="a reader frowned at it"):
        bind(
            plan(*papers), tmp_path / "b.pdf", Strict(pool, page=1, times=1), Silent(),
            allow_gaps=True,
        )  # fmt: skip
    assert not list(tmp_path.glob(".claimbinder*"))


def test_a_paper_over_which_every_reader_stops_is_named(papers, pool, tmp_path):
    class Refusing:
        """A pool whose reader stops whenever the last page is among those it looks at."""

        def call(self, task, values, **options):
            if task.endswith(":check_pages") and values["first"] <= 6 <= values["last"]:
                raise WorkerDied(task)
            return pool.call(task, values, **options)

    result = bind(plan(*papers), tmp_path / "b.pdf", Refusing(), Silent(), allow_gaps=False)
    (gap,) = result.gaps
    assert gap.name == "record.pdf"
    assert "a reader stopped at page 6." in gap.reason


def test_a_page_whose_black_out_does_not_hold_is_never_released(pool, tmp_path):
    paper = exhibit(
        letter(tmp_path / "bank.pdf", ["Account 4711", "Second page"]), "Bank letter",
        black_outs=(BlackBox(page=1, x0=0.1, y0=0.1, x1=0.6, y1=0.2),),
    )  # fmt: skip
    target = tmp_path / "b.pdf"
    sound = bind(plan(paper), target, pool, Silent(), allow_gaps=False)
    assert sound.files[0].pages == 5
    assert "Account" not in " ".join(page_words(target))
    doubted = bind(plan(paper), target, Strict(pool, 4, 1, BLACK_OUTS), Silent(), allow_gaps=False)
    texts = page_words(target)
    assert doubted.files[0].pages == 5
    assert "left out" in texts[3]
    assert "Second page" in texts[4]
    assert any("page 1" in warning.lower() for warning in doubted.warnings), doubted.warnings


def test_a_bundle_that_cannot_be_put_together_is_told_with_the_way_out(papers, pool, tmp_path):
    class Tired:
        """A pool whose worker ends over the assembly."""

        def call(self, task, values, **options):
            if task.endswith(":assemble"):
                raise WorkerDied(task)
            return pool.call(task, values, **options)

    with pytest.raises(UserError, match="plain cover"):
        bind(plan(*papers), tmp_path / "b.pdf", Tired(), Silent(), allow_gaps=True)


def test_the_plain_way_out_has_every_page_and_nothing_on_them(papers, pool, tmp_path):
    locked = protected(tmp_path / "locked.pdf", "x")
    bad = hostile(tmp_path / "bad.pdf")
    target = tmp_path / "plain.pdf"
    result = plain_originals(plan(*papers, exhibit(locked), exhibit(bad)), target, pool, Silent())
    texts = page_words(target)
    assert texts[1:] == ["Denied", "Seen by a doctor", "Visible words"]
    assert [(place.first_page, place.pages) for place in result.exhibits] == [
        (2, 1), (3, 1), (0, 0), (4, 1),
    ]  # fmt: skip
    assert [gap.name for gap in result.gaps] == ["locked.pdf"]
    assert "Not included." in texts[0]
    assert b"BADSCRIPT" not in target.read_bytes()
    assert seen(target, 1).size == (612, 792)


def test_the_plain_way_out_draws_what_fails_and_then_leaves_it_out(papers, pool, tmp_path):
    task = "app.exporting.verify:check_plainly"
    drawn = plain_originals(plan(*papers), tmp_path / "a.pdf", Strict(pool, 3, 1, task), Silent())
    assert drawn.files[0].pages == 3
    left = plain_originals(plan(*papers), tmp_path / "b.pdf", Strict(pool, 3, 2, task), Silent())
    assert left.files[0].pages == 2
    assert [gap.name for gap in left.gaps] == ["record.pdf"]
