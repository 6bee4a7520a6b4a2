"""The story of a claim: what happened, in time order, and what of it others may read."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any, Final

from sqlalchemy import Connection, Select, select

from app.domain.calendar_days import spoken
from app.domain.document import is_private
from app.domain.money import Money
from app.domain.partial_day import first_day, spoken_partial
from app.storage.queries.bundles import paid_by_papers
from app.storage.queries.claims import owner_in_trash
from app.storage.queries.story_words import (
    OUTCOMES,
    RESULTS,
    authorized,
    call_told,
    sending_told,
    treatment_began,
)
from app.storage.schema import (
    authorizations,
    calls,
    clocks,
    denials,
    diary_lines,
    documents,
    due_items,
    expenses,
    hidden_lines,
    letters,
    people,
    sending_proofs,
    sendings,
    treatments,
)

KINDS: Final = (
    "document", "denial", "fast_appeal", "keep_care", "answer", "call", "request", "letter",
    "sending", "delivery", "authorization", "treatment", "diary", "deadline", "expense",
)  # fmt: skip
"""What a line of the story can be about."""


@dataclass(frozen=True, slots=True)
class StoryLine:
    """Something that happened: on a day, what kind of record, and one plain line of text.

    `document_id` names the paper that shows it, `page` the page of that paper. `when` is what to
    say for the day where the day itself is not known: “March 2024”. `told` is what others may read
    in place of `text`; empty, they may read the text. A private line starts out of what others
    get; a hidden one was taken out of it by the person.
    """

    on: date
    what: str
    id: str
    text: str
    detail: str = ""
    author: str | None = None
    document_id: str | None = None
    page: int | None = None
    when: str = ""
    told: str = ""
    is_private: bool = False
    is_hidden: bool = False

    @property
    def day(self) -> str:
        """The day in words, as exactly as it is known."""
        return self.when or spoken(self.on)


Named = tuple[str, str]
"""What a line is about, and the id of its record."""


def claim_story(connection: Connection, claim_id: str) -> tuple[StoryLine, ...]:
    """What happened in a claim, the oldest first; private and hidden lines too."""
    hidden = _hidden(connection, claim_id)
    found = (line for lines in _KINDS_OF_LINES for line in lines(connection, claim_id))
    marked = (
        replace(line, is_hidden=True) if (line.what, line.id) in hidden else line for line in found
    )
    return tuple(sorted(marked, key=lambda line: (line.on, line.what, line.text, line.id)))


def public_story(
    connection: Connection, claim_id: str, *, put_in: Collection[Named] = ()
) -> tuple[StoryLine, ...]:
    """What others may read of a claim's story, the oldest first, each line in words for them.

    Hidden lines stay out, and private ones but for those named in `put_in`. A paper that another
    line of the same day cites has no line of its own.
    """
    lines = [
        line
        for line in claim_story(connection, claim_id)
        if not line.is_hidden and (not line.is_private or (line.what, line.id) in put_in)
    ]
    cited = {(line.on, line.document_id) for line in lines if line.what != "document"}
    return tuple(
        replace(line, text=line.told or line.text, told="")
        for line in lines
        if line.what != "document" or (line.on, line.document_id) not in cited
    )


def _hidden(connection: Connection, claim_id: str) -> set[Named]:
    table = hidden_lines.c
    query = select(table.what, table.record_id).where(table.claim_id == claim_id)
    return {(row.what, row.record_id) for row in connection.execute(query)}


# ---------------------------------------------------------------------- what is in the binder


def _papers(connection: Connection, claim_id: str) -> Iterator[StoryLine]:
    paper = documents.c
    query = _of_claim(documents, claim_id, paper.name, paper.kind, paper.dated_on,
                      paper.received_on, paper.added_at)  # fmt: skip
    paid = paid_by_papers(connection, claim_id)
    for row in connection.execute(query):
        on = row.dated_on or row.received_on
        yield StoryLine(
            on or _local(row.added_at), "document", row.id, row.name, row.kind or "", row.author,
            document_id=row.id,
            when="" if on else f"added {spoken(_local(row.added_at))}",
            is_private=is_private(row.kind, was_paid=row.id in paid),
        )  # fmt: skip


def _denials(connection: Connection, claim_id: str) -> Iterator[StoryLine]:
    denial = denials.c
    query = _of_claim(
        denials, claim_id, denial.notice_on, denial.received_on, denial.added_at, denial.reason,
        denial.kind, denial.level, denial.document_id, denial.outcome, denial.answered_on,
        denial.follows_id, denial.fast, denial.fast_on, denial.keep, denial.keep_on,
    )  # fmt: skip
    rows = connection.execute(query).all()
    followed = {row.follows_id for row in rows}
    for row in rows:
        on = row.notice_on or row.received_on
        yield StoryLine(
            on or _local(row.added_at), "denial", row.id,
            row.reason or row.kind or "They said no", f"level {row.level}", row.author,
            document_id=row.document_id,
            when="" if on else f"recorded {spoken(_local(row.added_at))}",
        )  # fmt: skip
        for asked, day, what, words in (
            (row.fast, row.fast_on, "fast_appeal", "A fast (expedited) appeal was asked for"),
            (row.keep, row.keep_on, "keep_care", "It was asked that the care goes on meanwhile"),
        ):
            if asked == "asked" and day:
                yield StoryLine(day, what, row.id, words, f"level {row.level}", row.author)
        is_told_by_the_next = row.outcome == "upheld" and row.id in followed
        if row.answered_on and row.outcome and not is_told_by_the_next:
            yield StoryLine(
                row.answered_on, "answer", row.id, OUTCOMES.get(row.outcome, row.outcome),
                f"level {row.level}", row.author,
                document_id=_decision(connection, claim_id, row.answered_on),
            )  # fmt: skip


def _decision(connection: Connection, claim_id: str, on: date) -> str | None:
    """Return the paper with the answer of a day, where one paper alone can be it."""
    paper = documents.c
    query = select(paper.id).where(
        paper.claim_id == claim_id,
        paper.kind == "appeal_decision",
        paper.dated_on == on,
        paper.trashed_at.is_(None),
    )
    found = connection.execute(query).scalars().all()
    return found[0] if len(found) == 1 else None


def _calls(connection: Connection, claim_id: str) -> Iterator[StoryLine]:
    call = calls.c
    query = _of_claim(
        calls, claim_id, call.called_at, call.with_whom, call.department, call.reference,
        call.note, call.outcome, call.promise, call.promise_by,
    )  # fmt: skip
    for row in connection.execute(query):
        said = (row.with_whom, row.note, row.outcome)
        yield StoryLine(
            _local(row.called_at), "call", row.id, ": ".join(part for part in said if part),
            row.reference, row.author, told=call_told(row),
        )  # fmt: skip


def _requests(connection: Connection, claim_id: str) -> Iterator[StoryLine]:
    clock = clocks.c
    query = _of_claim(
        clocks, claim_id, clock.title, clock.asked_of, clock.started_on, clock.answered_on,
        clock.document_id, clock.added_at,
    ).where(clock.kind == "request")  # fmt: skip
    for row in connection.execute(query):
        whom = f", from {row.asked_of}" if row.asked_of else ""
        came = f". It came on {spoken(row.answered_on)}" if row.answered_on else ""
        yield StoryLine(
            row.started_on or _local(row.added_at), "request", row.id,
            f"{row.title}{whom}{came}", "answered" if row.answered_on else "", row.author,
            document_id=row.document_id,
        )  # fmt: skip


def _letters(connection: Connection, claim_id: str) -> Iterator[StoryLine]:
    letter = letters.c
    query = _of_claim(letters, claim_id, letter.title, letter.kind, letter.signed_on,
                      letter.document_id, letter.added_at)  # fmt: skip
    for row in connection.execute(query):
        yield StoryLine(
            row.signed_on or _local(row.added_at), "letter", row.id, row.title, row.kind,
            row.author, document_id=row.document_id, is_private=row.signed_on is None,
            when="" if row.signed_on else f"begun {spoken(_local(row.added_at))}, not signed",
        )  # fmt: skip


def _sendings(connection: Connection, claim_id: str) -> Iterator[StoryLine]:
    sending, proof = sendings.c, sending_proofs.c
    first_proof = (
        select(proof.document_id)
        .where(proof.sending_id == sending.id)
        .order_by(proof.id)
        .limit(1)
        .scalar_subquery()
    )
    query = _of_claim(
        sendings, claim_id, sending.sent_on, sending.way, sending.to, sending.tracking,
        sending.delivered_on, sending.confirmed_on, sending.confirmed_by,
        first_proof.label("document_id"),
    )  # fmt: skip
    for row in connection.execute(query):
        yield StoryLine(
            row.sent_on, "sending", row.id, row.to or row.way, row.tracking, row.author,
            document_id=row.document_id, told=sending_told(row),
        )  # fmt: skip
        if on := row.delivered_on or row.confirmed_on:
            by = f", confirmed by {row.confirmed_by}" if row.confirmed_by else ""
            yield StoryLine(
                on, "delivery", row.id, f"{row.to or 'They'} got what was sent on "
                f"{spoken(row.sent_on)}{by}", author=row.author, document_id=row.document_id,
            )  # fmt: skip


def _authorizations(connection: Connection, claim_id: str) -> Iterator[StoryLine]:
    asked = authorizations.c
    query = _of_claim(
        authorizations, claim_id, asked.number, asked.service, asked.status, asked.asked_on,
        asked.answered_on, asked.asked_units, asked.units, asked.unit, asked.from_on,
        asked.until_on, asked.document_id, asked.added_at,
    )  # fmt: skip
    for row in connection.execute(query):
        on = row.answered_on or row.asked_on
        yield StoryLine(
            on or _local(row.added_at), "authorization", row.id, authorized(row), row.status,
            row.author, document_id=row.document_id,
            when="" if on else f"recorded {spoken(_local(row.added_at))}",
        )  # fmt: skip


def _treatments(connection: Connection, claim_id: str) -> Iterator[StoryLine]:
    tried = treatments.c
    query = _of_claim(
        treatments, claim_id, tried.what, tried.dose, tried.began, tried.ended, tried.outcome,
        tried.reaction, tried.document_id, tried.page, tried.added_at,
    )  # fmt: skip
    for row in connection.execute(query):
        began = row.began or row.ended
        span = f"until {spoken_partial(row.ended)}" if row.began and row.ended else ""
        came = (RESULTS.get(row.outcome, row.outcome), row.reaction)
        details = (row.dose, span, ": ".join(filter(None, came)))
        yield StoryLine(
            first_day(began) or _local(row.added_at), "treatment", row.id,
            ", ".join(filter(None, (row.what, *details))), row.outcome, row.author,
            document_id=row.document_id, page=row.page, when=treatment_began(row.began, row.ended),
        )  # fmt: skip


def _diary(connection: Connection, claim_id: str) -> Iterator[StoryLine]:
    line = diary_lines.c
    for row in connection.execute(
        _of_claim(diary_lines, claim_id, line.on, line.kind, line.text, line.score)
    ):
        score = f" ({row.score} of 10)" if row.score is not None else ""
        yield StoryLine(
            row.on, "diary", row.id, f"{row.text}{score}", row.kind, row.author, is_private=True
        )


def _due_items(connection: Connection, claim_id: str) -> Iterator[StoryLine]:
    item = due_items.c
    query = _of_claim(due_items, claim_id, item.last_day, item.title, item.done_on)
    for row in connection.execute(query.where(~owner_in_trash())):
        done = "done" if row.done_on else ""
        yield StoryLine(
            row.last_day, "deadline", row.id, row.title, done, row.author, is_private=True
        )


def _expenses(connection: Connection, claim_id: str) -> Iterator[StoryLine]:
    paid = expenses.c
    query = _of_claim(
        expenses, claim_id, paid.paid_on, paid.served_on, paid.provider, paid.category,
        paid.amount, paid.document_id,
    )  # fmt: skip
    for row in connection.execute(query):
        on = row.paid_on or row.served_on
        amount: Money = row.amount
        if on:
            yield StoryLine(
                on, "expense", row.id, f"{row.provider or row.category}: {amount}", row.category,
                row.author, document_id=row.document_id, is_private=True,
            )  # fmt: skip


_KINDS_OF_LINES: Final[tuple[Callable[[Connection, str], Iterator[StoryLine]], ...]] = (
    _papers, _denials, _calls, _requests, _letters, _sendings, _authorizations, _treatments,
    _diary, _due_items, _expenses,
)  # fmt: skip


def _of_claim(table: Any, claim_id: str, *columns: Any) -> Select[*tuple[Any, ...]]:
    """Select columns of the records of a claim, but for the trash, with their author's name."""
    query = (
        select(table.c.id, *columns, people.c.name.label("author"))
        .outerjoin(people, people.c.id == table.c.author_id)
        .where(table.c.claim_id == claim_id)
    )
    return query.where(table.c.trashed_at.is_(None)) if "trashed_at" in table.c else query


def _local(moment: datetime) -> date:
    """The day on which a moment fell for the person: this computer's zone."""
    return moment.astimezone().date()
