"""Every rule of the program as one list: to look through, to filter, to print and to script."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from app.domain.amount_in_controversy import AmountInControversy
from app.domain.clock_book import ClockBook
from app.domain.deadline_rule import DeadlineRule
from app.domain.decision_clock import DecisionClock
from app.domain.notice_contents import NoticeRequirement
from app.domain.plan import PROGRAMS
from app.domain.programmes import STATE_REVIEW, ProgrammeTable
from app.domain.rule_book import RuleBook
from app.domain.rule_group import RuleGroup
from app.domain.rule_rows import ALWAYS, RuleSpan
from app.domain.urgent_care import UrgentAdvice, UrgentRow
from app.domain.verification import Verification

_MEDICARE = ("original_medicare", "medicare_advantage", "part_d")


Record = DeadlineRule | DecisionClock | AmountInControversy | NoticeRequirement | UrgentAdvice


@dataclass(frozen=True, kw_only=True, slots=True)
class RuleEntry:
    """One rule as every list shows it; `record` is the rule itself.

    `programs` are programmes of the rules, `kinds` the kinds of plan that may fall under it; a
    rule with neither is for anybody, one without `states` for every state. `window` is the time as
    it may be shown, "" where the rule has none; `text` is what advice says to do. `source` is ""
    and `verification` None for advice of which no law is kept. `amounts` are those that must be in
    dispute for the step, by year.
    """

    group: RuleGroup
    id: str
    title: str
    programs: tuple[str, ...] = ()
    kinds: frozenset[str] = frozenset()
    states: frozenset[str] = frozenset()
    level: int | None = None
    window: str = ""
    trigger: str = ""
    text: str = ""
    source: str
    sources: tuple[str, ...]
    verification: Verification | None
    span: RuleSpan = ALWAYS
    note: str = ""
    ask: str | None = None
    record: Record
    amounts: tuple[AmountInControversy, ...] = ()

    @property
    def is_for_anybody(self) -> bool:
        """Return whether the rule holds whatever the plan."""
        return not (self.programs or self.kinds)

    @property
    def counts_dates(self) -> bool:
        """Return whether the program counts a date from the rule."""
        return isinstance(self.record, DeadlineRule | DecisionClock) and self.record.gives_dates

    def fits(self, kind: str | None, state: str | None) -> bool:
        """Return whether the rule holds for a kind of plan in a state; None means any."""
        for_kind = kind is None or self.is_for_anybody or kind in self.kinds
        return for_kind and (state is None or not self.states or state in self.states)


def rule_entries(book: RuleBook, clocks: ClockBook) -> tuple[RuleEntry, ...]:
    """Return every rule of both books, group by group, each in the order of its file."""
    return (
        *(_deadline(rule, book) for rule in book.rules.values()),
        *_urgent(book),
        *(
            _clock(clock, group, book.programmes)
            for group, some in (
                (RuleGroup.CLOCKS, clocks.clocks),
                (RuleGroup.REQUESTS, clocks.requests),
            )
            for clock in some.values()
        ),
        *(_amount(amount, book.programmes) for amount in book.amounts.values()),
        *(_notice(item, book.programmes) for item in book.notices.values()),
    )


def entries_for(
    entries: Iterable[RuleEntry], book: RuleBook, program: str | None, state: str | None
) -> tuple[RuleEntry, ...]:
    """Return the rules that hold for a kind of plan, or a programme, in a state; None means any.

    Raises:
        UserError: there is no such kind of plan, programme or state.
    """
    place = book.get(STATE_REVIEW, state).state if state is not None else None
    if program is None or program in book.programmes.kinds:
        return tuple(entry for entry in entries if entry.fits(program, place))
    wanted = book.programs(program)
    return tuple(
        entry
        for entry in entries
        if entry.fits(None, place) and _holds(entry, wanted, book.programmes)
    )


def _holds(entry: RuleEntry, wanted: frozenset[str], table: ProgrammeTable) -> bool:
    if entry.programs:
        return bool(wanted & set(entry.programs))
    return entry.is_for_anybody or any(wanted & table.programs(kind) for kind in entry.kinds)


def _kinds(programs: Iterable[str], table: ProgrammeTable) -> frozenset[str]:
    some = set(programs)
    return frozenset(kind for kind in PROGRAMS if some & table.programs(kind))


def _commonly(window: str, verification: Verification, *, is_counted: bool) -> str:
    """Return a time as a list may show it: what was not read in the law is only common."""
    is_hearsay = verification.may_name_number and not verification.computes
    return f"commonly {window}" if is_counted and is_hearsay else window


def _deadline(rule: DeadlineRule, book: RuleBook) -> RuleEntry:
    return RuleEntry(
        group=RuleGroup.DEADLINES,
        id=rule.id,
        title=rule.title,
        programs=rule.programs,
        kinds=_kinds(rule.programs, book.programmes),
        states=frozenset({rule.state} if rule.state else ()),
        level=rule.level,
        window=_commonly(rule.window_words, rule.verification, is_counted=rule.window.is_counted),
        trigger=rule.trigger,
        source=rule.source,
        sources=rule.sources,
        verification=rule.verification,
        span=rule.span,
        note=rule.note,
        ask=rule.ask,
        record=rule,
        amounts=tuple(book.amounts.values()) if rule.amount_step else (),
    )


def _clock(clock: DecisionClock, group: RuleGroup, table: ProgrammeTable) -> RuleEntry:
    return RuleEntry(
        group=group,
        id=clock.id,
        title=clock.title,
        programs=clock.programs,
        kinds=_kinds(clock.programs, table),
        window=_commonly(clock.limit_words, clock.verification, is_counted=clock.limit.is_counted),
        trigger=clock.starts,
        source=clock.source,
        sources=clock.sources,
        verification=clock.verification,
        span=RuleSpan(clock.effective_from),
        note=clock.note,
        ask=clock.ask or None,
        record=clock,
    )


def _amount(amount: AmountInControversy, table: ProgrammeTable) -> RuleEntry:
    return RuleEntry(
        group=RuleGroup.AMOUNTS,
        id=amount.id,
        title=f"Smallest amount in dispute for Medicare, {amount.year}",
        programs=_MEDICARE,
        kinds=_kinds(_MEDICARE, table),
        window=amount.both_words,
        source=amount.source,
        sources=amount.sources,
        verification=amount.verification,
        span=amount.span,
        record=amount,
    )


def _notice(item: NoticeRequirement, table: ProgrammeTable) -> RuleEntry:
    return RuleEntry(
        group=RuleGroup.NOTICES,
        id=item.id,
        title=item.text,
        programs=item.programs,
        kinds=_kinds(item.programs, table),
        states=frozenset({item.state} if item.state else ()),
        trigger=item.when,
        source=item.source,
        sources=item.sources,
        verification=item.verification,
        span=item.span,
        record=item,
    )


def _urgent(book: RuleBook) -> Iterator[RuleEntry]:
    for row in (*book.urgent.rows, *book.urgent.remarks):
        yield _advice(row.advice, row)
    yield _advice(book.urgent.otherwise, None)


def _advice(advice: UrgentAdvice, row: UrgentRow | None) -> RuleEntry:
    cases = row.cases if row else ()
    states = [case.states for case in cases]
    return RuleEntry(
        group=RuleGroup.URGENT,
        id=advice.id,
        title=advice.title,
        kinds=frozenset(kind for case in cases for kind in case.kinds),
        states=frozenset[str]().union(*states) if all(states) else frozenset(),
        window=advice.clock,
        text=" ".join(filter(None, (advice.how, advice.doctor, advice.together))),
        source=advice.source,
        sources=advice.sources,
        verification=advice.verification,
        span=advice.span,
        note=advice.note,
        record=advice,
    )
