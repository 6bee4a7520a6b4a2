"""The words of the commands on letters: written from the record, changed, signed, kept."""

from __future__ import annotations

from app.cli.parsing import Commands, Parser, command
from app.cli.values import day, place, text

SHEETS = ("letter", "a4")


def of_letters(commands: Commands) -> None:
    """Declare them."""
    listed = command(commands, "letters", "letters:letters", "List the letters one can write.")
    listed.add_argument("--claim", type=text, help="tell what is missing for this claim")
    listed.add_argument("--denial", metavar="ID", type=text)
    listed.add_argument("--written", action="store_true", help="list those that were written")
    made = command(commands, "letter", "letters:letter", "Write a letter from the record.")
    made.add_argument("kind", metavar="KIND", type=text, help="“claimbinder letters” lists them")
    made.add_argument("--claim", type=text, required=True)
    made.add_argument("--denial", metavar="ID", type=text)
    made.add_argument("--to", metavar="PROVIDER", type=text, help="the doctor or clinic it goes to")
    made.add_argument("--enclosed", metavar="TEXT", type=text, action="append", default=[])
    made.add_argument("--save", action="store_true", help="keep it as a draft")
    _of_paper(made)
    changed = command(commands, "letter-change", "letters:change", "Change a letter.")
    changed.add_argument("letter", metavar="LETTER", type=text)
    changed.add_argument("--title", metavar="TEXT", type=text)
    changed.add_argument("--text", metavar="FILE", type=place, help="a file with the new text")
    signed = command(commands, "letter-signed", "letters:signed", "Note that a letter is signed.")
    signed.add_argument("letter", metavar="LETTER", type=text)
    signed.add_argument("--on", metavar="D", type=day, required=True)
    signed.add_argument("--scan", metavar="DOCUMENT", type=text, help="the signed paper")
    printed = command(commands, "letter-print", "letters:printed", "Write a kept letter to a file.")
    printed.add_argument("letter", metavar="LETTER", type=text)
    _of_paper(printed)


def _of_paper(parser: Parser) -> None:
    parser.add_argument("-o", "--output", metavar="FILE", type=place, help="a .pdf or a .txt file")
    parser.add_argument("--keep", action="store_true", help="put it among the papers as a PDF")
    parser.add_argument("--paper", choices=SHEETS, default="letter", help="US Letter or A4")
