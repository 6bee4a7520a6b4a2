"""The next appeal, built from the last one: what still holds is carried over, the rest is asked."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from app.binder import Binder
from app.domain.bundle_choice import BundleChoice
from app.domain.calendar_days import spoken
from app.domain.criterion import Criterion, CriterionProof
from app.domain.denial import Denial
from app.domain.document import Document, Part
from app.domain.errors import UserError
from app.domain.evidence_mark import EvidenceMark
from app.importing.sniff import sniff
from app.operations.criteria import suggested_reasons
from app.operations.ids import new_id
from app.operations.papers import wanted
from app.storage.queries.clocks import claim_denials
from app.storage.queries.records import denial_records
from app.storage.queries.sendings import SentRow, sent_rows
from app.storage.unit_of_work import UnitOfWork

_CARRIED: Final = ("proved", "not_needed")
"""Marks that hold for the next appeal too. What was only asked for is asked for anew."""

_FIRST: Final = (
    "This is the first denial of its kind here, so there is no earlier appeal to build on. Record "
    "the answer to the earlier appeal first; that opens the next one."
)
_HEAD: Final = 4096


@dataclass(frozen=True, kw_only=True, slots=True)
class NextAppeal:
    """What a person says of the next appeal: only what is new.

    `news` is what it has that the last one had not, `asks` what it asks for. `reasons` are those
    that the new letter gives; None takes those that are written down already. `with_packet` puts
    the earlier appeal in as an exhibit, as it was sent, `with_proof` also the proof that it was.
    """

    news: str = ""
    asks: str = ""
    reasons: tuple[str, ...] | None = None
    with_packet: bool = False
    with_proof: bool = False


@dataclass(frozen=True, slots=True)
class CarriesOver:
    """What there is to build on. `denial` is the “no” to answer now, `before` the one before.

    `points` and `marks` are how many would be carried over; `reasons` what the new letter says, as
    far as it was read or written down; `sent` is how the earlier appeal went out.
    """

    denial: Denial
    before: Denial
    points: int
    marks: int
    reasons: tuple[str, ...]
    sent: SentRow | None


@dataclass(frozen=True, slots=True)
class BuiltAppeal:
    """The denial with what is new, and what was carried over; `exhibits` are ids of papers."""

    denial: Denial
    points: int
    marks: int
    exhibits: tuple[str, ...]


def carries_over(binder: Binder, denial_id: str) -> CarriesOver:
    """Return what the next appeal can be built from; the answered denial leads to the next one.

    Raises:
        UserError: there is no such denial, or nothing was appealed before it.
    """
    denial, before = _pair(binder, wanted(binder, "denial", denial_id))
    points = binder.ask(denial_records, "criterion", before.id)
    marks = binder.ask(denial_records, "evidence_mark", before.id)
    sent = binder.ask(sent_rows, claim_id=denial.claim_id)
    return CarriesOver(
        denial,
        before,
        sum(point.kind == "criterion" for point in points),
        sum(mark.state in _CARRIED for mark in marks),
        tuple(reason.quote for reason in suggested_reasons(binder, denial.id)),
        next((row for row in sent if row.sending.denial_id == before.id), None),
    )


def build_next_appeal(binder: Binder, denial_id: str, given: NextAppeal) -> BuiltAppeal:
    """Build the next appeal from the last one, in one step; done again, it adds only what is new.

    Carried over are the criteria with their answers and proofs, and the marks “this paper is it”
    and “does not apply”. A reason keeps its answer only where they give it again. The order of the
    papers is the claim's own and stays.

    Raises:
        UserError: as `carries_over`.
    """
    known = carries_over(binder, denial_id)
    denial, before = known.denial, known.before
    reasons = known.reasons if given.reasons is None else given.reasons
    asks, news = given.asks.strip() or denial.asks or before.asks, given.news.strip()
    with binder.operation("Build the next appeal") as work:
        denial = work.denials.save(replace(denial, asks=asks, news=news or denial.news))
        points = _carry_points(work, denial, before, reasons)
        marks = _carry_marks(binder, work, denial, before)
        exhibits: list[str] = []
        if given.with_packet and known.sent:
            exhibits += _packet(binder, work, denial, known.sent)
        if given.with_proof and known.sent:
            exhibits += [proof.document_id for proof in known.sent.proofs]
        _put_in(work, denial.claim_id, exhibits)
        return BuiltAppeal(denial, points, marks, tuple(exhibits))


def say_what_it_asks(
    binder: Binder, denial_id: str, *, asks: str | None = None, news: str | None = None
) -> Denial:
    """Write down what the appeal of a denial asks for, and what is new in it; None leaves it.

    Raises:
        UserError: there is no such denial.
    """
    with binder.operation("Say what the appeal asks for") as work:
        denial = work.denials.get(denial_id)
        return work.denials.save(
            replace(
                denial,
                asks=denial.asks if asks is None else asks.strip(),
                news=denial.news if news is None else news.strip(),
            )
        )


def _pair(binder: Binder, named: Denial) -> tuple[Denial, Denial]:
    """Return the denial to answer now and the one whose appeal it answers."""
    every = {each.id: each for each in binder.ask(claim_denials, named.claim_id)}
    after = [each for each in every.values() if each.follows_id == named.id]
    denial = after[-1] if after and named.standing == "answered" else named
    before = every.get(denial.follows_id or "")
    if before is None:
        raise UserError(_FIRST)
    return denial, before


def _folded(text: str) -> str:
    return " ".join(text.split()).casefold().rstrip(".")


def _carry_points(work: UnitOfWork, denial: Denial, before: Denial, reasons: Sequence[str]) -> int:
    """Add the reasons of the new letter, then the criteria of the last appeal; return how many."""
    there = work.criteria.where(denial_id=denial.id)
    known = {_folded(point.quote) for point in there}
    position = max((point.position for point in there), default=0)
    added = 0
    for made, source in _points(work, denial, before, reasons):
        if _folded(made.quote) in known:
            continue
        known.add(_folded(made.quote))
        added += 1
        work.criteria.add(replace(made, position=position + added))
        if source:
            _carry_proofs(work, source, made)
    return added


def _points(
    work: UnitOfWork, denial: Denial, before: Denial, reasons: Sequence[str]
) -> Iterator[tuple[Criterion, Criterion | None]]:
    """Yield the points of the next appeal, each with the one that it carries on, if any."""
    old = sorted(work.criteria.where(denial_id=before.id), key=lambda each: each.position)
    again = {_folded(point.quote): point for point in old}
    letter = denial.document_id if _is_filed(work, denial) else None
    for reason in reasons:
        quote = " ".join(reason.split())
        if not quote:
            continue
        source = again.get(_folded(quote))
        made = Criterion(
            id=new_id(), denial_id=denial.id, kind="reason", quote=quote,
            answer=source.answer if source else "", source_document_id=letter,
        )  # fmt: skip
        yield made, source
    for point in old:
        if point.kind == "criterion":
            yield replace(point, id=new_id(), denial_id=denial.id), point


def _is_filed(work: UnitOfWork, denial: Denial) -> bool:
    letter = work.documents.find(denial.document_id)
    return bool(letter and letter.claim_id == denial.claim_id and letter.trashed_at is None)


def _carry_proofs(work: UnitOfWork, source: Criterion, point: Criterion) -> None:
    for proof in work.criterion_proofs.where(criterion_id=source.id):
        if work.documents.get(proof.document_id).trashed_at is None:
            work.criterion_proofs.add(
                CriterionProof(
                    id=new_id(), criterion_id=point.id, document_id=proof.document_id,
                    page=proof.page,
                )
            )  # fmt: skip


def _carry_marks(binder: Binder, work: UnitOfWork, denial: Denial, before: Denial) -> int:
    """Carry over the marks that still hold; what was said of the new denial itself stays."""
    there = work.evidence_marks.where(denial_id=denial.id)
    known = {(mark.item, mark.document_id) for mark in there}
    spoken_of = {mark.item for mark in there}
    added = 0
    for mark in work.evidence_marks.where(denial_id=before.id):
        if mark.state not in _CARRIED or (mark.item, mark.document_id) in known:
            continue
        if mark.state == "not_needed" and mark.item in spoken_of:
            continue
        work.evidence_marks.add(_renewed(binder, denial, mark))
        added += 1
    return added


def _renewed(binder: Binder, denial: Denial, mark: EvidenceMark) -> EvidenceMark:
    return replace(
        mark, id=new_id(), denial_id=denial.id, author_id=binder.author_id, added_at=binder.now()
    )


def _packet(binder: Binder, work: UnitOfWork, denial: Denial, sent: SentRow) -> list[str]:
    """Return the paper that is the earlier appeal as it was sent; it is made where there is none.

    It consists of the very files that were frozen.
    """
    digests = [file.sha256 for file in sent.files]
    if not digests:
        return []
    for part in work.parts.where(sha256=digests[0]):
        paper = work.documents.get(part.document_id)
        parts = sorted(work.parts.where(document_id=paper.id), key=lambda each: each.position)
        if paper.trashed_at is None and [each.sha256 for each in parts] == digests:
            work.documents.save(replace(paper, claim_id=paper.claim_id or denial.claim_id))
            return [paper.id]
    paper = work.documents.add(
        Document(
            id=new_id(), name=f"Our earlier appeal, sent {spoken(sent.sending.sent_on)}",
            kind="appeal_letter", claim_id=denial.claim_id, dated_on=sent.sending.sent_on,
            author_id=binder.author_id, added_at=binder.now(),
        )
    )  # fmt: skip
    parts = [_part(binder, paper, sent, position) for position in range(len(digests))]
    work.derived.register_all(
        [(part.sha256, part.size, part.media_type) for part in parts], binder.now()
    )
    work.parts.add_all(parts)
    return [paper.id]


def _part(binder: Binder, paper: Document, sent: SentRow, position: int) -> Part:
    file = sent.files[position]
    with binder.vault.lend(file.sha256) as kept, kept.open("rb") as reader:
        media_type = sniff(reader.read(_HEAD)).media_type
    return Part(
        id=new_id(), document_id=paper.id, position=position, sha256=file.sha256, name=file.name,
        media_type=media_type, size=file.size,
    )  # fmt: skip


def _put_in(work: UnitOfWork, claim_id: str, document_ids: Iterable[str]) -> None:
    """Choose papers for the bundle of a claim."""
    for document_id in document_ids:
        before = work.bundle_choices.where(claim_id=claim_id, document_id=document_id)
        if before:
            work.bundle_choices.save(replace(before[0], included="in"))
        else:
            work.bundle_choices.add(
                BundleChoice(id=new_id(), claim_id=claim_id, document_id=document_id, included="in")
            )
