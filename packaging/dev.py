#!/usr/bin/env python3
"""Set up, run and check ClaimBinder on a fresh machine, with nothing but Python.

python3 packaging/dev.py run      open the program with the sample binder
python3 packaging/dev.py test     every check; `--deep` runs every point of the long ones
python3 packaging/dev.py setup    only the set-up; the other commands do it by themselves
python3 packaging/dev.py lint     only style, types and layers
python3 packaging/dev.py bench    the measurements of docs/performance.md
python3 packaging/dev.py shots    a picture of every page, written to build/shots
"""

from __future__ import annotations

import sys

if sys.version_info < (3, 11):  # noqa: UP036 - this file is what an older Python is told to run
    sys.exit("ClaimBinder needs Python 3.11 or newer. Install it, then run this command with it.")

import argparse
from collections.abc import Callable

import environment
import showing
import suite
import system_packages
from steps import SetUpError


def main(words: list[str] | None = None) -> int:
    """Do what the command line asks for and return the exit status."""
    asked = _parser().parse_args(words)
    try:
        system_packages.ensure(for_tests=asked.command in ("test", "bench"))
        environment.prepare()
        return _do(asked)
    except SetUpError as problem:
        print(f"\n{problem}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("\nStopped.", file=sys.stderr)
        return 130


def _do(asked: argparse.Namespace) -> int:
    work: dict[str, Callable[[], int]] = {
        "run": showing.run,
        "test": lambda: suite.test(asked.pytest, deep=asked.deep),
        "setup": _say_done,
        "lint": suite.lint,
        "bench": lambda: suite.bench(asked.names),
        "shots": showing.shots,
    }
    return work[asked.command]()


def _say_done() -> int:
    print("ClaimBinder is set up. Open it with: python3 packaging/dev.py run")
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="dev.py", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    for name in ("run", "setup", "lint", "shots"):
        commands.add_parser(name)
    test = commands.add_parser("test")
    test.add_argument("--deep", action="store_true", help="every crash point, and planted bugs")
    test.add_argument("pytest", nargs="*", help="words for pytest, after `--`")
    bench = commands.add_parser("bench")
    bench.add_argument("names", nargs="*", help="only these measurements")
    return parser


if __name__ == "__main__":
    sys.exit(main())
