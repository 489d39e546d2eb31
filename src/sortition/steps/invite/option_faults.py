"""Whether what an invitation was asked to be makes sense."""

from __future__ import annotations

from collections.abc import Iterator

from sortition.errors import Finding, InputErrors
from sortition.instance.inputs import as_text, seed_faults
from sortition.model.choices import DesignName
from sortition.steps.invite.codes import ALPHABET
from sortition.steps.invite.options import ONLY, Options, cap_of, overlay_of

ALWAYS = {
    *("--id", "--household", "--map", "--from-cpr", "--age-on"),
    *("--min-age", "--protected", "--keep-protected", "--exclude", "--only"),
}
DRAWING = {"--seed", "--not-again", "--wave", "--channel", "--key", "--series", "--doors"}
# what each design takes beside the size, and what it cannot do without
TAKES: dict[DesignName, tuple[set[str], set[str]]] = {
    "simple": (set(), set()),
    "hamilton": ({"--by", "--overlay", "--short"}, set()),
    "sainte-lague": ({"--by", "--overlay", "--short"}, set()),
    "neyman": ({"--by", "--deviations", "--short"}, {"--by", "--deviations"}),
    "response-adjusted": ({"--by", "--rates", "--short"}, {"--by", "--rates"}),
    "pps": ({"--clusters", "--cluster-count"}, {"--clusters", "--cluster-count"}),
    "two-stage": ({"--clusters", "--cluster-count", "--cap"}, {"--clusters"}),
}


def option_faults(options: Options) -> Iterator[Finding]:
    """What is wrong with the options, before any file is read."""
    mode, takes, needs = _taken(options)
    given = {option for option, one in options.given().items() if one}
    for option in sorted(given - takes):
        yield Finding(code="invite-option-unused", value=option, facts={"mode": mode})
    for option in sorted(needs - given):
        yield Finding(code="invite-option-missing", value=option, facts={"mode": mode})
    if options.scheduler is not None and options.workers is not None:
        facts = {"mode": "--scheduler"}
        yield Finding(code="invite-option-unused", value="--workers", facts=facts)
    if options.seed == "":
        yield Finding(code="invite-seed-empty")
    elif options.seed is not None:
        yield from seed_faults(options.seed)
    yield from _number_faults(options)
    for group in options.only:
        if ONLY.fullmatch(group) is None:
            yield Finding(code="invite-only-unclear", value=as_text(group))
    if options.series not in (None, *ALPHABET):
        facts = {"signs": ALPHABET}
        yield Finding(code="invite-series-unclear", value=as_text(str(options.series)), facts=facts)
    try:
        overlay_of(options)
        cap_of(options)
    except InputErrors as errors:
        yield from errors.faults


def _number_faults(options: Options) -> Iterator[Finding]:
    if options.size is not None and options.size < 1:
        yield Finding(code="invite-size-not-positive", value=str(options.size))
    if options.min_age is not None and options.min_age < 0:
        yield Finding(code="invite-min-age-negative", value=str(options.min_age))
    if options.wave is not None and options.wave < 1:
        yield Finding(code="invite-wave-not-positive", value=str(options.wave))
    if options.workers is not None and options.workers < 1:
        yield Finding(code="invite-workers-not-positive", value=str(options.workers))


def _taken(options: Options) -> tuple[str, set[str], set[str]]:
    """What is being done, and which options it takes and needs."""
    if options.counts_only:
        # who stands for an address, and so in which stratum it counts, follows from the seed
        seeded = {"--seed"} if options.household and options.by else set()
        return "--counts-only", ALWAYS | {"--by", "--not-again", "--key"} | seeded, seeded
    if options.allocation is not None:
        return "--allocation", ALWAYS | DRAWING, {"--seed"}
    design = options.chosen
    takes, needs = TAKES[design]
    if options.from_counts:
        clustered = {"--seed", "--wave"} if "--clusters" in takes else set()
        needed = needs | {"--size"} | (clustered - {"--wave"})
        return design, {"--size"} | takes | clustered, needed
    takes = takes | DRAWING | ALWAYS | {"--size"}
    if "--clusters" in takes:
        takes -= {"--household"}
    return design, takes, needs | {"--size", "--seed"}
