"""How long somebody has to do something: the patient, the provider, or the plan itself.

What each turn of phrase means is decided in docs/decisions/0007-reading-windows.md. A patient's
window is given only where somebody addressed, an act and a length are said together.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

from app.domain.fact import WindowSaid
from app.importing.sifting.addressee import Addressees, addressees_of
from app.importing.sifting.dates import DateSeen, dates_in
from app.importing.sifting.found import Found
from app.importing.sifting.paper import Paper
from app.importing.sifting.sentences import (
    Plain,
    Sentence,
    plain,
    sentences_in,
    without_page_numbers,
)
from app.importing.sifting.window_anchors import anchors_in
from app.importing.sifting.window_clauses import Clauses, Surroundings
from app.importing.sifting.window_merging import merged
from app.importing.sifting.window_tables import line_text, table_lines
from app.importing.sifting.window_times import times_in
from app.importing.sifting.window_words import joined

_SILENT: Final = frozenset(
    {
        "medical_policy", "receipt", "card_slip", "check", "envelope", "mail_receipt", "photo",
        "pharmacy_label", "certificate_of_analysis", "accreditation", "fax_confirmation",
    }
)  # fmt: skip
"""Kinds of paper that give the person who holds them no time to do something."""

_SELDOM: Final = frozenset(
    {
        "plan_document", "study", "trial_paper", "lab_result", "imaging", "medical_record",
        "genetic_test", "treatment_order", "infusion_record", "monitoring", "insurance_card",
        "superbill",
    }
)  # fmt: skip
"""Kinds that seldom do: only what is said in so many words counts."""

_PLAINLY: Final = 0.85
_MOST_LETTERS: Final = 12_000  # of a page, in sentences with a time; more are no letter
_MOST_TIMES: Final = 10  # in a sentence
_TIME: Final = re.compile(r"(?i)\d|day|month|year|hour|week|noon|d[ií]a|mes|a[ñn]o|hora|semana")
_BACK: Final = 2  # sentences back to which “this” and “do so” may point
_FORWARD: Final = 3  # sentences ahead in which “the 60 days begin …” may stand
_LABEL: Final = 60


def windows_in(paper: Paper, dates: Sequence[DateSeen], kind: str | None) -> tuple[Found, ...]:
    """Return the windows of a paper as `appeal_window`, each with the words that say it.

    `dates` are the dates read in `paper.text`; `kind` is the kind of paper or None.
    """
    if kind in _SILENT:
        return ()
    reading = _Reading(paper, dates, kind)
    least = _PLAINLY if kind in _SELDOM else 0
    found = (*reading.of_sentences(), *reading.of_labels(), *reading.of_tables())
    return merged([window for window in found if window.score >= least])


class _Reading:
    def __init__(self, paper: Paper, dates: Sequence[DateSeen], kind: str | None) -> None:
        self._paper = paper
        self._dates = sorted(dates, key=lambda seen: seen.start)
        self._date_starts = [seen.start for seen in self._dates]
        self._plain: dict[int, Plain] = {}
        self._kind = kind
        self._addressees: Addressees = addressees_of(paper, kind)
        self._text = without_page_numbers(paper.text)
        self._sentences = sentences_in(self._text)
        self._starts = [sentence.start for sentence in self._sentences]

    def of_sentences(self) -> Iterator[Found]:
        """Yield what the sentences say."""
        letters: Counter[int] = Counter()
        for sentence in self._sentences:
            if not _TIME.search(self._text, sentence.start, sentence.end):
                continue
            page = self._paper.page_at(sentence.start)
            letters[page] += sentence.end - sentence.start
            if letters[page] <= _MOST_LETTERS:
                yield from self._of_sentence(sentence)

    def _of_sentence(self, sentence: Sentence) -> Iterator[Found]:
        words = self._words(sentence)
        times = times_in(words, self._dates_between(sentence.start, sentence.end))
        if not 0 < len(times) <= _MOST_TIMES:
            return
        clauses = Clauses(words.text, times, self._around(sentence))
        for time in times:
            read = clauses.read(time)
            if read:
                start, end = words.span(read.start, read.end)
                said = self._with_anchor(read.said, sentence)
                yield Found("appeal_window", said, start, end, read.score, read.note)

    def _words(self, sentence: Sentence) -> Plain:
        if sentence.number not in self._plain:
            self._plain[sentence.number] = plain(self._text, sentence.start, sentence.end)
        return self._plain[sentence.number]

    def _dates_between(self, start: int, end: int) -> Sequence[DateSeen]:
        starts = self._date_starts
        return self._dates[bisect_left(starts, start) : bisect_left(starts, end)]

    def of_labels(self) -> Iterator[Found]:
        """Yield what stands behind labels such as “Appeal by”."""
        for pair in self._paper.pairs:
            if len(pair.label) > _LABEL or not joined("labels").search(pair.label):
                continue
            value = plain(self._text, pair.start, pair.end)
            head = plain(pair.label).text + ": "
            words = Plain(head + value.text, (*(pair.start,) * len(head), *value.offsets))
            last = max(words.offsets) + 1
            yield from self._of_value(words, len(head), self._dates_between(pair.start, last))

    def of_tables(self) -> Iterator[Found]:
        """Yield what tables with a column such as “How long you have” say."""
        for line in table_lines(self._paper.rows):
            words, head = line_text(line)
            # A date that is wrapped in its cell is parted by the next cell in the running text.
            dates = [
                replace(seen, start=words.offsets[seen.start], end=words.offsets[seen.end - 1] + 1)
                for seen in dates_in(words.text)
            ]
            yield from self._of_value(words, head, dates)

    def _of_value(self, words: Plain, head: int, dates: Sequence[DateSeen]) -> Iterator[Found]:
        """Yield the first window of a value that its label or its column introduces."""
        place = words.offsets[0]
        heading = self._sentence_at(place).heading
        around = Surroundings(heading, "", (), self._addressees.at(place), self._kind)
        times = times_in(words, dates)[:1]
        for time in times:
            read = Clauses(words.text, times, around).read(time)
            if read and time.start >= head:
                start, end = words.span(max(read.start, head), read.end)
                yield Found("appeal_window", read.said, start, end, read.score, read.note)

    def _sentence_at(self, offset: int) -> Sentence:
        return self._sentences[max(bisect_right(self._starts, offset) - 1, 0)]

    def _around(self, sentence: Sentence) -> Surroundings:
        before = reversed(self._sentences[max(0, sentence.number - _BACK) : sentence.number])
        return Surroundings(
            "" if sentence.is_heading else sentence.heading,
            sentence.lead,
            tuple(
                self._words(other).text
                for other in before
                if not other.is_heading and other.heading == sentence.heading
            ),
            self._addressees.at(sentence.start),
            self._kind,
        )

    def _with_anchor(self, said: WindowSaid, sentence: Sentence) -> WindowSaid:
        """Return a window with the anchor that a sentence after it gives: “The 60 days begin …”."""
        if said.anchor != "unstated" or said.amount is None:
            return said
        after = self._sentences[sentence.number + 1 : sentence.number + 1 + _FORWARD]
        for other in after:
            text = self._words(other).text
            begins = joined("context_again_this").search(text)
            if not begins:
                continue
            anchors = [item for item in anchors_in(text, ()) if item.end > begins.end()]
            if anchors and not anchors[0].by_plan:
                return replace(said, anchor=anchors[0].anchor)
        return said
