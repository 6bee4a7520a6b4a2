"""Which explanations, bills and lines of the ledger are about the same care.

What a person or a file has linked belongs together. What nobody linked is put to the explanation,
else to the bill, of the same provider and patient on the same day of care. A payment without a
day of care goes to the same claim and provider. What fits nothing stays by itself.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Hashable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property, lru_cache
from typing import Final

from app.domain.aid import Aid
from app.domain.allocation import Allocation
from app.domain.bill import Bill
from app.domain.eob import Eob, EobLine
from app.domain.eob_versions import Versions, versions_of
from app.domain.expense import Expense
from app.domain.hsa_account import Withdrawal
from app.domain.plan import Plan
from app.domain.plan_year import PlanYear
from app.domain.provider import Provider
from app.domain.refund import Refund

_WORD: Final = re.compile(r"\w+")
_FORMS: Final = frozenset(
    ("llc", "inc", "pc", "pllc", "pa", "ltd", "corp", "co", "the", "md", "do", "dr")
)
"""Words that a provider's name has on one paper and lacks on the next."""


@dataclass(frozen=True, kw_only=True)
class OwedFacts:
    """The records from which is known what is owed; nothing of them lies in the trash."""

    expenses: tuple[Expense, ...] = ()
    refunds: tuple[Refund, ...] = ()
    allocations: tuple[Allocation, ...] = ()
    withdrawals: tuple[Withdrawal, ...] = ()
    eobs: tuple[Eob, ...] = ()
    eob_lines: tuple[EobLine, ...] = ()
    bills: tuple[Bill, ...] = ()
    aids: tuple[Aid, ...] = ()
    plans: tuple[Plan, ...] = ()
    plan_years: tuple[PlanYear, ...] = ()
    providers: tuple[Provider, ...] = ()
    preventive_codes: frozenset[str] = frozenset()
    claim_people: Mapping[str, str | None] = field(default_factory=dict[str, "str | None"])
    fought_claims: frozenset[str] = frozenset()

    @cached_property
    def provider_names(self) -> dict[str, str]:
        """The names of the providers by their ids."""
        return {provider.id: provider.name for provider in self.providers}

    def provider_of(self, record: Eob | Bill | Expense | Aid) -> str:
        """Return who is meant, as the record or the list of providers has it."""
        listed = self.provider_names.get(record.provider_id or "", "")
        return listed or (record.name if isinstance(record, Aid) else record.provider)

    def person_of(self, record: Eob | Bill | Expense | Aid) -> str | None:
        """Return the patient of a record, else that of its claim."""
        return record.person_id or self.claim_people.get(record.claim_id or "")


@lru_cache(maxsize=4096)
def provider_key(name: str) -> str:
    """Return a provider's name as it may be compared: “Lakeside, LLC” is “LAKESIDE”."""
    words = _WORD.findall(name.casefold().replace(".", ""))
    return " ".join(word for word in words if word not in _FORMS) or " ".join(words)


@dataclass(frozen=True, eq=False, kw_only=True)
class Matter:
    """Care of one provider for one patient, and all money about it, each kind oldest first."""

    provider: str
    key: str
    person_id: str | None
    explained: tuple[Versions, ...]
    bills: tuple[Bill, ...]
    lines: tuple[Expense, ...]
    refunds: tuple[Refund, ...]
    is_fought: bool

    @property
    def paid(self) -> tuple[Expense, ...]:
        """The lines that were paid, by the day of payment."""
        return tuple(line for line in self.lines if line.paid_on)

    @cached_property
    def claim_ids(self) -> frozenset[str]:
        """The claims that any of it belongs to."""
        eobs = (each.eob for versions in self.explained for each in versions.all)
        records: tuple[Eob | Bill | Expense, ...] = (*eobs, *self.bills, *self.lines)
        return frozenset(record.claim_id for record in records if record.claim_id)

    @cached_property
    def live_bills(self) -> tuple[Bill, ...]:
        """The newest of each series of statements; those of one number are a series."""
        return tuple({bill.number.casefold(): bill for bill in self.bills}.values())


def matters_of(facts: OwedFacts) -> tuple[Matter, ...]:
    """Return all that belongs together, in a lasting order."""
    groups = _Groups(facts)
    groups.link()
    groups.place_loose_bills()
    groups.place_loose_lines()
    return groups.matters()


