"""`python -m server`: the same as `convene`."""

from server.cli import main

if __name__ == "__main__":
    main()
