"""Run as a program: ingests with room for so many bytes a file, or is killed so many times at random moments.

One parent imports everything; each try is a fork of it, so that twenty tries take seconds.

Usage: interrupted.py full FOLDER INDEX BYTES | killed FOLDER INDEX TIMES SEED
"""

from __future__ import annotations

import os
import random
import resource
import signal
import sys
import time
from collections.abc import Callable
from pathlib import Path

import chromadb  # noqa: F401 - imported before the forks
from fakes import HashEncoder

from assistant.errors import FyrlotsError
from assistant.index import open_index
from ingest.build import build


class SlowEncoder(HashEncoder):
    """Takes its time, so that a kill may come in the midst of embedding."""

    def passages(self, texts):  # type: ignore[no-untyped-def]
        time.sleep(0.05)
        return super().passages(texts)


def child(work: Callable[[], None]) -> int:
    """The pid of a fork that does the work and ends: 0 when it went well, 3 on an error of ours, else 4."""
    pid = os.fork()
    if pid:
        return pid
    try:
        work()
        os._exit(0)
    except FyrlotsError as error:
        print(error, file=sys.stderr, flush=True)
        os._exit(3)
    except BaseException as error:
        print(repr(error), file=sys.stderr, flush=True)
        os._exit(4)


def ended(pid: int) -> int:
    return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])


def answers(index: Path) -> None:
    """Asks words, vectors and texts of the index."""
    encoder = SlowEncoder()
    opened = open_index(index, encoder.name)
    assert opened.words("grams", {"_fyr": 1.0}, 3)
    assert opened.nearest("texts", encoder.queries(["fyren lyser"])[0], 3)
    assert opened.store.count()[0] == opened.manifest.documents > 0
    assert all(opened.store.document(id) for id in opened.metadata)
    opened.close()


def full(folder: Path, index: Path, size: int) -> int:
    """An ingest that may write no file beyond the size; then the index must still answer."""

    def work() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))
        build([folder], index, SlowEncoder())

    code = ended(child(work))
    return code if ended(child(lambda: answers(index))) == 0 else 5


def killed(folder: Path, index: Path, times: int, seed: int) -> int:
    """Ingests killed at random moments, each with new content; after each the index must answer."""
    rng = random.Random(seed)
    started = time.perf_counter()
    assert ended(child(lambda: change_and_build(folder, index, 0))) == 0
    whole_s = time.perf_counter() - started
    cut = 0
    for n in range(1, times + 1):
        pid = child(lambda n=n: change_and_build(folder, index, n))
        time.sleep(rng.uniform(0, whole_s))
        os.kill(pid, signal.SIGKILL)
        cut += ended(pid) == -signal.SIGKILL
        if ended(child(lambda: answers(index))) != 0:
            print(f"the index did not answer after kill {n}", file=sys.stderr)
            return 1
    print(cut)
    return ended(child(lambda: build([folder], index, SlowEncoder()) and None))


def change_and_build(folder: Path, index: Path, n: int) -> None:
    for k in range(5):
        (folder / f"{k}.md").write_text(f"# Fyren {k}\n\nFyren lyser för {n} båtar om natten.\n", encoding="utf-8")
    build([folder], index, SlowEncoder())


if __name__ == "__main__":
    mode, folder, index, *numbers = sys.argv[1:]
    run = {"full": full, "killed": killed}[mode]
    sys.exit(run(Path(folder), Path(index), *map(int, numbers)))
