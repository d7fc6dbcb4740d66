"""Builds the texts of benches/compare.sh out of the project's fixtures, runs lint and its peers over them, and prints what
each took, as Markdown.

Every figure is the median of several rounds; a round runs each program once, so that what else the machine does meets
them all alike.
"""

import argparse
import os
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

PROJECT = Path(__file__).resolve().parent.parent
FIXTURES = PROJECT / "fixtures"
# Whole papers: clean ones of all kinds, drafts with faults, and a short one of every kind.
FOLDERS = ("clean", "drafts", "profiles")
TREE = 20_000_000
# The densest text has at least one number in so many characters.
DENSE = 16
DENSE_TREE = 4_000_000
TERMS = 200
NUMBER = re.compile(r"[0-9][0-9.,]*")


def papers():
    """The papers among the fixtures, in the order of their names."""
    return [path for folder in FOLDERS for path in sorted((FIXTURES / folder).glob("*.txt"))]


def is_dense(path):
    text = path.read_text(encoding="utf-8")
    return len(NUMBER.findall(text)) * DENSE >= len(text)


def build(place, sources, size):
    """Copies papers into numbered folders until they hold `size` bytes; the number of bytes and of files."""
    shutil.rmtree(place, ignore_errors=True)
    total = files = lap = 0
    while total < size:
        for source in sources:
            if total >= size:
                break
            folder = place / f"{lap:04}" / source.parent.name
            folder.mkdir(parents=True, exist_ok=True)
            total += (folder / source.name).write_bytes(source.read_bytes())
            files += 1
        lap += 1
    return total, files


def lines():
    """The lines of the clean papers, without the empty ones."""
    texts = (path.read_text(encoding="utf-8") for path in papers() if path.parent.name == "clean")
    return [line for text in texts for line in text.splitlines() if line.strip()]


def single(path, size, end):
    """A text of at least `size` bytes; each line ends with `end`, so that it is one paragraph where that is empty."""
    parts, total = [], 0
    while total < size:
        for line in lines():
            parts.append(line + end)
            total += len(parts[-1].encode())
            if total >= size:
                break
    path.write_text("".join(parts) + "\n", encoding="utf-8")
    return path


def terms(path):
    """The words that the first term entries find, one a line."""
    entry = re.compile(r'^wrong = "([^"\\]+)"', re.M)
    files = sorted((PROJECT / "rules/terms").glob("*.toml"))
    words = list(dict.fromkeys(word for file in files for word in entry.findall(file.read_text("utf-8"))))[:TERMS]
    if len(words) < TERMS:
        sys.exit(f"compare.py: only {len(words)} terms")
    path.write_text("\n".join(words) + "\n", encoding="utf-8")
    return path


# Runs a command and prints its seconds of the clock and of processors, its peak and its exit code. A process of its own:
# what a program's parent holds counts as the program's peak until it has started, and this one holds little.
LAUNCHER = """
import os, sys, time
out = os.open(sys.argv[1], os.O_RDWR | os.O_CREAT | os.O_TRUNC)
to = [(os.POSIX_SPAWN_DUP2, out, n) for n in (1, 2)]
start = time.perf_counter()
child = os.posix_spawnp(sys.argv[2], sys.argv[2:], os.environ, file_actions=to)
_, status, usage = os.wait4(child, 0)
wall = time.perf_counter() - start
print(wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss, os.waitstatus_to_exitcode(status))
"""


class Run:
    """A program, and what its runs took: seconds of the clock, seconds of processors, the peak in MiB."""

    def __init__(self, name, command, codes=(0,), speaks=False):
        self.name, self.command, self.codes, self.speaks = name, [str(c) for c in command], codes, speaks
        self.runs = []

    def once(self, said=os.devnull):
        launcher = [sys.executable, "-I", "-S", "-c", LAUNCHER, said, *self.command]
        out = subprocess.run(launcher, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, text=True, check=True).stdout
        wall, cpu, peak, code = out.split()
        if int(code) not in self.codes:
            sys.exit(f"compare.py: {self.name} ended with {code}: {' '.join(self.command)}")
        # Linux counts KiB, macOS bytes.
        return float(wall), float(cpu), int(peak) / (1024 * 1024 if sys.platform == "darwin" else 1024)

    wall = property(lambda self: statistics.median(r[0] for r in self.runs))
    cpu = property(lambda self: statistics.median(r[1] for r in self.runs))
    peak = property(lambda self: statistics.median(r[2] for r in self.runs))


