"""How much of the labelled dispatches the program reads right: `make evaluate`.

An act is found when a mention lies in a sentence with its phrase, on exactly its days, on one of its triggers. A false date is a
mention that no label of its sentence allows. Optional labels are neither wanted nor a fault.
"""

import tomllib
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from itertools import combinations
from pathlib import Path
from typing import Any

from app import lexicon
from app.core import calendar, matching
from app.core.model import ActorKind, Article, Basis, Mention, Reading, Role, StoredMention
from app.extract.pipeline import Extractor
from app.lexicon.kinds import KindTable

FOLDER = Path(__file__).parent
TODAY = date(2026, 11, 22)
Label = Mapping[str, Any]


def main() -> None:
    """Prints the counts over all dispatches."""
    print("\n".join(report(counted())))


def counted() -> Counter[str]:
    """The counts over all dispatches."""
    loaded = lexicon.load()
    extractor = Extractor(lexicon=loaded, today=TODAY)
    states = {actor.name: actor.id for actor in loaded.actors.actors.values() if actor.kind is ActorKind.STATE}
    counts: Counter[str] = Counter()
    acts: dict[StoredMention, set[str]] = {}
    everything: list[StoredMention] = []
    for path in sorted(FOLDER.glob("*.toml")):
        gold = tomllib.loads(path.read_text(encoding="utf-8"))
        stated = calendar.parse(gold["dct"]) if gold["given"] else None
        reading = extractor.read(Article(gold["id"], gold["text"], stated_date=stated))
        counts.update(score(gold, reading, states, loaded.kinds))
        stored = [StoredMention(gold["id"], gold["outlet"], mention) for mention in reading.mentions if mention.span]
        everything += stored
        for one in stored:
            if told := {label["act"] for label in gold.get("event", []) if _is_hit(gold["text"], label, one.mention)}:
                acts[one] = told
    counts.update(merged(everything, acts))
    return counts


def merged(mentions: Sequence[StoredMention], acts: Mapping[StoredMention, set[str]]) -> Iterator[str]:
    """How the pairs of labelled mentions fare when all are merged: of one act or not, in one event or not.

    A trigger that two dates belong to is two mentions, which are no pair.
    """
    event = {one: number for number, draft in enumerate(matching.cluster(mentions)) for one in draft.mentions}
    for one, other in combinations(acts, 2):
        if one.article_key == other.article_key and one.mention.trigger == other.mention.trigger:
            continue
        same, joined = bool(acts[one] & acts[other]), event[one] == event[other]
        yield from ["pairs:gold"] * same + ["pairs:made"] * joined + ["pairs:hit"] * (same and joined)


def report(counts: Counter[str]) -> Iterator[str]:
    """The counts in words, and precision and recall as a table in Markdown.

    Precision is the share of what was read that is right, recall the share of what is labelled that was read so. Statuses, kinds
    and actors are counted on the acts that were found; kinds by their families.
    """
    yield (f"{counts['dispatches']} dispatches; {counts['inferred']} dated from their text alone: "
           f"{counts['dated']} right, {counts['misdated']} wrong, the others left open")  # fmt: skip
    yield (f"{counts['false']} false dates ({counts['false days']} of them days) in {counts['mentions']} mentions")
    yield ""
    yield "| | labelled | read | right | precision | recall |"
    yield "|---|---:|---:|---:|---:|---:|"
    yield _row(
        "acts at their date",
        counts["wanted"],
        counts["mentions"],
        counts["found"],
        made_right=counts["mentions"] - counts["false"],
    )
    for sort in ("status", "kind"):
        names = {key.split(":")[2] for key in counts if key.startswith(f"{sort}:")}
        for name in sorted(names, key=lambda name: (-counts[f"{sort}:gold:{name}"], name)):
            yield _row(f"{sort} {name}", *(counts[f"{sort}:{part}:{name}"] for part in ("gold", "made", "hit")))
    yield _row("actors", counts["actors:gold"], counts["actors:made"], counts["actors:hit"])
    yield _row("all actors of an act", counts["found"], counts["found"], counts["actors"])
    yield _row("pairs of reports of one act, merged", counts["pairs:gold"], counts["pairs:made"], counts["pairs:hit"])


