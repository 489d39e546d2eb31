"""One room for each step of an assembly, in its order, from official figures to the last meeting.

A room has its own reading, its use case (``run``), its facts, and its page and document. Rooms know
each other only through what their ``__init__`` offers.
"""
