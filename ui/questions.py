"""What the window itself asks of a binder: the search box, the count, the people, the status."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.storage.queries.find import find_anything
from app.storage.queries.papers import inbox_count
from app.storage.queries.records import all_people
from ui.shell import Questions, StatusWords
from ui.wording import tr

if TYPE_CHECKING:
    from collections.abc import Callable

    from app.binder import Binder


def questions_of(
    binder: Binder, backup_words: Callable[[], tuple[str, bool]] | None = None
) -> Questions:
    """Return the window's questions about a binder.

    `backup_words` gives the sentence on the last proven backup and whether that is long ago.
    """

    def status() -> StatusWords:
        words, is_old = backup_words() if backup_words else (tr("No backup yet"), True)
        return StatusWords(saved=tr("Everything is saved"), backup=words, backup_is_old=is_old)

    return Questions(
        search=lambda words: binder.ask(find_anything, words),
        counts=lambda: {"inbox": binder.ask(inbox_count)},
        people=lambda: binder.ask(all_people),
        status=status,
    )
