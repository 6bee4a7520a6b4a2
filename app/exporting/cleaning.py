"""What must not travel in a bundle: scripts, actions, attachments, calls to the outside."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Final

from pikepdf import Array, Dictionary, Name, Object, Pdf, Stream

ACTIONS: Final = {
    "/JavaScript": "script",
    "/Launch": "command that starts a program",
    "/URI": "web link",
    "/SubmitForm": "form that sends itself",
    "/ImportData": "form that loads data",
    "/GoToR": "link to another file",
    "/GoToE": "link to an attached file",
    "/Movie": "film or sound",
    "/Sound": "film or sound",
    "/Rendition": "film or sound",
    "/RichMediaExecute": "film or sound",
    "/Hide": "automatic action",
    "/Named": "automatic action",
    "/ResetForm": "automatic action",
    "/SetOCGState": "automatic action",
    "/GoTo3DView": "automatic action",
    "/Thread": "automatic action",
    "/Trans": "automatic action",
}
"""Actions by their name in PDF 32000-1, 12.6, in the words of the report."""

FORBIDDEN_TYPES: Final = frozenset(
    {"/Action", "/Annot", "/Catalog", "/EmbeddedFile", "/Filespec", "/F", "/Page", "/Pages"}
)
"""Things that nothing drawn needs; what refers to one loses the reference."""

_FORBIDDEN_KEYS: Final = (
    "/AA", "/AF", "/Alternates", "/LastModified", "/Measure", "/Metadata", "/OPI", "/PieceInfo",
    "/PtData", "/Ref", "/StructParent", "/StructParents",
)  # fmt: skip
_OUTSIDE_DATA: Final = ("/F", "/FFilter", "/FDecodeParms")
_OF_A_PROGRAM: Final = ("/Usage",)
"""What a layer tells of the program that made it, and when it is switched; we switch it."""
_ATTACHED: Final = "attached file"
_PROPERTIES: Final = "hidden document properties"
_OUR_FRAME: Final = frozenset({"/Catalog", "/Page", "/Pages"})
_MOST_NAMES: Final = 10_000
_DEPTH: Final = 12


def count_active(pdf: Pdf) -> Counter[str]:
    """Count what acts or tells in a PDF, in the words that the person reads."""
    found: Counter[str] = Counter()
    root = pdf.Root
    _count_actions(root.get("/OpenAction"), found)
    _count_triggers(root, found)
    names = root.get("/Names")
    if isinstance(names, Dictionary):
        found["script"] += sum(1 for _ in _leaves(names.get("/JavaScript")))
        found[_ATTACHED] += sum(1 for _ in _leaves(names.get("/EmbeddedFiles")))
    if root.get("/Metadata") is not None or len(pdf.docinfo):
        found[_PROPERTIES] += 1
    for page in pdf.pages:
        _count_triggers(page.obj, found)
        for note in _items(page.obj.get("/Annots")):
            _count_annotation(note, found)
    return +found


def _count_annotation(note: Object, found: Counter[str]) -> None:
    if not isinstance(note, Dictionary):
        return
    _count_actions(note.get("/A"), found)
    _count_triggers(note, found)
    if note.get("/Subtype") == Name.FileAttachment:
        found[_ATTACHED] += 1


def _count_triggers(holder: Object, found: Counter[str]) -> None:
    triggers = holder.get("/AA")
    if isinstance(triggers, Dictionary):
        for action in triggers.values():
            _count_actions(action, found)


def _count_actions(action: Object | None, found: Counter[str], depth: int = 0) -> None:
    if isinstance(action, Array) and depth:
        for item in action:
            _count_actions(item, found, depth + 1)
    if not isinstance(action, Dictionary) or depth > _DEPTH:
        return
    what = ACTIONS.get(str(action.get("/S", "")))
    if what:
        found[what] += 1
    _count_actions(action.get("/Next"), found, depth + 1)


def _items(value: Object | None) -> Iterator[Object]:
    if isinstance(value, Array):
        yield from value


def _leaves(tree: Object | None) -> Iterator[Object]:
    """Yield the values of a name tree; cyclic and endless ones come to an end."""
    waiting: list[tuple[Object | None, int]] = [(tree, 0)]
    seen = 0
    while waiting and seen < _MOST_NAMES:
        node, depth = waiting.pop()
        if not isinstance(node, Dictionary) or depth > _DEPTH:
            continue
        values = list(_items(node.get("/Names")))[1::2]
        seen += len(values) + 1
        yield from values
        waiting += [(kid, depth + 1) for kid in _items(node.get("/Kids"))]


def scrub(pdf: Pdf) -> None:
    """Take out of a piece whatever is not needed to draw it.

    Raises:
        ValueError: something is nested so deeply that it is no honest drawing.
    """
    for thing in pdf.objects:
        if _type(thing) not in _OUR_FRAME:
            _scrub(thing, 0)


def is_active(value: object) -> bool:
    """Return whether a value is an action, a file, a page or an annotation."""
    if not isinstance(value, Dictionary | Stream):
        return False
    return (
        _type(value) in FORBIDDEN_TYPES
        or str(value.get("/S", "")) in ACTIONS
        or (isinstance(value, Stream) and value.get("/Subtype") == Name.PS)
    )


def _type(thing: object) -> str:
    kind = thing.get("/Type") if isinstance(thing, Dictionary | Stream) else None
    return str(kind) if isinstance(kind, Name) else ""


def _scrub(thing: object, depth: int) -> None:
    if depth > _DEPTH:
        raise ValueError("nested too deeply")
    if isinstance(thing, Array):
        _scrub_array(thing, depth)
    elif isinstance(thing, Dictionary | Stream):
        _scrub_dictionary(thing, depth)


def _scrub_array(array: Array, depth: int) -> None:
    for place, value in enumerate(list(array)):
        if is_active(value):
            array[place] = Dictionary()
        else:
            _scrub_direct(value, depth)


def _scrub_dictionary(thing: Dictionary | Stream, depth: int) -> None:
    if isinstance(thing, Stream):
        _drop(thing, (*_FORBIDDEN_KEYS, *_OUTSIDE_DATA))
    elif _type(thing):
        _drop(thing, _FORBIDDEN_KEYS)
    if _type(thing) == "/OCG":
        _drop(thing, _OF_A_PROGRAM)
    for key in list(thing.keys()):
        value = thing.get(key)
        if is_active(value):
            del thing[key]
        else:
            _scrub_direct(value, depth)


def _scrub_direct(value: object, depth: int) -> None:
    """Go into what is written in place; what is referred to has its own turn."""
    if isinstance(value, Array | Dictionary) and not value.is_indirect:
        _scrub(value, depth + 1)


def _drop(thing: Dictionary | Stream, keys: tuple[str, ...]) -> None:
    for key in keys:
        if key in thing:
            del thing[key]
