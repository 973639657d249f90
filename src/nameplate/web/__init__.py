"""The desk: a web application over one ledger, for looking and checking; it only reads.

A page's way: ``pages`` reads the address and a view of the ledger (``desk``), ``views`` turns
model objects into what is printed (pure functions), ``page`` renders the template in its frame.
``guard`` and ``views.shown`` keep hostile reports and hostile addresses from doing harm.
"""
