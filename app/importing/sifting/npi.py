"""Provider numbers that were read with letters in the place of digits."""

from __future__ import annotations

from typing import Final

from app.domain.npi import is_npi

_LOOKALIKES: Final = str.maketrans("OoQIlSB", "0001158")


def repaired_npi(written: str) -> str | None:
    """Return the NPI that ten letters and digits must be, where OCR took digits for letters."""
    digits = written.translate(_LOOKALIKES)
    return digits if digits != written and is_npi(digits) else None
