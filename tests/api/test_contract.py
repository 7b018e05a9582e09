"""The API keeps to its OpenAPI document: requests that a program makes of that alone are answered as it says.

Every operation gets what fits its parameters and what does not, their edges, methods that it does not take, and what other
operations gave. The requests are the same in each run.
"""

import os
import subprocess
import sys
from functools import partial
from pathlib import Path

from app import workers
from tests.api.conftest import give, publish
from tests.api.served import served
from tests.conftest import NewDatabase
from tests.readers import IsoReader

ROOT = Path(__file__).parents[2]
CONFIG = Path(__file__).with_name("schemathesis.toml")
COMMAND = [str(Path(sys.executable).with_name("st")), "--config-file", str(CONFIG), "run", "--no-color"]


def test_every_answer_is_as_documented(new_sqlite: NewDatabase) -> None:
    app = publish(new_sqlite(), read=partial(workers.one_by_one, extractor=IsoReader()))
    token = give(app, "anna", "read", "ingest", "curate")["Authorization"].removeprefix("Bearer ")
    environment = os.environ | {"SCHEMATHESIS_HOOKS": "tests.api.contract", "TOKEN": token, "PYTHONPATH": str(ROOT)}

    with served(app) as address:
        command = [*COMMAND, f"{address}/openapi.json"]
        done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)

    assert done.returncode == 0, done.stdout + done.stderr
