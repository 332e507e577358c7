"""The machine-readable contracts, made from the code: OpenAPI for REST, AsyncAPI for sockets, types for the client."""
