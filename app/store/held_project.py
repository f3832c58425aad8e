"""The file of an open project: locks it, writes it in commits, and follows or rewrites it if other programs change
it.
"""

from __future__ import annotations

import logging
import os
import sqlite3
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from threading import RLock, Thread
from typing import Self, TypeVar

from app.model.project import Project, VideoReference
from app.store.connection import check_schema, checked_version, connect, hold, migrate
from app.store.errors import ProjectInUseError, StoreError, damaged, explained
from app.store.flusher import Flusher
from app.store.held_file import HeldFile
from app.store.left_blocks import LeftBlocks, remove_left_blocks
from app.store.outside import (
    Found,
    LogEnd,
    Stamp,
    WrittenOverError,
    find,
    gone,
    has_all_of,
    is_copy,
    is_of_another,
    make_way_for_log,
    read_anew,
    stamp,
    take_log_away,
    told_of,
    told_of_copy,
    written_over,
)
from app.store.rows import portable_path
from app.store.unfinished import (
    check_goal,
    free_name_beside,
    is_in_trash,
    make_durable,
    put_in_place,
    remove_journals,
    remove_left,
    remove_unfinished,
    unfinished_beside,
)

Loaded = TypeVar("Loaded")

LONGEST_LOG = 1000  # pages, after which SQLite merges it into the file
FALSE_ALARMS = 3  # for this long after a write, the file's times are not trusted: some network drives change them later

logger = logging.getLogger(__name__)


