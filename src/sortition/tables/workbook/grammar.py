"""The tags of sheets and of shared strings as nearly all programs write them, and their order.

Since the kind of a tag says all there is to know of what is open then, tags are nested as they must
be if every two neighbours may follow each other.
"""

from __future__ import annotations

from collections.abc import Mapping

OUTSIDE = 0  # before the first tag of all, and after the last
# of what has a beginning and an end: its beginning, then the same with a slash, and its end
ROW, BLANK_ROW, ROW_END = 1, 2, 3
CELL, BLANK_CELL, CELL_END = 4, 5, 6
VALUE, BLANK_VALUE, VALUE_END = 7, 8, 9
INLINE, BLANK_INLINE, INLINE_END = 10, 11, 12
TEXT, BLANK_TEXT, TEXT_END = 13, 14, 15
FORMULA, BLANK_FORMULA, FORMULA_END = 16, 17, 18
STRING, BLANK_STRING, STRING_END = 19, 20, 21
KINDS = 22

BEGINNINGS = {
    b"<row": ROW,
    b'<c r="': CELL,
    b"<v": VALUE,
    b"<is": INLINE,
    b"<t": TEXT,
    b"<f": FORMULA,
    b"<si": STRING,
}
ENDS = {
    b"</row>": ROW_END,
    b"</c>": CELL_END,
    b"</v>": VALUE_END,
    b"</is>": INLINE_END,
    b"</t>": TEXT_END,
    b"</f>": FORMULA_END,
    b"</si>": STRING_END,
}
WITH_TEXT = (VALUE, TEXT, FORMULA)  # in all others stand tags alone

Order = Mapping[int, tuple[int, ...]]  # which kinds may follow each
BETWEEN_ROWS = (OUTSIDE, ROW, BLANK_ROW)
BETWEEN_CELLS = (CELL, BLANK_CELL, ROW_END)
BETWEEN_STRINGS = (OUTSIDE, STRING)
SHEET: Order = {
    OUTSIDE: BETWEEN_ROWS,
    BLANK_ROW: BETWEEN_ROWS,
    ROW_END: BETWEEN_ROWS,
    ROW: BETWEEN_CELLS,
    BLANK_CELL: BETWEEN_CELLS,
    CELL_END: BETWEEN_CELLS,
    CELL: (FORMULA, BLANK_FORMULA, VALUE, BLANK_VALUE, INLINE, CELL_END),
    FORMULA: (FORMULA_END,),
    FORMULA_END: (VALUE, BLANK_VALUE, CELL_END),
    BLANK_FORMULA: (VALUE, BLANK_VALUE, CELL_END),
    VALUE: (VALUE_END,),
    VALUE_END: (CELL_END,),
    BLANK_VALUE: (CELL_END,),
    INLINE: (TEXT, BLANK_TEXT),
    INLINE_END: (CELL_END,),
    TEXT: (TEXT_END,),
    TEXT_END: (INLINE_END,),
    BLANK_TEXT: (INLINE_END,),
}
SHARED: Order = {
    OUTSIDE: BETWEEN_STRINGS,
    STRING_END: BETWEEN_STRINGS,
    STRING: (TEXT, BLANK_TEXT),
    TEXT: (TEXT_END,),
    TEXT_END: (STRING_END,),
    BLANK_TEXT: (STRING_END,),
}
