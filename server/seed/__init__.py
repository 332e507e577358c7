"""A believable demo site, played through the use cases as people would have used it."""
