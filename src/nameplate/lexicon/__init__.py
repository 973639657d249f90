"""Words as data: the only reader of ``nameplate/data``.

A room of the house asks for a table here and gets it checked: unknown keys, duplicate spellings and
clashing dimensions fail the load with the file and the entry named. Nothing is read on import; each
table is read once, when first asked for.
"""
