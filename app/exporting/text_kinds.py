"""Papers that are text, by their media types, in the words that stand on their pages."""

from __future__ import annotations

from typing import Final

TEXT_KINDS: Final = {
    "text/plain": "a text file",
    "message/rfc822": "an e-mail",
    "application/fhir+json": "an electronic record",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "a Word file",
}
