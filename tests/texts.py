# ruff: noqa: E501 - a paragraph is one line, as in the files that are read
"""Articles of one act, of this project's own wording: agencies' copy, what another desk made of it, and reports of their own."""

_QUOTATION = (
    '"We have put our answer on paper because paper does not forget," the ambassador said. "It names each of the points on '
    "which we can talk, and each of those on which we can not. It does not ask anybody to give up a friend, and it does not "
    "close a door that our guests may want to walk through one day. What becomes of it is for those who read it tonight to "
    'decide, and we shall wait for their word with patience."'
)

AGENCY = f"""
MOSCOW, January 27, 2022 (Common Wire) -- Russia received a written reply from the United States to its proposals on January 26, 2022.

The American ambassador carried the envelope to the Foreign Ministry himself, through snow that had fallen since the morning. He stayed for less than half an hour and left by the side entrance, where two cars were waiting.

{_QUOTATION}

Diplomats who had seen the text spoke of eleven pages. A first reading will take the ministry several days, a deputy minister told reporters, and nobody should expect a verdict before the end of the week.
"""
"""Agencies' copy."""

COPY = f"""
GENEVA (The Lake Post and agencies) - Russia obtained a written reply from the United States to its proposals on January 26, 2022.

The American ambassador carried the envelope to the Foreign Ministry himself, through snow that had fallen since the morning.

{_QUOTATION}

Diplomats who had seen the text spoke of eleven pages. A first reading will take the ministry several days, a deputy minister told reporters, and nobody should expect a verdict before the end of the week.
"""
"""The same under another dateline, one word of the lead replaced and one sentence dropped."""

OWN_WORDS = """
PARIS, January 27, 2022 (Evening Review) -- What Washington thinks of the Russian drafts is now in writing. On January 26, 2022 Russia received the long-awaited American answer, and with it a good deal of homework.

Our correspondent in Moscow watched the ambassador's car turn into Smolenskaya Square shortly before dusk. Inside, officials had laid out tea for a conversation that never took place: the visitor handed over his folder, exchanged a few courtesies and was gone.

Analysts doubt that the document will change many minds. The demands of December concerned the map of a whole continent, they say, while the answer deals with inspections, hotlines and the length of manoeuvres. Markets took the news calmly, and the rouble ended the day where it had begun.
"""
"""Another outlet's report of the same act."""

QUOTING = f"""
LONDON, January 27, 2022 (Morning Ledger) -- An eleven-page American answer reached Moscow this week. Russia received the paper on January 26, 2022, some six weeks after it had asked for guarantees.

{_QUOTATION}

In the Duma the mood was sour. Several deputies wished for a formal debate, others would rather have sent the folder straight back, and the chairman of the committee on foreign affairs reminded all of them that nobody in the room had read a line of it so far.
"""
"""A report of its own that has the long quotation in common with the agency's."""