def measure(runs, rounds):
    """Each once to warm the caches, then in turn."""
    with tempfile.NamedTemporaryFile() as said:
        for run in runs:
            run.once(said.name)
            # A program that passes the tree over is fast.
            if run.speaks and os.path.getsize(said.name) < 1000:
                sys.exit(f"compare.py: {run.name} has not read the tree: {' '.join(run.command)}")
    for _ in range(rounds):
        for run in runs:
            run.runs.append(run.once())


def machine():
    """The model of the processors and their number."""
    try:
        model = re.search(r"^model name\s*: (.*)$", Path("/proc/cpuinfo").read_text(), re.M).group(1).strip()
    except (OSError, AttributeError):
        model = "an unnamed processor"
    return f"{model}, {os.cpu_count()} cores"


def version(*command):
    out = subprocess.run([str(c) for c in command], capture_output=True, text=True, check=True).stdout
    return re.search(r"\d+\.\d+\.\d+", out).group()


def row(*cells):
    print("| " + " | ".join(str(c) for c in cells) + " |")


def main_measure(args):
    # Outside of the repository, whose ignore files some of the programs would follow.
    with tempfile.TemporaryDirectory() as texts:
        report(args.place.resolve(), args.lint.resolve(), args.rounds, Path(texts))


def report(place, lint, rounds, texts):
    typos_program, rg_program = place / "python/bin/typos", place / "cargo/bin/rg"
    autocorrect = place / "npm/node_modules/.bin/autocorrect"
    tree, dense, words = texts / "tree", texts / "dense", terms(texts / "terms.txt")
    size, files = build(tree, papers(), TREE)
    dense_size, _ = build(dense, [p for p in papers() if is_dense(p)], DENSE_TREE)
    paper = FIXTURES / "clean/reports-4.txt"
    empty = texts / "empty.txt"
    empty.write_text("")

    # Nothing that the user has configured for a program counts.
    ours = [lint, "check", "--isolated", "--output-format", "concise", "--quiet"]
    typos = [typos_program, "--isolated", "--format", "brief"]
    rg = [rg_program, "--no-config", "--count", "--fixed-strings", "--file", words]
    correct = [autocorrect, "--lint"]
    ended = {"lint": (0, 1), "typos": (0, 2), "autocorrect": (0, 1), "ripgrep": (0, 1)}

    def runs(threads, where):
        one = threads == 1
        return [
            Run("lint", [*ours, *(["--jobs", 1] if one else []), where], ended["lint"], speaks=True),
            Run("typos", [*typos, *(["--threads", 1] if one else []), where], ended["typos"], speaks=True),
            Run("autocorrect", [*correct, *(["--threads", 1] if one else []), where], ended["autocorrect"], speaks=True),
            Run("ripgrep", [*rg, *(["--threads", 1] if one else []), where], ended["ripgrep"], speaks=True),
        ]

    one, free = runs(1, tree), runs(None, tree)
    densest = Run("lint", [*ours, "--jobs", 1, dense], ended["lint"])
    measure([*one, *free, densest], rounds)

    at_paper = [Run("lint", [*ours, paper], ended["lint"]), Run("ripgrep", [*rg, paper], ended["ripgrep"])]
    at_start = [
        Run("lint", [*ours, empty], ended["lint"]),
        Run("typos", [*typos, empty], ended["typos"]),
        Run("autocorrect", [*correct, empty], ended["autocorrect"]),
        Run("ripgrep", [*rg, empty], ended["ripgrep"]),
    ]
    floor = Run("true", ["true"])
    # They are short, and the machine's unrest is not.
    measure([*at_paper, *at_start, floor], rounds * 5)

    growth = []
    for what, end, sizes in (("text", "\n", (500_000, 5_000_000)), ("paragraph", "", (100_000, 1_000_000))):
        growth += [
            (what, n, Run("lint", [*ours, "--jobs", 1, single(texts / f"{what}-{n}.txt", n, end)], ended["lint"]))
            for n in sizes
        ]
    measure([run for _, _, run in growth], rounds)

    print(f"On {machine()}; medians of {rounds} rounds in turn. Tree: {size / 1e6:.0f} MB in {files} papers.\n")
    row("over the tree", "1 thread: s of processor", "MB/s", "× the time of lint", "as it comes: s", "MB/s", "peak MiB")
    row("---", *["---:"] * 6)
    about = {
        "lint": f"lint {version(lint, '--version')}, all rules",
        "typos": f"typos {version(typos_program, '--version')}",
        "autocorrect": f"AutoCorrect {version(autocorrect, '--version')}, under Node.js",
        "ripgrep": f"ripgrep {version(rg_program, '--version')}, {TERMS} terms",
    }
    base = one[0].cpu
    # Processor time on one thread: what else runs on the machine lengthens the time of the clock only.
    for a, b in zip(one, free):
        row(about[a.name], f"{a.cpu:.2f}", f"{size / 1e6 / a.cpu:.1f}", f"{a.cpu / base:.2f}", f"{b.wall:.2f}",
            f"{size / 1e6 / b.wall:.1f}", f"{b.peak:.0f}")
    row("lint, the densest text", f"{densest.cpu:.2f}", f"{dense_size / 1e6 / densest.cpu:.1f}", "", "", "",
        f"{densest.peak:.0f}")

    print()
    row("one process", "one paper: ms", "of processor", "peak MiB", "an empty file: ms", "of processor")
    row("---", *["---:"] * 5)
    starts = {run.name: run for run in at_start}
    papers_by_name = {run.name: run for run in at_paper}
    for name, start in starts.items():
        p = papers_by_name.get(name)
        one_paper = (f"{p.wall * 1e3:.1f}", f"{p.cpu * 1e3:.1f}", f"{p.peak:.0f}") if p else ("", "", "")
        row(about[name], *one_paper, f"{start.wall * 1e3:.1f}", f"{start.cpu * 1e3:.1f}")
    ours_at_it, rg_at_it = papers_by_name["lint"], papers_by_name["ripgrep"]
    print(f"\nOne paper ({paper.stat().st_size / 1e3:.0f} kB): {ours_at_it.wall / rg_at_it.wall:.1f} times ripgrep by the "
          f"clock, {ours_at_it.cpu / rg_at_it.cpu:.1f} times by the processor. Memory is counted from {floor.peak:.0f} MiB "
          "up, which the measuring program itself takes.\n")

    start = starts["lint"].cpu
    for what in ("text", "paragraph"):
        (_, n, small), (_, m, large) = [g for g in growth if g[0] == what]
        times = (large.cpu - start) / (small.cpu - start)
        print(f"- {m // n} times the {what} ({n / 1e6:g} to {m / 1e6:g} MB): {times:.1f} times the time, the start left "
              f"out; {small.cpu:.2f} and {large.cpu:.2f} s.")


def main_tree(args):
    size, files = build(args.place, papers(), args.size)
    print(f"{size} bytes in {files} files")


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    commands = parser.add_subparsers(required=True)
    tree = commands.add_parser("tree", help="only build a tree of papers")
    tree.add_argument("place", type=Path)
    tree.add_argument("size", type=int)
    tree.set_defaults(run=main_tree)
    all_of_it = commands.add_parser("measure")
    all_of_it.add_argument("--rounds", type=int, default=5)
    all_of_it.add_argument("--place", type=Path, required=True, help="where the peers are")
    all_of_it.add_argument("--lint", type=Path, required=True)
    all_of_it.set_defaults(run=main_measure)
    args = parser.parse_args()
    args.run(args)


if __name__ == "__main__":
    main()
