"""One bundle compared with its golden fingerprint: words, links, bookmarks, sizes, pictures.

After a meant change: `pytest tests/exporting --update-golden`, then look at the pictures.
"""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pypdf
import pypdfium2
import pytest
from pikepdf import Array
from PIL import Image, ImageChops, ImageStat

from app.domain.bundle import (
    BundlePlan,
    CallRow,
    Cover,
    CriterionRow,
    DiaryRow,
    EvidenceRow,
    PlaceOfProof,
    StoryRow,
    TreatmentRow,
)
from app.domain.page import PageText, Word
from app.exporting.bundle_pdf import bind
from app.jobs import Silent
from tests.exporting.bundle_papers import MADE_ON, exhibit, letter, photo, quartered_pdf, quarters

GOLDEN = Path(__file__).parent.parent / "golden" / "bundle"
DPI = 40
MEAN_DIFFERENCE = 1.5
"""How far a page may differ, of 255 on average: fonts are drawn a little differently elsewhere."""


@pytest.fixture
def golden_plan(tmp_path) -> BundlePlan:
    fax = tmp_path / "fax.tif"
    quarters(204, 98).convert("1").save(fax, compression="group4", dpi=(204, 98))
    broken = tmp_path / "broken.pdf"
    broken.write_bytes(b"%PDF-1.7 nothing")
    read = PageText(1, "Medically necessary", "ocr", (Word("Medically", 0.1, 0.1, 0.3, 0.15),))
    return BundlePlan(
        title="Appeal: infusion at Riverside Clinic",
        made_on=MADE_ON,
        cover=Cover(
            sender=("Maria López", "14 Elm Street", "Columbus, OH 43004"),
            recipient=("Acme Health Plan", "Appeals Department", "P.O. Box 1234"),
            patient="Maria López",
            born_on=date(1961, 5, 2),
            plan="Acme Health PPO",
            member_id="ACM 123 456 789",
            group_number="77812",
            claim_numbers=("20260214-773190-00",),
            service_dates=(date(2026, 2, 14), date(2026, 2, 28)),
            level="First appeal",
            expedited=True,
            asked="Please overturn the denial and cover the infusions that were ordered.",
            denial_words="The requested service is not medically necessary.",
            denied_on=date(2026, 3, 3),
            subscriber="Jorge López",
            reference_numbers=("UM-88213",),
            provider="Dr. Inés Muñoz-Peña",
            provider_npi="1234567893",
            facility="Riverside Clinic",
            service_codes=("J1569", "96365"),
            diagnosis_codes=("G61.81",),
            representative=("Ana López, daughter of the patient",),
            signer="Maria López",
        ),
        letter="August 18, 2026\n\nDear Sir or Madam,\n\nI appeal.\n\nMaria López",
        criteria=(
            CriterionRow(
                kind="reason", quote="Not medically necessary.",
                source=PlaceOfProof(document_id="denial", page=2),
                answer="Nothing else has helped until now.",
                proofs=(PlaceOfProof(document_id="fax", page=1), PlaceOfProof(document_id="card")),
            ),
            CriterionRow(kind="criterion", quote="Nobody answered this."),
        ),
        treatments=(
            TreatmentRow(what="Prednisone", how="by mouth", dose="60 mg", when="Summer 2025",
                         outcome="No gain", proof=PlaceOfProof(document_id="wide", page=1)),
        ),
        evidence=(EvidenceRow(item="The denial letter", document_ids=("denial", "lost")),),
        diary=(DiaryRow(on=date(2026, 2, 10), text="Could not hold a cup", score=7),),
        exhibits=(
            exhibit(letter(tmp_path / "denial.pdf", ["We decided", "You may appeal"]),
                    "Denial letter of March 3, 2026", kind="Denial letter", on=date(2026, 3, 3)),
            exhibit(photo(tmp_path / "card.jpg", 6, upright=quarters(1200, 1600)),
                    "Insurance card", page_texts=(read,)),
            exhibit(fax, "Fax from Dr. Inés Muñoz-Peña, who ordered the treatment and explains at "
                    "length why nothing else has helped until now"),
            exhibit(quartered_pdf(tmp_path / "wide.pdf", MediaBox=Array([0, 0, 1100, 850])),
                    "A wide table"),
            exhibit(broken, "Lost page"),
        ),
        story=(
            StoryRow(on=date(2026, 2, 14), what="Infusion", text="First session"),
            StoryRow(on=date(2026, 3, 3), what="Denied", text="", document_id="denial"),
        ),
        calls=(
            CallRow(on=date(2026, 4, 1), at="10:05 AM", with_whom="Denise", reference="REF-1",
                    said="Not logged yet", promised="A call back", promised_by=date(2026, 4, 9)),
        ),
    )  # fmt: skip


