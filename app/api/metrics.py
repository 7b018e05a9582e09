"""What is counted of this process, for Prometheus: requests, how long they took, what the cache spared, who was slowed down."""

from collections.abc import Callable
from functools import lru_cache

from prometheus_client import (
    CollectorRegistry,
    Counter,
    GCCollector,
    Histogram,
    PlatformCollector,
    ProcessCollector,
    disable_created_metrics,
    exposition,
)
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.registry import Collector

from app.errors import StoreError

MEDIA_TYPE = exposition.CONTENT_TYPE_LATEST
METHODS = frozenset(("GET", "HEAD", "POST", "DELETE", "OPTIONS", "PUT", "PATCH"))
BUCKETS = (0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 10.0)

# when each series began: as many lines again, for nobody
disable_created_metrics()  # type: ignore[no-untyped-call]


class Metrics:
    """The numbers of one application. `under_way` is how many requests are being answered."""

    def __init__(self, commits: Callable[[], int]) -> None:
        self.under_way = 0
        self._registry = CollectorRegistry()
        for collector in (ProcessCollector, PlatformCollector, GCCollector):
            collector(registry=self._registry)
        requests = Counter(
            "demarche_requests", "Requests answered.", ["method", "route", "status"], registry=self._registry
        )
        seconds = Histogram(
            "demarche_request_seconds",
            "How long an answer took, to its last byte.",
            ["route"],
            buckets=BUCKETS,
            registry=self._registry,
        )
        answers = Counter(
            "demarche_cache_answers",
            "Reads by what the cache had: hit, unchanged (304) or miss.",
            ["outcome"],
            registry=self._registry,
        )
        limited = Counter(
            "demarche_requests_limited", "Requests refused for their number.", ["policy"], registry=self._registry
        )
        self._registry.register(_Gauges(self, commits))
        # what a label's values stand for is looked up once: that costs more than counting
        self._requests = lru_cache(maxsize=None)(requests.labels)
        self._seconds = lru_cache(maxsize=None)(seconds.labels)
        self._answers = lru_cache(maxsize=None)(answers.labels)
        self._limited = limited.labels

    def answered(self, method: str, route: str, status: int, seconds: float, outcome: str | None) -> None:
        """One request; `route` is its template, which bounds how many there are, and `outcome` what the cache had."""
        self._requests(method if method in METHODS else "other", route, status).inc()
        self._seconds(route).observe(seconds)
        if outcome is not None:
            self._answers(outcome).inc()

    def limited(self, policy: str) -> None:
        """One request that was refused for that limit."""
        self._limited(policy).inc()

    def text(self) -> bytes:
        """All of it in the text format of Prometheus, version 0.0.4."""
        return exposition.generate_latest(self._registry)


class _Gauges(Collector):
    """What is looked at when it is asked for; the store may fail, and the rest is still told."""

    def __init__(self, metrics: Metrics, commits: Callable[[], int]) -> None:
        self._metrics = metrics
        self._commits = commits

    def collect(self) -> list[GaugeMetricFamily]:
        found = [
            GaugeMetricFamily("demarche_requests_under_way", "Requests being answered now.", self._metrics.under_way)
        ]
        try:
            number = self._commits()
        except StoreError:
            return found
        return [*found, GaugeMetricFamily("demarche_commits", "Transactions that have written to the store.", number)]
