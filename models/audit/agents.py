"""What the program at the other end calls itself, as much of it as is kept."""

MAX_AGENT_CHARS = 255


def agent_of(given: object) -> str:
    """A User-Agent, bounded and free of what cannot be shown."""
    if not isinstance(given, str):
        return ""
    return "".join(char for char in given if char.isprintable())[:MAX_AGENT_CHARS]
