"""Doctors and places of care; a claim names those that were chosen for it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, Final

from app.binder import Binder
from app.domain.errors import UserError
from app.domain.npi import is_npi
from app.domain.provider import KINDS, NETWORKS, SETTINGS, Provider
from app.operations.care_checks import one_line, one_of
from app.operations.day_checks import sensible
from app.operations.ids import new_id

COMPOUNDINGS: Final = ("", "503A", "503B")
"""The two kinds of pharmacies that make drugs themselves, by sections of the Food, Drug, and
Cosmetic Act."""


def add_provider(binder: Binder, name: str, **known: Any) -> Provider:
    """Add a doctor or a place; `known` are further fields of `Provider`.

    Raises:
        UserError: it has no name, a word is none of ours, or its NPI cannot be one.
    """
    provider = Provider(
        id=new_id(), name=name, author_id=binder.author_id, added_at=binder.now(), **known
    )
    with binder.operation("Add a provider") as work:
        return work.providers.add(_checked(provider))


def change_provider(binder: Binder, provider: Provider) -> Provider:
    """Replace what is known of a doctor or a place; the claims that chose it take its new name.

    Raises:
        UserError: as `add_provider`.
    """
    with binder.operation("Change a provider") as work:
        changed = work.providers.save(_checked(provider))
        for claim in work.claims.where(provider_id=changed.id):
            work.claims.save(replace(claim, provider=changed.name))
        return changed


def _checked(provider: Provider) -> Provider:
    name = one_line(provider.name)
    if not name:
        raise UserError("A doctor or a place needs a name.")
    one_of(provider.kind, KINDS, "a kind of provider")
    one_of(provider.setting, SETTINGS, "a place of care")
    one_of(provider.network, NETWORKS, "an answer to whether it is in the network")
    compounding = one_line(provider.compounding).upper()
    one_of(compounding, COMPOUNDINGS, "a kind of compounding pharmacy")
    if provider.accredited_until:
        sensible(provider.accredited_until)
    return replace(provider, name=name, compounding=compounding, npi=_checked_npi(provider.npi))


def _checked_npi(typed: str) -> str:
    digits = "".join(typed.replace("-", " ").split())
    if digits and not is_npi(digits):
        raise UserError(
            f"“{typed.strip()}” cannot be an NPI: it has ten digits, and the last one checks the "
            "others. Look at it once more, or leave it empty."
        )
    return digits
