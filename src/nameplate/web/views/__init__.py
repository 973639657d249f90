"""Presenters: pure functions from model objects to what a template prints."""
