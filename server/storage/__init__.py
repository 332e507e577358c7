"""Where this site keeps its files."""
