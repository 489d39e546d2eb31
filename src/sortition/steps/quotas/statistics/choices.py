"""What somebody wants of the statistics: bands of age, an area, features, other names."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from sortition.errors import Finding, InputErrors
from sortition.steps.quotas.statistics.ages import AgeSpan, read_bands
from sortition.tables.faults import attempt
from sortition.tables.labels import fold, nfc


@dataclass(frozen=True, slots=True, kw_only=True)
class Choices:
    """What of the statistics is wanted.

    Attributes
    ----------
    bands : tuple of AgeSpan
        The youngest first; none: ages stay as the tables have them.
    area : str or None
    features : tuple of str
        ``feature`` or ``file:feature``; none: all of them but the area.
    names : mapping of str to str
        What features and values that are written like this are to be called.
    """

    bands: tuple[AgeSpan, ...]
    area: str | None
    features: tuple[str, ...]
    names: Mapping[str, str]

    def names_feature(self, wanted: str, file: str, feature: str) -> bool:
        """Whether one of `features` means this one of this file."""
        where, _, name = wanted.rpartition(":")
        here = where == file and fold(name) == fold(feature)
        return here or fold(wanted) == fold(feature)

    def asks_for(self, file: str, feature: str) -> bool:
        """Whether a feature of a file was asked for by its name."""
        return any(self.names_feature(wanted, file, feature) for wanted in self.features)

    def wants(self, file: str, feature: str) -> bool:
        """Whether a feature of a file is to have quotas."""
        return not self.features or self.asks_for(file, feature)

    def called(self, label: str) -> str:
        """What a feature or value is to be called that is written like this."""
        for written, name in self.names.items():
            if fold(written) == fold(label):
                return name
        return label


def read_choices(
    *,
    ages: Sequence[str] = (),
    area: str | None = None,
    features: Sequence[str] = (),
    names: Sequence[str] = (),
) -> Choices:
    """The choices as somebody types them.

    Parameters
    ----------
    ages : sequence of str
        Bands such as ``16-29`` and ``60+``.
    area : str, optional
    features : sequence of str
        ``feature`` or ``file:feature``.
    names : sequence of str
        ``written=name``, or several with commas between them, for features and values that are
        to be called otherwise. Values of one feature that are to be called alike are counted
        together.

    Raises
    ------
    InputErrors
        With every part that cannot be understood.
    """
    faults: list[Finding] = []
    bands = attempt(faults, partial(read_bands, ages))
    renamed: dict[str, str] = {}
    first: dict[str, str] = {}
    for pair in _apart(names):
        written, _, name = (part.strip() for part in nfc(pair).partition("="))
        if written and name and first.setdefault(fold(written), name) == name:
            renamed[written] = name
        else:
            faults.append(Finding(code="statistics-name-unclear", value=pair))
    if faults or bands is None:
        raise InputErrors(tuple(faults))
    return Choices(bands=bands, area=area, features=tuple(features), names=renamed)


def _apart(names: Sequence[str]) -> Iterator[str]:
    """One new name at a time; a comma that is followed by none belongs to a name."""
    for given in names:
        parts = given.split(",")
        yield from parts if all("=" in part for part in parts) else (given,)
