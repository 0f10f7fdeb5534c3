"""Runs the browser's tests, a class at a time, in as many processes as CHAT_FCGI_WEB_PROCESSES says (2): each has a browser of its own.

Whatever a class prints is shown when it has ended, so that two do not write into one another.
"""

import io
import multiprocessing
import os
import sys
import time
import unittest

FOLDER = os.path.dirname(os.path.abspath(__file__))
PROCESSES = int(os.environ.get("CHAT_FCGI_WEB_PROCESSES", "2"))
# The longest first, so that the last one does not run alone for long.
FIRST = ("Conversation", "Breaks", "Faults")


def classes():
    """The tests of every class, in the order in which they start."""
    found = {}

    def collect(suite):
        for each in suite:
            if isinstance(each, unittest.TestSuite):
                collect(each)
            else:
                found.setdefault(f"{type(each).__module__}.{type(each).__qualname__}", []).append(each.id())

    collect(unittest.defaultTestLoader.discover(FOLDER, "*_test.py"))
    return sorted(found.items(), key=lambda item: (FIRST.index(name) if (name := item[0].split(".")[-1]) in FIRST else len(FIRST), -len(item[1])))


def run(item):
    name, tests = item
    output = io.StringIO()
    began = time.monotonic()
    suite = unittest.defaultTestLoader.loadTestsFromNames(tests)
    result = unittest.TextTestRunner(output, verbosity=1).run(suite)
    return name, output.getvalue(), time.monotonic() - began, result.testsRun, len(result.skipped), result.wasSuccessful()


def main():
    sys.path.insert(0, FOLDER)
    began, ran, skipped, failed = time.monotonic(), 0, 0, []
    # Started anew, not forked: playwright has threads.
    with multiprocessing.get_context("spawn").Pool(PROCESSES) as pool:
        for name, output, seconds, count, left_out, passed in pool.imap_unordered(run, classes(), chunksize=1):
            print(f"{name}, {seconds:.0f} s\n{output}", file=sys.stderr, flush=True)
            ran, skipped, failed = ran + count, skipped + left_out, failed + ([] if passed else [name])
        pool.close()
        pool.join()
    print(f"{ran} tests in {time.monotonic() - began:.0f} s, {skipped} skipped; " + (f"failed: {', '.join(failed)}" if failed else "all passed"), flush=True)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
