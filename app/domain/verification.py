"""How well a number was checked against its law, and what may be said of it."""

from __future__ import annotations

from enum import StrEnum


class Verification(StrEnum):
    """How well the number of a rule was checked against its law.

    P26 and Q26: the regulation's text as of 2026. P: an official text, older or undated.
    S: secondary sources only. The others were found in no written source.
    """

    P26 = "P26"
    Q26 = "Q26"
    P = "P"
    S = "S"
    M_HIGH = "M-high"
    M_MED = "M-med"
    M_LOW = "M-low"

    @property
    def computes(self) -> bool:
        """Return whether a date may be computed and named as the law's."""
        return self in {Verification.P26, Verification.Q26, Verification.P}

    @property
    def may_name_number(self) -> bool:
        """Return whether the number may be shown at all, if only as “commonly”."""
        return self not in {Verification.M_MED, Verification.M_LOW}
