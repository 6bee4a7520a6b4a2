"""The Medicare Beneficiary Identifier: eleven places, each a letter or a digit by its position."""

from __future__ import annotations

import re
from typing import Final

# CMS, "Understanding the Medicare Beneficiary Identifier (MBI) Format": C is 1-9, N 0-9, A a
# letter but S, L, O, I, B and Z, X either; the dashes are print only.
_FORMAT: Final = "CAXNAXNAANN"
_LETTER: Final = "AC-HJKMNP-RT-Y"
_CLASS: Final = {"C": "[1-9]", "N": "[0-9]", "A": f"[{_LETTER}]", "X": f"[0-9{_LETTER}]"}
_MBI: Final = re.compile("".join(_CLASS[kind] for kind in _FORMAT))
_DIGITS: Final = str.maketrans("OQILSBZ", "0011582")


def is_mbi(written: str) -> bool:
    """Say whether letters and digits, without dashes and spaces, are shaped like an MBI."""
    return _MBI.fullmatch(written.upper()) is not None


def repaired_mbi(written: str) -> str | None:
    """Return the MBI that was meant where OCR took a digit for a letter that no MBI has."""
    if len(written) != len(_FORMAT):
        return None
    meant = "".join(
        letter if kind == "A" else letter.upper().translate(_DIGITS)
        for letter, kind in zip(written, _FORMAT, strict=True)
    )
    return meant if meant != written and is_mbi(meant) else None


def mbi_pattern() -> str:
    """Return the pattern of an MBI printed with dashes or spaces between its groups."""
    parts = [_CLASS[kind] for kind in _FORMAT]
    return "[- ]".join("".join(group) for group in (parts[:4], parts[4:7], parts[7:]))
