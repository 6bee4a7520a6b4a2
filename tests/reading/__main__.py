"""Measures reading: `python -m tests.reading [--set …] [--as pdf|scan|fax|photo|all] …`.

Of the held-out set it prints totals and nothing else: whoever builds the reader never sees which
of its papers fail.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path

from tests.reading.corpus import papers_of
from tests.reading.draw import FORMS
from tests.reading.effort import effort
from tests.reading.measure import Measured, measured, text_only
from tests.reading.read import Desk
from tests.reading.report import Row, in_markdown, in_text, summary, tables
from tests.reading.typeset import PaperData

_EFFORT_PAPERS = 8


def main(words: list[str]) -> int:
    """Measure and print; 0 when it ran to its end."""
    options = _options().parse_args(words)
    papers = papers_of(options.set, options.count, options.seed, options.only)
    options.secret = options.set == "held_out" and not options.reveal
    with tempfile.TemporaryDirectory() as folder, Desk(Path(folder), options.keep) as desk:
        if options.text and not options.secret:
            _say_texts(papers, options, desk)
        elif options.form == "all":
            results = {form: _measured(papers, form, options, desk) for form in FORMS}
            _say_table(options, *summary(results))
        else:
            _say_all(_measured(papers, options.form, options, desk), options)
    if options.effort:
        _say_effort(papers, options)
    return 0


def _options() -> argparse.ArgumentParser:
    options = argparse.ArgumentParser(prog="python -m tests.reading", description=__doc__)
    options.add_argument(
        "--set", choices=("dev", "second", "third", "fourth", "held_out"), default="dev"
    )
    options.add_argument("--as", dest="form", choices=(*FORMS, "all"), default="pdf")
    options.add_argument("--count", type=int, help="how many papers; by default the whole set")
    options.add_argument("--seed", type=int, default=1, help="other dice, other papers and noise")
    options.add_argument("--only", default="", help="papers whose id has this in it")
    options.add_argument("--show", choices=("wrong", "missing", "all"), help="say which values")
    options.add_argument("--text", action="store_true", help="print the papers as sifters see them")
    options.add_argument("--effort", action="store_true", help="measure the CPU of photos too")
    options.add_argument("--keep", type=Path, help="a folder that keeps what was read")
    options.add_argument("--markdown", action="store_true", help="tables for docs/reading.md")
    options.add_argument(
        "--reveal", action="store_true", help="say what failed of the held-out set"
    )
    return options


def _measured(
    papers: list[PaperData], form: str, options: argparse.Namespace, desk: Desk
) -> Measured:
    result = measured(papers, form=form, seed=options.seed, desk=desk, told=_progress)
    if sys.stderr.isatty():
        sys.stderr.write("\n")
    return result


def _say_texts(papers: list[PaperData], options: argparse.Namespace, desk: Desk) -> None:
    for paper in papers:
        text = text_only(paper, options.form, options.seed, desk)
        _say(f"=== {paper['id']}\n{text}\n")


def _say_all(result: Measured, options: argparse.Namespace) -> None:
    if options.show and not options.secret:
        _say_remarks(result, options.show)
    _say(f"{result.papers} papers, {result.pages} pages, set {options.set}, as {options.form}")
    for head, rows in tables(result):
        _say("")
        _say_table(options, head, rows)


def _say_table(options: argparse.Namespace, head: Row, rows: list[Row]) -> None:
    _say((in_markdown if options.markdown else in_text)(head, rows))


def _say_effort(papers: list[PaperData], options: argparse.Namespace) -> None:
    """Say what reading a photo costs beside opening it and the engine alone."""
    alone, whole = effort(papers[:_EFFORT_PAPERS], options.seed)
    _say("")
    head = ("CPU a photo", "engine alone", "whole reading", "ratio")
    _say_table(options, head, [("seconds", f"{alone:.2f}", f"{whole:.2f}", f"{whole / alone:.2f}")])


def _say_remarks(result: Measured, wanted: str) -> None:
    for paper, what, text in result.remarks:
        if wanted in (what, "all"):
            _say(f"{what:8}{paper}: {text}")
    _say("")


def _progress(text: str) -> None:
    if sys.stderr.isatty():
        sys.stderr.write(f"\r{text}")


def _say(text: str) -> None:
    sys.stdout.write(text + "\n")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
