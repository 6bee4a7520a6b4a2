"""Looking a bundle over before it goes out: what lacks, what is in doubt, what is too late.

Nothing found here stops a bundle. The person decides, and what they knew is kept with it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from app.binder import Binder
from app.domain.bundle import BundlePlan
from app.domain.calendar_days import spoken
from app.domain.due_item import DueItem
from app.domain.plan import Plan
from app.domain.preflight import Finding, PaperSeen, worst_first
from app.domain.preflight_pages import page_findings
from app.domain.preflight_people import Belongs, people_findings
from app.operations.black_outs import stale_pages
from app.operations.bundle_case import Case, case_of
from app.operations.bundle_plan import newest_appeal_letter
from app.operations.checklist import checklist
from app.operations.code_check import check_codes
from app.operations.notice_check import check_notice
from app.operations.preflight_letter import letter_findings
from app.operations.preflight_pages import Draw, papers_seen
from app.storage.queries.evidence import criteria_of
from app.storage.queries.facts import paper_facts
from app.storage.queries.records import claim_records, denial_records

_POSTMARK: Final = "postmark"
_MAILED: Final = frozenset({"mail", "certified_mail"})
_INSTANT: Final = frozenset({"fax", "portal", "by_hand"})
_NEAR_DAYS: Final = 14
"""How near the last day must be before the time of the mail is more than a note."""

_MOST_ROWS: Final = 4
"""How many points without an answer are named one by one."""


@dataclass(frozen=True, slots=True)
class Outgoing:
    """How it shall go out, as far as that is known. `mail_days` is the person's own estimate."""

    way: str = ""
    mail_days: int | None = None


UNKNOWN_WAY: Final = Outgoing()


def preflight(
    binder: Binder,
    claim_id: str,
    plan: BundlePlan,
    *,
    denial_id: str | None = None,
    outgoing: Outgoing = UNKNOWN_WAY,
    draw: Draw | None = None,
) -> tuple[Finding, ...]:
    """Return what is worth a look in a bundle, the gravest first.

    Where pages can be drawn, those without words are looked at, to tell blank ones. May take a
    while: it is called on a thread.
    """
    case = case_of(binder, claim_id, plan.made_on, denial_id)
    papers = papers_seen(binder, plan.exhibits, draw)
    return worst_first(
        (
            *_too_late(binder, case, outgoing),
            *_signing(binder, case, plan),
            *page_findings(papers),
            *_strangers(binder, case, papers),
            *_black_outs(binder, plan),
            *_evidence(binder, claim_id, case, plan),
            *_points(binder, case),
            *_codes(binder, claim_id, plan),
            *_notice(binder, case),
            *_cover(case, plan, outgoing.way),
        )
    )


# ---------------------------------------------------------------------- the day


def _too_late(binder: Binder, case: Case, outgoing: Outgoing) -> Iterator[Finding]:
    """Yield what the last day means for the way it goes out. No time of the mail is invented."""
    if case.denial is None:
        return
    items: tuple[DueItem, ...] = binder.ask(denial_records, "due_item", case.denial.id)
    days = [item for item in items if item.kind == "appeal" and item.is_open]
    if not days:
        if case.denial.standing == "open":
            yield Finding(
                code="no_last_day",
                sentence="The last day to appeal is not known yet. Look for it in the letter, or "
                "ask them, before you choose how it goes out.",
                severity="look", tab="calendar",
            )  # fmt: skip
        return
    item = min(days, key=lambda each: each.last_day)
    by_mail = outgoing.way in _MAILED
    if item.last_day < case.today:
        yield _late(
            f"The last day to appeal was {spoken(item.last_day)}. You may still send it, and ask "
            "them to accept it late: say why in a late-filing letter.",
        )
    elif outgoing.mail_days is not None and outgoing.way not in _INSTANT:
        yield from _arrives_late(item, case.today, outgoing.mail_days)
    elif by_mail and not _postmark_counts(item):
        is_near = item.last_day - case.today <= timedelta(days=_NEAR_DAYS)
        yield Finding(
            code="mail_time",
            sentence=f"It must be there by {spoken(item.last_day)}. How many days will the mail "
            "take? A fax, the website or your own hands are there on the same day.",
            severity="look" if is_near else "note",
            tab="calendar",
        )  # fmt: skip
    elif not outgoing.way:
        yield Finding(
            code="last_day",
            sentence=f"The last day to appeal is {spoken(item.last_day)}"
            f"{_filed_words(item)}.",
            tab="calendar",
        )  # fmt: skip