class HeldProject(ABC):
    """The part of ``ProjectStore`` about the file itself: opening, locking, commits and safety."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._lock = RLock()  # around every use of the connection
        self._flusher: Flusher | None = None
        self._cleaning: Thread | None = None
        self._copying: Thread | None = None
        self._left = LeftBlocks()
        self._is_written_over = False
        self._is_in_doubt = False  # compare the content before merging the log
        self._false_alarms = 0
        self.times_written_anew = 0  # grows with each rewrite, which loses what was written but is not in the model yet
        self._hold()
        # The folder may hold a hundred thousand pictures.
        self._cleaning = Thread(target=remove_left, args=(path.parent,), name="project cleaning", daemon=True)
        self._cleaning.start()

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All writes inside the block are one commit: all are in the file when it ends, or none if there was an
        exception. If the disk failed to keep an earlier commit, the next transaction reports it.
        """
        with self._lock:
            if self._connection.in_transaction:  # nested in another transaction
                yield
                return
            with self._whole_transaction():
                yield
        if self._flusher is not None:
            self._flusher.note_commit()

    @contextmanager
    def _whole_transaction(self) -> Iterator[None]:
        self._raise_flush_error()
        before = self._stamp()
        log_end = LogEnd.of(self._log, before.log_size)
        # A merge of the log would destroy what the other program has written.
        if self._is_gone() or self._is_written_over or (self._file.is_in_place() and not self._may_append(before)):
            raise written_over(self.path)
        try:
            with explained(self.path):
                if self._copying is not None and not self._copying.is_alive():
                    self._end_copying()
                self._connection.execute("BEGIN IMMEDIATE")
                try:
                    yield
                    if self._is_gone():
                        raise written_over(self.path)
                    self._connection.execute("COMMIT")
                finally:
                    if self._connection.in_transaction:
                        self._connection.execute("ROLLBACK")
                        self._left.forget()
        except StoreError as error:
            if not is_of_another(error.__cause__):
                raise
            self._is_written_over = True
            raise WrittenOverError(str(error)) from error
        finally:
            # Another program may have written at the same time.
            left = before.after_commit(self._stamp(), may_merge=self._may_have_merged())
            self._as_left = left.in_doubt() if self._is_in_doubt else left
            if log_end and not log_end.is_still_in(self._log):
                self._is_written_over |= self._file.is_in_place()

    def _is_gone(self) -> bool:
        """Whether the file was deleted or replaced. Then nothing may be committed, not even by another thread."""
        return not self._file.is_in_place() and (os.path.lexists(self.path) or self._file.place() is None)

    def _may_append(self, now: Stamp) -> bool:
        """Whether commits may go on into the log. If only the file's times differ, a program has usually just touched
        it. Until ``follow_file`` has compared the content, commits stay in the log, so that the file itself does not
        change.
        """
        if self._is_as(now):
            return True
        if self._flusher is None or now.without_times() != self._as_left.without_times():
            return False
        self._end_copying()
        self._connection.execute("PRAGMA wal_autocheckpoint = 0")
        self._is_in_doubt = True
        return True

    def _may_have_merged(self) -> bool:
        if self._flusher is None:
            return True
        if self._is_in_doubt or self._copying is not None:
            return False
        try:
            return self._log.stat().st_size >= LONGEST_LOG * self._page_size
        except OSError:
            return True

    def copy_as_opened(self, keep: Callable[[int], None]) -> None:
        """Let ``keep`` copy the file as it was before it was opened, on a separate thread, from a descriptor. Until it
        has finished, commits stay in the log, so the file itself does not change. Without a log, or after its first
        merge, it is too late for that.
        """
        if self._flusher is None or self._copying is not None:
            return
        with self._lock:
            self._connection.execute("PRAGMA wal_autocheckpoint = 0")

        def copy() -> None:
            try:
                keep(self._file.descriptor)
            except Exception:
                logger.warning("No copy of %s could be kept", self.path, exc_info=True)

        self._copying = Thread(target=copy, name="project backup", daemon=True)
        self._copying.start()

    def settle(self) -> None:
        """Wait until all commits survive a power failure."""
        if self._flusher is not None:
            self._flusher.wait()
            self._raise_flush_error()

    def follow_file(self, project: Project | None = None) -> str:
        """Follow the file if it was renamed, deleted, replaced or written over from outside. A deleted file is written
        again. What another program has written stays, and the project continues beside it, or under its own name if
        that is no project. Returns what has happened as a sentence, or nothing if the file is as it was left (which
        takes microseconds).

        Args:
            project: the project in memory, to write it again. Without it, the project is read from the file as far as
            possible.
        """
        if self._is_untouched():
            return ""
        with self._lock:
            if self._finds_it_written_over(project):
                return self._write_anew(project)
            return "" if self._file.is_in_place() else self._follow()

    def _is_untouched(self) -> bool:
        """Whether there is nothing to check. True while another thread writes, because its commit checks."""
        if not self._lock.acquire(blocking=False):
            return True
        try:
            if self._file.is_closed or self._connection.in_transaction:
                return True
            return not self._is_written_over and self._file.is_in_place() and self._is_as(self._stamp())
        finally:
            self._lock.release()

    @property
    def _log(self) -> Path:
        return self.path.with_name(f"{self.path.name}-wal")

    def _stamp(self) -> Stamp:
        return stamp(self._file, self._log)

    def _is_as(self, now: Stamp) -> bool:
        if self._false_alarms < FALSE_ALARMS:
            return now == self._as_left
        return now.without_times() == self._as_left.without_times()

    def _finds_it_written_over(self, project: Project | None) -> bool:
        now, was = self._stamp(), self._as_left
        if self._is_written_over:
            return True
        if not self._file.is_in_place():  # the log may have moved with it or stayed
            if now.log is None:
                now = now._replace(log=was.log, log_size=was.log_size, log_written_at=was.log_written_at)
            self._is_written_over = not self._is_as(now)
        elif now.without_times() != was.without_times():
            self._is_written_over = True
        elif not self._is_as(now):
            self._is_written_over = not self._still_holds(project)
            if not self._is_written_over:  # it was only touched, or overwritten by its own copy
                self._as_left = now
                self._false_alarms += 1
                self._merge_again()
        return self._is_written_over

    def _still_holds(self, project: Project | None) -> bool:
        self._end_copying()  # the copy reads from the same descriptor
        found = read_anew(self._file, self._log, self.path)
        if found is None or found == project:
            return found is not None
        try:
            return found == self.load() and (project is None or has_all_of(found, project))
        except StoreError:
            return False

    def _merge_again(self) -> None:
        if self._is_in_doubt:
            self._is_in_doubt = False
            self._connection.execute(f"PRAGMA wal_autocheckpoint = {LONGEST_LOG}")

    def _write_anew(self, project: Project | None) -> str:
        """Another program has written into the file or its log."""
        left, is_in_place = self.path, self._file.is_in_place()
        self._end_copying()
        found = find(self._file, self._as_left, left)
        beside = free_name_beside(left)
        try:
            project = project or self.load()
            was_copied = not is_in_place and is_copy(left, self._log, project)  # with its log
            self._write_copy(beside, replaces=False, project=project)
        except StoreError as error:
            raise StoreError(
                f"Another program has changed the project file {left} while it was open, and it cannot be written "
                "there again. Save the project elsewhere: your work is still in memory."
            ) from error
        if was_copied:
            remove_journals(left)
        away = self._let_go_unmerged()
        self.path = beside
        kept = ""
        if was_copied or away is not None:
            try:
                if away is None:
                    os.replace(beside, left)
                    self.path = left
                elif found is Found.PROJECT:
                    put_in_place(away, left)
                else:
                    os.rename(beside, left)
                    self.path = left
                    if found is Found.OTHER:
                        kept = away.name
                    else:
                        away.unlink()
                make_durable(left.parent)
            except OSError:
                logger.warning("Not all of %s could be put in its place", left, exc_info=True)
        self.times_written_anew += 1
        self._hold()
        if was_copied:
            return told_of_copy(left)
        return told_of(found if is_in_place or found is not Found.PROJECT else Found.OTHER, left, self.path, kept)

    def _let_go_unmerged(self) -> Path | None:
        """Close a file that is no longer ours, without merging the log. SQLite merges it on closing unless the file has
        another name by then, so the file is renamed first. Returns its new name, or None if it was gone.
        """
        left, away = self.path, None
        try:
            if self._file.is_in_place():
                away = free_name_beside(left.with_name(f"{left.stem}.unreadable{left.suffix}"))
                os.rename(left, away)
            take_log_away(self._log, self._as_left.log)
        except OSError:  # the folder cannot be written; an emptied log is not merged either
            away = None
            with suppress(OSError):
                os.truncate(self._log, 0)
        with suppress(StoreError):
            self._let_go()
        return away

    def _follow(self) -> str:
        self._end_copying()
        left, now = self.path, self._file.place()
        video = self.load_video()
        was_copied = os.path.lexists(left) and is_copy(left, self._log, self.load())
        with explained(left):
            self._connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        self._as_left = self._stamp()
        if now is not None and not is_in_trash(now):
            self._go_on_in(now, video)
            return f"The project file was moved from {left} while it was open; you go on in {now}."
        goal = left if was_copied or not os.path.lexists(left) else free_name_beside(left)
        try:
            if not self._file.is_disk_there():  # a copy in the mount point would be hidden once the disk is back
                raise StoreError(f"The disk of {left} is gone.")
            self._write_copy(goal, replaces=was_copied)
        except StoreError as error:
            raise gone(left) from error
        self._go_on_in(goal, video)
        if was_copied:
            return told_of_copy(left)
        if goal != left:
            return f"Another program has replaced {left} while it was open; your project goes on in {goal.name}."
        return f"The project file {left} was deleted while it was open; it has been written again."

    def copy_to(self, path: Path, project: Project | None = None) -> None:
        """Write the project as it is now to another file, which is replaced completely or not at all. ``project`` is
        the project in memory, in case the file can no longer be read.
        """
        path = Path(os.path.abspath(path))
        check_goal(path)
        if path.exists() and self._file.is_in_place() and path.samefile(self.path):
            raise StoreError(f"{path} is the open project itself; choose another name.")
        self._write_copy(path, replaces=True, project=project)

    def close(self) -> None:
        """Merge the log into the file and close it. After that, only ``close`` may be called. If the file is gone and
        cannot be written again, the store stays open, so that the project can be saved elsewhere.
        """
        with self._lock:
            self.follow_file()
            self.let_go()

    def let_go(self) -> None:
        """Close the file as it is, for a project that continues elsewhere. Otherwise use ``close``."""
        with self._lock:
            if not self._is_written_over:
                self._let_go()
                return
            away = self._let_go_unmerged()
            if away is not None:
                with suppress(OSError):
                    put_in_place(away, self.path)

    def _let_go(self) -> None:
        if self._cleaning is not None:
            self._cleaning.join()
        if self._copying is not None:
            self._end_copying()
        if self._flusher is not None:
            self._flusher.close()
            self._flusher = None
        try:
            with explained(self.path):
                self._connection.close()
        finally:
            self._file.close()  # after the connection, see HeldFile

    def _write_copy(self, path: Path, *, replaces: bool, project: Project | None = None) -> None:
        unfinished = unfinished_beside(path)
        try:
            remove_left(path.parent)
            if project is None:
                self._back_up(unfinished, path)
            else:
                self._write_project(unfinished, project, path)
            if replaces:
                self._settle_before_replacing(path)
                os.replace(unfinished, path)
                make_durable(path.parent)
            else:
                put_in_place(unfinished, path)
        except OSError as error:
            raise StoreError(f"{path} could not be written ({error.strerror}); choose another place.") from error
        finally:
            remove_unfinished(unfinished)

    def _back_up(self, unfinished: Path, path: Path) -> None:
        with self._lock, explained(path), closing(sqlite3.connect(unfinished)) as copy:
            copy.execute("PRAGMA locking_mode = EXCLUSIVE")  # as in connection.py: no shared memory
            self._connection.backup(copy)
            copy.execute("PRAGMA journal_mode = DELETE")
            (video_path,) = copy.execute("SELECT path FROM video").fetchone()
            copy.execute("UPDATE video SET path = ?", (portable_path(self.path.parent / video_path, path.parent),))
            copy.commit()

    def _go_on_in(self, path: Path, video: VideoReference) -> None:
        """Switch to the file at ``path``; ``video`` is the project's video."""
        left = self.path
        self.let_go()
        if not os.path.lexists(left) or left == path:
            remove_journals(left)  # the log under the old name, already merged
        self.path = path
        self._hold()
        if not self.load_video().path.exists():  # it did not move with the file
            self.put_video(video)

    def _hold(self) -> None:
        """Open the file, lock it, and upgrade it to this version."""
        with suppress(OSError):
            for suffix in ("-wal", "-journal"):
                make_way_for_log(self.path.with_name(self.path.name + suffix))
        try:
            self._file = HeldFile(self.path)
        except OSError as error:
            raise StoreError(f"The project {self.path} cannot be read ({error.strerror}); check its folder.") from error
        try:
            self._connection = connect(self.path)
        except StoreError:
            self._file.close()
            raise
        try:
            version = checked_version(self._connection, self.path)
            has_log = hold(self._connection, self.path)
            self._page_size = int(self._connection.execute("PRAGMA page_size").fetchone()[0])
            check_schema(self._connection, self.path)
            migrate(self._connection, version, self.path)
            with explained(self.path):
                remove_left_blocks(self._connection)
            self._left.forget()
        except StoreError:
            self.let_go()
            raise
        self._flusher = Flusher(self._log) if has_log else None
        self._as_left, self._is_written_over, self._is_in_doubt = self._stamp(), False, False

    def _end_copying(self) -> None:
        if self._copying is not None:
            self._copying.join()
            self._copying = None
            self._connection.execute(f"PRAGMA wal_autocheckpoint = {0 if self._is_in_doubt else LONGEST_LOG}")

    def _raise_flush_error(self) -> None:
        error = None if self._flusher is None else self._flusher.take_error()
        if error is not None:
            raise StoreError(
                f"The disk reports an error ({error.strerror}), so the last changes of {self.path} may not survive a "
                "power failure; save the project on another disk."
            ) from error

    def _read(self, reader: Callable[[sqlite3.Connection, Path], Loaded]) -> Loaded:
        with self._lock, explained(self.path):
            try:
                return reader(self._connection, self.path.parent)
            except (ValueError, TypeError, ArithmeticError) as error:
                raise damaged(self.path, error) from error

    @classmethod
    @abstractmethod
    def open(cls, path: Path) -> Self: ...

    @abstractmethod
    def load(self) -> Project: ...

    @abstractmethod
    def load_video(self) -> VideoReference: ...

    @abstractmethod
    def put_video(self, video: VideoReference) -> None: ...

    @abstractmethod
    def _write_project(self, unfinished: Path, project: Project, path: Path) -> None:
        """Write a project into a new file that will lie at ``path``."""

    def _settle_before_replacing(self, path: Path) -> None:
        """Make sure that nobody uses the file to be replaced, and that it has no journal that would damage the new
        file.
        """
        try:
            self.open(path).close()
        except ProjectInUseError:
            raise
        except StoreError:
            pass  # not a project, or a damaged one: the person chose to replace it
        remove_journals(path)
