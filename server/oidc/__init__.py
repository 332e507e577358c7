"""Signing in at another site, by OpenID Connect."""
