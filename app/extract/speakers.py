"""Whose words a quotation is, and whom "we" and "he" stand for.

The speaker is the subject of the nearest
speech verb, in the same sentence first, then in the paragraph, then the last one before.
Not handled: quotations without marks; a speaker whom the lexicon doesn't know hides the one before.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from app.extract import grammar
from app.extract.actors import Named
from app.extract.document import Sentence, Word
from app.lexicon.actors import ActorTable
from app.lexicon.kinds import KindTable

_ACCORDING = re.compile(r"\b[Aa]ccording to\s+$")
WE = frozenset(("we", "us", "our", "ours", "ourselves"))
ME = frozenset(("i", "me", "my", "mine"))
HE = frozenset(("he", "she", "him", "her", "his"))


@dataclass(frozen=True, slots=True)
class Speech:
    """Somebody says something: where, in which paragraph, and who."""

    at: int
    paragraph: int
    sentence: int
    named: Named


class Speakers:
    """Who speaks where in one article."""

    def __init__(
        self,
        sentences: Sequence[Sentence],
        actors: Sequence[Named],
        quoted: Sequence[tuple[int, int]],
        text: str,
        kinds: KindTable,
        table: ActorTable,
    ) -> None:
        self._quoted = quoted
        self._table = table
        self._actors = actors
        self._speeches = self._find(sentences, text, kinds)

    def _find(self, sentences: Sequence[Sentence], text: str, kinds: KindTable) -> list[Speech]:
        speeches: list[Speech] = []
        last: Named | None = None
        for number, sentence in enumerate(sentences):
            inside = [
                named for named in self._actors if sentence.begin <= named.begin < sentence.end and named.is_person
            ]
            for word in sentence.words:
                if word.lemma not in kinds.speech or not grammar.is_verb(word) or self.quoted(word.begin):
                    continue
                found = grammar.subject(sentence, word)
                if not found:
                    continue
                named = _in_phrase(sentence, found[0], inside) or (last if found[0].text.lower() in HE else None)
                if named:
                    speeches.append(Speech(word.begin, sentence.paragraph, number, named))
                    last = named
            for named in inside:
                if _ACCORDING.search(text[max(sentence.begin, named.title_begin - 40) : named.title_begin]):
                    speeches.append(Speech(named.begin, sentence.paragraph, number, named))
                    last = named
        return sorted(speeches, key=lambda speech: speech.at)

    def quoted(self, offset: int) -> bool:
        """Whether the offset lies inside a quotation."""
        return any(begin <= offset < end for begin, end in self._quoted)

    def of_quotation(self, sentence_number: int, sentence: Sentence, offset: int) -> Named | None:
        """Who says the words at the offset, which lie in a quotation."""
        same = [speech for speech in self._speeches if speech.sentence == sentence_number]
        near = same or [speech for speech in self._speeches if speech.paragraph == sentence.paragraph]
        if near:
            return min(near, key=lambda speech: abs(speech.at - offset)).named
        return self.before(offset)

    def before(self, offset: int) -> Named | None:
        """The last person heard before the offset."""
        earlier = [speech for speech in self._speeches if speech.at < offset]
        return earlier[-1].named if earlier else None

    def side(self, speaker: Named, day: date | None) -> str | None:
        """The actor for whom "we" stands: the state or organisation of the speaker's office on that day."""
        offices = self._table.offices_of(speaker.actor_id, day) if day else ()
        if offices and offices[0].organisation and not offices[0].state:
            return offices[0].organisation
        return self._table.state_at(speaker.actor_id, day)


def _in_phrase(sentence: Sentence, head: Word, people: Sequence[Named]) -> Named | None:
    """The person named in a noun's phrase, its apposition included."""
    positions = [sentence.words[i] for i in grammar.phrase(sentence, head.i)]
    begin, end = min(word.begin for word in positions), max(word.end for word in positions)
    inside = [named for named in people if begin <= named.begin < end]
    own = [named for named in inside if named.begin <= head.begin < named.end]
    return next(iter(own or inside), None)
