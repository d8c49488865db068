"""Tell the tense of irregular English verbs, so that "knew" and "knows" are one verb in two forms."""

from __future__ import annotations

from functools import cache

TABLE = """be was been, be were been, be is been, be are been, be am being, have had had, have has having, do did done,
do does doing, go went gone, go goes going, say said said, make made made, know knew known, think thought thought,
take took taken, see saw seen, come came come, give gave given, find found found, tell told told, become became become,
leave left left, feel felt felt, put put put, bring brought brought, begin began begun, keep kept kept, hold held held,
write wrote written, stand stood stood, hear heard heard, let let let, mean meant meant, set set set, meet met met,
run ran run, pay paid paid, sit sat sat, speak spoke spoken, lie lay lain, lead led led, read read read,
grow grew grown, lose lost lost, fall fell fallen, send sent sent, build built built, understand understood understood,
draw drew drawn, break broke broken, spend spent spent, cut cut cut, rise rose risen, drive drove driven,
buy bought bought, wear wore worn, choose chose chosen, seek sought sought, throw threw thrown, catch caught caught,
deal dealt dealt, win won won, forget forgot forgotten, fight fought fought, teach taught taught, eat ate eaten,
sing sang sung, strike struck struck, hang hung hung, shake shook shaken, ride rode ridden, feed fed fed,
shoot shot shot, drink drank drunk, hit hit hit, arise arose arisen, fly flew flown, spread spread spread,
sleep slept slept, cost cost cost, beat beat beaten, light lit lit, bind bound bound, cast cast cast, hide hid hidden,
swear swore sworn, sweep swept swept, swing swung swung, tear tore torn, wake woke woken, bear bore born,
withdraw withdrew withdrawn, steal stole stolen, freeze froze frozen, sink sank sunk, swim swam swum, flee fled fled,
get got gotten, get got got, sell sold sold, show showed shown, stick stuck stuck, lend lent lent, shut shut shut"""
PAST = 1  # place of the past form in an entry of the table


def base_of(form: str) -> str | None:
    """Return the base of an irregular verb form in lower case, or None where the table does not hold it.

    >>> base_of("knew"), base_of("were"), base_of("harbour")
    ('know', 'be', None)
    """
    return _bases().get(form)


def is_past(form: str) -> bool:
    """Tell whether a verb form in lower case may be a past form or a past participle.

    >>> is_past("knew"), is_past("decided"), is_past("knows"), is_past("is")
    (True, True, False, False)
    """
    return form in _past() or (form.endswith("ed") and len(form) > 4)


@cache
def _entries() -> tuple[tuple[str, ...], ...]:
    return tuple(tuple(entry.split()) for entry in TABLE.split(","))


@cache
def _bases() -> dict[str, str]:
    return {form: entry[0] for entry in _entries() for form in entry}


@cache
def _past() -> frozenset[str]:
    present = frozenset("is are am has having does doing goes going be have do go being put let set".split())
    return frozenset(form for entry in _entries() for form in entry[PAST:]) - present
