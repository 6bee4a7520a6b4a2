"""Commands on the binder as a whole: init, sample, backup, restore, check."""

from __future__ import annotations

from argparse import Namespace

from app.binder import Binder
from app.cli.answer import Answer
from app.cli.desk import TerminalProgress, clock_of
from app.operations.sample import make_sample


def init(words: Namespace) -> Answer:
    """Make an empty binder."""
    Binder.create(words.folder, now=clock_of(words.today)).close()
    return Answer({"binder": str(words.folder)}, [f"A new binder is in “{words.folder}”."])


def sample(words: Namespace) -> Answer:
    """Make the sample binder."""
    progress = TerminalProgress()
    made = make_sample(words.folder, progress, now=clock_of(words.today))
    progress.clear()
    value = {"binder": str(made.binder), "claims": made.claims, "documents": made.documents}
    return Answer(value, [f"The sample binder is in “{made.binder}”."])
