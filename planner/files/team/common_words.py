"""Words of everyday language that are people's names as well."""

from __future__ import annotations

_WORDS = """
ace al amber an angel art autumn basil bill bright chance chase christian clay crystal dawn dean
drew earnest eve faith fern forest frank gay gene gold grace grant gray guy hale happy harmony
heath hope hunter iris ivy joy justice king lance link long lucky ma major mark mason max melody
mercy merit miles my noble nova olive opal page park pat patience pearl penny price prince ray
reed rich river rock rod rose ruby sage scout sky so sol star sterling stone storm sue summer
sun sunny trinity van victory viola wade walker ward wave west will win wing winter
"""
WORDS_AND_NAMES = frozenset(_WORDS.split())

_SMALL = """
a an and am are as at be been by do du for from has i in is it of on or our out the this to
until up we will with und auf bis der die das ein ist im von zu vom dan di ke pada full half day
days week weeks all today tomorrow morning afternoon pm till back approved request requested
booked planned tbc trip time team year end new old
"""
SMALL_WORDS = frozenset(_SMALL.split())
"""Words that stand beside a name and are no part of it."""
