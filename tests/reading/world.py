"""An invented household's facts for one paper: names, numbers, dates and amounts that agree."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from tests.reading.amounts import Line, Receipt, lines_of, receipt_of, total_of

_WORDS = Path(__file__).parent / "papers" / "words.json"
_LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ"
_PAID_AT_THE_DESK = 2_500  # cents
_LUHN_OF_PREFIX = 24  # what the prefix 80840 of US health cards adds to the check sum of an NPI

Value = str | int | date
"""Money is an int, in cents."""


@dataclass(frozen=True, slots=True)
class World:
    """What can be put into a template's slots, by the name of the slot."""

    values: dict[str, Value]
    lines: tuple[Line, ...]
    receipt: Receipt


@cache
def words() -> Any:
    """Return the pools of names, codes and shapes of numbers."""
    return json.loads(_WORDS.read_text(encoding="utf-8"))


def invented(chance: random.Random, *, money: str, lines: int) -> World:
    """Invent one household's facts; `money` is a case of `amounts.lines_of`."""
    table = lines_of(chance, money, chance.sample(words()["services"], lines))
    receipt = receipt_of(chance, words()["items"])
    values: dict[str, Value] = {}
    for part in (_people, _numbers, _dates, _codes):
        values |= part(chance)
    values |= dict(_amounts(table, values["service_date"]))
    values |= dict(receipt.slots())
    return World(values, table, receipt)


def npi(chance: random.Random) -> str:
    """Return a National Provider Identifier with its check digit."""
    nine = "1" + "".join(chance.choices("0123456789", k=8))
    digits = [int(digit) for digit in reversed(nine)]
    doubled = [2 * digit - 9 * (digit > 4) for digit in digits[::2]]
    return nine + str(-(sum(doubled) + sum(digits[1::2]) + _LUHN_OF_PREFIX) % 10)


def shaped(shape: str, chance: random.Random) -> str:
    """Return a number of this shape: `#` is a digit, `@` a letter."""
    kinds = {"#": "0123456789", "@": _LETTERS}
    return "".join(chance.choice(kinds[mark]) if mark in kinds else mark for mark in shape).strip()


def _people(chance: random.Random) -> dict[str, Value]:
    pool = words()
    pick = chance.choice
    surname = pick(pool["last_names"])
    insurer = (
        pick(pool["real_insurers"])
        if chance.random() < 0.25
        else f"{pick(pool['insurer_first'])} {pick(pool['insurer_last'])}"
    )
    clinic = f"{pick(pool['clinic_first'])} {pick(pool['clinic_last'])}"
    doctor = f"{pick(pool['first_names'])} {pick(pool['last_names'])}"
    middle = f" {pick(_LETTERS)}." if chance.random() < 0.3 else ""
    phones = chance.sample(range(100, 200), 5)
    box = chance.randint(10, 99999)
    city = pick(pool["cities"])
    return {
        "insurer": insurer,
        "administrator": f"{pick(pool['insurer_first'])} Benefit Services",
        "insurer_box": f"PO Box {box}",
        "insurer_city": city,
        "appeal_address": f"P.O. Box {chance.randint(100, 99999)}, {pick(pool['cities'])}",
        "patient": f"{pick(pool['first_names'])}{middle} {surname}",
        "street": f"{chance.randint(10, 9900)} {pick(pool['streets'])}",
        "city": pick(pool["cities"]),
        "provider": clinic if chance.random() < 0.5 else doctor + pick(pool["doctor_after"]),
        "doctor": doctor + pick(pool["doctor_after"]),
        "facility": clinic,
        "provider_2": f"{pick(pool['clinic_first'])} {pick(pool['clinic_last'])}",
        "signer": f"{pick(pool['first_names'])} {pick(pool['last_names'])}",
        "merchant": pick(pool["merchants"]),
        "phone": f"(800) 555-0{phones[0]}",
        "appeal_fax": f"(866) 555-0{phones[1]}",
        "clinic_phone": f"555-0{phones[2]}",
        "clinic_fax": f"555-0{phones[3]}",
        "appeal_portal": f"www.{insurer.split()[0].lower()}-members.example",
        "npi": npi(chance),
        "npi2": npi(chance),
    }


def _numbers(chance: random.Random) -> dict[str, Value]:
    values: dict[str, Value] = {
        name: shaped(chance.choice(shapes), chance) for name, shapes in words()["numbers"].items()
    }
    return values | {
        "card": "".join(chance.choices("0123456789", k=4)),
        "rx": "".join(chance.choices("0123456789", k=7)),
        "tracking": shaped("9407 1118 9876 #### #### ##", chance),
        "check_number": str(chance.randint(1000, 999999)),
    }


def _dates(chance: random.Random) -> dict[str, Value]:
    letter = date(2025, 6, 1) + timedelta(chance.randrange(520))

    def before(day: date, least: int, most: int) -> date:
        return day - timedelta(chance.randint(least, most))

    service = before(letter, 20, 90)
    received = service + timedelta(chance.randint(2, 10))
    return {
        "letter_date": letter,
        "service_date": service,
        "service_end": service + timedelta(chance.randint(1, 6)),
        "received_date": received,
        "processed_date": before(letter, 0, 5),
        "earlier_date": before(letter, 100, 160),
        "appeal_received": before(letter, 8, 28),
        "purchase_date": before(letter, 0, 30),
        "statement_date": letter,
        "pay_by": letter + timedelta(chance.randint(18, 30)),
        "valid_until": letter + timedelta(chance.randint(60, 180)),
        "born": date(1950, 1, 1) + timedelta(chance.randrange(20000)),
        "effective_date": date(letter.year, 1, 1),
        "due": letter + timedelta(chance.choice((30, 45, 60, 65, 120, 180))),
    }


def _codes(chance: random.Random) -> dict[str, Value]:
    pool = words()
    first, second = chance.sample(pool["icd10"], 2)
    carc, reason = chance.choice(pool["carc_denied"])
    drug, ndc = chance.choice(pool["drugs"])
    return {
        "icd10": first,
        "icd10_2": second,
        "modifier": chance.choice(pool["modifiers"]),
        "carc": carc,
        "rarc": chance.choice(pool["rarc"]),
        "denial_reason": reason,
        "reason": chance.choice(pool["reasons"][reason]),
        "drug": drug,
        "ndc": ndc,
    }


def _amounts(table: tuple[Line, ...], first_day: Value) -> Iterator[tuple[str, Value]]:
    assert isinstance(first_day, date)
    for number, line in enumerate(table, start=1):
        yield f"l{number}.what", line.what
        yield f"l{number}.code", line.code
        yield f"l{number}.date", first_day + timedelta(number - 1)
        yield from ((f"l{number}.{name}", cents) for name, cents in line.amounts().items())
    total = total_of(table)
    yield from ((f"t.{name}", cents) for name, cents in total.items())
    paid_before = min(_PAID_AT_THE_DESK, total["patient_owes"])
    yield from (("t.paid_before", paid_before), ("t.balance", total["patient_owes"] - paid_before))
