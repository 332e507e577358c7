"""The domain of Convene: tables, rules, events, permissions, transactions and use cases.

Nothing in here knows HTTP or a socket; `server` and `realtime` are two doors to it.
"""
