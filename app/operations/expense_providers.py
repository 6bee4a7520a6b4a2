"""Who was paid: the name on a line and the doctor or place on record that has the address."""

from __future__ import annotations

from dataclasses import replace

from app.binder import Binder
from app.domain.expense import Expense
from app.domain.provider import Provider
from app.operations.care_checks import one_line
from app.operations.ids import new_id
from app.storage.unit_of_work import UnitOfWork


def with_provider(work: UnitOfWork, expense: Expense) -> Expense:
    """Return a line tied to the one provider of exactly its name, or named as its provider."""
    if expense.provider_id:
        provider = work.providers.get(expense.provider_id)
        return replace(expense, provider=one_line(expense.provider) or provider.name)
    name = one_line(expense.provider)
    found = _named(work, name)
    return replace(expense, provider=name, provider_id=found[0].id if len(found) == 1 else None)


def provider_at(binder: Binder, work: UnitOfWork, expense: Expense, address: str) -> str | None:
    """Return the id of the provider of a line, who is at this address; it is put on record.

    A provider that the line is tied to gets the address. Otherwise it is the one of this name and
    address, or of this name without an address yet, or a new one. None where nothing is told.
    """
    name, told = one_line(expense.provider), address.strip()
    if told and expense.provider_id:
        provider = work.providers.get(expense.provider_id)
        return work.providers.save(replace(provider, address=told)).id
    if not name or not told:
        return None
    for provider in _named(work, name):
        if one_line(provider.address).casefold() == one_line(told).casefold():
            return provider.id
        if not provider.address:
            return work.providers.save(replace(provider, address=told)).id
    made = Provider(
        id=new_id(), name=name, kind="other", address=told, author_id=binder.author_id,
        added_at=binder.now(),
    )  # fmt: skip
    return work.providers.add(made).id


def _named(work: UnitOfWork, name: str) -> list[Provider]:
    folded = name.casefold()
    return [
        each
        for each in work.providers.where(trashed_at=None)
        if folded and one_line(each.name).casefold() == folded
    ]