def _row(name: str, gold: int, made: int, hit: int, *, made_right: int | None = None) -> str:
    right = hit if made_right is None else made_right
    return f"| {name} | {gold} | {made} | {hit} | {_share(right, made)} | {_share(hit, gold)} |"


def _share(part: int, whole: int) -> str:
    return f"{100 * part / whole:.0f} %" if whole else "-"


def score(gold: Label, reading: Reading, states: Mapping[str, str], kinds: KindTable) -> Iterator[str]:
    """The counts of one dispatch, each name once for every time it counts; `states` are codes by name."""
    yield "dispatches"
    yield from _dating(gold, reading)
    made = [mention for mention in reading.mentions if mention.span]
    labels = gold.get("event", [])
    for label in labels:
        if not label.get("optional"):
            yield from _act(gold["text"], label, made, states, kinds)
    for mention in made:
        yield "mentions"
        yield from _false(gold, labels, mention)


def _dating(gold: Label, reading: Reading) -> Iterator[str]:
    if not gold["given"]:
        yield "inferred"
        best = reading.article_date.best
        if best:
            yield "dated" if best.isoformat() == gold["dct"] else "misdated"


def _act(
    text: str, label: Label, made: Sequence[Mention], states: Mapping[str, str], kinds: KindTable
) -> Iterator[str]:
    yield "wanted"
    hits = [mention for mention in made if _is_hit(text, label, mention)]
    if not hits:
        return
    best = max(hits, key=lambda mention: sum(_has(actor, mention, states) for actor in label["actors"]))
    yield "found"
    yield from _compared("status", label["status"], best.status.value)
    yield from _compared("kind", kinds.family(label["kind"]), kinds.family(best.kind))
    hit = sum(_has(actor, best, states) for actor in label["actors"])
    yield from ["actors:gold"] * len(label["actors"])
    yield from ["actors:hit"] * hit
    yield from ["actors:made"] * max(hit, sum(ref.role is not Role.OTHER for ref in best.actors))
    yield from ["actors"] * (hit == len(label["actors"]))


def _compared(sort: str, gold: str, made: str) -> Iterator[str]:
    yield f"{sort}:gold:{gold}"
    yield f"{sort}:made:{made}"
    yield from [f"{sort}:hit:{gold}"] * (gold == made)


def _is_hit(text: str, label: Label, mention: Mention) -> bool:
    told = text[mention.trigger.begin : mention.trigger.end].lower()
    wanted = calendar.parse(label["date"])
    return (
        label["phrase"].lower() in mention.sentence.text.lower()
        and mention.span is not None
        and (mention.span.first_day, mention.span.last_day) == (wanted.first_day, wanted.last_day)
        and any(told.startswith(trigger.lower()) for trigger in label["trigger"])
    )


def _has(actor: Label, mention: Mention, states: Mapping[str, str]) -> bool:
    """Whether the actor is named, or for a state anybody who speaks for it."""
    by_name = any(ref.name == actor["name"] for ref in mention.actors)
    return by_name or any(ref.state == states.get(actor["name"], "") for ref in mention.actors)


def _false(gold: Label, labels: Sequence[Label], mention: Mention) -> Iterator[str]:
    assert mention.span
    if mention.basis is Basis.EXPRESSION:
        inside = [label for label in labels if label["phrase"].lower() in mention.sentence.text.lower()]
        spans = [calendar.parse(label["date"]) for label in inside]
        fine = any(span.overlaps(mention.span) and mention.span.days >= span.days for span in spans)
    else:
        fine = mention.span.holds(calendar.parse(gold["dct"]))
    if not fine:
        yield "false"
        yield from ["false days"] * (mention.span.days == 1)


if __name__ == "__main__":
    main()