def links(reader: pypdf.PdfReader, page: pypdf.PageObject) -> list[list[object]]:
    numbers = {
        other.indirect_reference.idnum: number
        for number, other in enumerate(reader.pages, start=1)
        if other.indirect_reference
    }
    found = []
    for note in page.annotations or ():
        link = note.get_object()
        place = link.get("/Dest") or link["/A"]["/D"]
        place = place.get_object()
        if isinstance(place, str):
            place = reader.named_destinations[place].dest_array
        box = [round(float(side)) for side in link["/Rect"]]
        found.append([box, numbers[place[0].idnum]])
    return found


def outline(reader: pypdf.PdfReader, marks) -> list[object]:
    return [
        outline(reader, mark)
        if isinstance(mark, list)
        else [mark.title, reader.get_destination_page_number(mark) + 1]
        for mark in marks
    ]


def fingerprint(path: Path) -> dict[str, object]:
    reader = pypdf.PdfReader(path)
    with pypdfium2.PdfDocument(path) as document:
        texts = [page.get_textpage().get_text_range().split() for page in document]
    return {
        "title": reader.metadata.title if reader.metadata else None,
        "language": str(reader.trailer["/Root"]["/Lang"]),
        "labels": reader.page_labels,
        "bookmarks": outline(reader, reader.outline),
        "pages": [
            {
                "size": [round(float(side)) for side in page.mediabox[2:]],
                "turned": page.rotation,
                "links": links(reader, page),
                "text": " ".join(words),
            }
            for page, words in zip(reader.pages, texts, strict=True)
        ],
    }


def pictures(path: Path) -> list[Image.Image]:
    with pypdfium2.PdfDocument(path) as document:
        return [page.render(scale=DPI / 72).to_pil().convert("L") for page in document]


def test_the_bundle_is_as_it_was_last_approved(golden_plan, pool, tmp_path, update_golden):
    target = tmp_path / "bundle.pdf"
    bind(golden_plan, target, pool, Silent(), allow_gaps=True)
    found, shown = fingerprint(target), pictures(target)
    if update_golden:
        approve(found, shown)
    assert found == json.loads((GOLDEN / "fingerprint.json").read_text(encoding="utf-8"))
    for number, picture in enumerate(shown, start=1):
        with Image.open(GOLDEN / f"page-{number:02}.png") as golden:
            assert picture.size == golden.size
            difference = ImageStat.Stat(ImageChops.difference(picture, golden)).mean[0]
        assert difference < MEAN_DIFFERENCE, f"page {number} looks different"


def approve(found: dict[str, object], shown: list[Image.Image]) -> None:
    GOLDEN.mkdir(parents=True, exist_ok=True)
    for old in GOLDEN.iterdir():
        old.unlink()
    text = json.dumps(found, indent=1, ensure_ascii=False) + "\n"
    (GOLDEN / "fingerprint.json").write_text(text, encoding="utf-8")
    for number, picture in enumerate(shown, start=1):
        picture.save(GOLDEN / f"page-{number:02}.png", optimize=True)
