"""Steps from an older ledger to a newer one, run by Alembic when a ledger is opened."""
