"""The order in which one article is read, in one place."""

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import partial
from typing import TypeVar

from app.core import calendar
from app.core.calendar import DateSpan
from app.core.model import (
    ActorRef,
    Article,
    ArticleDate,
    Basis,
    Evidence,
    Extent,
    Mention,
    Reading,
    Rejected,
    Role,
    Status,
    Step,
    Timex,
    Trigger,
    Zone,
)
from app.extract import grammar, layout, narrative, page, quotation, view
from app.extract.actors import ActorFinder, Named
from app.extract.acts import Act, ActReader
from app.extract.attach import Attacher, Dating
from app.extract.cast import Scene
from app.extract.dating import ArticleDater
from app.extract.discourse import Discourse
from app.extract.document import Parser, Sentence
from app.extract.layout import Block, Part
from app.extract.placed import Placed
from app.extract.resolve import Resolver
from app.extract.roles import RoleReader
from app.extract.speakers import Speakers
from app.extract.strangers import VIA, Strangers
from app.extract.timex import TimexFinder
from app.extract.view import View
from app.lexicon import Lexicon

_OCCASION_DAYS = 31  # an article's date wider than this dates no act
_LEAD_SENTENCES = 2
_ABOUT = 2  # states of which an article may tell most

_LOOKS_BACK = re.compile(r"[\"“”]|``|''|\b(?:he|she|we|they|it|both|two|his|her|their)\b", re.IGNORECASE)

F = TypeVar("F", Named, Timex)


@dataclass(frozen=True, slots=True)
class _Text:
    """One article on its way through the steps; all offsets refer to `text`, the normalised view."""

    view: View
    text: str
    blocks: Sequence[Block]
    placed: Sequence[Placed]
    timexes: Sequence[Timex]
    actors: Sequence[Named]
    dct: ArticleDate


@dataclass(frozen=True, slots=True)
class _Given:
    """What every sentence of an article is read with; see `app.extract.cast.Scene`."""

    voices: Speakers
    strangers: Strangers
    together: dict[str, tuple[ActorRef, ...]]
    home: Named | None
    about: Sequence[Named]
    told_at: dict[str, int] = field(default_factory=dict)


