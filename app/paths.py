"""Where things lie on this computer. The only leaf that may use platformdirs."""

from __future__ import annotations

from pathlib import Path

from platformdirs import user_config_path, user_data_path, user_log_path

_NAME = "ClaimBinder"


def default_binder() -> Path:
    """The binder's usual place: the local data folder, which no cloud program copies about."""
    return user_data_path(_NAME, appauthor=False) / "binder"


def sample_binder() -> Path:
    """Where the sample binder is made."""
    return user_data_path(_NAME, appauthor=False) / "sample"


def settings_file() -> Path:
    """The file of this computer's choices."""
    return user_config_path(_NAME, appauthor=False) / "settings.json"


def log_file() -> Path:
    """The local log; it never holds the contents of papers."""
    return user_log_path(_NAME, appauthor=False) / "claimbinder.log"
