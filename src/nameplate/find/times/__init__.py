"""How times are found: scan to runs of coded tokens, match the grammar, read values.

``figures`` and ``scan`` make runs of coded `tokens`; `grammar` names what a run may say; `company`
says whether it may say so there; ``calendar``, ``relative`` and ``vague`` read values, with the help
of `nearest`, against the `reading` context; `bounds` and `tense` look at the words around; `finder`
walks through a text; `header` finds the date of publication. Words are in ``data/lang/*/times.toml``.
"""
