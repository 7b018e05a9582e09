"""A worker in a thread of the server: it reads the articles that wait while the server serves."""

import logging
from threading import Event, Thread

from app.intake import Worker

IDLE_S = 1.0
STOP_S = 5.0
logger = logging.getLogger(__name__)


class Background:
    """Runs a worker from `start` to `stop`; `wake` tells it that there is something to do."""

    def __init__(self, worker: Worker) -> None:
        self._worker = worker
        self._awake = Event()
        self._stopped = Event()
        self._thread = Thread(target=self._run, name="worker", daemon=True)

    def start(self) -> None:
        """Begins to work."""
        self._thread.start()

    def wake(self) -> None:
        """Has it look at once whether something waits."""
        self._awake.set()

    def stop(self) -> None:
        """Ends after the article that is being read; one that takes too long is given up, and waits until its lease ends."""
        self._stopped.set()
        self._awake.set()
        self._thread.join(STOP_S)
        if self._thread.is_alive():
            logger.warning("an article is still being read: whoever works next begins it anew")

    def _run(self) -> None:
        self._worker.run(self._stopped.is_set, self._pause)

    def _pause(self) -> None:
        self._awake.wait(IDLE_S)
        self._awake.clear()
