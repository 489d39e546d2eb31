"""Of all lotteries with the same chances, one that is as random as margins and quotas allow.

The chances say how often somebody is drawn and nothing of who is drawn with her. Here whole
tickets are drawn at random, one after the other, so that together they keep everybody's number of
tickets (`dealing`); people then change places between tickets (`exchange`). All of it is whole
numbers from one generator that never changes (`numbers`).
"""
