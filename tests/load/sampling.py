"""What server processes use, read from /proc, and percentiles of what was timed."""

from __future__ import annotations

import asyncio
import contextlib
import os


class ProcSampler:
    """Samples RSS, CPU seconds, threads and open files of server processes (/proc)."""

    def __init__(self, pids: list[int]) -> None:
        self.pids = pids
        self.tick = os.sysconf("SC_CLK_TCK")
        self.page = os.sysconf("SC_PAGE_SIZE")
        self.peak_rss = 0
        self.peak_threads = 0
        self.peak_fds = 0

    def cpu(self) -> float:
        total = 0
        for pid in self.pids:
            with contextlib.suppress(OSError), open(f"/proc/{pid}/stat") as f:
                parts = f.read().rsplit(")", 1)[1].split()
                total += int(parts[11]) + int(parts[12])
        return total / self.tick

    def rss(self) -> int:
        total = 0
        for pid in self.pids:
            with contextlib.suppress(OSError), open(f"/proc/{pid}/statm") as f:
                total += int(f.read().split()[1]) * self.page
        return total

    def sample(self) -> None:
        self.peak_rss = max(self.peak_rss, self.rss())
        threads = fds = 0
        for pid in self.pids:
            with contextlib.suppress(OSError):
                threads += len(os.listdir(f"/proc/{pid}/task"))
                fds += len(os.listdir(f"/proc/{pid}/fd"))
        self.peak_threads = max(self.peak_threads, threads)
        self.peak_fds = max(self.peak_fds, fds)

    async def run(self) -> None:
        while True:
            self.sample()
            await asyncio.sleep(0.5)


def pct(values: list[float], p: float) -> float:
    if not values:
        return float("nan")
    s = sorted(values)
    k = (len(s) - 1) * p
    lo = int(k)
    hi = min(lo + 1, len(s) - 1)
    return s[lo] + (s[hi] - s[lo]) * (k - lo)
