"""Which reader this is. Apart from the sifters, so that asking for it loads none of them."""

from __future__ import annotations

from typing import Final

VERSION: Final = 1
"""Grows with every better reader: papers that an older one has sifted are sifted again."""

MOST_PAGES: Final = 24
"""A letter is shorter; of a policy or a record the first pages tell what it is."""
