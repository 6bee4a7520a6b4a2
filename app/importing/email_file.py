"""Mail (`.eml`): its text as pages, and its attachments as files. Runs in a worker only.

Mail is parsed by the standard library with its lenient older policy: the newer one raises on many
a broken header. The mail itself is always kept whole elsewhere; what is left out here is named.
"""

from __future__ import annotations

import mimetypes
import re
from collections.abc import Iterator
from dataclasses import dataclass
from email import message_from_bytes
from email.errors import HeaderParseError, MessageError
from email.generator import BytesGenerator
from email.header import decode_header
from email.message import Message
from email.policy import compat32
from io import BytesIO
from pathlib import Path
from typing import Any, Final

from app.domain.errors import UnreadableError
from app.importing.html_text import text_of_html
from app.workers import Reply

MOST_BYTES: Final = 100 << 20
"""Of a mail that is taken apart; a larger one is kept as it is."""
MOST_ATTACHMENTS: Final = 200
MOST_ATTACHED: Final = 400 << 20
"""Bytes, of all attachments of a mail together."""

_DEEPEST: Final = 3  # mails inside one another whose attachments are taken out
_MOST_PARTS: Final = 5000
_MOST_TEXT: Final = 4 << 20
_SMALL_PICTURE: Final = 20 << 10  # bytes; smaller ones that a mail shows in its text are logos
_LONGEST_NAME: Final = 120
_LONGEST_HEADER: Final = 20_000  # characters; decoding takes quadratic time
_LONGEST_SHOWN: Final = 2000
_SEALS: Final = frozenset(
    ("application/pkcs7-signature", "application/x-pkcs7-signature", "application/pgp-signature")
)
_SEALED: Final = frozenset(("application/pkcs7-mime", "application/x-pkcs7-mime"))
_TOO_LARGE: Final = (
    "This mail is too large to show. It is kept whole: open it in your mail program, "
    "save its attachments, and add those."
)
_TOO_DEEP: Final = (
    "This mail is put together in a way that cannot be shown safely. It is kept whole: open it in "
    "your mail program, save its attachments, and add those."
)
_CUT: Final = "\n[The rest of this mail is too long to show. It is in the kept mail.]"
_NO_ROOM: Final = "the mail has more attachments than are taken out; it is in the kept mail"
_EMPTY: Final = "it is empty"
_FOLDED: Final = re.compile(r"\s+")
_UNREADABLE_NAME: Final = (LookupError, ValueError, TypeError, AttributeError)


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file in a mail: its name, its bytes, and why it cannot be kept, if so."""

    name: str
    content: bytes
    reason: str = ""


def text_of(path: Path) -> str:
    """Return a mail as one reads it: who, when, what about, the attachments, the text.

    Raises:
        UnreadableError: it is too large, or nested beyond reason.
    """
    message = _parsed(path)
    return "\n".join(_shown(message))


def attachments(values: dict[str, Any], _blobs: tuple[bytes, ...]) -> Iterator[Reply]:
    """Task: yield each attachment of the mail at "path": {"name", "reason"} and its bytes."""
    for attachment in _attached(_parsed(Path(values["path"]))):
        told = {"name": attachment.name, "reason": attachment.reason}
        yield Reply(told, () if attachment.reason else (attachment.content,))


def _parsed(path: Path) -> Message:
    if path.stat().st_size > MOST_BYTES:
        raise UnreadableError(_TOO_LARGE)
    try:
        data = path.read_bytes()
        if data.startswith(b"From "):  # the line that parts mails in a mailbox file
            data = data[data.find(b"\n") + 1 :]
        return message_from_bytes(data, policy=compat32)
    except (RecursionError, MessageError) as error:
        raise UnreadableError(_TOO_DEEP) from error


def _shown(message: Message) -> Iterator[str]:
    for name in ("From", "To", "Cc", "Date", "Subject"):
        if value := header(message, name):
            yield f"{name}: {value}"
    parts = _parts(message)
    names = [_name(part, number) for number, part in enumerate(_files(parts), start=1)]
    if names:
        yield f"Attachments: {'; '.join(names[:MOST_ATTACHMENTS])}"
    kinds = {part.get_content_type() for part in parts}
    if kinds & _SEALS:
        yield "Signed: yes. The signature is in the kept mail; nobody has checked it here."
    if kinds & _SEALED:
        yield "This mail is sealed (S/MIME). Open it in the mail program it was sent to."
    if any(name.lower() == "winmail.dat" for name in names):
        yield (
            "Its attachments are packed in winmail.dat, which only Outlook opens. "
            "Ask the sender to send them as plain files."
        )
    yield ""
    yield _body(message)


def header(message: Message, name: str) -> str:
    """Return a header on one line, its coded words spelled out; broken ones as they stand."""
    try:
        pieces = decode_header(str(message.get(name, ""))[:_LONGEST_HEADER])
        said = "".join(_decoded(piece, charset) for piece, charset in pieces)
    except (HeaderParseError, *_UNREADABLE_NAME):
        said = str(message.get(name, ""))[:_LONGEST_HEADER]
    visible = "".join(letter if letter.isprintable() else " " for letter in said)
    return _FOLDED.sub(" ", visible).strip()[:_LONGEST_SHOWN]


def _decoded(piece: bytes | str, charset: str | None) -> str:
    if isinstance(piece, str):
        return piece.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
    return _text(piece, charset)


def _text(data: bytes, charset: str | None) -> str:
    """Return text by its declared coding, else by the one that fits."""
    for coding in (charset, "utf-8"):
        try:
            return data.decode(coding or "us-ascii")
        except (LookupError, ValueError):
            continue
    return data.decode("cp1252", "replace")


def _parts(message: Message) -> list[Message]:
    """Return all parts of a mail in order, but not those of mails inside it."""
    found: list[Message] = []
    todo = [message]
    while todo and len(found) < _MOST_PARTS:
        part = todo.pop()
        found.append(part)
        inner = part.get_payload()
        if part.get_content_maintype() == "multipart" and isinstance(inner, list):
            todo += [item for item in reversed(inner) if isinstance(item, Message)]
    return found


def _is_text(part: Message) -> bool:
    """Say whether a part is what the writer wrote, not a file beside it."""
    plain = part.get_content_type() in {"text/plain", "text/html"}
    return plain and part.get_content_disposition() != "attachment" and not _given_name(part)


def _files(parts: list[Message]) -> list[Message]:
    """Return the parts that are files, without signatures and the small pictures of the text."""
    return [
        part
        for part in parts
        if part.get_content_maintype() != "multipart"
        and not _is_text(part)
        and part.get_content_type() not in _SEALS
        and not _is_decoration(part)
    ]


def _is_decoration(part: Message) -> bool:
    if part.get_content_maintype() != "image" or part.get("Content-ID") is None:
        return False
    inner = part.get_payload()
    encoded = len(inner) if isinstance(inner, str) else 0
    return part.get_content_disposition() != "attachment" and encoded * 3 // 4 < _SMALL_PICTURE


def _body(message: Message) -> str:
    """Return the text of a mail: of each choice the plain one, unless it says nothing."""
    texts: list[str] = []
    todo = [message]
    seen = 0
    while todo and seen < _MOST_PARTS:
        part = todo.pop()
        seen += 1
        inner = part.get_payload()
        if part.get_content_type() == "multipart/alternative" and isinstance(inner, list):
            todo += _chosen([item for item in inner if isinstance(item, Message)])
        elif part.get_content_maintype() == "multipart" and isinstance(inner, list):
            todo += [item for item in reversed(inner) if isinstance(item, Message)]
        elif _is_text(part) or (part is message and part.get_content_maintype() == "multipart"):
            texts.append(_words(part))
    body = "\n\n".join(text for text in texts if text.strip())
    return body if len(body) <= _MOST_TEXT else body[:_MOST_TEXT] + _CUT


def _chosen(choices: list[Message]) -> list[Message]:
    plain = [part for part in choices if part.get_content_type() == "text/plain"]
    if plain and _words(plain[0]).strip():
        return plain[:1]
    return choices[-1:]  # the best one stands last


def _words(part: Message) -> str:
    """Return the words of a text part."""
    content = _content(part)
    try:
        charset = part.get_content_charset()
    except _UNREADABLE_NAME:
        charset = None
    text = _text(content[:_MOST_TEXT], charset)
    if part.get_content_type() == "text/html":
        return text_of_html(text)
    return text.replace("\r\n", "\n").replace("\f", "\n")


def _content(part: Message) -> bytes:
    """Return the bytes of a part; what is coded wrongly comes as it stands."""
    try:
        content = part.get_payload(decode=True)
    except _UNREADABLE_NAME:
        content = None
    if isinstance(content, bytes):
        return content
    inner = part.get_payload()
    return inner.encode("utf-8", "surrogateescape") if isinstance(inner, str) else b""


def _attached(message: Message, depth: int = 1) -> Iterator[Attachment]:
    """Yield the files of a mail, and those of the mails inside it."""
    count, size = 0, 0
    todo = [(message, depth)]
    while todo:
        mail, level = todo.pop(0)
        files = _files(_parts(mail))
        for number, part in enumerate(files, start=1):
            count += 1
            if count > MOST_ATTACHMENTS:
                yield Attachment(f"{len(files) - number + 1} more files", b"", _NO_ROOM)
                return
            content, inner = _file(part)
            size += len(content)
            reason = _NO_ROOM if size > MOST_ATTACHED else "" if content else _EMPTY
            yield Attachment(_name(part, number), b"" if reason else content, reason)
            if inner is not None and level < _DEEPEST and not reason:
                todo.append((inner, level + 1))


def _file(part: Message) -> tuple[bytes, Message | None]:
    """Return the bytes of a file in a mail; and of a mail inside a mail also the mail."""
    inner = part.get_payload()
    if part.get_content_type() == "message/rfc822" and isinstance(inner, list) and inner:
        mail = inner[0]
        if isinstance(mail, Message):
            return _as_bytes(mail), mail
    if part.get_content_maintype() == "message" and isinstance(inner, list):
        return b"\n".join(_as_bytes(item) for item in inner if isinstance(item, Message)), None
    return _content(part), None


def _as_bytes(mail: Message) -> bytes:
    """Return a mail that lies in another one as a file, its headers and line ends as they were."""
    written = BytesIO()
    policy = compat32.clone(linesep="\r\n" if _has_crlf(mail) else "\n")
    try:
        BytesGenerator(written, mangle_from_=False, maxheaderlen=0, policy=policy).flatten(mail)
    except (RecursionError, MessageError, UnicodeError, *_UNREADABLE_NAME):
        return b""
    return written.getvalue()


def _has_crlf(mail: Message) -> bool:
    texts = (part.get_payload() for part in _parts(mail))
    return any("\r\n" in text for text in texts if isinstance(text, str))


def _given_name(part: Message) -> str:
    try:
        return (part.get_filename() or "")[:_LONGEST_SHOWN]
    except (HeaderParseError, *_UNREADABLE_NAME):
        return ""


def _name(part: Message, number: int) -> str:
    """Return the name of a file without any folder, and one of its kind where it has none."""
    given = _given_name(part)
    try:
        said = "".join(_decoded(piece, charset) for piece, charset in decode_header(given))
    except (HeaderParseError, *_UNREADABLE_NAME):
        said = given
    bare = re.split(r"[/\\]", said.replace("\0", ""))[-1].strip(" .")
    if bare:
        stem, dot, suffix = bare.rpartition(".")
        if len(bare) > _LONGEST_NAME and dot and len(suffix) <= 8:
            return f"{stem[: _LONGEST_NAME - len(suffix) - 1]}.{suffix}"
        return bare[:_LONGEST_NAME]
    _, mail = _file(part) if part.get_content_type() == "message/rfc822" else (b"", None)
    if mail is not None:
        subject = re.sub(r"[/\\]", "-", header(mail, "Subject")[:60])
        return f"{subject or f'Mail {number}'}.eml"
    return f"Attachment {number}{mimetypes.guess_extension(part.get_content_type()) or ''}"
