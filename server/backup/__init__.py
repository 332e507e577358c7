"""All that a site keeps in one file, and a site made from that file again."""
