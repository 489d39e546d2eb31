from __future__ import annotations

from sortition.audit.canonical import digest
from sortition.audit.lottery.file import lottery_file
from sortition.model import Lottery, Panel
from tests.making import instance, six_people, six_people_lottery

PUBLISHED = (
    '{"k":2,"panels":[{"members":["P2","P5"],"weight":3},{"members":["P3","P6"],"weight":4},'
    '{"members":["P1","P4"],"weight":3}],"people":["P1","P2","P3","P4","P5","P6"],"quotas":['
    '{"category":"sex","max":1,"members":["P1","P2","P3"],"min":1,"value":"f"},'
    '{"category":"sex","max":1,"members":["P4","P5","P6"],"min":1,"value":"m"}],'
    '"schema":"sortition-lottery/3"}'
)


def test_published_lottery_to_the_byte() -> None:
    content = lottery_file(six_people(), six_people_lottery())
    assert content == PUBLISHED.encode()
    assert len(content) == 354
    assert digest(content) == "7d3cedbba46380c6d482f9aadd4dc8ecb14b1a707db8aad9cc436858bcca181e"


def test_a_quota_that_nobody_counts_for_is_listed() -> None:
    quotas = {"sex": {"f": (1, 1), "x": (0, 1)}}
    lottery = Lottery(panels=(Panel(members=("P1",), weight=1),))
    content = lottery_file(instance(["f"], quotas, 1), lottery)
    assert b'{"category":"sex","max":1,"members":[],"min":0,"value":"x"}' in content
