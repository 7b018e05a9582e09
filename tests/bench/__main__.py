"""Speed, hostile texts, memory, layers and merging: `python -m tests.bench [SECTION...]`, all of them without an argument.

CPU seconds of this process. Nothing here passes or fails, for a machine's pace changes within a run; what is asked for: dating at
8 times the speed of the parse, time that doubles with the text, memory that stays, and an article that takes no
longer to merge in a large store (merging writes 100,000 mentions and takes a quarter of an hour).
"""

import argparse

from tests.bench import hostile, layers, memory, merging, speed

# Memory first: it tells the most that the process has held, of which the parser and the longest texts take more.
SECTIONS = {
    "memory": memory.report,
    "speed": speed.report,
    "hostile": hostile.report,
    "merging": merging.report,
    "layers": layers.report,
}


def main() -> None:
    """Prints the sections asked for."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description="Measure speed, growth and memory.")
    parser.add_argument("section", nargs="*", metavar="|".join(SECTIONS))
    asked = parser.parse_args().section or list(SECTIONS)
    if unknown := [name for name in asked if name not in SECTIONS]:
        parser.error(f"{unknown[0]!r} is no section: accepted are {', '.join(SECTIONS)}")
    for name, report in SECTIONS.items():
        if name in asked:
            report()
            print(flush=True)


if __name__ == "__main__":
    main()
