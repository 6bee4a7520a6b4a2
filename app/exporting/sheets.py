"""A bundle's own pages in words: what the cover, contents, story, calls and sheets say."""

from __future__ import annotations

from datetime import date

from app.domain.bundle import BundlePlan, CallRow, Cover, ExhibitPlan, StoryRow
from app.domain.lettering import letter_of
from app.exporting.plain_text import shortened

_LONGEST_TITLE = 240
_LONGEST_BOOKMARK = 100
_SPECIMEN = "Page of 0123456789"
"""The letters of a page number: a last page shows them, so that `stamps` finds them in the font."""


def said(day: date | None) -> str:
    """Return a day as people write it: August 18, 2026; nothing for an unknown one."""
    return f"{day:%B} {day.day}, {day.year}" if day else ""


def front_data(plan: BundlePlan) -> dict[str, object]:
    """Return what the template `bundle.typ` prints, but for the pages of each exhibit."""
    letters = {
        exhibit.document_id: letter_of(position) for position, exhibit in enumerate(plan.exhibits)
    }
    return {
        "made_on": said(plan.made_on),
        "specimen": _SPECIMEN,
        "cover": _cover(plan.cover),
        "runner": _runner(plan.cover),
        "story": [_story_row(row, letters) for row in plan.story],
        "calls": [_call_row(row) for row in plan.calls],
        "exhibits": [
            _exhibit(exhibit, letter_of(position)) for position, exhibit in enumerate(plan.exhibits)
        ],
    }


def _cover(cover: Cover) -> dict[str, object]:
    numbers = cover.claim_numbers
    facts = (
        ("Patient", cover.patient),
        ("Date of birth", said(cover.born_on)),
        ("Plan", cover.plan),
        ("Member ID", cover.member_id),
        ("Group number", cover.group_number),
        ("Claim number" if len(numbers) == 1 else "Claim numbers", ", ".join(numbers)),
        (
            "Date of service" if len(cover.service_dates) == 1 else "Dates of service",
            "; ".join(said(day) for day in cover.service_dates),
        ),
        ("Date of the denial", said(cover.denied_on)),
        ("Level of appeal", cover.level),
    )
    return {
        "sender": [line for line in cover.sender if line.strip()],
        "recipient": [line for line in cover.recipient if line.strip()],
        "facts": [[label, value] for label, value in facts if value.strip()],
        "expedited": cover.expedited,
        "asked": cover.asked.strip(),
        "denial_words": cover.denial_words.strip(),
    }


def _runner(cover: Cover) -> str:
    """Return the few words at the foot of each page that tell whose page it is."""
    claim = f"Claim {cover.claim_numbers[0]}" if cover.claim_numbers else ""
    member = f"Member ID {cover.member_id}" if cover.member_id and not claim else ""
    return shortened(" · ".join(filter(None, (cover.patient, claim, member))), 70)


def _story_row(row: StoryRow, letters: dict[str, str]) -> dict[str, object]:
    exhibit = letters.get(row.document_id or "", "")
    return {"on": said(row.on), "what": row.what, "text": row.text, "exhibit": exhibit}


def _call_row(row: CallRow) -> dict[str, object]:
    promise = row.promised
    if promise and row.promised_by:
        promise = f"{promise} (by {said(row.promised_by)})"
    return {
        "on": said(row.on),
        "at": row.at,
        "who": row.with_whom,
        "reference": row.reference,
        "said": row.said,
        "promised": promise,
    }


def _exhibit(exhibit: ExhibitPlan, letter: str) -> dict[str, object]:
    return {
        "letter": letter,
        "title": shortened(exhibit.title, _LONGEST_TITLE),
        "short": shortened(exhibit.title, 90),
        "bookmark": bookmark_of(letter, exhibit.title),
        "kind": exhibit.kind,
        "on": said(exhibit.on),
    }


def bookmark_of(letter: str, title: str) -> str:
    """Return what the bookmark of an exhibit says."""
    return f"Exhibit {letter}: {shortened(title, _LONGEST_BOOKMARK)}"
