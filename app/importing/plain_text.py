"""Text from bytes whose coding nobody tells."""

from __future__ import annotations


def decoded(data: bytes) -> str:
    """Return text from UTF-8 or UTF-16 with its mark, else as old Windows programs wrote it."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", "replace")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", "replace")