def _arrives_late(item: DueItem, today: date, mail_days: int) -> Iterator[Finding]:
    there = today + timedelta(days=mail_days)
    if there <= item.last_day:
        return
    if _postmark_counts(item):
        yield Finding(
            code="mail_postmark",
            sentence=f"By your estimate it arrives on {spoken(there)}, after the last day "
            f"({spoken(item.last_day)}). The postmark may count here ({item.counts_as_filed}): "
            "keep the mail receipt.",
            tab="calendar",
        )  # fmt: skip
        return
    yield _late(
        f"By your estimate it arrives on {spoken(there)}, and it must be there by "
        f"{spoken(item.last_day)}. Fax it, use the website or bring it instead.",
    )


def _late(sentence: str) -> Finding:
    return Finding(code="too_late", sentence=sentence, severity="look", tab="calendar")


def _postmark_counts(item: DueItem) -> bool:
    """Return whether the rule says that mailing is enough; all else is taken for “received”."""
    return _POSTMARK in item.counts_as_filed.casefold()


def _filed_words(item: DueItem) -> str:
    if not item.counts_as_filed:
        return "; take it that it must be there by then"
    return f". What counts as filed: {item.counts_as_filed.rstrip('.')}"


# ---------------------------------------------------------------------- signed, and by whom


def _signing(binder: Binder, case: Case, plan: BundlePlan) -> Iterator[Finding]:
    letter = newest_appeal_letter(binder, case)
    if letter and letter.signed_on is None and (plan.letter or _is_in(letter.document_id, plan)):
        yield Finding(
            code="unsigned_letter",
            sentence=f"“{letter.title}” is not signed yet. Print it, sign it, and add the signed "
            "one, or sign the printed packet.",
            severity="look", document_id=letter.document_id, tab="letters",
        )  # fmt: skip
    elif letter is None and not any(exhibit.kind == "Appeal letter" for exhibit in plan.exhibits):
        yield Finding(
            code="no_letter",
            sentence="There is no appeal letter yet. The cover page alone can go out too, if it "
            "says what you ask for and why.",
            tab="letters",
        )  # fmt: skip
    if letter:
        yield from letter_findings(letter, plan)
    yield from _speaking(case, plan)


def _speaking(case: Case, plan: BundlePlan) -> Iterator[Finding]:
    speaker = case.speaker
    if speaker is None or case.patient is None or not plan.cover.representative:
        return
    who = speaker.representative
    level = case.denial.level if case.denial else 1
    if not speaker.holds(case.today, case.claim.plan_id, level):
        yield Finding(
            code="no_valid_form",
            sentence=f"{who.name} signs for {case.patient.name}, but there is no valid form that "
            "allows it: it needs both signatures and must not have run out.",
            severity="look", document_id=who.document_id, tab="people",
        )  # fmt: skip
    elif not _is_in(who.document_id, plan):
        yield Finding(
            code="form_left_out",
            sentence=f"{who.name} signs for {case.patient.name}. The form that allows it is not "
            "among the exhibits: put it in.",
            severity="look", document_id=who.document_id, tab="people",
        )  # fmt: skip


def _is_in(document_id: str | None, plan: BundlePlan) -> bool:
    return any(exhibit.document_id == document_id for exhibit in plan.exhibits)


# ---------------------------------------------------------------------- whose papers


def _strangers(binder: Binder, case: Case, papers: tuple[PaperSeen, ...]) -> Iterator[Finding]:
    known = _belongs(binder, case)
    for paper in papers:
        going_in = {page.number for page in paper.going_in}
        rows = [
            row
            for row in binder.ask(paper_facts, paper.document_id).rows
            if row.page is None or row.page in going_in
        ]
        yield from people_findings(paper.document_id, paper.name, paper.kind, rows, known)


def _belongs(binder: Binder, case: Case) -> Belongs:
    """Return who and which numbers are known; those that a person confirmed anywhere count."""
    plan, others = case.plan, [each.representative.name for each in case.speakers]
    others += [plan.subscriber] if plan and plan.subscriber else []
    numbers = [case.claim.number, *(each.number for each in case.authorizations)]
    for name in ("claim_number", "reference_number", "authorization_number"):
        numbers += case.confirmed(name)
    numbers += [call.reference for call in binder.ask(claim_records, "call", case.claim.id)]
    has_own = bool(case.claim.number or case.confirmed("claim_number"))
    return Belongs(
        patient=case.patient.name if case.patient else "",
        others=tuple(others),
        member_ids=(plan.member_id,) if plan and plan.member_id else (),
        numbers=tuple(filter(None, numbers)) if has_own else (),
    )


