"""The errors of the program: what a person can mend, and everything else."""

from __future__ import annotations


class ClaimBinderError(Exception):
    """Base of every error this program raises on purpose."""


class UserError(ClaimBinderError):
    """A problem the person can mend.

    `str(error)` is one or two whole sentences in plain words that end with the next step; it is
    shown as it stands. `ask` is the one question whose answer would settle the matter, if any.
    """

    def __init__(self, sentence: str, *, ask: str | None = None) -> None:
        super().__init__(sentence)
        self.ask = ask


class BinderUnusableError(UserError):
    """The binder as a whole cannot be used: damaged, in use elsewhere, or of a newer program."""


class UnreadableError(UserError):
    """A paper is kept, but its pages cannot be shown or read; the sentence says why."""


class PasswordNeededError(UnreadableError):
    """A paper opens only with a password that was not given, or the one given was wrong."""
