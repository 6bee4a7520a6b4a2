"""Runs the benches, each in a process of its own: `python -m tests.bench [NAME …]`.

Each prints rows of one table: what, the yardstick of the same run, the figure, the aim. They
measure; they do not judge.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

NAMES = sorted(
    path.stem.removeprefix("bench_") for path in Path(__file__).parent.glob("bench_*.py")
)


def main(wanted: list[str]) -> int:
    """Run the named benches, or all; return 0 if every one ran to its end."""
    unknown = set(wanted) - set(NAMES)
    if unknown:
        sys.stderr.write(f"There is no bench {', '.join(unknown)}. There are {', '.join(NAMES)}.\n")
        return 2
    sys.stdout.write("| what | yardstick in the same run | measured | aim |\n|---|---|---|---|\n")
    sys.stdout.flush()
    statuses = [
        subprocess.run([sys.executable, "-m", f"tests.bench.bench_{name}"], check=False).returncode
        for name in wanted or NAMES
    ]
    return int(any(statuses))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
