from __future__ import annotations

from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from app.operations.people import add_person


def page(window, name):
    return window.pages.page(name)


# ---------------------------------------------------------------------- pages


def test_a_page_is_made_at_its_first_visit_and_loaded_once(window):
    assert window.pages.made == ("today",)
    window.go_to("claims")
    window.go_to("today")
    window.go_to("claims")
    assert window.pages.made == ("today", "claims")
    assert page(window, "claims").reloads == 1


def test_the_sidebar_goes_to_pages_by_mouse_and_by_keyboard(qtbot, window):
    pages = window.sidebar.pages
    index = pages.lines.index(2)
    qtbot.mouseClick(
        pages.viewport(), Qt.MouseButton.LeftButton, pos=pages.visualRect(index).center()
    )
    assert window.pages.name == "claims"
    qtbot.keyClick(pages, Qt.Key.Key_Down)
    assert window.pages.name == "calendar"
    qtbot.keyClick(window, Qt.Key.Key_2, Qt.KeyboardModifier.ControlModifier)
    assert window.pages.name == "inbox"
    assert pages.chosen_id == "inbox"


def test_going_on_from_the_search_box_gives_the_keyboard_to_the_page(qtbot, window):
    window.go_to_search()
    qtbot.keyClicks(window.search, "cal")
    qtbot.keyClick(window.search, Qt.Key.Key_3, Qt.KeyboardModifier.ControlModifier)
    assert window.search.text() == ""
    assert page(window, "claims").isAncestorOf(QApplication.focusWidget())


def test_going_to_a_record_shows_it_on_its_page(window):
    window.go_to("claims", "claim", "c1")
    assert page(window, "claims").shown_record == ("claim", "c1")


def test_the_visible_page_hears_of_a_change_at_once_and_others_when_they_are_shown(
    qtbot, window, binder
):
    window.go_to("claims")
    window.go_to("today")
    add_person(binder, "Ruth")
    add_person(binder, "Tom")
    qtbot.waitUntil(
        lambda: sum(len(each.ids["person"]) for each in page(window, "today").heard) == 2
    )
    assert page(window, "claims").heard == []
    window.go_to("claims")
    (heard,) = page(window, "claims").heard
    assert len(heard.ids["person"]) == 2
    window.go_to("today")
    window.go_to("claims")
    assert len(page(window, "claims").heard) == 1


def test_a_new_day_reloads_the_pages(qtbot, window, desk, monkeypatch):
    days = [date(2026, 8, 19)]
    object.__setattr__(desk, "today", lambda: days[0])
    window._minute_passed()
    window._minute_passed()
    assert page(window, "today").reloads == 2


def test_the_inbox_shows_how_many_wait(qtbot, window):
    line = window.sidebar.pages.lines.lines[1]
    qtbot.waitUntil(lambda: window.sidebar.pages.lines.lines[1].trailing == "3")
    line = window.sidebar.pages.lines.lines[1]
    assert line.spoken == "Inbox, 3 wait"


# ---------------------------------------------------------------------- the two buttons, undo


def test_the_two_large_buttons_stay_where_they_are_on_every_page(qtbot, window, door):
    places = set()
    for name in window.pages.names:
        window.go_to(name)
        QApplication.processEvents()
        places.add(
            (window.sidebar.add.geometry().getRect(), window.sidebar.call.geometry().getRect())
        )
    assert len(places) == 1
    window.sidebar.add.click()
    window.sidebar.call.click()
    qtbot.keyClick(window, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
    assert (door.added, door.called) == (1, 2)


def test_the_edit_menu_names_what_can_be_undone_and_the_key_undoes_it(qtbot, window, binder):
    assert not window.menus.undo.isEnabled()
    add_person(binder, "Ruth")
    qtbot.waitUntil(window.menus.undo.isEnabled)
    label = binder.labels().undo
    assert window.menus.undo.text() == f"Undo “{label}”"
    qtbot.keyClick(window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(window.menus.redo.isEnabled)
    assert binder.labels().undo is None
    assert window.banners.note.words.text() == f"Undone: {label}"
    window.banners.note.action.click()
    qtbot.waitUntil(lambda: binder.labels().undo == label)
    qtbot.waitUntil(lambda: not window._desk.quick.busy)


def test_undo_in_a_field_is_the_field_s_own(qtbot, window, binder):
    add_person(binder, "Ruth")
    qtbot.waitUntil(window.menus.undo.isEnabled)
    window.go_to_search()
    qtbot.keyClicks(window.search, "abc")
    qtbot.keyClick(window.search, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert window.search.text() != "abc"
    assert binder.labels().undo is not None


# ---------------------------------------------------------------------- search


def search(qtbot, window, words):
    qtbot.keyClick(window, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    assert QApplication.focusWidget() is window.search
    qtbot.keyClicks(window.search, words)
    qtbot.waitUntil(lambda: window.search.popup.isVisible() and window.search._asked == words)
    return [line.title for line in window.search.popup.list.lines.lines]


def test_typing_finds_and_enter_opens(qtbot, window, door):
    assert search(qtbot, window, "meridian") == ["Call with Dana at Meridian"]
    qtbot.keyClick(window.search, Qt.Key.Key_Return)
    assert [hit.id for hit in door.opened] == ["k1"]
    assert not window.search.popup.isVisible()
    assert window.search.text() == ""


def test_arrow_keys_choose_among_what_was_found(qtbot, window, door):
    assert len(search(qtbot, window, "a")) >= 3
    for key in (Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Up, Qt.Key.Key_Return):
        qtbot.keyClick(window.search, key)
    assert len(door.opened) == 1


def test_pages_and_actions_are_found_by_their_words(qtbot, window, door):
    assert search(qtbot, window, "safe disk")[0] == "Back up now"
    qtbot.keyClick(window.search, Qt.Key.Key_Return)
    assert door.ran == ["backup"]
    assert search(qtbot, window, "cale")[0] == "Calendar"
    qtbot.keyClick(window.search, Qt.Key.Key_Return)
    assert window.pages.name == "calendar"


def test_what_was_found_is_shown_as_plain_text_and_spoken(qtbot, window):
    search(qtbot, window, "necessary")
    (line,) = window.search.popup.list.lines.lines
    assert "<b>necessary</b>" in line.detail
    assert line.spoken == "Denial letter of Aug 3, … not medically <b>necessary</b> …, page 2"


def test_finding_nothing_says_so_and_escape_closes_then_clears(qtbot, window):
    assert search(qtbot, window, "zebra") == []
    assert window.search.popup.none.text() == "Nothing was found for “zebra”."
    qtbot.keyClick(window.search, Qt.Key.Key_Escape)
    assert (window.search.popup.isVisible(), window.search.text()) == (False, "zebra")
    qtbot.keyClick(window.search, Qt.Key.Key_Escape)
    assert window.search.text() == ""


def test_a_click_opens_what_was_found(qtbot, window, door):
    search(qtbot, window, "ruth")
    found = window.search.popup.list
    at = found.visualRect(found.lines.index(0)).center()
    qtbot.mouseClick(found.viewport(), Qt.MouseButton.LeftButton, pos=at)
    assert [hit.id for hit in door.opened] == ["h1"]
