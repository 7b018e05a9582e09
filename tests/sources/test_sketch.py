import os
import subprocess
import sys

import pytest

from app.core.copies import resemblance
from app.lexicon import DATA
from app.lexicon.boilerplate import load_boilerplate
from app.sources import sketch
from tests import texts

RULES = load_boilerplate(DATA)
NINETEEN = " ".join(f"word{number}" for number in range(19))


def of(text: str) -> str:
    found = sketch.of(text, boilerplate=RULES)
    assert found is not None
    return found


def test_a_sketch_is_a_line_of_hexadecimal_digits_whatever_the_length_of_the_text():
    assert len(of(texts.AGENCY)) == len(of(texts.AGENCY * 30)) == 256
    assert set(of(texts.AGENCY)) <= set("0123456789abcdef")


def test_a_sketch_is_the_one_that_stores_hold_already():
    assert of(f"{NINETEEN} twenty").startswith("cc6de1c875cf98f837e88c29967182f9")


@pytest.mark.parametrize("hash_seed", ["1", "2"])
def test_a_sketch_is_the_same_in_every_process(hash_seed):
    code = (
        "from app.lexicon import DATA; from app.lexicon.boilerplate import load_boilerplate; from app.sources import sketch;"
        "from tests import texts; print(sketch.of(texts.AGENCY, boilerplate=load_boilerplate(DATA)))"
    )
    environment = {**os.environ, "PYTHONHASHSEED": hash_seed}
    done = subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == of(texts.AGENCY)


def test_what_a_reader_calls_the_same_text_has_one_sketch():
    shown_otherwise = (
        "Share this:\n" + texts.AGENCY.upper().replace(" ", "  ").replace("\n", "\r\n") + "\nLeave a Reply\n"
    )
    assert of(shown_otherwise) == of(texts.AGENCY)


@pytest.mark.parametrize("short", ["", "!", NINETEEN, f"{NINETEEN}\nLeave a Reply\n"])
def test_a_short_text_has_none(short):
    assert sketch.of(short, boilerplate=RULES) is None
    assert sketch.of(f"{short} {NINETEEN} on and on", boilerplate=RULES)


def test_near_copies_are_far_from_whatever_else_is_told_of_the_act():
    copied = resemblance(of(texts.AGENCY), of(texts.COPY))
    others = [resemblance(of(texts.AGENCY), of(other)) for other in (texts.QUOTING, texts.OWN_WORDS)]
    assert copied > 0.7
    assert max(others) < 0.4
    assert resemblance(of(texts.AGENCY), of(texts.AGENCY)) == 1
