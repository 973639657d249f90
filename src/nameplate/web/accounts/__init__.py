"""People of a desk: who they are, what they may do, that they are who they say, what they did.

All of it lies in a file beside the ledger (`accounts.file`), never in it: a ledger is copied, sent
and published, and passwords, sessions and the audit log must not go along.
"""

from nameplate.web.accounts.people import Accounts, Person
from nameplate.web.accounts.roles import ROLES, Role, may

__all__ = ["ROLES", "Accounts", "Person", "Role", "may"]
