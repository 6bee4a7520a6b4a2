"""Names of people and organisations as papers print them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import Final

from app.importing.sifting.folding import folded
from app.importing.sifting.labelled import Room
from app.resources import resource_json

_WORD: Final = re.compile(r"[^\s]{1,40}")
_WORDS: Final = 10
_PEOPLE_WORDS: Final = 6
_OPENING: Final = "“”\"'‘"
_CLOSING: Final = "“”\"'’"
_PLAN_TYPE: Final = re.compile(
    r"\((?:HMO|PPO|EPO|POS|PFFS|PDP|MSA|HDHP|HMO-POS|D-SNP|C-SNP|I-SNP)\)[.,;:]*$"
)
_INITIALS: Final = re.compile(r"(?:[A-Za-z]\.){1,4}|[A-Z]")
_OF: Final = frozenset({"of", "for", "de", "del"})
_UNIONS: Final = frozenset({"local", "lodge"})
_DASHES: Final = frozenset({"-", "–", "—", "|", "•", "/", "·"})


@dataclass(frozen=True, slots=True)
class Name:
    """A name at `start` to `end` of the text; `value` is it in one line, as printed."""

    value: str
    start: int
    end: int

    @property
    def key(self) -> str:
        """Its letters alone, to compare."""
        return "".join(filter(str.isalnum, folded(self.value)))

    @property
    def words(self) -> list[str]:
        """Its words in lower case without accents, titles and what follows a name left out."""
        plain = (_bare(word) for word in self.value.split())
        return [word for word in plain if word and word not in _set("titles", "credentials")]

    @property
    def is_titled(self) -> bool:
        """Whether it begins with Dr., Mrs. or the like."""
        return _bare(self.value.split()[0]) in _set("titles")

    @property
    def has_credentials(self) -> bool:
        """Whether letters such as MD follow it."""
        words = [_bare(word) for word in self.value.split()]
        return any(word in _medical() for word in words[1:])

    @property
    def is_person(self) -> bool:
        """Whether it can be the name of one person."""
        words = self.words
        if (
            not words
            or len(words) > _PEOPLE_WORDS
            or not _set("not_person").isdisjoint(word for word in words if len(word) > 1)
        ):
            return False
        treats = has_words(self.value, "provider_words") and not self.has_credentials
        if treats or self.is_agency:
            return False
        if has_words(self.value, "insurer_words") or _bare(self.value.split()[-1]) in _companies():
            return False
        if not all(re.fullmatch(r"[a-z][a-z'’.-]*", word) for word in words):
            return False
        full = [word for word in words if len(word) > 1 and word not in _set("particles")]
        return len(full) >= (1 if self.is_titled else 2) and "&" not in self.value

    @property
    def is_coined(self) -> bool:
        """Whether it is one word that nobody but a company writes so: “ScriptHaven”."""
        return re.fullmatch(r"[A-Z][a-z]{2,12}[A-Z][A-Za-z]{1,12}", self.value) is not None

    @property
    def is_distinct(self) -> bool:
        """Whether a word of it is no common word for care: not “Hospital Services”."""
        return any(word not in _set("common_care", "care_places") for word in self.words)

    @property
    def is_generic(self) -> bool:
        """Whether no word of it is a name: “Health Plan”, “Member Services”."""
        common = _set("not_person", "connectors", "common_care", "insurer_words")
        return all(word in common for word in self.words) and not is_known_insurer(self.value)

    @property
    def is_company(self) -> bool:
        """Whether it ends with Inc., LLC or the like."""
        return len(self.words) > 1 and _bare(self.value.split()[-1]) in _companies()

    @property
    def is_initialed(self) -> bool:
        """Whether it can be an initial and a surname: “T. Marchetti”."""
        words = self.words
        if len(words) != 2 or not _set("not_person").isdisjoint(words[1:]):
            return False
        return len(words[0]) == 1 and re.fullmatch(r"[a-z'’-]{3,}", words[1]) is not None

    @property
    def is_doctor(self) -> bool:
        """Whether it begins with Dr. or Doctor."""
        return _bare(self.value.split()[0]) in {"dr", "dra", "doctor", "doctora"}

    @property
    def is_title(self) -> bool:
        """Whether it is a title or department, such as “Explanation of Benefits”."""
        first = _bare(self.value.split()[0])
        return first in _set("letterhead_titles") and not (
            first in {"health", "pharmacy"} and self.is_insurer
        )

    @property
    def is_agency(self) -> bool:
        """Whether it is an authority, foundation or reviewer: none that insures."""
        return has_words(self.value, "agencies")

    @property
    def is_insurer(self) -> bool:
        """Whether its words are those of insurers, or it is a known one."""
        if self.is_agency:
            return False
        return is_known_insurer(self.value) or has_words(self.value, "strong_insurer_words")


def name_at(text: str, start: int, end: int, *, greeted: bool = False) -> Name | None:
    """Return the name that begins right at `start`, as far as its words go before `end`.

    After a greeting a colon may end it.
    """
    words: list[tuple[str, int, int]] = []
    at = start
    while len(words) < _WORDS:
        match = _WORD.match(text, at, end)
        if match is None:
            break
        marked = match.end() == end or match[0].endswith("):")
        may_end = greeted or marked or _bare(match[0]) in _medical()
        last = bool(words) and (
            (may_end and _bare(match[0]) not in _set("label_words"))
            or (_bare(words[-1][0]) in _set("wrapped") and _bare(match[0]) in _set("wrapped"))
        )
        if words and _ends_sentence(words[-1][0], match[0]):
            break
        if not _belongs(match[0].rstrip(":") if last else match[0], words):
            while words and _begins_label(words[-1][0], match[0]):
                words.pop()
            break
        opening = len(match[0]) - len(match[0].lstrip(_OPENING)) if not words else 0
        words.append((match[0][opening:], match.start() + opening, match.end()))
        if _closes(match[0]) or match[0].endswith(":"):
            break
        at = match.end() + 1 if text[match.end() : match.end() + 1] in {" ", "\n"} else match.end()
        if _ends_with_comma(match[0]) and not _goes_on_after_comma(text, at, end, words):
            break
    return _made(words)


def name_in(text: str, room: Room, end: int, *, prose: bool = False) -> Name | None:
    """Return the name at the start of a room, with its words in the cell below put to it.

    None where its cell ends with a comma and nothing says how the name goes on.
    """
    name = name_at(text, room.start, end, greeted=prose or room.label.name == "dear")
    if name is None or text[name.end : name.end + 2] == ",\t":
        return None
    if name.end < room.end - 1 or room.how != "marked":
        return name
    rest = room.onward and name_at(text, room.onward.start, room.onward.end)
    if rest and room.onward and rest.end == room.onward.end and _may_go_on(name, rest):
        comma = "," if text[name.end : name.end + 1] == "," else ""
        return Name(f"{name.value}{comma} {rest.value}", name.start, name.end)
    return None if text[name.end : name.end + 1] == "," else name


def _may_go_on(name: Name, rest: Name) -> bool:
    """Say whether the words below are the end of a name: MD, Company, a surname alone."""
    words = [_bare(word) for word in rest.value.split()]
    if all(word in _set("credentials", "company", "wrapped") for word in words):
        return True
    if name.is_titled or name.has_credentials:
        return False
    alone = len(name.words) == 1 or _INITIALS.fullmatch(name.value.split()[-1]) is not None
    if alone and (rest.has_credentials or len(rest.words) == 1):
        return True
    return _is_organisation(rest) and not _is_organisation(name)


def _is_organisation(name: Name) -> bool:
    return has_words(name.value, "provider_words") or has_words(name.value, "insurer_words")


def has_words(name: str, kind: str) -> bool:
    """Say whether one of the words or phrases of a list of the data stands in a name."""
    return _phrases(kind).search(folded(name)) is not None


def without_tail(name: Name) -> Name | None:
    """Return a name without the title or department that its line goes on with.

    “Galena Mutual Coverage Position” is that of Galena Mutual; None if it is a title alone.
    """
    tail = _tails().search(folded(name.value))
    if tail is None or name.is_company:
        return name
    value = name.value[: tail.start()].rstrip(" ,-–—")
    return Name(value, name.start, name.start + len(value)) if value else None


def without_label_words(name: Name) -> Name:
    """Return a person's name without the words at its end that begin the next label."""
    words = name.value.split()
    kept = len(words)
    while kept > 2 and _bare(words[kept - 1]) in _set("not_person"):
        kept -= 1
    value = " ".join(words[:kept])
    return name if kept == len(words) else Name(value, name.start, name.start + len(value))


