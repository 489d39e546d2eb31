"""What a round writes is what verify accepts, whatever the instance."""

from __future__ import annotations

from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from sortition.audit.certificate.file import certificate_file, read_certificate
from sortition.audit.documents import parse
from sortition.audit.draw.sources import Outcome, Source
from sortition.audit.log.events import Event
from sortition.audit.log.rounds import ROUND_SHAPE, RoundPlaces, Standing
from sortition.audit.lottery.file import read_lottery
from sortition.audit.rounds import lottery as of_lottery
from sortition.audit.rounds import replacements as checks
from sortition.audit.rounds.files import RoundFiles
from sortition.audit.rounds.history import History
from sortition.audit.rounds.rulebook import rulebook
from sortition.core.progress import Silent
from sortition.model import Instance
from sortition.selection.preparation import PreparedLottery, Rules, prepare
from sortition.steps.members.replace.files import record_of
from sortition.steps.members.replace.replacement import Round, drawn_by, prepare_round
from sortition.steps.publish.instances import instance_of
from tests.budgets import examples
from tests.making import all_panels
from tests.property.instances import about_one_group

RULES = Rules(tickets=40)
PLACES = RoundPlaces(number=1, published=False)


def first_lottery(prepared: PreparedLottery, whole: Instance) -> History:
    """A history in which nothing has happened yet."""
    lottery = read_lottery(prepared.document, "lottery.json")
    has_homes = any(member.household is not None for member in whole.pool.members)
    limit = whole.household_limit if has_homes else None
    return History(
        log="events.jsonl",
        published=False,
        contents={},
        log_findings=(),
        malformed=(),
        events=(),
        rounds=(),
        first=None,
        lottery=lottery,
        rules=rulebook(lottery, prepared.certificate, limit),
        certificate=prepared.certificate,
        options={"household": ["street"] if limit else [], "household_limit": limit},
        lists=None,
        ids={},
    )


def written(one: Round) -> RoundFiles:
    """The documents of a round, read back."""
    record: Any = parse(record_of(one), "replacement.json", ROUND_SHAPE)
    facts = {name: record[name] for name in ("round", "gone", "came")}
    event = Event(name="replaced", facts=facts, time="", previous="", digest="")
    prepared = one.prepared
    return RoundFiles(
        places=RoundPlaces(number=one.number, published=False),
        event=event,
        before=one.before,
        record=record,
        lottery=read_lottery(prepared.document, "lottery.json") if prepared else None,
        certificate=(
            read_certificate(certificate_file(prepared.certificate), "certificate.json")
            if prepared
            else None
        ),
        public_lottery=None,
        public_certificate=None,
    )


@settings(max_examples=examples(15))
@given(about_one_group(), st.data())
def test_what_a_round_writes_is_accepted(whole: Instance, data: st.DataObject) -> None:
    """Also with room for two of a household, and where quotas give way."""
    if not all_panels(whole):
        return
    prepared = prepare(whole, RULES, Silent())
    history = first_lottery(prepared, whole)
    assert history.rules is not None
    told = instance_of(history.lottery, prepared.certificate, whole.household_limit)  # type: ignore[arg-type]
    standing = Standing(panel=data.draw(st.sampled_from(prepared.lottery.panels)).members)
    for number in range(2):
        if not standing.panel:
            return
        gone = data.draw(st.sets(st.sampled_from(standing.panel), min_size=1, max_size=2))
        fair = prepare_round(
            told,
            history.rules,
            standing,
            gone,
            (),
            second_panel=False,
            lottery_rules=RULES,
            progress=Silent(),
        )
        one = drawn_by(fair, Outcome(source=Source(kind="seed"), text=str(number)))
        files = written(one)
        found = [
            *checks.check_round_people(history, files),
            *checks.check_round_draw(files),
            *of_lottery.check_round_lottery(history, history.rules, files),
            *of_lottery.check_round_panels(files),
            *of_lottery.check_round_households(history.rules, files),
            *of_lottery.check_round_proof(history, history.rules, files),
            *checks.check_round_order(history.rules, files),
        ]
        assert found == []
        standing = one.after
