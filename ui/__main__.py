"""`python -m ui` and `claimbinder-desktop`: the window."""

import gc
import sys


def main() -> int:
    """Load the program and open the window; return the exit status.

    Nothing is thrown away while it starts, so Python need not look for it; once the window is
    there, `ui.forgotten` does.
    """
    gc.disable()
    from ui.main import main as work  # noqa: PLC0415 - this is what takes the time

    return work()


if __name__ == "__main__":
    sys.exit(main())
