"""Codes of a diagnosis or a service as people type them: parted by anything, in any case."""

from __future__ import annotations

import re
from typing import Final

_BETWEEN: Final = re.compile(r"[\s,;]+")


def code_list(typed: str) -> str:
    """Return codes as they are kept, each once, in capitals, parted by one space.

    Whether a code exists is another question: what a person typed is never thrown away.
    """
    found = filter(None, _BETWEEN.split(typed.upper()))
    return " ".join(dict.fromkeys(found))
