"""Shared by the fuzz runners: changes to files, and what a reader may do with a file.

A reader must read a file or refuse it in a sentence. It fails if it raises anything else, takes more than 5 seconds of
processor time, or takes more memory than four times the file's size plus 500 MB.
"""

from __future__ import annotations

import random
import re
import resource
import signal
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType

MOST_SECONDS = 5.0  # of processor time
MOST_MEMORY = 500_000_000  # bytes, in addition to four times the file's size
LONGEST_SENTENCE = 1000  # characters

LIMITS = (0, 1, 0x7F, 0x80, 0xFF, 0xFFFF, 0x7FFFFFFF, 0x80000000, 0xFFFFFFFF, 1 << 40, (1 << 63) - 1, (1 << 64) - 1)

ODD_TEXTS = (
    b"0", b"-1", b"1e999", b"-1e308", b"1e-400", b"NaN", b"Infinity", b"nan", b"-inf", b"9" * 30, b"9" * 5000,
    b"0x" + b"f" * 5000, b"1_000", b"2147483648", b"10000000", b"999999999", b"1000000000000", b"true", b"null", b"",
    b'""', b'"a\\u0000b"', b'"\\ud800"', b'"\\r\\n"', b'"' + b"x" * 3000 + b'"', b"[]", b"{}", b"[" * 3000,
    b"[" * 900 + b"]" * 900, b'{"a":' * 500, b"'", b'"', b"\n", b"\r", b",,", b";", b"\0", b"\xff\xfe", b"\xed\xa0\x80",
    b"\xe2\x80\xa8", b"../../..", b"/", b"/dev/zero", b"%s%n", b"&amp;", b"<a>" * 300, b"1/0", b"1.5", b"25/1",
)  # fmt: skip
_TOKEN = re.compile(rb'"[^"\n]*"|[-+]?\d[\w.+-]*|[A-Za-z_]\w*')


@dataclass(slots=True)
class Findings:
    """The results of the tries."""

    accepted: int = 0
    refused: Counter[str] = field(default_factory=Counter)  # by the first words of the sentence
    failures: list[str] = field(default_factory=list)
    slowest: float = 0.0  # seconds
    most_memory: int = 0  # bytes in addition to those in use before

    def add(self, other: Findings) -> None:
        self.accepted += other.accepted
        self.refused += other.refused
        self.failures += other.failures
        self.slowest, self.most_memory = (
            max(self.slowest, other.slowest),
            max(self.most_memory, other.most_memory),
        )


class HangError(BaseException):
    """A reader took too long. Not an ``Exception``, so that no reader takes it for a damaged file."""


def problem_of(
    read: Callable[[], None], found: Findings, *, refusals: tuple[type[Exception], ...], size: int, place: Path
) -> str:
    """What a reader did wrong with a file of ``size`` bytes; empty if it accepted or refused it in a sentence.

    ``place`` is the path of the file, which the sentence may contain.
    """
    _forget_peak()
    before, seconds = _memory(), _processor_time()
    try:
        with _limited(MOST_SECONDS):
            read()
        found.accepted += 1
    except refusals as error:
        sentence = str(error).replace(str(place), "FILE").replace(str(place.parent), "")
        if not sentence.isprintable() or len(sentence) > LONGEST_SENTENCE or not sentence:
            return f"a sentence of {len(sentence)} letters: {sentence[:200]!r}"
        found.refused[" ".join(sentence.split()[:6])[:60]] += 1
    except HangError:
        return f"still at work after {MOST_SECONDS:g} s"
    except BaseException as error:
        if isinstance(error, KeyboardInterrupt):
            raise
        return f"{_where(error)}{type(error).__name__}: {str(error)[:200]!r}"
    seconds, memory = _processor_time() - seconds, max(0, _peak() - before)
    found.slowest, found.most_memory = max(found.slowest, seconds), max(found.most_memory, memory)
    if seconds > MOST_SECONDS:
        return f"took {seconds:.1f} s"
    if memory > MOST_MEMORY + 4 * size:
        return f"took {memory / 1e6:.0f} MB"
    return ""


