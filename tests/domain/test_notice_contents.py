"""What a letter must say: every item of the facts, each with its law, in one place."""

from __future__ import annotations

import copy
import re
from collections import Counter

import pytest

from app.domain.notice_contents import parse_notices
from app.domain.rule_rows import RulesDataError
from app.resources import resource_json
from tests.domain.deadline_data import BOOK, RULES

NOTICES = resource_json("rules", "notices.json")
READING = resource_json("reading", "notice.json")

LAWS = {
    "n.reason": "29 CFR 2560.503-1(g)(1)(i)",
    "n.provision": "29 CFR 2560.503-1(g)(1)(ii)",
    "n.missing_info": "29 CFR 2560.503-1(g)(1)(iii)",
    "n.procedures": "29 CFR 2560.503-1(g)(1)(iv)",
    "n.502a": "29 CFR 2560.503-1(g)(1)(iv)",
    "n.criterion": "29 CFR 2560.503-1(g)(1)(v)(A)",
    "n.clinical": "29 CFR 2560.503-1(g)(1)(v)(B)",
    "n.expedited": "29 CFR 2560.503-1(g)(1)(vi)",
    "n.claim_id": "45 CFR 147.136(b)(2)(ii)(E)(1)",
    "n.codes_available": "45 CFR 147.136(b)(2)(ii)(E)(1)",
    "n.denial_code": "45 CFR 147.136(b)(2)(ii)(E)(3)",
    "n.int_ext": "45 CFR 147.136(b)(2)(ii)(E)(4)",
    "n.cap": "45 CFR 147.136(b)(2)(ii)(E)(5)",
    "n.language": "45 CFR 147.136(e)",
    "f.reason": "29 CFR 2560.503-1(j)(1)",
    "f.provision": "29 CFR 2560.503-1(j)(2)",
    "f.documents": "29 CFR 2560.503-1(j)(3)",
    "f.voluntary_502a": "29 CFR 2560.503-1(j)(4)(i)",
    "f.criterion": "29 CFR 2560.503-1(j)(5)(i)",
    "f.clinical": "29 CFR 2560.503-1(j)(5)(ii)",
    "f.adr": "29 CFR 2560.503-1(j)(5)(iii)",
    "f.discussion": "45 CFR 147.136(b)(2)(ii)(E)(3)",
    "f.external": "45 CFR 147.136(b)(2)(ii)(E)(4)",
}


@pytest.mark.parametrize("item", LAWS)
def test_every_item_names_its_law_and_its_letter(item):
    row = BOOK.notices[item]
    assert row.source == LAWS[item]
    assert row.notice == ("denial" if item.startswith("n.") else "appeal_decision")


def test_other_programmes_have_their_own_items():
    others = [row for row in BOOK.notices.values() if row.id not in LAWS]
    laws = Counter((row.source, row.verification.value) for row in others)
    assert laws == {
        ("42 CFR 422.568(e)", "P"): 4,
        ("42 CFR 438.404(b)", "M-high"): 7,
        ("42 CFR 431.210", "P26"): 5,
        ("Tex. Ins. Code 4201.303", "P"): 5,
    }
    assert {row.state for row in others} == {None, "TX"}


def test_items_are_for_programmes_that_the_rules_know_and_read_as_plain_words():
    known = {program for rule in RULES for program in rule.programs}
    for row in BOOK.notices.values():
        assert set(row.programs) <= known
        assert not re.search(r"[_;]|CFR|C\.F\.R", row.text)
        assert row.span.covers(None)


def test_whatever_letters_are_searched_for_has_its_law_and_its_sentence_here():
    searched = READING["items"]
    assert {row.id for row in BOOK.notices.values() if row.missing} == set(searched)
    for item, entry in searched.items():
        assert BOOK.notices[item].notice in entry["kinds"]
        assert "source" not in entry


def spoiled(**changes):
    data = copy.deepcopy(NOTICES)
    data["rows"][0] |= changes
    return data


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"source": ""}, "names no source"),
        ({"sources": ["hearsay"]}, "not listed: hearsay"),
        ({"notice": "postcard"}, "for no letter that is known"),
        ({"when": "sometimes"}, "for no letter that is known"),
        ({"program": []}, "for no letter that is known"),
        ({"id": "n.cap"}, "n.cap is there twice"),
        ({"hint": ""}, "unknown words hint"),
        ({"verification": "sure"}, "cannot be read"),
        ({"effective_until": "soon"}, "cannot be read"),
    ],
)
def test_a_slip_in_the_items_is_refused(changes, words):
    with pytest.raises(RulesDataError, match=re.escape(words)):
        parse_notices(spoiled(**changes))
