"""Load by wrk: one thread that asks for a list of addresses one after the other over some connections."""

import json
import shutil
import subprocess
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.bench.api.servers import CLIENT_CORE, Server, pinned

CONNECTIONS = 32
WANTED = (
    "wrk was not found: `make bench-api` installs it on Debian as root; elsewhere install it and put it on the PATH"
)

_SCRIPT = """
local requests, place, asked = {}, 0, 0
function init(args)
  for line in io.lines(args[1]) do requests[#requests + 1] = wrk.format("GET", line) end
  place = tonumber(args[2])
end
function request()
  place = place % #requests + 1
  return requests[place]
end
function done(summary, latency, requests)
  local e = summary.errors
  io.write(string.format(
    '\\n{"requests":%d,"micros":%d,"bytes":%d,"refused":%d,"broken":%d,"median_us":%d,"most_us":%d}\\n', summary.requests,
    summary.duration, summary.bytes, e.status, e.connect + e.read + e.write + e.timeout, latency:percentile(50),
    latency:percentile(99)))
end
"""


@dataclass(frozen=True, slots=True)
class Loaded:
    """What came of a load: answers, how many a second, their bytes, and how long they took; CPU in ms an answer."""

    requests: int
    rate: float
    bytes_each: float
    latency_ms: float
    cpu_ms: float
    database_cpu_ms: float


def installed() -> bool:
    """Whether wrk is there."""
    return shutil.which("wrk") is not None


def load(
    server: Server,
    paths: Sequence[str],
    *,
    seconds: float,
    begin: int = 0,
    connections: int = CONNECTIONS,
    headers: Sequence[str] = (),
) -> Loaded:
    """Asks for the paths from place `begin` on, from the first again after the last.

    Raises RuntimeError where an answer was neither 2xx nor 3xx, or did not come at all.
    """
    with tempfile.TemporaryDirectory() as folder:
        script, addresses = Path(folder) / "load.lua", Path(folder) / "paths.txt"
        script.write_text(_SCRIPT)
        addresses.write_text("\n".join(paths) + "\n")
        given = [f"-H{header}" for header in headers]
        command = ["wrk", "-t1", f"-c{connections}", f"-d{max(1, round(seconds))}s", "--timeout=60s", *given]
        before, database_before = server.cpu_s(), server.database_cpu_s()
        ended = subprocess.run(
            pinned([*command, "-s", str(script), server.address, "--", str(addresses), str(begin)], CLIENT_CORE),
            capture_output=True,
            text=True,
            check=True,
        )
        cpu_s, database_cpu_s = server.cpu_s() - before, server.database_cpu_s() - database_before
    found = json.loads(ended.stdout.strip().splitlines()[-1])
    if found["refused"] or found["broken"] or not found["requests"]:
        lost = f"{found['refused']} were refusals, {found['broken']} did not come"
        raise RuntimeError(f"{server.name}: of {found['requests']} answers {lost}")
    number = found["requests"]
    return Loaded(
        requests=number,
        rate=number / found["micros"] * 1e6,
        bytes_each=found["bytes"] / number,
        latency_ms=found["median_us"] / 1000,
        cpu_ms=cpu_s / number * 1000,
        database_cpu_ms=database_cpu_s / number * 1000,
    )
