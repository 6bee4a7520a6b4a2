"""New ids, and the record as it should be stamped."""

from __future__ import annotations

from uuid import uuid4


def new_id() -> str:
    """Return an id that no other record has: 12 hexadecimal digits are enough for a household.

    Short, since people type them on the command line; 48 random bits give a chance of one in a
    million that two of 20,000 records share one, and then the database refuses the second.
    """
    return uuid4().hex[:12]
