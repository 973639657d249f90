"""What-if: a model of an automated plant, from a small TOML file, simulated on SimPy's clock.

`read_model` makes a `Plant` of a text or refuses it with the place and the remedy, `study` runs
its replications and says throughput, waiting, bottleneck, vehicles needed and what fewer staff make.
"""

from nameplate.simulate.plant import Plant
from nameplate.simulate.reading import read_model
from nameplate.simulate.study import Study, Wanted, study

__all__ = ["Plant", "Study", "Wanted", "read_model", "study"]
