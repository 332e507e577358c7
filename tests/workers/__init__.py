"""Several workers on one database and one Redis."""
