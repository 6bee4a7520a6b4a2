"""The media types of papers that are text, which `written` shows."""

from __future__ import annotations

from typing import Final

PLAIN: Final = "text/plain"
MAIL: Final = "message/rfc822"
FHIR: Final = "application/fhir+json"
WORD: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"

TEXT_KINDS: Final = frozenset((PLAIN, MAIL, FHIR, WORD))
