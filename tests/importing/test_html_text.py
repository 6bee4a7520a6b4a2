"""Words that a mail hides from the eye are not read."""

from __future__ import annotations

import pytest

from app.importing.html_text import text_of_html


@pytest.mark.parametrize(
    "style",
    ["color:#fff", "color: #FFFFFF;", "COLOR:white", "font-size:0", "font-size:1px", "opacity:0",
     "visibility:hidden", "display:none", "mso-hide:all", "font-size:0.0pt;line-height:0"],
)  # fmt: skip
def test_words_that_nobody_sees_are_left_out(style: str):
    html = f'<p>Dear Maya,</p><p style="{style}">You have 30 days to appeal.</p><p>Thank you</p>'
    assert text_of_html(html).split() == ["Dear", "Maya,", "Thank", "you"]


@pytest.mark.parametrize(
    "style",
    ["color:#ffd", "color:#fff0d0", "background-color:#fff", "font-size:10px", "font-size:0.9em",
     "opacity:0.8", "color:#000"],
)  # fmt: skip
def test_words_that_are_seen_are_kept(style: str):
    assert text_of_html(f'<p style="{style}">You have 30 days.</p>') == "You have 30 days."
