"""What kind invented papers of many voices are read as, and why."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.document import KINDS
from app.importing.sifting.amount_facts import amount_facts
from app.importing.sifting.codes import code_facts
from app.importing.sifting.dates import dates_in
from app.importing.sifting.identifiers import identifier_facts
from app.importing.sifting.kinds import kind_of
from app.importing.sifting.paper import Paper
from app.importing.sifting.signs import signs_on
from app.importing.sifting.windows import windows_in
from app.resources import resource_json

PAPERS = Path(__file__).parent / "kinds_data"
UNREAD = {"photo", "account_statement"}
"""A photo is told by its pixels, not its words; whose an account is only a person knows."""


def papers(name: str) -> Iterator[tuple[str | None, str]]:
    """The kind and the text of each paper of a file."""
    for entry in ("\n" + (PAPERS / name).read_text("utf-8")).split("\n=== ")[1:]:
        kind, _, text = entry.partition("\n")
        yield (None if kind == "none" else kind), text


def read(text: str) -> tuple[str | None, str]:
    """The kind that a text is read as, and the reason."""
    paper = Paper.of_text(text)
    found = (
        *windows_in(paper, dates_in(paper.text), None),
        *identifier_facts(paper),
        *code_facts(paper),
        *amount_facts(paper, None),
    )
    kind = kind_of(paper, signs_on(paper, found))
    return kind.value, kind.reason


def outcomes(name: str) -> Counter[str]:
    """How many papers are read right, as none, and wrong."""
    counts: Counter[str] = Counter()
    for kind, text in papers(name):
        value = read(text)[0]
        counts["right" if value == kind else "none" if value is None else "wrong"] += 1
    return counts


def test_the_papers_built_by_are_read_right() -> None:
    counts = outcomes("build.txt")
    assert counts["wrong"] == 0
    assert counts["right"] >= 0.97 * counts.total()


def test_the_papers_not_built_by_are_read_right_or_not_told() -> None:
    counts = outcomes("judge.txt")
    assert counts["wrong"] <= 0.05 * counts.total()
    assert counts["right"] >= 0.9 * counts.total()


@pytest.mark.parametrize("name", ["build.txt", "judge.txt"])
def test_there_are_four_papers_of_every_kind(name: str) -> None:
    counts = Counter(kind for kind, _ in papers(name))
    assert all(counts[kind] >= 4 for kind in KINDS if kind not in UNREAD)


def test_every_kind_has_data_and_no_other() -> None:
    assert set(resource_json("reading", "kinds.json")["kinds"]) == set(KINDS) - UNREAD


LETTER = """Quail Ridge Health Plan
Claim 88-1200     Member Ruth Adair
Dear Ruth Adair,
{}
You have the right to appeal within 180 days of this letter.
"""


@pytest.mark.parametrize(
    ("sentence", "kind"),
    [
        ("We have denied the claim because the service was not medically necessary.", "denial"),
        ("We cannot pay for this visit.", "denial"),
        ("We approved 6 visits instead of the 12 your doctor asked for.", "denial"),
        ("We received your appeal of May 2, 2026. We are upholding the denial.", "appeal_decision"),
        ("Your appeal dated May 2, 2026 was granted and our denial is overturned.",
         "appeal_decision"),
    ],
)  # fmt: skip
def test_the_verdict_of_a_payer_tells_the_kind_of_its_letter(sentence: str, kind: str) -> None:
    assert read(LETTER.format(sentence))[0] == kind


@pytest.mark.parametrize(
    "text",
    [
        "If your claim is denied, you will hear from us.\nIf it is approved, you will too.",
        (
            "Thank you for writing. We received your appeal on May 2, 2026.\n"
            "You may send more information at any time before we decide."
        ),
        "~~ .,;: l1l|| 00Q0 ##..",
        "",
        "Dear Pat, the roses are in bloom and the dog says hello.",
    ],
)
def test_what_a_paper_supposes_or_does_not_say_tells_no_kind(text: str) -> None:
    assert read(text)[0] is None


def test_a_listed_letter_of_medical_necessity_is_no_title() -> None:
    text = """Request for additional information
Claim 88-1200
We cannot decide until we have the following:
1. Office notes
2. A letter of medical necessity
"""
    assert read(text)[0] == "information_request"


def test_the_reason_quotes_the_words_that_tell() -> None:
    kind, reason = read(
        "Explanation of Benefits\nThis is not a bill\nClaim 88-1200\nPlan paid $4.00"
    )
    assert (kind, reason) == ("eob", "At the top it says “Explanation of Benefits”.")


def test_signs_alone_give_a_reason_too() -> None:
    kind = kind_of(Paper.of_text("Ref 4"), frozenset({"window", "case"}))
    assert kind.value == "denial"
    assert kind.reason == "It is about one claim or request."


@given(st.text(max_size=400))
def test_any_text_can_be_asked_for_its_kind(text: str) -> None:
    kind = kind_of(Paper.of_text(text))
    assert kind.value is None or kind.value in KINDS


@given(st.lists(st.sampled_from(
    ["we have denied", "if", "appeal", "not", "Explanation of Benefits\n", "Dear", "total", "\f",
     "RX", "approved", "…", "\t", "\n", ":", "-"]), max_size=60))  # fmt: skip
def test_any_words_of_such_papers_can_be_asked_for_their_kind(words: list[str]) -> None:
    assert 0 <= kind_of(Paper.of_text(" ".join(words))).score <= 1


@pytest.mark.parametrize("word", ["not ", "appeal your ", "we have denied if ", "a "])
def test_a_hostile_page_is_read_in_bounded_time(word: str) -> None:
    paper = Paper.of_text((word * 100_000)[:100_000])
    kind_of(Paper.of_text("warm"))
    began = time.process_time()
    kind_of(paper)
    assert time.process_time() - began < 0.6
