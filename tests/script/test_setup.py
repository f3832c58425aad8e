"""The scripts, in a copy of the project whose path has spaces, with fakes where they would change the machine."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

FAKE_UV = """\
#!/bin/sh
echo "$@" >> "$CALLS"
if [ "$1" = venv ]; then
  mkdir -p .venv/bin && ln -s "$REAL_PYTHON" .venv/bin/python && echo "version = 3.11" > .venv/pyvenv.cfg
fi
"""
RECORD_CALL = '#!/bin/sh\necho "$(basename "$0") $@" >> "$CALLS"\n'
NO_PYTHON = "#!/bin/sh\nexit 1\n"

Run = Callable[..., subprocess.CompletedProcess[str]]


def write_program(path: Path, text: str) -> None:
    path.write_text(text)
    path.chmod(0o755)


@pytest.fixture
def copy(tmp_path: Path, project_root: Path) -> Path:
    copy = tmp_path / "a folder" / "with spaces"
    copy.mkdir(parents=True)
    shutil.copytree(project_root / "script", copy / "script", ignore=shutil.ignore_patterns("__pycache__"))
    for file in project_root.glob("requirements*.txt"):
        shutil.copy(file, copy)
    (copy / "main.py").write_text("import os, sys; print(os.getcwd(), sys.argv[1:])")
    return copy


@pytest.fixture
def programs(tmp_path: Path) -> Path:
    """A folder first on PATH, with a fake uv and fakes of what would change the machine."""
    programs = tmp_path / "bin"
    programs.mkdir()
    write_program(programs / "uv", FAKE_UV)
    for name in ("apt-get", "sudo"):
        write_program(programs / name, RECORD_CALL)
    return programs


@pytest.fixture
def run(copy: Path, programs: Path, tmp_path: Path) -> Run:
    def run(script: str, *arguments: str, cwd: Path = tmp_path, **variables: str) -> subprocess.CompletedProcess[str]:
        environment = {
            **os.environ,
            "PATH": f"{programs}{os.pathsep}{os.environ['PATH']}",
            "CALLS": str(tmp_path / "calls"),
            "REAL_PYTHON": sys.executable,
            "PYTHON": sys.executable,
            **variables,
        }
        return subprocess.run(
            ["bash", str(copy / "script" / script), *arguments],
            cwd=cwd,
            env=environment,
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )

    return run


def calls(tmp_path: Path) -> list[str]:
    file = tmp_path / "calls"
    lines = file.read_text().splitlines() if file.exists() else []
    file.unlink(missing_ok=True)
    return lines


def test_running_needs_only_the_first_file_of_requirements(run: Run, tmp_path: Path) -> None:
    assert run("setup").returncode == 0
    installed = [line for line in calls(tmp_path) if line.startswith("pip install")]
    assert len(installed) == 1
    assert installed[0].endswith("-r requirements.txt")


def test_the_judges_are_installed_without_their_own_requirements(run: Run, tmp_path: Path) -> None:
    assert run("setup", "--tests").returncode == 0
    assert calls(tmp_path)[-1].endswith("--no-deps -r requirements-judges.txt")


def test_a_second_start_does_nothing_and_is_quick(run: Run, tmp_path: Path) -> None:
    run("setup", "--tests")
    calls(tmp_path)
    began = time.monotonic()
    again = run("setup", "--tests")
    assert time.monotonic() - began < 2
    assert (again.returncode, again.stderr, calls(tmp_path)) == (0, "", [])
    assert run("setup").stderr == "", "what the tests need includes what running needs"


def test_a_changed_pin_is_installed_at_the_next_start(run: Run, copy: Path, tmp_path: Path) -> None:
    run("setup")
    calls(tmp_path)
    with (copy / "requirements.txt").open("a") as file:
        file.write("extra==1.0\n")
    run("setup")
    assert any(line.startswith("pip install") for line in calls(tmp_path))


def test_an_interrupted_set_up_is_taken_up_again(run: Run, programs: Path, tmp_path: Path) -> None:
    write_program(programs / "uv", FAKE_UV + '[ "$1" != pip ]\n')
    assert run("setup").returncode != 0
    write_program(programs / "uv", FAKE_UV)
    assert run("setup").returncode == 0
    assert any(line.startswith("pip install") for line in calls(tmp_path))


def test_without_a_fitting_python_one_line_says_so(run: Run, programs: Path) -> None:
    for name in ("python3", "python3.11", "python3.12", "python3.13"):
        write_program(programs / name, NO_PYTHON)
    answer = run("setup", PYTHON="")
    assert answer.returncode == 1
    assert answer.stderr.startswith("setup: Siamark needs Python 3.11, 3.12 or 3.13")
    assert len(answer.stderr.splitlines()) == 1


@pytest.mark.skipif(sys.platform != "linux", reason="only on Linux does Qt need libraries of the system")
class TestMissingLibraries:
    @pytest.fixture(autouse=True)
    def _machine_without_libraries(self, programs: Path) -> None:
        write_program(programs / "ldconfig", "#!/bin/sh\necho '\tlibc.so.6 (libc6) => /lib/libc.so.6'\n")

    def test_are_installed_as_root(self, run: Run, programs: Path, tmp_path: Path) -> None:
        write_program(programs / "id", "#!/bin/sh\necho 0\n")
        assert run("setup").returncode == 0
        installed = next(line for line in calls(tmp_path) if "apt-get" in line and " install " in line)
        assert {"libegl1", "libxcb-cursor0", "libxkbcommon-x11-0"} <= set(installed.split())

    def test_are_named_in_one_line_where_they_cannot_be_installed(self, run: Run, programs: Path) -> None:
        write_program(programs / "id", "#!/bin/sh\necho 1000\n")
        write_program(programs / "sudo", "#!/bin/sh\nexit 1\n")
        answer = run("setup")
        assert answer.returncode == 1
        assert "sudo apt-get install" in answer.stderr
        assert "libxcb-cursor0" in answer.stderr
        assert len(answer.stderr.splitlines()) == 1


class TestRun:
    def test_hands_its_arguments_on_and_stays_in_the_folder_it_was_called_from(self, run: Run, tmp_path: Path) -> None:
        answer = run("run", "my video.mp4", "--flag")
        assert answer.stdout.strip() == f"{tmp_path} ['my video.mp4', '--flag']"

    @pytest.mark.skipif(sys.platform != "linux", reason="elsewhere there is always a display")
    def test_without_a_display_runs_the_demo_unseen_and_says_where_to_look(self, run: Run, copy: Path) -> None:
        answer = run("run", DISPLAY="", WAYLAND_DISPLAY="")
        folder = copy / "demo-output"
        assert f"['demo', '--offscreen', '{folder}']" in answer.stdout
        assert answer.stdout.rstrip().endswith(str(folder))

    def test_with_a_display_opens_the_demo(self, run: Run) -> None:
        assert run("run", DISPLAY=":0").stdout.strip().endswith("['demo']")


class TestTest:
    @pytest.fixture(autouse=True)
    def _pytest_that_tells_its_arguments(self, copy: Path) -> None:
        (copy / "pytest.py").write_text("import os, sys; print(os.environ['QT_QPA_PLATFORM'], sys.argv[1:])")

    def test_hands_its_arguments_on(self, run: Run) -> None:
        assert run("test", "tests/model", "-k", "box").stdout.strip() == "offscreen ['tests/model', '-k', 'box']"

    def test_all_of_them_use_all_cores_and_a_crash_ends_the_run(self, run: Run) -> None:
        assert run("test").stdout.strip() == (
            "offscreen ['-n', 'auto', '--maxprocesses', '8', '--dist', 'loadfile', '--no-loadscope-reorder', "
            "'--max-worker-restart', '0']"
        )

    def test_fast_leaves_out_what_takes_long(self, run: Run) -> None:
        assert run("test", "--fast", "tests/model").stdout.strip() == (
            "offscreen ['-n', 'auto', '--maxprocesses', '8', '--dist', 'loadfile', '--no-loadscope-reorder', "
            "'--max-worker-restart', '0', '--fast', '--hypothesis-profile', 'fast', 'tests/model']"
        )
