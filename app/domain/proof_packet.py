"""“They say they never got it”: what the packet says that proves a sending."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from app.domain.bundle import CallRow


@dataclass(frozen=True, kw_only=True, slots=True)
class ProvedFile:
    """One file that was sent: `pages` is 0 where they were not counted, `size` is in bytes.

    `is_beside` says whether its exact copy lies beside the packet; `remark` says why not.
    """

    name: str
    pages: int
    size: int
    sha256: str
    is_beside: bool
    remark: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class ProofPlan:
    """What the first pages of the packet say.

    `summary` is one sentence; `case` tells whose packet it was, `sent` what was sent and how, as
    labels with their values, where they are known. `kept_on` is the day on which the exact files
    were frozen. `calls` are those about it.
    """

    made_on: date
    summary: str
    case: tuple[tuple[str, str], ...]
    sent: tuple[tuple[str, str], ...]
    files: tuple[ProvedFile, ...]
    kept_on: date | None = None
    calls: tuple[CallRow, ...] = ()
