"""REST, sign-in, the command line, the contracts; and the app that puts everything together."""
