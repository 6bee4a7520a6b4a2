"""What is said below the kind of a paper and its claim, and which claim stands there first."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import replace

from app.domain.matching import Suggestion, key_of
from app.domain.person import Person
from ui.pages.confirm_phrases import LEAST_SCORE, day_of
from ui.pages.confirm_read import PaperRead
from ui.pages.paper_feed import Papers, open_claims
from ui.pages.paper_form import Draft, with_usual_claim
from ui.widgets.evidence import Mark
from ui.wording import short_date, tr

Refused = Collection[tuple[str, str]]
"""Pairs of a paper and a claim that a person has refused for it."""


def kind_mark(read: PaperRead, kind: str | None) -> Mark | None:
    """Return what tells the kind of the paper, as far as the reader can tell."""
    seen = read.kind
    if not read.facts.is_sifted:
        return None
    if seen.value is None:
        words = tr("The program cannot tell. {reason}", reason=seen.reason)
        return Mark(words.strip(), "help") if kind is None else None
    if kind != seen.value:
        return None
    if seen.score < LEAST_SCORE:
        return Mark(tr("Please check. {why}", why=seen.reason), "warning", "warning")
    return Mark(seen.reason, "text") if seen.reason else None


def usual_claim(
    known: Draft, papers: Papers, read: PaperRead, refused: Refused, last: str | None
) -> Draft:
    """Return the draft with the claim that the paper seems to belong to.

    That is the likeliest by what is read, else the one that is usual. It stands in the form for
    the person to see before anything is filed.
    """
    if known.claim is not None:
        return known
    offered = [one.claim_id for one in _suggested(papers, read, refused)]
    if offered:
        return replace(known, claim=offered[0])
    usual = with_usual_claim(known, open_claims(papers), last)
    is_refused = (read.document_id, usual.claim or "") in refused
    return known if is_refused else usual


def claim_mark(
    read: PaperRead, claim: str | None, papers: Papers, refused: Refused, last: str | None
) -> Mark | None:
    """Return why this claim stands in the form, or which other one is likely."""
    likely = next((one for one in read.suggestions if one.claim_id == claim), None)
    if likely:
        return Mark(likely.reason, "link", "muted", tr("Not this one"), f"refuse {likely.claim_id}")
    if claim is not None and claim == last and not read.suggestions:
        words = tr("You filed the last paper there.")
        return Mark(words, "link", "muted", tr("Not this one"), f"refuse {claim}")
    others = [one for one in _suggested(papers, read, refused) if one.claim_id != claim]
    if not others:
        return None
    titles = {row.id: row.title for row in papers.claims}
    words = tr("Or “{title}”? {reason}", title=titles[others[0].claim_id], reason=others[0].reason)
    return Mark(words, "link", "muted", tr("Take it"), f"take {others[0].claim_id}")


def _suggested(papers: Papers, read: PaperRead, refused: Refused) -> list[Suggestion]:
    here = {row.id for row in papers.claims}
    return [
        one
        for one in read.suggestions
        if one.claim_id in here and (read.document_id, one.claim_id) not in refused
    ]


def new_claim_words(read: PaperRead) -> str:
    """Return a name for a claim that is opened for the paper: who gave the care, and when."""
    provider, served = read.named("provider", "facility"), read.named("service_date")
    if not provider:
        return ""
    day = day_of(served[0].value) if served else None
    return ", ".join(part for part in (str(provider[0].value), short_date(day)) if part)


def patient_of(read: PaperRead, people: Iterable[Person]) -> str | None:
    """Return the person of the household whose name stands on the paper, if it is just one."""
    names = {key_of(str(row.value)) for row in read.named("patient")}
    found = [one.id for one in people if one.relation != "helper" and key_of(one.name) in names]
    return found[0] if len(found) == 1 else None
