"""Tenants, accounts, sign-in."""