def report(found: Findings, *, files: int, seconds: float) -> str:
    """The figures as text."""
    lines = [
        f"{files:,} files in {seconds:.0f} s: {found.accepted:,} accepted, {sum(found.refused.values()):,} refused, "
        f"{len(found.failures)} failed",
        f"slowest {found.slowest:.2f} s of processor time; most memory {found.most_memory / 1e6:.0f} MB",
        *(f"{count:7,}  {sentence}" for sentence, count in found.refused.most_common(15)),
        *found.failures[:50],
    ]
    return "\n".join(lines)


def changed_bytes(chance: random.Random, content: bytes, others: Sequence[bytes]) -> bytes:
    """Change bytes in one to six steps, mostly near the beginning, where a file describes its content."""
    made = bytearray(content)
    for _ in range(chance.randint(1, 6)):
        if not made:
            break
        place = (
            min(int(chance.expovariate(1 / 600)), len(made) - 1)
            if chance.random() < 0.8
            else chance.randrange(len(made))
        )
        length = min(1 + int(chance.expovariate(1 / 12)), len(made) - place)
        match chance.randrange(8):
            case 0:
                made[place] ^= 1 << chance.randrange(8)
            case 1:
                made[place] = chance.randrange(256)
            case 2:
                del made[place : place + length]
            case 3:
                made[place:place] = made[place : place + length] * chance.choice((1, 2, 50))
            case 4:
                size = chance.choice((1, 2, 4, 8))
                made[place : place + size] = (chance.choice(LIMITS) % (1 << 8 * size)).to_bytes(size, "little")
            case 5:
                other = chance.choice(others) or b"\0"
                start = chance.randrange(len(other))
                made[place:place] = other[start : start + 4 * length]
            case 6:
                del made[chance.randrange(len(made)) :]
            case _:
                there = chance.randrange(len(made))
                piece = made[place : place + length]
                del made[place : place + length]
                made[there:there] = piece
    return bytes(made)


def changed_text(chance: random.Random, content: bytes) -> bytes:
    """Replace one to three words, numbers or texts by unexpected ones, or drop or repeat lines."""
    made = content
    for _ in range(chance.randint(1, 3)):
        if chance.random() < 0.2:
            lines = made.splitlines(keepends=True) or [b""]
            place = chance.randrange(len(lines))
            lines[place : place + 1] = [lines[place]] * chance.choice((0, 2, 1000))
            made = b"".join(lines)
        elif tokens := list(_TOKEN.finditer(made)):
            token = chance.choice(tokens)
            other = chance.choice(ODD_TEXTS) if chance.random() < 0.8 else chance.choice(tokens)[0]
            made = made[: token.start()] + other + made[token.end() :]
    return made


def _where(error: BaseException) -> str:
    """The last two places in our own code through which an error came."""
    places, step = [], error.__traceback__
    while step is not None:
        name = step.tb_frame.f_code.co_filename
        if "site-packages" not in name:
            places.append(f"{Path(name).name}:{step.tb_lineno}")
        step = step.tb_next
    return " ".join(places[-2:]) + " " if places else ""


@contextmanager
def _limited(seconds: float) -> Iterator[None]:
    """Raise ``HangError`` in code that takes more processor time."""

    def on_alarm(_: int, __: FrameType | None) -> None:
        raise HangError

    before = signal.signal(signal.SIGVTALRM, on_alarm)
    signal.setitimer(signal.ITIMER_VIRTUAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)


def _processor_time() -> float:
    """Processor time of this thread in seconds, so that idle threads of libraries that spin do not count."""
    usage = resource.getrusage(resource.RUSAGE_THREAD)
    return usage.ru_utime + usage.ru_stime


def _memory() -> int:
    """Memory of this process in bytes, now."""
    pages = Path("/proc/self/statm").read_text().split()[1]
    return int(pages) * resource.getpagesize()


def _forget_peak() -> None:
    """Reset the peak, so that memory used to make the file does not count."""
    Path("/proc/self/clear_refs").write_text("5")


def _peak() -> int:
    """Peak memory in bytes since ``_forget_peak``."""
    (line,) = (line for line in Path("/proc/self/status").read_text().splitlines() if line.startswith("VmHWM:"))
    return int(line.split()[1]) * 1024