def ends_before_tail(text: str, name: Name, end: int) -> bool:
    """Say whether a title or department follows a name in its cell."""
    return _tails().match(folded(text[name.end : end])) is not None


def says_on(word: str) -> bool:
    """Say whether a word after a name makes a sentence of it: “must”, “has”."""
    return _bare(word) in _set("says_on")


def is_word(word: str) -> bool:
    """Say whether a word is of sentences and labels and in no name: “must”, “received”."""
    return _bare(word) in _set("never")


def is_whole_insurer(text: str) -> bool:
    """Say whether a text is the name of a known insurer and nothing else, in any case."""
    plain = folded(text).rstrip("®™ ")
    return plain in _set("insurers_alone") or _known().fullmatch(plain) is not None


def is_known_insurer(name: str) -> bool:
    """Say whether a name is, or begins with, that of an insurer in the data."""
    return _known().match(folded(name)) is not None


def _belongs(word: str, words: list[tuple[str, int, int]]) -> bool:
    """Say whether a word can be one of a name of which these are the words before it."""
    bare = _bare(word)
    if word.startswith("("):
        return bool(words) and _PLAN_TYPE.match(word) is not None
    if words and bare.isdigit() and _bare(words[-1][0]) in _UNIONS:
        return True  # “Teamsters Local 9918 Welfare Fund”
    if _is_foreign(word) or bare in _set("never"):
        return False
    if _after_credentials(words) and bare not in _medical():
        return False
    if word.lstrip(_OPENING)[:1].isupper():
        return True
    titled = bool(words) and _bare(words[0][0]) in _set("titles")
    joins = _set("particles") if titled else _set("particles", "connectors") | {""}
    return bool(words) and bare in joins


