"""The commands that make the envelope's contents: bundle and preflight."""

from __future__ import annotations

from argparse import Namespace
from dataclasses import replace
from functools import partial
from typing import Any, Final

from app.cli.answer import DONE, REFUSED, Answer
from app.cli.desk import Desk, with_binder
from app.cli.naming import id_of, id_or_none, kept_claim
from app.domain.bundle import BoundBundle
from app.domain.errors import UserError
from app.domain.preflight import Finding
from app.domain.saved_bundle import PROFILES
from app.operations.bundle_choices import choose, chosen_for
from app.operations.bundle_plan import Form, Wishes, chosen_with, plan_bundle
from app.operations.bundle_sizes import about_sizes
from app.operations.bundles import bind_bundle
from app.operations.papers import page_picture
from app.operations.preflight import Outgoing, preflight
from app.operations.preflight_learned import what_they_learn
from app.operations.saved_bundles import NOT_KEPT, freeze_bundle

_MEGABYTE: Final = 1_000_000


@with_binder
def bundle(desk: Desk, words: Namespace) -> Answer:
    """Bind the appeal bundle of a claim, and keep its exact bytes."""
    claim_id = kept_claim(desk.binder, words.claim)
    denial_id = id_or_none(desk.binder, "denial", words.denial)
    wishes = wishes_of(desk, words)
    plan = plan_bundle(
        desk.binder, claim_id, today=desk.today, denial_id=denial_id, wishes=wishes,
        form=_form(words),
    )  # fmt: skip
    found = preflight(desk.binder, claim_id, plan, denial_id=denial_id)
    bound = bind_bundle(
        desk.binder, desk.workers, plan, desk.outside(words.output), desk.progress,
        allow_gaps=words.allow_gaps,
    )  # fmt: skip
    value = _value(bound)
    value["warnings"] = [each.sentence for each in found] + value["warnings"]
    value["warnings"] += _too_large(bound, words)
    if not bound.files:
        return Answer(value, _lines(bound, value), REFUSED)
    status = DONE
    try:
        frozen = freeze_bundle(
            desk.binder, claim_id, plan, bound, denial_id=denial_id, decided=_decided(found)
        )
        value["bundle"] = frozen.bundle.id
    except UserError as error:  # the file is made all the same
        value["warnings"].append(f"{NOT_KEPT} {error}")
        status = REFUSED
    if words.remember:
        chosen = chosen_with(desk.binder, claim_id, wishes)
        choose(
            desk.binder,
            claim_id,
            [chosen.choices[paper.id] for paper in chosen.papers],
            chosen.parts,
        )
    return Answer(value, _lines(bound, value), status)


@with_binder
def look_over(desk: Desk, words: Namespace) -> Answer:
    """Look over what a bundle would be: what it lacks, and what it tells about the person."""
    claim_id = id_of(desk.binder, "claim", words.claim)
    denial_id = id_or_none(desk.binder, "denial", words.denial)
    plan = plan_bundle(
        desk.binder, claim_id, today=desk.today, denial_id=denial_id, wishes=wishes_of(desk, words)
    )
    outgoing = Outgoing(way=words.way or "", mail_days=words.mail_days)
    draw = partial(page_picture, desk.binder, desk.reader)
    found = preflight(
        desk.binder, claim_id, plan, denial_id=denial_id, outgoing=outgoing, draw=draw
    )
    learned = what_they_learn(desk.binder, plan)
    about = {
        profile: about_sizes(desk.binder, replace(plan, profile=profile)) for profile in PROFILES
    }
    value = {
        "about": {
            profile: {"pages": each.pages, "bytes": each.bytes, "parts": each.parts}
            for profile, each in about.items()
        },
        "findings": [_finding(each) for each in found],
        "learn": [
            {
                "what": each.what,
                "words": each.words,
                "places": [
                    {"document": place.document_id, "page": place.page} for place in each.places
                ],
            }
            for each in learned
        ],
    }
    lines = [f"{'Look: ' if each.is_grave else 'Note: '}{each.sentence}" for each in found]
    lines += [
        f"For {profile}: about {each.pages} pages, "
        f"{each.bytes / _MEGABYTE:.1f} MB, files: {each.parts}"
        for profile, each in about.items()
    ]
    lines += ["They will learn:"] + [f"  {each.what}: {each.words}" for each in learned]
    return Answer(value, lines)


