"""Opening mail that comes in: its attachments are brought into the vault beside it."""

from __future__ import annotations

import io
from contextlib import ExitStack
from dataclasses import replace
from typing import Final, Self

from app.domain.errors import UnreadableError
from app.importing.kinds import MAIL
from app.importing.reading import in_words
from app.importing.sniff import sniff
from app.operations.holding import Held, TakenIn, clean_name
from app.storage.database import plain_os_error
from app.storage.vault import Vault
from app.workers import WorkerPool

_MOST_NAMED: Final = 10
_CLOSED: Final = (
    "The attachments of this mail could not be taken out. It is kept whole: open it in your mail "
    "program, save its attachments, and add those."
)
_LEFT: Final = "These attachments are not papers of their own: {listed}."


class MailRoom:
    """Takes attachments out of mail, in a worker process that starts with the first mail."""

    def __init__(self, vault: Vault) -> None:
        self._vault = vault
        self._closing = ExitStack()
        self._workers: WorkerPool | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._closing.close()

    def opened(self, item: Held | TakenIn) -> Held | TakenIn:
        """Return mail with its attachments, and everything else as it is."""
        if not isinstance(item, Held) or sniff(item.stored.head).media_type != MAIL:
            return item
        beside: list[Held] = []
        left: list[str] = []
        remark = ""
        try:
            with self._vault.lend(item.stored.sha256) as path, in_words(_CLOSED):
                values = {"path": str(path)}
                task = "app.importing.email_file:attachments"
                for reply in self._pool().stream(task, values):
                    name = clean_name(str(reply.values.get("name")))
                    if reply.blobs and reply.blobs[0]:
                        stored = self._vault.put(io.BytesIO(reply.blobs[0]), lasting=False)
                        beside.append(Held(name, stored))
                    else:
                        left.append(f"“{name}” ({reply.values.get('reason')})")
        except UnreadableError as error:
            remark = str(error)
        except OSError as error:
            remark = str(plain_os_error(error))
        return replace(item, beside=tuple(beside), remark=remark or _named(left))

    def _pool(self) -> WorkerPool:
        if self._workers is None:
            self._workers = self._closing.enter_context(WorkerPool(1))
        return self._workers


def _named(left: list[str]) -> str:
    """Return a sentence on the attachments that could not be kept."""
    if not left:
        return ""
    more = len(left) - _MOST_NAMED
    listed = ", ".join(left[:_MOST_NAMED]) + (f" and {more} more" if more > 0 else "")
    return _LEFT.format(listed=listed)
