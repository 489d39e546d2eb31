"""JSON as anybody could have sent it: parsed strictly, and held against a shape."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from itertools import islice
from typing import Any, NoReturn, TypeAlias, TypeVar

from sortition.audit.canonical import canonical_json
from sortition.errors import Finding, VerificationFailed

T = TypeVar("T")

# A type or a text stands for itself; a tuple for any of several shapes; a list of one shape for
# any number of that; a longer list for just these; a mapping for just these keys in this order.
Shape: TypeAlias = "type | str | tuple[Shape, ...] | list[Shape] | dict[str, Shape] | None"

LONGEST_NUMBER = 400  # digits
LARGEST = 2**53 - 1  # what every program can hold as it is
MOST_VALUES = 10**7  # of one document, so that it fits into memory
MOST_MISFITS = 1000


def parse(content: bytes, file: str, shape: Shape, *, largest: int | None = LARGEST) -> Any:
    """The document in a file, with whole numbers up to the largest; None: with all.

    Raises
    ------
    VerificationFailed
        If it is not JSON in UTF-8, or not of the shape; every place is listed.
    """
    if sum(map(content.count, b"[{,")) > MOST_VALUES:
        raise VerificationFailed((Finding(code="verify-too-many", file=file),))
    try:
        document = json.loads(
            content.decode(), parse_int=partial(_whole, largest), parse_constant=_refuse
        )
        # escapes can make half a letter, and digits a number that is none
        json.dumps(document, ensure_ascii=False, allow_nan=False).encode()
    except (ValueError, RecursionError):
        raise VerificationFailed((Finding(code="verify-not-json", file=file),)) from None
    findings = tuple(islice(_misshapen(document, shape, file, ""), MOST_MISFITS))
    if findings:
        raise VerificationFailed(findings)
    return document


def misspelt(content: bytes, file: str, spelled: Callable[[Any], bytes]) -> Iterator[Finding]:
    """Whether a document that was parsed is written in another way than its one spelling."""
    try:
        same = spelled(json.loads(content)) == content
    except (RecursionError, TypeError, ValueError):
        same = False
    if not same:
        yield Finding(code="verify-spelling", file=file)


class DocumentReader:
    """Reads the documents of a folder, and notes what is wrong with their form.

    Parameters
    ----------
    contents : mapping of str to bytes
        The files by name.

    Attributes
    ----------
    malformed : list of Finding
        What is wrong with the documents that were read so far.
    """

    def __init__(self, contents: Mapping[str, bytes]) -> None:
        self._contents = contents
        self.malformed: list[Finding] = []

    def read(
        self,
        name: str,
        reader: Callable[[bytes, str], T],
        spelled: Callable[[Any], bytes] = canonical_json,
    ) -> T | None:
        """A document; None if it is missing or makes no sense."""
        if name not in self._contents:
            return None
        try:
            document = reader(self._contents[name], name)
        except VerificationFailed as failure:
            self.malformed.extend(failure.findings)
            return None
        self.malformed.extend(misspelt(self._contents[name], name, spelled))
        return document


def indented(document: Any) -> bytes:
    """The one spelling of a report or a manifest: UTF-8, indented by one space, with a newline."""
    return f"{json.dumps(document, ensure_ascii=False, indent=1, allow_nan=False)}\n".encode()


def _whole(largest: int | None, digits: str) -> int:
    number = int(digits) if len(digits) <= LONGEST_NUMBER else None
    if number is None or (largest is not None and abs(number) > largest):
        raise ValueError("no figure of a run is that large")
    return number


def _refuse(constant: str) -> NoReturn:
    raise ValueError(constant)


def _misshapen(value: Any, shape: Shape, file: str, place: str) -> Iterator[Finding]:
    if isinstance(shape, tuple):
        if not any(_fits(value, one, file) for one in shape):
            yield _misfit(value, file, place)
    elif isinstance(shape, dict):
        if not isinstance(value, dict):
            yield _misfit(value, file, place)
        elif list(value) != list(shape):
            found, needed = ", ".join(value), ", ".join(shape)
            facts = {"place": place or "document", "needed": needed}
            yield Finding(code="verify-keys", file=file, value=found, facts=facts)
        else:
            for key, inner in shape.items():
                yield from _misshapen(value[key], inner, file, f"{place}.{key}".lstrip("."))
    elif isinstance(shape, list):
        if not isinstance(value, list) or (len(shape) > 1 and len(value) != len(shape)):
            yield _misfit(value, file, place)
            return
        if len(shape) == 1 and isinstance(shape[0], type) and set(map(type, value)) <= {*shape}:
            return  # as nearly all lists are, the long ones among them
        shapes = shape * len(value) if len(shape) == 1 else shape
        for number, (item, inner) in enumerate(zip(value, shapes, strict=True)):
            yield from _misshapen(item, inner, file, f"{place}[{number}]")
    elif (type(value) is not shape) if isinstance(shape, type) else (value != shape):
        yield _misfit(value, file, place)


def _fits(value: Any, shape: Shape, file: str) -> bool:
    return not any(_misshapen(value, shape, file, ""))


def _misfit(value: Any, file: str, place: str) -> Finding:
    # what is wrong may be long, or a whole document
    shown = json.dumps(value, ensure_ascii=False)[:80]
    facts = {"place": place or "document"}
    return Finding(code="verify-type", file=file, value=shown, facts=facts)
