"""Nameplate."""
