"""The sentences about papers that cannot be read, one for each cause."""

from typing import Final

DAMAGED_PDF: Final = (
    "This PDF is damaged or incomplete, so its pages cannot be shown. "
    "Ask the sender for a new copy, and add that one."
)
LOCKED_PDF: Final = (
    "This PDF is locked in a way that this program cannot open. "
    "Open it in the program it was made for, print it to a new PDF, and add that one."
)
PROTECTED: Final = (
    "This PDF is protected with a password. Type the password, and the pages will be read."
)
STILL_PROTECTED: Final = "This password does not open the PDF. Check it, and type it again."
NO_PAGES: Final = "This file has no pages. Open it in another program to see what it holds."
TOO_MANY_PAGES: Final = (
    "This file says it has {pages:,} pages, more than this program reads ({most:,}). "
    "Split it into smaller files, and add those."
)
PAGES_LOST: Final = (
    "This PDF is damaged: from page {page} on nothing can be read. "
    "Ask the sender for a new copy, and add that one."
)
PAGE_DAMAGED: Final = (
    "Page {page} is damaged and cannot be shown. Ask the sender for a new copy of it."
)
PICTURE_LOST: Final = (
    "The picture on page {page} is damaged or too large, and the page comes out empty. "
    "Ask the sender for a new copy of it, or scan it anew."
)
PAGE_TOO_HARD: Final = (
    "Page {page} is too large or too complicated to show safely. "
    "Print or scan it anew, and add that copy."
)
NO_SUCH_PAGE: Final = "This paper has no page {page}. Choose another page."
EMPTY: Final = "This file is empty. Copy it again from where it came."
GONE: Final = "This file is not where it was, or cannot be opened. Restore it from your backup."
DAMAGED_PICTURE: Final = (
    "This picture is damaged or incomplete and cannot be shown. Take or scan it again."
)
TOO_LARGE_PICTURE: Final = (
    "This picture has more than {most:,} million pixels, too many to open safely. "
    "Save it smaller, and add that copy."
)
TOO_LONG_TEXT: Final = (
    "This text file is too long to show as pages. Split it into smaller files, and add those."
)
NOT_SHOWN_YET: Final = (
    "This kind of file is kept, but its pages cannot be shown yet. "
    "Open it in the program it was made for, print it to a PDF, and add that PDF too."
)
UNKNOWN_KIND: Final = (
    "This kind of file is kept, but this program does not know it and cannot show its pages. "
    "Open it in the program it was made for, print it to a PDF, and add that PDF too."
)
TOO_HARD: Final = (
    "This file is too large or too complicated to open safely. "
    "Print it to a new PDF, or scan it anew, and add that copy."
)

NOT_SIFTED: Final = (
    "This paper was read, but nothing could be picked out of it. Please type what it says."
)