def _black_outs(binder: Binder, plan: BundlePlan) -> Iterator[Finding]:
    names = {exhibit.document_id: exhibit.name for exhibit in plan.exhibits}
    for document_id, page in stale_pages(binder, names):
        yield Finding(
            code="black_out",
            sentence=f"Page {page} of “{names[document_id]}” is seen otherwise than when you "
            "blacked it out. The whole page stays black until you look at its boxes again.",
            severity="look", document_id=document_id, page=page,
        )  # fmt: skip


# ---------------------------------------------------------------------- what an appeal needs


def _evidence(binder: Binder, claim_id: str, case: Case, plan: BundlePlan) -> Iterator[Finding]:
    found = checklist(binder, claim_id, case.denial.id if case.denial else None)
    said_elsewhere = {"bundle", "proof", *(["points"] if plan.criteria else [])}
    for each in found.items:
        there = [paper.id for paper in each.papers]
        if each.is_needed and there and not any(_is_in(key, plan) for key in there):
            yield Finding(
                code="evidence_left_out",
                sentence=f"It is there, but stays out: {each.item.text.rstrip('.')}.",
                document_id=there[0], tab="evidence",
            )  # fmt: skip
        if not each.lacks or each.item.records & said_elsewhere:
            continue
        asked = ""
        if each.asked:
            of = f" of {each.asked.of}" if each.asked.of else ""
            on = f" on {spoken(each.asked.on)}" if each.asked.on else ""
            asked = f" You asked for it{of}{on}."
        yield Finding(
            code="missing_evidence",
            sentence=f"Not there yet: {each.item.text.rstrip('.')}.{asked}",
            tab="evidence",
        )


def _points(binder: Binder, case: Case) -> Iterator[Finding]:
    if case.denial is None:
        return
    points = binder.ask(criteria_of, case.denial.id)
    unanswered = [point for point in points if not point.is_answered]
    for point in unanswered[:_MOST_ROWS]:
        lacks = "no proof is named" if point.answer.strip() else "no facts are given"
        yield Finding(
            code="unanswered",
            sentence=f"“{_short(point.quote)}”: {lacks} yet on “Why this should be approved”.",
            severity="look", tab="evidence",
        )  # fmt: skip
    left = len(unanswered) - _MOST_ROWS
    if left > 0:
        yield Finding(
            code="unanswered",
            sentence=f"{left} more of their points have no answer or no proof yet.",
            severity="look", tab="evidence",
        )  # fmt: skip


def _codes(binder: Binder, claim_id: str, plan: BundlePlan) -> Iterator[Finding]:
    """Yield codes that were not complete on the day of the care, of papers as far as they go in."""
    for each in check_codes(binder, claim_id):
        if each.document_id is None or _is_in(each.document_id, plan):
            where = f" (in “{each.document}”)" if each.document else ""
            yield Finding(
                code="code",
                sentence=f"{each.problem.sentence}{where} {each.problem.ask}",
                document_id=each.document_id, page=each.page, tab="claim",
            )  # fmt: skip


def _notice(binder: Binder, case: Case) -> Iterator[Finding]:
    """Yield what the letter should have said: it is worth asking for in the appeal."""
    if case.denial is None or case.denial.document_id is None:
        return
    for item in check_notice(binder, case.denial.id).missing:
        yield Finding(
            code="notice", sentence=item.missing or item.text, document_id=case.denial.document_id
        )


def _cover(case: Case, plan: BundlePlan, way: str) -> Iterator[Finding]:
    cover = plan.cover
    where, address = _address(case.plan, way)
    for value, what, tab in (
        (cover.patient, "patient's name", "claim"),
        (cover.member_id, "member ID", "plan"),
        (address, where, "plan"),
        (cover.denied_on, "date of the denial", "claim"),
        (cover.asked, "thing that is asked for", "claim"),
    ):
        if not value:
            yield Finding(
                code="cover",
                sentence=f"The cover does not tell the {what}: it is not known yet.",
                tab=tab,
            )


def _address(payer: Plan | None, way: str) -> tuple[str, str]:
    """Return what is needed to send it this way, and what is known of that."""
    if way == "fax":
        return "fax number for appeals", payer.appeal_fax if payer else ""
    if way == "portal":
        return "website for appeals", payer.portal if payer else ""
    by_mail = payer.appeal_address.strip() if payer else ""
    if way in _MAILED or payer is None:
        return "address for appeals", by_mail
    return "address for appeals", by_mail or payer.appeal_fax or payer.portal


def _short(words: str) -> str:
    flat = " ".join(words.split())
    return flat if len(flat) <= 90 else f"{flat[:89]}…"
