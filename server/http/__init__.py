"""The thin layer between HTTP and the use cases: endpoints, requests, answers, errors, headers."""
