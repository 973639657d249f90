"""Strategies of the name finder, a language each."""