def _finding(found: Finding) -> dict[str, Any]:
    return {
        "code": found.code,
        "text": found.sentence,
        "severity": found.severity,
        "document": found.document_id,
        "page": found.page,
    }


def _decided(found: tuple[Finding, ...]) -> list[str]:
    return [each.sentence for each in found]


def _form(words: Namespace) -> Form:
    return Form(
        profile=words.profile,
        paper="a4" if words.a4 else "letter",
        max_bytes=words.max_mb * _MEGABYTE if words.max_mb else None,
        max_pages=words.max_pages,
    )


def wishes_of(desk: Desk, words: Namespace) -> Wishes:
    """Return what was said about the papers of one bundle."""

    def ids(called: list[str]) -> list[str]:
        return [id_of(desk.binder, "document", each) for each in called]

    kept = chosen_for(desk.binder, id_of(desk.binder, "claim", words.claim)).parts
    return Wishes(
        parts=[*kept, *words.parts],
        left_out=ids(words.left_out),
        put_in=ids(words.put_in),
        order=ids([each.strip() for word in words.order for each in word.split(",")]),
        pages={id_of(desk.binder, "document", paper): some for paper, some in words.pages},
    )


def _too_large(bound: BoundBundle, words: Namespace) -> list[str]:
    """Return what to say where the one file of the profile “print” is beyond the limits."""
    said: list[str] = []
    for file in bound.files if words.profile == "print" else ():
        if words.max_mb and file.bytes > words.max_mb * _MEGABYTE:
            said.append(
                f"The file has {file.bytes / _MEGABYTE:.1f} MB, more than {words.max_mb}. "
                "The profile “print” is always one file; “portal” makes parts."
            )
        if words.max_pages and file.pages > words.max_pages:
            said.append(
                f"The file has {file.pages} pages, more than {words.max_pages}. "
                "The profile “print” is always one file; “fax” makes parts."
            )
    return said


def _value(bound: BoundBundle) -> dict[str, Any]:
    return {
        "bundle": None,
        "files": [
            {
                "path": str(file.path),
                "pages": file.pages,
                "bytes": file.bytes,
                "sha256": file.sha256,
            }
            for file in bound.files
        ],
        "exhibits": [
            {
                "letter": exhibit.letter,
                "title": exhibit.title,
                "document": exhibit.document_id,
                "part": exhibit.part,
                "first_page": exhibit.first_page,
                "pages": exhibit.pages,
            }
            for exhibit in bound.exhibits
        ],
        "gaps": [
            {"document": gap.document_id, "name": gap.name, "reason": gap.reason}
            for gap in bound.gaps
        ],
        "warnings": list(bound.warnings),
        "removed": [
            {"document": item.document_id, "what": item.what, "count": item.count}
            for item in bound.removed
        ],
    }


def _lines(bound: BoundBundle, value: dict[str, Any]) -> list[str]:
    lines = [f"Wrote {file.path}: {file.pages} pages" for file in bound.files]
    if bound.gaps and not bound.files:
        lines.append("Nothing was written: these papers cannot go in.")
    lines += [f"  {gap.name}: {gap.reason}" for gap in bound.gaps]
    if bound.gaps and not bound.files:
        lines.append("Leave them to --allow-gaps, and a page will say what is missing.")
    lines += [
        f"  Exhibit {exhibit.letter}, page {exhibit.first_page}: {exhibit.title}"
        for exhibit in bound.exhibits
    ]
    return lines + [f"Note: {warning}" for warning in value["warnings"]]
