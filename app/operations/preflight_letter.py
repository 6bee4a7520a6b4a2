"""The appeal letter, looked over with its bundle: blanks, exhibits that it calls wrongly."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from app.domain.bundle import BundlePlan
from app.domain.letter import Letter
from app.domain.letter_template import blanks_in
from app.domain.preflight import Finding
from app.operations.bundle_plan import exhibit_names

_LISTED: Final = re.compile(r"^(?:\d+\. )?(Exhibit [A-Z]+: .+?)\s*$", re.MULTILINE)
_MOST_BLANKS: Final = 4
"""How many blanks are named one by one."""


def letter_findings(letter: Letter, plan: BundlePlan) -> Iterator[Finding]:
    """Yield what is unfinished in a letter that goes in, as text or as a paper.

    A paper that is signed may have been filled in by hand.
    """
    text = plan.letter
    if not text and letter.signed_on is None and _goes_in(letter, plan):
        text = letter.body
    if blanks := blanks_in(text):
        named = [blank.what or "no name" for blank in blanks[:_MOST_BLANKS]]
        more = ["…"] if len(blanks) > _MOST_BLANKS else []
        count = f"{len(blanks)} blanks" if len(blanks) > 1 else "a blank"
        yield Finding(
            code="letter_blanks",
            sentence=f"“{letter.title}” still has {count}: {'; '.join([*named, *more])}. Fill in "
            "what is empty, or take the line out.",
            severity="look", document_id=letter.document_id, tab="letters",
        )  # fmt: skip
    known = {" ".join(name.split()) for name in exhibit_names(plan.exhibits)}
    listed = [" ".join(found.split()) for found in _LISTED.findall(text)]
    if wrong := [name for name in listed if name not in known]:
        yield Finding(
            code="letter_exhibits",
            sentence=f"“{letter.title}” lists “{wrong[0]}”, and this bundle has no such exhibit. "
            "Write its list of what goes along anew.",
            severity="look", document_id=letter.document_id, tab="letters",
        )  # fmt: skip


def _goes_in(letter: Letter, plan: BundlePlan) -> bool:
    return any(exhibit.document_id == letter.document_id for exhibit in plan.exhibits)
