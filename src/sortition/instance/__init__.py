"""From the files that people have to an instance: pool, quotas, map and settings.

In: tables of text. Out: an `Instance`, the roster behind it, and everything that was assumed.
Contact details stay in the roster and never enter an instance.
"""
