"""Looks at everything a site needs, and says of each thing whether it is well and what to do if not."""
