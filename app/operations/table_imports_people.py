"""Whom, which claim, which account and which kind of care the words of a table mean."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final, TypeVar

from app.domain.claim import Claim
from app.domain.errors import UserError
from app.domain.hsa_account import HsaAccount
from app.domain.person import Person
from app.importing.tables_account import AccountLine
from app.importing.tables_cells import NotALineError
from app.importing.tables_words import plain_head

T = TypeVar("T")

_EARLIEST: Final = date(1900, 1, 1)
_BEFORE_BIRTH: Final = (
    "This line is dated {day}, before {who} was born ({born}). Correct the date in the file."
)
_BEFORE_ALL: Final = "This line is dated {day}, before anybody of this binder was born. Correct it."
_TOO_LONG_AGO: Final = "This line is dated {day}, which is too long ago to be right. Correct it."
_RELATIONS: Final = {
    "self": "self", "subscriber": "self", "employee": "self", "me": "self", "myself": "self",
    "spouse": "spouse", "husband": "spouse", "wife": "spouse", "partner": "spouse",
    "dependent": "dependent", "child": "dependent",
}  # fmt: skip
_HOUSEHOLD: Final = ("self", "spouse", "dependent")
_OF_HSA: Final = (" hsa ", " health savings ")
_OTHER_ACCOUNT: Final = "of another account: {}"
_WHICH_ACCOUNT: Final = (
    "The file has lines of several accounts, and none is known as the HSA ({}). Give the HSA the "
    "last four digits of its number, or download the file of the HSA alone."
)


@dataclass(frozen=True, slots=True)
class Household:
    """The people whom a table may name."""

    people: Sequence[Person]

    def called(self, name: str) -> Person | None:
        """Return the one person of a name, or of a given name alone."""
        plain = _plain(name)
        if not plain:
            return None
        return (
            _only(each for each in self.people if _plain(each.name) == plain)
            or _only(
                each for each in self.people if _short(_plain(each.name)) == _short(plain) != ""
            )
            or _only(each for each in self.people if _plain(each.name).split()[:1] == [plain])
        )

    def meant(self, words: str) -> Person | None:
        """Return the one person of a name, or who is related so: self, spouse, dependent."""
        relation = _RELATIONS.get(_plain(words), "-")
        related = (each for each in self.people if each.relation == relation)
        return self.called(words) or _only(related)

    def refuse_before_birth(self, day: date | None, person: Person | None) -> None:
        """Refuse a day on which the patient was not born yet, nobody was, or long ago.

        Raises:
            UserError: so it is.
        """
        if day is None:
            return
        if person and person.born_on and day < person.born_on:
            raise UserError(
                _BEFORE_BIRTH.format(day=day, who=person.name, born=person.born_on.isoformat())
            )
        births = [each.born_on for each in self.people if each.relation in _HOUSEHOLD]
        known = [each for each in births if each]
        if person is None and known and len(known) == len(births) and day < min(known):
            raise UserError(_BEFORE_ALL.format(day=day))
        if day < _EARLIEST:
            raise UserError(_TOO_LONG_AGO.format(day=day))


def claim_called(claims: Iterable[Claim], words: str) -> Claim | None:
    """Return the one claim of this number, title or id."""
    plain = "".join(words.split()).casefold()
    if not plain:
        return None
    named = [(each, ("".join(text.split()).casefold() for text in (each.number, each.title)))
             for each in claims]  # fmt: skip
    return _only(each for each, texts in named if each.id == plain or plain in texts)


class Accounts:
    """The accounts that a custodian's table may be about."""

    def __init__(
        self, accounts: Sequence[HsaAccount], chosen: str | None, lines: Sequence[AccountLine]
    ) -> None:
        """`chosen` is the account that the person named; `lines` are all those of the file."""
        self._accounts = accounts
        self._chosen = chosen or (accounts[0].id if len(accounts) == 1 else None)
        cells = {_cell(line) for line in lines}
        self._is_mixed = len(cells) > 1
        self._is_told = any(self._named(cell) or _is_hsa(cell) for cell in cells)
        self._cells = ", ".join(sorted(cells))[:120]

    def of(self, line: AccountLine) -> str | None:
        """Return the account of a line, or None if it is not told.

        Raises:
            NotALineError: the line is of another account than an HSA.
            UserError: the file has several accounts, and nothing tells which is the HSA.
        """
        cell = _cell(line)
        named = self._named(cell)
        if not self._is_mixed:
            return self._chosen or named
        if not self._is_told:
            raise UserError(_WHICH_ACCOUNT.format(self._cells))
        if named and (self._chosen is None or named == self._chosen):
            return named
        if not named and _is_hsa(cell):
            return self._chosen
        raise NotALineError(_OTHER_ACCOUNT.format(cell[:60]))

    def _named(self, cell: str) -> str | None:
        fitting = [each for each in self._accounts if each.last4 and each.last4 in cell]
        return fitting[0].id if len(fitting) == 1 else None


def _cell(line: AccountLine) -> str:
    return f"{line.account} {line.account_number}".strip()


def _is_hsa(cell: str) -> bool:
    plain = f" {plain_head(cell)} "
    return any(words in plain for words in _OF_HSA)


def _plain(name: str) -> str:
    """Return a name as it may be compared: “DELGADO, ROSA” is “Rosa Delgado”."""
    family, comma, given = name.partition(",")
    turned = f"{given} {family}" if comma else name
    return " ".join(turned.casefold().split())


def _short(plain: str) -> str:
    """Return the first and the last of a name's words."""
    words = plain.split()
    return f"{words[0]} {words[-1]}" if len(words) > 1 else ""


def _only(fitting: Iterable[T]) -> T | None:
    found = list(fitting)
    return found[0] if len(found) == 1 else None
