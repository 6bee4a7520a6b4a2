"""The codes of ICD-10-CM, as of the release of April 2026 (CMS and NCHS, in the public domain).

The table is read when the first code is asked for: about 15 ms.
"""

from __future__ import annotations

import lzma
from bisect import bisect_left
from functools import cache
from typing import Final

from app.resources import resource

_FILE: Final = "icd10cm-2026-04.txt.xz"
_CATEGORY: Final = 3  # letters and digits before the dot
_LOOKALIKES: Final = str.maketrans("OlI", "011")


def with_dot(code: str) -> str:
    """Return a code with its dot: “G43909” as “G43.909”."""
    bare = code.replace(".", "")
    return bare if len(bare) <= _CATEGORY else f"{bare[:_CATEGORY]}.{bare[_CATEGORY:]}"


def is_code(code: str) -> bool:
    """Say whether a code, with or without dot, is in the table, billable or not."""
    bare = code.replace(".", "")
    table = _table()
    at = bisect_left(table, bare)
    return at < len(table) and table[at] == bare


def is_billable(code: str) -> bool:
    """Say whether a code of the table is one that bills may carry: none is more exact."""
    bare = code.replace(".", "")
    table = _table()
    following = bisect_left(table, bare) + 1
    return following >= len(table) or not table[following].startswith(bare)


def repaired(code: str) -> str | None:
    """Return the code that was meant where OCR took a digit for a letter; None if not certain."""
    meant = code[0] + code[1:].translate(_LOOKALIKES)
    return meant if meant != code and not is_code(code) and is_code(meant) else None


@cache
def _table() -> tuple[str, ...]:
    packed = resource("reading", _FILE).read_bytes()
    codes = lzma.decompress(packed).decode("ascii").split("\n")
    return tuple(dict.fromkeys(codes))  # some are there twice: block and category
