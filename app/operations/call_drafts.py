"""The call that is being written down at this moment: kept each second, outliving a crash."""

from __future__ import annotations

from dataclasses import asdict, dataclass, fields
from datetime import datetime
from typing import Any, Final

from app.binder import Binder
from app.storage import drafts

CALL_DRAFT: Final = "call"
"""The name of the draft among the drafts of a binder."""

_LONGEST: Final = 360_000  # seconds; no call lasts a hundred hours


@dataclass(frozen=True, kw_only=True, slots=True)
class CallDraft:
    """The fields of a call as they are typed; a day may still be half a day.

    `called_at` is when the card was opened; `on`, `at` and `minutes` tell of another time, where
    the person typed one. `seconds` is what the clock of the call showed.
    """

    called_at: datetime
    claim_id: str | None = None
    with_whom: str = ""
    department: str = ""
    phone: str = ""
    reference: str = ""
    note: str = ""
    outcome: str = ""
    promise: str = ""
    promise_by: str = ""
    on: str = ""
    at: str = ""
    minutes: str = ""
    seconds: int = 0

    @property
    def words(self) -> tuple[str, ...]:
        """What would be lost; the number that is called and the claim stand elsewhere too."""
        typed = (
            self.with_whom, self.department, self.reference, self.note, self.outcome,
            self.promise, self.promise_by,
        )  # fmt: skip
        return tuple(words.strip() for words in typed)

    @property
    def has_words(self) -> bool:
        """Return whether something was typed that would be lost."""
        return any(self.words)


def keep_call_draft(binder: Binder, draft: CallDraft) -> None:
    """Keep what is typed now; it is no undo step, and no screen hears of it.

    May be called on a thread. A draft without words is not kept: an older one goes.
    """
    with binder.operation("Keep the notes of a call") as work:
        if draft.has_words:
            body = {**asdict(draft), "called_at": draft.called_at.isoformat()}
            drafts.put_draft(work.connection, CALL_DRAFT, body, binder.now())
        else:
            drafts.drop_draft(work.connection, CALL_DRAFT)


def kept_call_draft(binder: Binder) -> CallDraft | None:
    """Return the call that was being written down when the card was last closed, if any."""
    kept = binder.ask(drafts.draft, CALL_DRAFT)
    if kept is None:
        return None
    known = {name: kept.body.get(name) for name in _TEXTS}
    texts = {name: value for name, value in known.items() if isinstance(value, str)}
    claim_id, seconds = kept.body.get("claim_id"), kept.body.get("seconds")
    draft = CallDraft(
        called_at=_moment(kept.body.get("called_at")) or kept.saved_at,
        claim_id=claim_id if isinstance(claim_id, str) else None,
        seconds=min(max(seconds, 0), _LONGEST) if isinstance(seconds, int) else 0,
        **texts,
    )
    return draft if draft.has_words else None


def drop_call_draft(binder: Binder) -> None:
    """Forget the draft: the person threw it away."""
    with binder.operation("Forget the notes of a call") as work:
        drafts.drop_draft(work.connection, CALL_DRAFT)


def _moment(written: Any) -> datetime | None:
    """Return a moment as it was written, or None where it is none or has no zone."""
    try:
        found = datetime.fromisoformat(written)
    except (TypeError, ValueError):
        return None
    return found if found.tzinfo else None


_TEXTS: Final = tuple(field.name for field in fields(CallDraft) if str(field.type) == "str")
