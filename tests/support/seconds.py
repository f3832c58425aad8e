"""Measures the processor time of each test, so that ``script/test --fast`` can leave out the longer ones.

Processor time hardly depends on what else the machine does. A fixture that several tests share counts for each of them
with an equal part.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Generator, Mapping
from pathlib import Path
from typing import Any, Final, TypeAlias

import pytest

LONGEST: Final = 0.15  # seconds of processor time; script/test --fast leaves longer tests out
LISTED: Final = 0.1  # seconds
LIST: Final = Path(__file__).resolve().parents[1] / "seconds.txt"
HEADING: Final = f"""\
# Processor time of the tests that take {LISTED} seconds or more, written by `script/test --measure`.
# `script/test --fast` leaves out those over {LONGEST} seconds. A test that is not listed runs.
"""

Shared: TypeAlias = tuple[str, str]
"""A fixture that tests share: its name, and the file that shares it; empty if several files do."""


def longer_tests() -> frozenset[str]:
    """The ids of the tests that take too long for ``--fast``."""
    lines = (line.split(" ", 1) for line in LIST.read_text("utf-8").splitlines() if not line.startswith("#"))
    return frozenset(test for seconds, test in lines if float(seconds) > LONGEST)


class Meter:
    """A plugin of pytest that measures the tests of a session, and writes the list at its end. Under xdist each worker
    measures its own tests and hands the result to the process that started it.
    """

    def __init__(self, config: pytest.Config) -> None:
        self._config = config
        self._of_workers: dict[str, float] = {}
        self._own: dict[str, float] = {}
        self._shared: dict[Shared, float] = {}
        self._uses: dict[str, set[Shared]] = {}
        self._of_fixtures = 0.0  # processor time of shared fixtures so far

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_protocol(self, item: pytest.Item) -> Generator[None, Any, Any]:
        names = getattr(item, "fixturenames", ())
        self._uses[item.nodeid] = {(name, file) for name in names for file in ("", _file_of(item.nodeid))}
        before, of_fixtures = _processor_time(), self._of_fixtures
        result = yield
        self._own[item.nodeid] = _processor_time() - before - (self._of_fixtures - of_fixtures)
        return result

    @pytest.hookimpl(wrapper=True)
    def pytest_fixture_setup(
        self, fixturedef: pytest.FixtureDef[Any], request: pytest.FixtureRequest
    ) -> Generator[None, Any, Any]:
        before, of_inner = _processor_time(), self._of_fixtures
        result = yield
        if fixturedef.scope != "function":
            spent = _processor_time() - before - (self._of_fixtures - of_inner)
            file = _file_of(request.node.nodeid) if fixturedef.scope in ("module", "class") else ""
            self._shared[fixturedef.argname, file] = self._shared.get((fixturedef.argname, file), 0.0) + spent
            self._of_fixtures += spent
        return result

    @pytest.hookimpl(optionalhook=True)
    def pytest_testnodedown(self, node: Any) -> None:
        self._of_workers.update(node.workeroutput.get("seconds", {}))

    @pytest.hookimpl(trylast=True)
    def pytest_sessionfinish(self) -> None:
        users = Counter(shared for uses in self._uses.values() for shared in uses)
        parts = {shared: spent / users[shared] for shared, spent in self._shared.items()}
        seconds = {
            test: own + sum(parts.get(shared, 0.0) for shared in self._uses[test]) for test, own in self._own.items()
        }
        if hasattr(self._config, "workeroutput"):
            self._config.workeroutput["seconds"] = seconds
        else:
            write_list(self._of_workers | seconds)


def write_list(seconds: Mapping[str, float]) -> None:
    rows = [f"{spent:.1f} {test}\n" for test, spent in sorted(seconds.items()) if spent >= LISTED]
    LIST.write_text(HEADING + "".join(rows), "utf-8")


def _file_of(node: str) -> str:
    return node.split("::")[0]


def _processor_time() -> float:
    """Seconds of this process and of those that it has waited for."""
    times = os.times()
    return times.user + times.system + times.children_user + times.children_system
