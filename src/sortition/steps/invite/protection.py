"""Address protection: people whose names and addresses the authorities keep to themselves."""

from __future__ import annotations

import re

from sortition.tables.labels import fold
from sortition.tables.matching import NO, YES

NAMED = re.compile(
    r"adr\w*\.?[ _-]*besk|besk(?:yt\w*|\.)?[ _-]*(?:adr|navn)|navne?beskyt"
    r"|\bnab\b|hemmelig\w*[ _-]*adr|adr\w*[ _-]*hemmelig"
    r"|skyddad|sekretess|sperret|adresse\w*[ _-]*(?:fortrolig|gradering)"
    r"|protect\w*[ _-]*addr|addr\w*[ _-]*(?:protect|confidential)"
)
NOBODY = re.compile(
    r"0*|[-–.]|ingen\b.*|ikke\b.*|ej\b.*|inte\b.*|uden\b.*|utan\b.*|uten\b.*|not\b.*|none\b.*|no\b.*"
    r"|u(?:be)?skyttet|ubeskyttet|unprotected|ugradert|offentlig|public"
)
SOMEBODY = re.compile(
    r".*(?:beskyt|hemmelig|skydd|sekretess|sperr|fortrolig|protect|confidential|secret).*"
    r"|nab|kode [67]"
    # since when, as registers write it
    r"|(?:19|20)\d{2}-\d{1,2}-\d{1,2}\b.*|\d{1,2}[-./ ]\d{1,2}[-./ ](?:19|20)?\d{2}\b.*"
    r"|(?:19|20)\d{6}(?:\d{4}|\d{6})?"
)


def is_about_protection(column: str) -> bool:
    """Whether a column says who has address protection, by its name."""
    return NAMED.search(fold(column)) is not None


def is_protected(cell: str) -> bool | None:
    """Whether somebody has address protection; None if the cell does not say.

    A date is since when she has it, or until when it was asked for.
    """
    word = fold(cell)
    if word in NO or NOBODY.fullmatch(word):
        return False
    return True if word in YES or SOMEBODY.fullmatch(word) else None
