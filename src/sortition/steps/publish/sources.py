"""What a draw gets its chance from: as it is promised, and as it is given."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime
from unicodedata import normalize

from sortition.audit.draw.numbers import Numbers, numbers_asked
from sortition.audit.draw.sources import Outcome, Source, beacon, round_at, time_of
from sortition.errors import Finding, InputErrors
from sortition.instance.inputs import seed_faults
from sortition.model import DrawSource
from sortition.steps.publish.moments import moment_in, with_iso_day
from sortition.tables.content import File

ROUND = re.compile("0*[1-9][0-9]{0,17}")


def promised(kind: DrawSource, beacon: str | None, numbers: Sequence[str] = ()) -> Source:
    """The source that is asked for; a beacon is named by its round or its time, a seed by a rule.

    Raises
    ------
    InputErrors
        If the beacon is named in no way that is known, or nobody says which numbers make the seed.
    """
    if beacon is None and kind == "seed":
        return Source(kind=kind, numbers=_numbers(numbers))
    if beacon is None:
        return Source(kind=kind)
    if ROUND.fullmatch(beacon):
        return Source(kind="beacon", round=int(beacon))
    time = moment_in(beacon)
    if time is not None:
        try:
            return Source(kind="beacon", round=round_at(time))
        except ValueError:
            pass  # before the first round
    raise InputErrors((Finding(code="beacon-time-unclear", value=beacon),))


def day_of(source: Source, day: date | None) -> str:
    """The day of a draw: as it was said, or that of the source, or today."""
    if day is not None:
        return day.isoformat()
    if source.round is not None:
        return time_of(source.round).date().isoformat()
    return max((one.when for one in source.numbers), default=date.today().isoformat())


def _numbers(asked: Sequence[str]) -> tuple[Numbers, ...]:
    found = {text: numbers_asked(with_iso_day(text)) for text in asked}
    faults = [
        Finding(code="seed-numbers-unclear", value=text)
        for text, numbers in found.items()
        if numbers is None
    ]
    if not asked:
        faults.append(Finding(code="seed-numbers-missing"))
    if faults:
        raise InputErrors(tuple(faults))
    return tuple(numbers for text in asked if (numbers := found[text]))


def known_already(source: Source) -> Iterator[Finding]:
    """What is known already would let the organiser choose the lottery."""
    now = datetime.now(UTC)
    for one in source.numbers:
        if one.when < now.date().isoformat():
            yield Finding(code="seed-numbers-past", value=one.what, facts={"when": one.when})
    newest = round_at(now)
    if source.round is not None and source.round <= newest:
        facts = {"newest": newest}
        yield Finding(code="beacon-round-past", value=str(source.round), facts=facts)


def chosen_outcome(*, seed: str | None, drawn: str | None, beacon_file: File | None) -> Outcome:
    """The one thing that was given to draw with.

    Raises
    ------
    InputErrors
        If it was none or several, or the beacon's file cannot be read.
    """
    given = [one for one in (seed, drawn, beacon_file) if one is not None]
    if len(given) != 1:
        code = "source-several" if given else "source-missing"
        raise InputErrors((Finding(code=code),))
    if beacon_file is not None:
        return read_beacon(beacon_file)
    if drawn is not None:
        return Outcome(source=Source(kind="drawn"), text=drawn)
    faults = tuple(seed_faults(seed or ""))
    if faults:
        raise InputErrors(faults)
    # in the one spelling that the record of the draw can hold
    return Outcome(source=Source(kind="seed"), text=normalize("NFC", seed or ""))


def read_beacon(path: File) -> Outcome:
    """Read a beacon's round from its file.

    Raises
    ------
    InputErrors
        If it is not there, or no round of this network.
    """
    try:
        outcome = beacon(path.read_bytes())
    except OSError:
        raise InputErrors((Finding(code="file-missing", file=str(path)),)) from None
    if outcome is None:
        raise InputErrors((Finding(code="beacon-unreadable", file=path.name),))
    return outcome


def still_to_come(outcome: Outcome, now: datetime) -> Iterator[Finding]:
    """A round that does not exist yet is a forgery."""
    round_ = outcome.source.round
    if round_ is not None and round_at(now) < round_:
        facts = {"time": f"{time_of(round_):%Y-%m-%d %H:%M:%S}"}
        yield Finding(code="beacon-round-future", value=str(round_), facts=facts)
