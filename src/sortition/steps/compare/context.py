"""What a comparison says beyond the figures: the files, the options and the software."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sortition.errors import Finding
from sortition.pages.context import InputDigests


@dataclass(frozen=True, slots=True, kw_only=True)
class CompareContext:
    """The files, the options and the surroundings of a comparison.

    Attributes
    ----------
    pool_file, quotas_file : str
        Names as people should read them.
    input_digests : InputDigests
    options : mapping of str to object
        What was asked for, by name, with values that JSON can hold.
    gamma : float
        Of goldilocks.
    assumptions : tuple of Finding
        What was assumed when the files were read.
    versions : mapping of str to str
        Software by name, in the order in which it is to be listed.
    """

    pool_file: str
    quotas_file: str
    input_digests: InputDigests
    options: Mapping[str, object]
    gamma: float
    assumptions: tuple[Finding, ...]
    versions: Mapping[str, str]
