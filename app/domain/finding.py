"""Something in the money that a person should look at."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Finding:
    """What stands out, in words; `severity` is `high`, `med` or `info`.

    `expense` is None where it is not about one line of the ledger; `record` then names what it is
    about, as (kind, id), if it is about one record. `source` is the law or form behind it, `year`
    the year to which it belongs: that of the payment, of the withdrawal, of the contribution.
    """

    id: str
    severity: str
    expense: str | None
    text: str
    record: tuple[str, str] | None = None
    source: str = ""
    year: int | None = None
