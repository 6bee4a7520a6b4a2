from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QTimer
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication

from app.domain.errors import UserError
from app.domain.money import Money
from tests.ui.checks import check_widget, show_active, spoken_name
from tests.ui.demo_pages import NameDialog
from ui.widgets.dialog import ask
from ui.widgets.fields import (
    CheckField,
    ChoiceField,
    DateField,
    MoneyField,
    NoteField,
    NumberField,
    TextField,
)
from ui.widgets.form import Form

TODAY = date(2026, 8, 18)


@pytest.fixture
def form(qtbot):
    made = Form()
    qtbot.addWidget(made)
    made.resize(500, 600)
    return made


def test_an_amount_is_written_out_when_one_leaves_the_field(qtbot):
    field = MoneyField()
    qtbot.addWidget(field)
    qtbot.keyClicks(field, "1234.5")
    field.editingFinished.emit()
    assert (field.text(), field.value()) == ("$1,234.50", Money(123_450))


def test_an_empty_amount_is_none(qtbot):
    field = MoneyField(Money(0))
    qtbot.addWidget(field)
    assert field.value() == Money(0)
    field.clear()
    assert field.value() is None


@pytest.mark.parametrize("typed", ["-3", "1.5", "many", "٣", "99999999999"])
def test_what_is_no_whole_number_is_refused(qtbot, typed):
    field = NumberField()
    qtbot.addWidget(field)
    field.setText(typed)
    with pytest.raises(UserError, match="whole number"):
        field.value()


def test_a_number_may_be_grouped(qtbot):
    field = NumberField(1200)
    qtbot.addWidget(field)
    field.setText("1,200")
    assert field.value() == 1200


def test_i_do_not_know_is_an_answer(qtbot):
    field = ChoiceField([("hmo", "HMO"), ("ppo", "PPO")], unknown="I don't know", value="ppo")
    qtbot.addWidget(field)
    assert field.value() == "ppo"
    field.setCurrentIndex(0)
    assert (field.currentText(), field.value()) == ("I don't know", None)


def test_new_choices_keep_what_was_chosen(qtbot):
    field = ChoiceField([("a", "A"), ("b", "B")], value="b")
    qtbot.addWidget(field)
    told = []
    field.changed.connect(lambda: told.append(field.value()))
    field.set_choices([("b", "B!"), ("c", "C")])
    assert (field.value(), field.currentText(), told) == ("b", "B!", [])
    field.set_choices([("c", "C")])
    assert (field.value(), told) == ("c", ["c"])


def test_the_wheel_does_not_change_a_choice(qtbot):
    field = ChoiceField([("a", "A"), ("b", "B")])
    qtbot.addWidget(field)
    field.show()
    turned = QWheelEvent(
        QPointF(5, 5), QPointF(5, 5), QPoint(0, -120), QPoint(0, -120), Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(field, turned)
    assert field.value() == "a"


def test_a_note_takes_words_only_from_the_clipboard(qtbot):
    note = NoteField()
    qtbot.addWidget(note)
    pasted = QMimeData()
    pasted.setHtml("<b>Call</b> back")
    pasted.setText("Call back")
    note.insertFromMimeData(pasted)
    assert note.value() == "Call back"


def test_files_dropped_on_a_field_go_to_the_window(qtbot, form):
    fields = [TextField(), NoteField(), MoneyField()]
    for field in fields:
        form.add("A field", field)
    assert not any(field.acceptDrops() for field in fields)


def test_the_form_shows_each_problem_and_goes_to_the_first(qtbot, form):
    form.add("Name", TextField("Ann"))
    day = form.add("Day", DateField(lambda: TODAY))
    amount = form.add("Amount", MoneyField())
    show_active(form)
    day.edit.setText("28/8/2026")
    amount.setText("lots")
    assert not form.check()
    assert "month first" in form.problem_of(day)
    assert "not an amount" in form.problem_of(amount)
    assert QApplication.focusWidget() is day.edit
    qtbot.keyClick(day.edit, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    qtbot.keyClicks(day.edit, "8/28")
    assert form.problem_of(day) == ""
    amount.clear()
    assert form.check()


def test_a_hidden_field_is_not_checked(qtbot, form):
    amount = form.add("Amount", MoneyField())
    amount.setText("lots")
    form.set_row_visible(amount, False)
    assert form.check()


def test_every_field_is_named_for_the_ear_reached_by_tab_and_large_enough(qtbot, form, style):
    form.add("Name", TextField())
    form.add("Kind", ChoiceField([("a", "A")], "I don't know"))
    form.add_beside([("Day", DateField(lambda: TODAY)), ("Came", DateField(lambda: TODAY))])
    form.add("Amount", MoneyField(), "As printed on the bill.")
    note = form.add("Note", NoteField())
    form.add("", CheckField("The letter says how long"))
    show_active(form)
    for percent in (100, 200):
        style.choose_percent(percent)
        form.resize(form.sizeHint())
        qtbot.waitUntil(lambda: form.height() >= form.minimumSizeHint().height())
        QApplication.processEvents()
        check_widget(form)
    assert spoken_name(note) == "Note"


def test_focus_in_a_field_is_told_so_that_its_words_can_light_up(qtbot, form):
    form.add("Name", TextField())
    day = form.add("Day", DateField(lambda: TODAY))
    show_active(form)
    with qtbot.waitSignal(form.entered) as told:
        day.setFocus()
    assert told.args == [day]


@pytest.fixture
def dialog(qtbot):
    made = NameDialog()
    qtbot.addWidget(made)
    return made


def test_a_dialog_refuses_in_words_and_stays_open(qtbot, dialog):
    show_active(dialog)
    dialog.go.click()
    assert dialog.isVisible()
    assert dialog.problem.text == "Give the claim a name, so that you find it again."
    dialog.name.set_value("MRI")
    qtbot.keyClick(dialog, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert (dialog.isVisible(), dialog.given) == (False, "MRI")


def test_a_refused_operation_loses_nothing_that_was_typed(qtbot, dialog):
    dialog.show()
    dialog.name.set_value("MRI")

    def refuse(name):
        raise UserError("There is no room on the disk. Make some, then try again.")

    dialog.do = refuse
    dialog.go.click()
    assert dialog.isVisible()
    assert "no room" in dialog.problem.text
    assert dialog.name.value() == "MRI"
    done = []
    dialog.do = done.append
    dialog.go.click()
    assert (done, dialog.given) == (["MRI"], "MRI")


def test_asking_returns_the_answer_or_none_when_cancelled(qtbot):
    first, second = NameDialog(), NameDialog()
    QTimer.singleShot(0, lambda: (first.name.set_value("MRI"), first.go.click()))
    assert ask(first) == "MRI"
    QTimer.singleShot(0, lambda: qtbot.keyClick(second, Qt.Key.Key_Escape))
    assert ask(second) is None


def test_a_dialog_holds_at_every_size_of_text(qtbot, dialog, style):
    show_active(dialog)
    check_widget(dialog)
    style.choose_percent(150)
    QApplication.processEvents()
    dialog.go.click()
    QApplication.processEvents()
    check_widget(dialog)


def test_a_form_takes_twice_the_room_for_text_of_twice_the_size(qtbot, style):
    form = Form()
    qtbot.addWidget(form)
    form.show()
    before = form.maximumWidth()
    style.choose_percent(200)
    assert form.maximumWidth() == 2 * before