def _is_foreign(word: str) -> bool:
    """Say whether a word is in no name: a dash, a number, a web address, a label."""
    if word in _DASHES or (not _bare(word) and word != "&"):
        return True
    if any(map(str.isdigit, word)) or "@" in word or "www." in word:
        return True
    return word.rstrip(",.;").endswith(":") and not word.endswith("):")


def _begins_label(word: str, stop: str) -> bool:
    """Say whether a word and the one that ended the name are a label, such as “Group No.”."""
    marked = stop.endswith((":", "#")) or _bare(stop) in {"id", "number", "no", "#"}
    return marked and _bare(word) in _set("label_words")


def _after_credentials(words: list[tuple[str, int, int]]) -> bool:
    """Say whether letters such as MD have ended a person's name."""
    return len(words) > 2 and words[-2][0].endswith(",") and _bare(words[-1][0]) in _medical()


def _closes(word: str) -> bool:
    """Say whether a word ends its name: with a semicolon, or a full stop that ends a sentence."""
    tail = word.rstrip(_CLOSING)
    if tail.endswith((";", ")")) and not _PLAN_TYPE.match(word):
        return True
    if not tail.endswith("."):
        return False
    bare = _bare(tail)
    short = _INITIALS.fullmatch(tail) is not None
    return not short and bare not in _set("titles", "credentials", "company", "particles")


def _ends_sentence(word: str, following: str) -> bool:
    """Say whether the full stop of “Inc.” or “M.D.” is also that of the sentence."""
    ended = word.endswith(".") and _bare(word) in _medical() | _companies()
    return ended and _bare(following) not in _set("credentials", "company", "connectors")


def _ends_with_comma(word: str) -> bool:
    return word.rstrip(_CLOSING).endswith(",")


def _goes_on_after_comma(text: str, at: int, end: int, words: list[tuple[str, int, int]]) -> bool:
    """Say whether after a comma letters such as MD or Inc. follow, or the given name."""
    following = _WORD.match(text, at, end)
    if following is None:
        return False
    bare = _bare(following[0])
    if bare in _set("credentials", "company"):
        return True
    if text[at - 1] == "\n":
        return False  # “Hello Genevieve,” ends its line
    reversed_name = len(words) == 1 and following[0][:1].isupper() and bare not in _set("never")
    return reversed_name and not any(map(str.isdigit, following[0]))


def _made(words: Iterable[tuple[str, int, int]]) -> Name | None:
    kept = list(words)
    while kept and _bare(kept[-1][0]) in _set("connectors") | {"", "&"}:
        kept.pop()
    while len(kept) > 2 and _bare(kept[-1][0]) in _set("months") and _bare(kept[-2][0]) in _OF:
        kept = kept[:-2]  # “Oak Hill Dental of May 3”
    if not kept:
        return None
    last, start, end = kept[-1]
    tidy = last.rstrip(_CLOSING).rstrip(",;:")
    if "(" not in tidy:
        tidy = tidy.rstrip(")")
    while tidy.endswith(".") and not _keeps_stop(tidy):
        tidy = tidy[:-1]
    if "(" not in tidy:
        tidy = tidy.rstrip(")")
    kept[-1] = (tidy, start, end - (len(last) - len(tidy)))
    value = " ".join(word for word, _, _ in kept)
    return Name(value, kept[0][1], kept[-1][2]) if any(map(str.isalpha, value)) else None


def _keeps_stop(word: str) -> bool:
    """Say whether a full stop belongs to its word: “M.D.”, “Jr.”, “Inc.”; not that of “NP.”."""
    if word.endswith(".."):
        return False
    known = _bare(word) in _set("titles", "credentials", "company")
    inner = "." in word[:-1]
    return _INITIALS.fullmatch(word) is not None or (known and (inner or not word[:-1].isupper()))


def _bare(word: str) -> str:
    """Return a word to look up: folded, without dots and the marks around it."""
    return folded(word).strip("“”\"'‘’()[]*,;:.").replace(".", "")


@cache
def _set(*names: str) -> frozenset[str]:
    data = resource_json("reading", "parties.json")
    return frozenset(word for name in names for word in data[name])


@cache
def _medical() -> frozenset[str]:
    return _set("credentials") - {"jr", "sr", "ii", "iii", "iv", "esq", "mba", "ms"}


@cache
def _companies() -> frozenset[str]:
    return _set("company") - {"pa"}


@cache
def _phrases(kind: str) -> re.Pattern[str]:
    words = sorted(_set(kind), key=len, reverse=True)
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, words))})\b")


@cache
def _tails() -> re.Pattern[str]:
    words = sorted(_set("head_tails"), key=len, reverse=True)
    return re.compile(rf"(?:^|[ ,\n])(?:{'|'.join(map(re.escape, words))})(?![\w-])")


@cache
def _known() -> re.Pattern[str]:
    names = sorted(map(folded, _set("known_insurers")), key=len, reverse=True)
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, names))})\b")
