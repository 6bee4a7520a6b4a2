"""Mappings of columns that are remembered, and which names of mappings there are."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, Final, cast

from app.binder import Binder
from app.domain.errors import UserError
from app.domain.table_profile import TableProfile
from app.importing.tables_profile import GENERIC, TABLES, Head, Layout, Profile, ready_made
from app.importing.tables_values import ORDERS
from app.importing.tables_words import ROLES
from app.operations.ids import new_id
from app.storage.queries.records import all_records
from app.storage.unit_of_work import UnitOfWork

_LONGEST_NAME: Final = 80
_NO_NAME: Final = "Give the mapping a name, such as that of the portal."
_TAKEN: Final = "“{}” is a name that comes with the program. Give the mapping another name."
_UNKNOWN: Final = "There is no mapping of columns “{}”. There are: {}."


@dataclass(frozen=True, slots=True)
class NamedProfile:
    """A profile as a person may choose it; `is_own` was made by the person."""

    name: str
    title: str
    is_own: bool
    id: str = ""


def known_profiles(binder: Binder) -> tuple[NamedProfile, ...]:
    """Return all profiles: those of the person first, then the ready-made ones."""
    own = (NamedProfile(each.name, each.name, is_own=True, id=each.id) for each in _saved(binder))
    made = (NamedProfile(each.name, each.title, is_own=False) for each in ready_made())
    return *own, *made, NamedProfile(GENERIC, "By the words of the head", is_own=False)


def profiles_for(binder: Binder, name: str) -> tuple[tuple[Profile, ...], bool]:
    """Return the profiles to compare a head with, and whether its words may tell too.

    Raises:
        UserError: there is no profile of this name.
    """
    own = tuple(filter(None, map(_profile, _saved(binder))))
    if not name:
        return (*own, *ready_made()), True
    folded = name.casefold().strip()
    if folded == GENERIC:
        return (), True
    fitting = tuple(each for each in (*own, *ready_made()) if each.name.casefold() == folded)
    if not fitting:
        names = ", ".join(dict.fromkeys(each.name for each in known_profiles(binder)))
        raise UserError(_UNKNOWN.format(name, names), ask="Which of these is it?")
    return fitting, False


def keep_profile(binder: Binder, work: UnitOfWork, name: str, head: Head) -> TableProfile:
    """Remember a mapping under a name; one of the same name is replaced.

    Raises:
        UserError: it has no name, or that of a profile that comes with the program.
    """
    called = " ".join(name.split())[:_LONGEST_NAME]
    if not called:
        raise UserError(_NO_NAME)
    if called.casefold() in {GENERIC, *(each.name for each in ready_made())}:
        raise UserError(_TAKEN.format(called))
    headers = json.dumps(head.heads, ensure_ascii=False)
    told = {"gives": head.gives, "order": head.order, "roles": head.roles}
    mapping = json.dumps(told, ensure_ascii=False)
    same = [
        each
        for each in work.table_profiles.where()
        if each.name.casefold() == called.casefold() or each.headers == headers
    ]
    if same:
        for other in same[1:]:
            work.table_profiles.remove(other.id)
        return work.table_profiles.save(
            replace(same[0], name=called, headers=headers, mapping=mapping)
        )
    return work.table_profiles.add(
        TableProfile(
            id=new_id(), name=called, headers=headers, mapping=mapping,
            author_id=binder.author_id, added_at=binder.now(),
        )
    )  # fmt: skip


def forget_profile(binder: Binder, profile_id: str) -> None:
    """Forget a mapping; tables that were imported by it stay as they are."""
    with binder.operation("Forget a mapping of columns") as work:
        work.table_profiles.remove(profile_id)


def _saved(binder: Binder) -> Sequence[TableProfile]:
    return cast("Sequence[TableProfile]", binder.ask(all_records, "table_profile"))


def _profile(kept: TableProfile) -> Profile | None:
    """Return a saved mapping as a profile, or None where it is of another making."""
    try:
        heads, told = json.loads(kept.headers), json.loads(kept.mapping)
        layout = _layout(heads, told)
    except (ValueError, KeyError, TypeError):
        return None
    return Profile(kept.name, kept.name, (layout,))


def _layout(heads: Any, told: Any) -> Layout:
    roles = [role if role in ROLES else "" for role in told["roles"]]
    columns = dict(zip(map(str, heads), roles, strict=True))
    gives = told["gives"] if told["gives"] in TABLES else "ledger"
    return Layout(gives, columns, order=told["order"] if told["order"] in ORDERS else "")
