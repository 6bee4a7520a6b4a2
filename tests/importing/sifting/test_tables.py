"""Tables of amounts by their places: columns, heads, rows."""

from __future__ import annotations

from app.importing.sifting.amount_roles import role_of
from app.importing.sifting.paper import Paper
from app.importing.sifting.pieces import piece_rows
from app.importing.sifting.tables import Table, tables_in


def tables(text: str) -> list[Table]:
    rows = piece_rows(Paper.of_text(text))
    return list(tables_in(rows, lambda label: role_of(label, "eob") is not None))


def heads(table: Table) -> list[str]:
    return [" ".join(column.head) for column in table.columns]


def test_heads_in_several_lines_stand_above_their_columns():
    (table,) = tables("""
Service      Amount     Plan        You
             billed     paid        owe
Visit        $100.00    $60.00      $40.00
""")
    assert heads(table) == ["Service", "Amount billed", "Plan paid", "You owe"]
    assert [column.money for column in table.columns] == [False, True, True, True]


def test_heads_without_gaps_are_dealt_by_what_is_known():
    (table,) = tables("""
Service     Billed Not covered Plan paid You owe
Visit       $100.00  $10.00    $60.00    $30.00
""")
    assert heads(table)[-4:] == ["Billed", "Not covered", "Plan paid", "You owe"]


def test_the_head_of_a_letter_is_not_that_of_its_table():
    (table,) = tables("""
Claim no.:   12345678      Member ID:  W123456
Dear Maria, this is how your claim was paid.
Service      Billed        Plan paid
Visit        $100.00       $60.00
""")
    assert heads(table) == ["Service", "Billed", "Plan paid"]


def test_wrapped_words_belong_to_the_nearer_row():
    (table,) = tables("""
Service             Billed     Plan paid
Office visit        $100.00    $60.00
established

Lab                 $50.00     $30.00
""")
    first, second = table.rows
    assert [piece.text for piece in first.texts] == ["Office visit", "established"]
    assert [piece.text for piece in second.texts] == ["Lab"]


def test_an_amount_with_its_own_name_below_a_table_is_none_of_it():
    found = tables("""
Service             Billed     Plan paid
Office visit        $100.00    $60.00
Amount you owe                 $40.00
""")
    assert [len(table.rows) for table in found] == [1, 1]


def test_two_amounts_in_one_word_keep_their_places():
    (row,) = piece_rows(Paper.of_text("Visit  $9,763.64\t$4,782.03"))
    left, right = row.amounts
    assert left.right < right.left
    (joined,) = piece_rows(Paper.of_text("$9,763.64*$4,782.03"))
    assert all(
        one.right <= two.left + 1
        for one, two in zip(joined.amounts, joined.amounts[1:], strict=False)
    )


def test_a_table_goes_on_where_the_columns_are_the_same():
    first, second, other = tables("""
Service   Billed     Paid
Visit     $100.00    $60.00
\f
Lab       $50.00     $30.00
\f
Fee                                  $5.00    $6.00
""")
    assert second.continues(first)
    assert not other.continues(first)


def test_prose_and_an_empty_paper_have_no_table():
    assert tables("") == []
    assert tables("Nothing is due.\nCall us.") == []


def test_a_row_whose_amounts_name_themselves_is_none_of_the_table_above():
    first, *_ = tables("""
Service        Billed     Allowed
Visit          $100.00    $60.00
You owe $12.00            Plan paid $48.00
""")
    assert len(first.rows) == 1


def test_a_month_may_stand_over_the_names_of_services():
    (table,) = tables("""
Claims of July 2026    Amount billed   Plan paid    Your share
Bay Clinic             $100.00         $60.00       $40.00
""")
    assert heads(table)[1:] == ["Amount billed", "Plan paid", "Your share"]
