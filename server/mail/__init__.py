"""Mail: how letters are worded, and how they are sent."""