class Extractor:
    """Reads articles; built once a process, since the parser and the lexicon take a second to load."""

    def __init__(self, *, lexicon: Lexicon, today: date) -> None:
        """`today` bounds every article's date from above."""
        self._boilerplate = lexicon.boilerplate
        self._kinds = lexicon.kinds
        self._table = lexicon.actors
        self._finder = TimexFinder(lexicon.timex)
        self._resolver = Resolver(lexicon.timex)
        self._actors = ActorFinder(lexicon.actors)
        self._roles = RoleReader(lexicon.actors, lexicon.roles)
        self._dater = ArticleDater(lexicon.actors, self._resolver, today=today)
        self._attacher = Attacher(lexicon.kinds)
        self._acts = ActReader(lexicon.kinds, lexicon.actors)
        self._parser: Parser | None = None

    def read(self, article: Article, *, undated: bool = False) -> Reading:
        """Everything found in the article; `undated` adds acts that nothing dates."""
        seen = view.of(article.text)
        text = seen.text
        blocks = layout.lay_out(text, self._boilerplate.is_boilerplate)
        placed = narrative.place(text, blocks, self._finder.find(text))
        actors = self._actors.find(text)
        dct = self._dater.infer(article, text, blocks, placed, actors)
        timexes = narrative.resolve(text, placed, dct, self._resolver)
        day = dct.best or dct.latest
        actors = self._roles.add(text, self._actors.of_the_day(text, actors, dct.best), day)
        whole = _Text(seen, text, blocks, placed, timexes, actors, dct)
        mentions, rejected = self._mentions(whole, undated=undated) if _worth_parsing(timexes, actors) else ([], [])
        return _as_given(article.text, whole, mentions, rejected)

    # ------------------------------------------------------------ acts
    def _mentions(self, whole: _Text, *, undated: bool) -> tuple[list[Mention], list[Rejected]]:
        self._parser = self._parser or Parser()
        sentences = self._parser.parse(whole.text, list(_parsed_blocks(whole, undated=undated)))
        voices = Speakers(
            sentences,
            whole.actors,
            quotation.quotations(whole.text, whole.blocks),
            whole.text,
            self._kinds,
            self._table,
        )
        mentions: list[Mention] = []
        rejected: list[Rejected] = []
        strangers = Strangers(partial(self._parser.entities, whole.text))
        together: dict[str, tuple[ActorRef, ...]] = {}
        given = _Given(voices, strangers, together, self._home(whole), self._about(whole))
        for scene in _scenes(whole, sentences, given):
            sentence = scene.sentence
            inside = _between(whole.timexes, sentence)
            datings, refused = self._attacher.attach(sentence, whole.text, inside, whole.dct.latest or whole.dct.best)
            rejected.extend(refused)
            told: set[int] = set()
            for dating in datings:
                result = self._dated(scene, dating)
                if isinstance(result, Mention):
                    mentions.append(result)
                    told.add(dating.trigger)
                else:
                    rejected.append(result)
            mentions.extend(self._undated(scene, told, mentions, undated=undated))
            for family, refs in dict(reversed(list(self._acts.together(scene)))).items():  # of several the first told
                together.pop(family, None)
                together[family] = refs  # the last told stands last
                given.told_at[family] = scene.number
        return mentions, rejected

    def _home(self, whole: _Text) -> Named | None:
        """The place of the dateline, where one is told and known."""
        for block in page.lead_of(whole.blocks):
            begin = page.news_begin(whole.text, block, [item for item in whole.placed if item.block == block])
            places = self._actors.find(whole.text[block.begin : begin].title())  # most are written in capitals
            if home := next((one for one in places if not one.is_person), None):
                return home
        return None

    def _about(self, whole: _Text) -> list[Named]:
        """The state of which the article tells most, or two, where they or theirs are first named."""
        told = [(self._table.state_at(one.actor_id, whole.dct.best), one) for one in whole.actors]
        of_states = [(state, one) for state, one in told if state in self._table.states]
        counts = Counter(state for state, _ in of_states).most_common()
        often = [state for state, count in counts if count > 1 and count * 2 >= counts[0][1]]
        if len(often) > _ABOUT:  # of three states or more only one that is told of most
            often = often[: int(counts[0][1] > counts[1][1])]
        first = {state: one for state, one in reversed(of_states) if state and state in often}
        return sorted((Named(one.begin, one.end, state, "context") for state, one in first.items()), key=_begin)

    def _dated(self, scene: Scene, dating: Dating) -> Mention | Rejected:
        act = self._acts.read(scene, dating.trigger, dating.span, dating.host)
        known = self._acts.is_known(scene.sentence, act.trigger)
        acting = [ref for ref in act.actors if ref.role is not Role.OTHER and ref.via != VIA]
        if not known and (not acting or self._acts.is_mere_being(scene.sentence, act.trigger)):
            timex = dating.timexes[0]
            why = "no known act, and nobody the lexicon knows acts"
            return Rejected(Extent(timex.begin, timex.end, timex.text), f"'{act.trigger.text}': {why}")
        return _mention(scene, act, dating.span, Basis.EXPRESSION, dating.steps)

    def _undated(
        self, scene: Scene, told: set[int], mentions: Sequence[Mention], *, undated: bool
    ) -> Iterator[Mention]:
        """The article's own occasion, dated by the article; with `undated` all other acts of somebody known as well."""
        occasion = self._occasion(scene, mentions) if not told else None
        if occasion is not None:
            yield occasion
        if not undated:
            return
        for word in scene.sentence.words:
            if word.i in told or not grammar.is_verb(word) or (occasion and occasion.trigger.begin == word.begin):
                continue
            act = self._acts.read(scene, word.i, None)
            if any(ref.role is not Role.OTHER for ref in act.actors) and self._acts.is_known(scene.sentence, word):
                yield _mention(scene, act, None, Basis.NONE, ())

    def _occasion(self, scene: Scene, mentions: Sequence[Mention]) -> Mention | None:
        """The act that the lead reports without a date of its own: it is dated by the article, if that is dated well enough."""
        span = _occasion_span(scene.dct)
        if span is None or scene.number >= _LEAD_SENTENCES or scene.sentence.zone is not Zone.BODY:
            return None
        if any(mention.span and mention.span.overlaps(span) for mention in mentions) or scene.date_phrases:
            return None
        root = next((word for word in scene.sentence.words if word.head == word.i), None)
        if (
            root is None
            or not grammar.is_verb(root)
            or root.tag not in ("VBD", "VBN", "VBZ", "VBP")
            or not self._acts.is_known(scene.sentence, root)
        ):
            return None
        act = self._acts.read(scene, root.i, span)
        if act.status is not Status.OCCURRED or not any(
            ref.role in (Role.SOURCE, Role.PARTICIPANT) and ref.via != VIA for ref in act.actors
        ):
            return None
        return _mention(
            scene,
            act,
            span,
            Basis.ARTICLE,
            (Step("article-occasion", f"no date in its clause; the lead of an article of {span.edtf} reports it"),),
        )


def _worth_parsing(timexes: Sequence[Timex], actors: Sequence[Named]) -> bool:
    """Whether the text can tell an act at all: it names somebody, or a date."""
    return bool(actors) or any(timex.span for timex in timexes)


def _occasion_span(dct: ArticleDate) -> DateSpan | None:
    if dct.earliest is None or dct.latest is None or (dct.latest - dct.earliest).days > _OCCASION_DAYS:
        return None
    return calendar.one_of(dct.earliest, dct.latest)


def _parsed_blocks(whole: _Text, *, undated: bool) -> Iterator[tuple[int, Block]]:
    """The parts that can tell acts, each without its dateline; headings tell nothing that the body doesn't date better."""
    lead = page.lead_of(whole.blocks)
    needed = None if undated else _needed(whole, lead)
    for number, block in enumerate(whole.blocks):
        if block.part not in (Part.CAPTION, Part.BODY) or (needed is not None and number not in needed):
            continue
        if block in lead:
            inside = [item for item in whole.placed if item.block == block]
            block = replace(block, begin=page.news_begin(whole.text, block, inside))
        yield number, block


