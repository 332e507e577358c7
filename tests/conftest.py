"""What the tests of several areas share."""

pytest_plugins = ["tests.realtime.fixtures"]
