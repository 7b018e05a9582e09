"""How long the first draw of 500 visible events takes: our timeline against vis-timeline, on the same events, in turns."""

import json
import random
import sys
from collections.abc import Callable, Mapping
from datetime import date, timedelta
from functools import partial
from statistics import median

from playwright.sync_api import Browser

from app.formats import vis
from app.formats.shapes import EventOut
from app.web import files as ours
from tests.browser.conftest import opened
from tests.browser.npm import VIS, NoPackage
from tests.browser.test_vis import SCRIPT, STYLE
from tests.formats import samples

EVENTS, LANES, ROUNDS = 500, 6, 7
ASKED = 0.1  # of what vis-timeline takes
PLACE = '<div id="timeline" style="width: 1200px"></div>'
HEAD = '<!doctype html><html lang="en"><meta charset="utf-8"><title>A draw</title><link rel="icon" href="data:,">'

# Both are timed from the events as objects to the second frame after the draw: by then it is on the screen.
_FRAME = "const frame = () => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));"
_VIS = f"""{HEAD}<link rel="stylesheet" href="{STYLE}">{PLACE}<script src="{SCRIPT}"></script><script>
{_FRAME}
const text = (one) => Object.assign(document.createElement("span"), {{textContent: one ? one.content : ""}});
window.timed = async () => {{
  const data = await (await fetch("events.json")).json();
  await frame();
  const began = performance.now();
  const options = {{...data.options, template: text, groupTemplate: text}};
  const place = document.getElementById("timeline");
  const timeline = new vis.Timeline(place, new vis.DataSet(data.items), new vis.DataSet(data.groups), options);
  while (!timeline.initialDrawDone) await new Promise((done) => setTimeout(done));
  await frame();
  const shown = [...document.querySelectorAll(".vis-item.vis-box, .vis-item.vis-range")].filter((one) => one.offsetWidth).length;
  return [performance.now() - began, shown];
}};
</script>"""
_OURS = f"""{HEAD}<link rel="stylesheet" href="base.css"><link rel="stylesheet" href="timeline.css">{PLACE}
<script type="module">
{_FRAME}
import {{ Timeline }} from "./timeline.js";
window.timed = async () => {{
  const {{lanes, from, to}} = await (await fetch("events.json")).json();
  await frame();
  const began = performance.now();
  const timeline = new Timeline(document.getElementById("timeline"), {{}});
  timeline.show(lanes, {{from, to}});
  while (!timeline.layout?.lanes.length) await new Promise((done) => setTimeout(done));
  await frame();
  return [performance.now() - began, timeline.layout.lanes.flatMap((lane) => lane.marks).length];
}};
</script>"""


def report(browser: Browser, _events: int) -> None:
    """Prints the medians of both, and their ratio."""
    try:
        library = VIS.read(SCRIPT, STYLE)
    except NoPackage as reason:
        sys.exit(f"{reason}: run `make browser`")
    events = _invented()
    contestants: Mapping[str, Callable[[], tuple[float, int]]] = {
        "ours": partial(_timed, browser, {"": _OURS.encode(), "events.json": _lanes(events), **_modules()}),
        "vis-timeline 8.5.4": partial(
            _timed,
            browser,
            {"": _VIS.encode(), "events.json": b"".join(vis.render(events, samples.CONTEXT)), **library},
        ),
    }
    found: dict[str, list[tuple[float, int]]] = {name: [] for name in contestants}
    for _ in range(ROUNDS):
        for name, measure in contestants.items():
            found[name].append(measure())
    print(
        f"first draw of {EVENTS} events in {LANES} lanes, to the frame that shows it; medians of {ROUNDS} rounds in turns"
    )
    taken = {name: median(ms for ms, _ in rounds) for name, rounds in found.items()}
    for name, rounds in found.items():
        spread = f"{min(ms for ms, _ in rounds):.0f} to {max(ms for ms, _ in rounds):.0f}"
        print(f"  {name:<20} {taken[name]:7.0f} ms ({spread}), {rounds[0][1]} visible")
    ratio = taken["ours"] / taken["vis-timeline 8.5.4"]
    print(f"  ours takes {ratio:.3f} of vis-timeline's; asked for: at most {ASKED}", flush=True)


def _timed(browser: Browser, content: Mapping[str, bytes]) -> tuple[float, int]:
    """Milliseconds of a first draw on a new page, and how many events it shows."""
    with opened(browser, content, zone="UTC") as site:
        site.page.wait_for_function("typeof window.timed === 'function'")
        taken, shown = site.page.evaluate("timed()")
        assert (site.outside, site.errors) == ([], [])
        return float(taken), int(shown)


def _modules() -> dict[str, bytes]:
    return {name: file.body for name, file in ours.load().by_name.items()}


def _invented() -> list[EventOut]:
    """Events of two years in the lanes of six actors, one each; a tenth are known to the month."""
    rng = random.Random(20261123)
    actors = [samples.actor(f"A{number}", f"Actor {number}") for number in range(LANES)]
    found = []
    for number in range(EVENTS):
        day = date(2021, 1, 1) + timedelta(days=rng.randrange(720))
        edtf = day.isoformat()[:7] if number % 10 == 0 else day.isoformat()
        title = f"Event {number}: " + "a word of it " * rng.randrange(1, 6)
        found.append(samples.event(edtf, id=f"e{number}", title=title, kind="call", actors=[actors[number % LANES]]))
    return found


def _lanes(events: list[EventOut]) -> bytes:
    """The same events as /v1/timeline/window gives them, and the two years as days since 1970."""
    lanes = [
        {
            "value": f"A{number}", "name": f"Actor {number}", "count": len(events[number::LANES]), "unit": None,
            "events": events[number::LANES], "buckets": [], "wider": 0,
        }
        for number in range(LANES)
    ]  # fmt: skip
    first = date(2020, 12, 25) - date(1970, 1, 1)
    return json.dumps({"lanes": lanes, "from": first.days, "to": first.days + 745}).encode()