def _needed(whole: _Text, lead: Sequence[Block]) -> set[int]:
    """The blocks that are worth a parse: the lead, those with a date, and the two before one that quotes or says "he"."""
    dated = {item.block for item, timex in zip(whole.placed, whole.timexes, strict=True) if timex.span}
    body = [number for number, block in enumerate(whole.blocks) if block.part is Part.BODY]
    needed = {number for number, block in enumerate(whole.blocks) if block in dated or block in lead}
    for at, number in enumerate(body):
        block = whole.blocks[number]
        if block in dated and _LOOKS_BACK.search(whole.text, block.begin, block.end):
            needed.update(body[max(0, at - 2) : at])
    return needed


def _scenes(whole: _Text, sentences: Sequence[Sentence], given: "_Given") -> Iterator[Scene]:
    before = Discourse()
    block = 0
    for number, sentence in enumerate(sentences):
        for skipped in whole.blocks[block : sentence.paragraph]:
            if skipped.part is Part.BODY and skipped.end <= sentence.begin:
                before = _past(whole, skipped, before)
        block = sentence.paragraph + 1
        named = _between(whole.actors, sentence)
        dates = [_with_preposition(whole.text, timex) for timex in _between(whole.timexes, sentence)]
        yield Scene(
            sentence, number, named, given.voices, whole.dct, whole.text, before, dates, given.strangers, given.home,
            given.about, given.together, given.told_at,
        )  # fmt: skip
        if sentence.zone is Zone.BODY:
            before = before.after(named, sentence)


def _past(whole: _Text, block: Block, before: Discourse) -> Discourse:
    """Who is known after a block that was not parsed."""
    for begin, end in layout.sentences(whole.text, block):
        first = bisect_left(whole.actors, begin, key=_begin)
        before = before.after(whole.actors[first : bisect_left(whole.actors, end, first, key=_begin)])
    return before


def _between(found: Sequence[F], sentence: Sentence) -> Sequence[F]:
    """What begins in the sentence; `found` is in the order of the text."""
    begin = bisect_left(found, sentence.begin, key=_begin)
    return found[begin : bisect_left(found, sentence.end, begin, key=_begin)]


def _begin(found: Named | Timex) -> int:
    return found.begin


_PREPOSITION = re.compile(
    r"(?:\b(?:on|in|since|until|by|during|at|over|of|from|to|between|and|only)\s+)*(?:the\s+)?$", re.IGNORECASE
)


def _with_preposition(text: str, timex: Timex) -> tuple[int, int]:
    before = _PREPOSITION.search(text, max(0, timex.begin - 20), timex.begin)
    return (before.start() if before else timex.begin), timex.end


def _mention(scene: Scene, act: Act, span: DateSpan | None, basis: Basis, steps: tuple[Step, ...]) -> Mention:
    sentence, text = scene.sentence, scene.text
    return Mention(
        span=span,
        basis=basis,
        sentence=Extent(sentence.begin, sentence.end, text[sentence.begin : sentence.end]),
        clause=Extent(*act.clause, text[slice(*act.clause)]),
        trigger=Trigger(act.trigger.begin, act.trigger.end, act.lemma),
        kind=act.kind,
        status=act.status,
        actors=act.actors,
        derivation=steps,
        title=act.title,
        objects=act.objects,
        zone=sentence.zone,
        reported_by=act.reported_by,
    )


# ---------------------------------------------------------------- offsets of the text as given
def _as_given(text: str, whole: _Text, mentions: Sequence[Mention], rejected: Sequence[Rejected]) -> Reading:
    """The reading with every offset and every quoted text in terms of the text as given."""
    at = whole.view.original

    def extent(one: Extent) -> Extent:
        return Extent(at(one.begin), at(one.end), text[at(one.begin) : at(one.end)])

    def timex(one: Timex) -> Timex:
        return replace(one, begin=at(one.begin), end=at(one.end), text=text[at(one.begin) : at(one.end)])

    def evidence(one: Evidence) -> Evidence:
        return (
            replace(one, begin=at(one.begin), end=at(one.end), text=text[at(one.begin) : at(one.end)])
            if one.end
            else one
        )

    def mention(one: Mention) -> Mention:
        actors = tuple(replace(ref, begin=at(ref.begin), end=at(ref.end)) for ref in one.actors)
        trigger = replace(one.trigger, begin=at(one.trigger.begin), end=at(one.trigger.end))
        told = one.reported_by
        return replace(
            one,
            sentence=extent(one.sentence),
            clause=extent(one.clause),
            trigger=trigger,
            actors=actors,
            reported_by=replace(told, begin=at(told.begin), end=at(told.end)) if told else None,
        )

    return Reading(
        replace(whole.dct, evidence=tuple(map(evidence, whole.dct.evidence))),
        tuple(map(timex, whole.timexes)),
        tuple(map(mention, mentions)),
        tuple(Rejected(extent(one.extent), one.reason) for one in rejected),
    )