class _Groups:
    """What hangs together while it is being found out."""

    def __init__(self, facts: OwedFacts) -> None:
        self._facts = facts
        self._explained = versions_of(facts.eobs, facts.eob_lines)
        self._of_eob = {key: at for at, each in enumerate(self._explained) for key in each.ids}
        self._of_line = {line.id: line.eob_id for line in facts.eob_lines}
        self._parent: dict[Hashable, Hashable] = {}
        self._by_day: defaultdict[Hashable, list[Hashable]] = defaultdict(list)
        self._by_claim: defaultdict[Hashable, dict[Hashable, None]] = defaultdict(dict)
        self._people: dict[Hashable, str | None] = {}
        self._claims: dict[Hashable, str | None] = {}

    # ---------------------------------------------------------------- finding out

    def link(self) -> None:
        """Put together what names one another, and learn where explanations can be found."""
        for at, versions in enumerate(self._explained):
            self._learn(("eob", at), versions)
        bills = {bill.id for bill in self._facts.bills}
        known = {line.id for line in self._facts.expenses}
        for line in self._facts.expenses:
            eob = self._of_eob.get(self._of_line.get(line.eob_line_id or "", ""))
            if eob is not None:
                self._join(("line", line.id), ("eob", eob))
            if line.bill_id in bills:
                self._join(("line", line.id), ("bill", line.bill_id))
            if line.origin_id in known:
                self._join(("line", line.id), ("line", line.origin_id))

    def place_loose_bills(self) -> None:
        """Put bills that nothing names to the explanation of the same care."""
        held = self._held()
        for bill in self._facts.bills:
            node = ("bill", bill.id)
            if self._head(node) not in held:
                self._place(node, bill)
        loose = [bill for bill in self._facts.bills if self._head(("bill", bill.id)) not in held]
        for bill in self._facts.bills:
            node = ("bill", bill.id)
            self._note(node, bill, [bill.served_on] if bill.served_on else [])
            if bill.number:
                self._join(node, ("number", self._key(bill), bill.number.casefold()))
        held = self._held()
        for bill in loose:
            if self._head(("bill", bill.id)) not in held:
                self._place(("bill", bill.id), bill)

    def place_loose_lines(self) -> None:
        """Put lines that nothing names to the explanation or bill of the same care."""
        held = self._held() | {self._head(("bill", bill.id)) for bill in self._facts.bills}
        for line in self._facts.expenses:
            node = ("line", line.id)
            if self._head(node) in held or self._place(node, line):
                continue
            alone = ("alone", self._key(line), self._facts.person_of(line), line.claim_id)
            self._join(node, alone)

    def _held(self) -> set[Hashable]:
        return {self._head(("eob", at)) for at in range(len(self._explained))}

    def _learn(self, node: Hashable, versions: Versions) -> None:
        for each in versions.all:
            self._note(node, each.eob, each.days)

    def _note(self, node: Hashable, record: Eob | Bill, days: Collection[date]) -> None:
        key = self._key(record)
        self._people.setdefault(node, self._facts.person_of(record))
        self._claims.setdefault(node, record.claim_id)
        for day in days:
            self._by_day[key, day].append(node)
        self._by_claim[key, record.claim_id][node] = None
        if not days:
            self._by_day[key, None].append(node)

    def _place(self, node: Hashable, record: Bill | Expense) -> bool:
        """Join a loose record to the first of those that fit, and say whether there was one."""
        for other in self._candidates(record):
            if other != node and self._agree(record, other):
                self._join(node, other)
                return True
        return False

    def _agree(self, record: Bill | Expense, other: Hashable) -> bool:
        """Say whether neither the patient nor the claim tells two records apart."""
        person, claim = self._facts.person_of(record), record.claim_id
        theirs, of_claim = self._people.get(other), self._claims.get(other)
        return (not person or not theirs or person == theirs) and (
            not claim or not of_claim or claim == of_claim
        )

    def _candidates(self, record: Bill | Expense) -> Iterator[Hashable]:
        key = self._key(record)
        if not key:
            return
        if record.served_on:
            yield from self._by_day[key, record.served_on]
            yield from (
                other
                for other in self._by_day[key, None]
                if other in self._by_claim[key, record.claim_id]
            )
            return
        found = self._by_claim[key, record.claim_id]
        if isinstance(record, Expense) or len(found) == 1:  # a bill is held against one paper only
            yield from found

    def _key(self, record: Eob | Bill | Expense) -> str:
        return provider_key(self._facts.provider_of(record))

    # ---------------------------------------------------------------- what hangs together

    def _head(self, node: Hashable) -> Hashable:
        parent = self._parent
        while (above := parent.setdefault(node, node)) != node:
            parent[node] = parent[above]
            node = above
        return node

    def _join(self, one: Hashable, other: Hashable) -> None:
        self._parent[self._head(one)] = self._head(other)

    def matters(self) -> tuple[Matter, ...]:
        """Return the groups, those of the earliest record first."""
        found: defaultdict[Hashable, _Members] = defaultdict(_Members)
        for at, versions in enumerate(self._explained):
            found[self._head(("eob", at))].explained.append(versions)
        for bill in sorted(self._facts.bills, key=bill_order):
            found[self._head(("bill", bill.id))].bills.append(bill)
        for line in sorted(self._facts.expenses, key=line_order):
            found[self._head(("line", line.id))].lines.append(line)
        refunds: defaultdict[str, list[Refund]] = defaultdict(list)
        for refund in self._facts.refunds:
            refunds[refund.expense_id].append(refund)
        return tuple(self._matter(members, refunds) for members in found.values())

    def _matter(self, members: _Members, refunds: Mapping[str, list[Refund]]) -> Matter:
        facts = self._facts
        records: list[Eob | Bill | Expense] = [
            *(each.newest.eob for each in members.explained), *members.bills, *members.lines,
        ]  # fmt: skip
        names = [name for record in records if (name := facts.provider_of(record))]
        people = [person for record in records if (person := facts.person_of(record))]
        name = names[0] if names else ""
        back = (one for line in members.lines for one in refunds.get(line.id, ()))
        return Matter(
            provider=name,
            key=provider_key(name),
            person_id=people[0] if people else None,
            explained=tuple(members.explained),
            bills=tuple(members.bills),
            lines=tuple(members.lines),
            refunds=tuple(sorted(back, key=lambda one: (one.came_on, one.id))),
            is_fought=any(record.claim_id in facts.fought_claims for record in records),
        )


@dataclass
class _Members:
    explained: list[Versions] = field(default_factory=list[Versions])
    bills: list[Bill] = field(default_factory=list[Bill])
    lines: list[Expense] = field(default_factory=list[Expense])


def bill_order(bill: Bill) -> tuple[str, str, str]:
    """Return by what bills stand in order."""
    day = bill.billed_on or bill.added_at.date()
    return day.isoformat(), bill.added_at.isoformat(), bill.id


def line_order(line: Expense) -> tuple[str, str, str]:
    """Return by what lines of the ledger stand in order: paid ones by the day, unpaid ones last."""
    day = line.paid_on or line.due_on
    return day.isoformat() if day else "9999", line.added_at.isoformat(), line.id
