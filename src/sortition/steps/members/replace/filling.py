"""From where the places of a round are filled."""

from __future__ import annotations

from sortition.core.progress import Progress
from sortition.errors import Finding, InputErrors
from sortition.steps.members.replace.options import ReplaceOptions
from sortition.steps.members.replace.reading import ReplaceReading
from sortition.steps.members.replace.replacement import Round, call_alternates, drawn_by


def filled(
    options: ReplaceOptions, read: ReplaceReading, progress: Progress
) -> tuple[Round, tuple[Finding, ...]]:
    """The round, from where the places are to be filled, and what is to be said of that."""
    panel, before = read.standing, read.standing.standing
    gone, unavailable = read.gone, read.unavailable
    left = before.without(gone, unavailable).reserve
    facts = {"places": panel.rules.places(before.without(gone, unavailable))}
    passed_over: tuple[Finding, ...] = ()
    if options.places_from != "pool" and left:
        if before.ordered:
            found = call_alternates(panel.rules, before, gone, unavailable)
            if found is not None:
                if options.new_number:
                    raise InputErrors((Finding(code="replacement-source-idle"),))
                return found, (Finding(code="alternates-called"),)
        else:
            found = _draw(read, True, progress)
            if found.is_whole:
                return found, (*_chained(options), Finding(code="second-panel-drawn"))
        if options.places_from == "alternates":
            raise InputErrors((Finding(code="alternates-do-not-suffice", facts=facts),))
        passed_over = (Finding(code="alternates-passed-over", facts=facts),)
    elif options.places_from == "alternates":
        raise InputErrors((Finding(code="alternates-none"),))
    return _draw(read, False, progress), (*passed_over, *_chained(options))


def _draw(read: ReplaceReading, second_panel: bool, progress: Progress) -> Round:
    panel = read.standing
    found = read.prepared(progress, second_panel=second_panel)
    if found.prepared is None or read.promised is not None:
        return found
    if panel.published:  # whoever knows the chance could change the list until it suits
        raise InputErrors((Finding(code="round-promise-needed"),))
    if read.outcome is None:
        code = "replacement-seed-needed" if read.late is None else "late-number-needed"
        raise InputErrors((Finding(code=code),))
    return drawn_by(found, read.outcome)


def _chained(options: ReplaceOptions) -> tuple[Finding, ...]:
    known = options.new_number or options.promise is not None
    return () if known else (Finding(code="seed-chain"),)
