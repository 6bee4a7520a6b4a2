"""Repairs of what OCR makes of dates: letters in the place of digits, a wrong letter in a month."""

from __future__ import annotations

from functools import lru_cache
from typing import Final

from app.importing.sifting.date_forms import date_book
from app.importing.sifting.folding import folded

_MOST_REPAIRS: Final = 3  # letters read as digits in one date
_MOST_RARE: Final = 1  # of them such as may be another digit too
_FEWEST_TRUE: Final = 3  # digits that need no repair
_ONES: Final = ("l", "I", "|")  # that alone may be a number
_LONG_NAME: Final = 5  # letters of a month's name, from which one may be wrong


def repaired_numbers(texts: tuple[str, ...]) -> tuple[str, ...] | None:
    """Return numbers with digits for the letters in them; None if that is not certain."""
    slips = date_book().digit_slips
    joined = "".join(texts)
    odd = [letter for letter in joined if not letter.isdigit()]
    rare = sum(letter in date_book().rare_slips for letter in odd)
    if len(odd) > _MOST_REPAIRS or rare > _MOST_RARE or len(joined) - len(odd) < _FEWEST_TRUE:
        return None
    if any(text not in _ONES and not any(map(str.isdigit, text)) for text in texts):
        return None
    return tuple("".join(slips.get(letter, letter) for letter in text) for text in texts)


@lru_cache(maxsize=4096)
def month_named(word: str) -> tuple[int, bool] | None:
    """Return the month that a word names, and whether the word had to be repaired.

    One wrong letter is borne in a name of five letters or more, if only one month is that near.
    """
    book = date_book()
    plain = folded(word)
    if plain in book.months:
        return book.months[plain], False
    for wrong, right in book.letter_slips.items():
        plain = plain.replace(wrong, right)
    if plain in book.months:
        return book.months[plain], True
    near = {
        month
        for name, month in book.months.items()
        if len(name) == len(plain) >= _LONG_NAME
        and sum(one != other for one, other in zip(name, plain, strict=True)) == 1
    }
    return (near.pop(), True) if len(near) == 1 and plain[:1].isalpha() else None
