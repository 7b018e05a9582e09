"""How often one client may ask: told in every answer as draft-ietf-httpapi-ratelimit-headers-10 has it, and enforced.

What was used is counted in the memory of this process, by the generic cell rate algorithm: all of a quota may be used at
once, and comes back evenly. So many clients are remembered; beyond that, those who asked longest ago are forgotten.
"""

from dataclasses import dataclass
from datetime import timedelta
from functools import lru_cache
from ipaddress import IPv6Address, ip_network
from math import ceil

from throttled import MemoryStore, Throttled
from throttled.rate_limiter import per_duration

from app.core.rates import Rate

REMEMBERED = 100_000
_NETWORK_BITS = 64  # what one subscriber of IPv6 is given at the least


@dataclass(frozen=True, slots=True)
class Taken:
    """What a request took of its quota: `header` is the RateLimit field; `retry_s` is 0 unless nothing was left."""

    header: bytes
    retry_s: int


class Limit:
    """One quota that every client has: `name` is what the headers call it."""

    def __init__(self, name: str, rate: Rate) -> None:
        self.name = name
        self.rate = rate
        self.policy = f'"{name}";q={rate.times};w={rate.seconds}'.encode()
        quota = per_duration(timedelta(seconds=rate.seconds), rate.times)
        self._throttle = Throttled(using="gcra", quota=quota, store=MemoryStore(options={"MAX_SIZE": REMEMBERED}))

    def take(self, client: str) -> Taken:
        """One request of that client."""
        found = self._throttle.limit(client)
        state = found.state
        header = f'"{self.name}";r={0 if found.limited else state.remaining};t={ceil(state.reset_after)}'
        return Taken(header.encode(), max(1, ceil(state.retry_after)) if found.limited else 0)


@lru_cache(maxsize=4096)
def client_of(address: str) -> str:
    """Whom an address is counted for: of IPv6 its network, since one client has all of that.

    >>> client_of("192.0.2.7"), client_of("2001:db8:1:2:3::4"), client_of("testclient")
    ('192.0.2.7', '2001:db8:1:2::/64', 'testclient')
    """
    if ":" not in address:
        return address
    try:
        plain = IPv6Address(address.partition("%")[0])
    except ValueError:
        return address
    return str(plain.ipv4_mapped or ip_network((int(plain), _NETWORK_BITS), strict=False))
