"""What no honest client sends, as data: what is answered with an error, and what gets a socket cut."""

from typing import Final
from uuid import uuid4

HERE: Final = "$SESSION"
"""Stands for the id of the session in the tables below."""


DEEP: Final = '{"a":' * 100 + "1" + "}" * 100
# An event as it goes over the wire, and the error it is answered with.
REFUSED: Final[dict[str, tuple[str, str]]] = {
    "an unknown command": ('["room:explode",{}]', "UNKNOWN_COMMAND"),
    "the handler of connections": ('["connect",{}]', "UNKNOWN_COMMAND"),
    "the handler of disconnections": ('["disconnect",{}]', "UNKNOWN_COMMAND"),
    "the handler of errors": ('["connect_error",{}]', "UNKNOWN_COMMAND"),
    "the handler of everything": ('["*",{}]', "UNKNOWN_COMMAND"),
    "an empty name": ('["",{}]', "UNKNOWN_COMMAND"),
    "a number for a name": ("[7,{}]", "UNKNOWN_COMMAND"),
    "an object for a name": ('[{"a":1},{}]', "UNKNOWN_COMMAND"),
    "nothing for a name": ("[null,{}]", "UNKNOWN_COMMAND"),
    "a surrogate for a name": ('["\\ud800",{}]', "UNKNOWN_COMMAND"),
    "an event of the server": ('["chat:sent",{}]', "UNKNOWN_COMMAND"),
    "no argument": ('["chat:send"]', "VALIDATION_ERROR"),
    "two arguments": (f'["chat:send",{{"session_id":"{HERE}","text":"a"}},{{}}]', "VALIDATION_ERROR"),
    "a text for an argument": ('["chat:send","hello"]', "VALIDATION_ERROR"),
    "a list for an argument": ('["chat:send",[]]', "VALIDATION_ERROR"),
    "nothing for an argument": ('["chat:send",null]', "VALIDATION_ERROR"),
    "an empty object": ('["chat:send",{}]', "VALIDATION_ERROR"),
    "a number for a text": (f'["chat:send",{{"session_id":"{HERE}","text":7}}]', "VALIDATION_ERROR"),
    "an object for a text": (f'["chat:send",{{"session_id":"{HERE}","text":{{}}}}]', "VALIDATION_ERROR"),
    "an empty text": (f'["chat:send",{{"session_id":"{HERE}","text":"  "}}]', "VALIDATION_ERROR"),
    "a long text": (f'["chat:send",{{"session_id":"{HERE}","text":"{"x" * 4_001}"}}]', "VALIDATION_ERROR"),
    "a NUL": (f'["chat:send",{{"session_id":"{HERE}","text":"a\\u0000b"}}]', "VALIDATION_ERROR"),
    "a lone surrogate": (f'["chat:send",{{"session_id":"{HERE}","text":"a\\ud800b"}}]', "VALIDATION_ERROR"),
    "a turn of direction": (
        f'["chat:send",{{"session_id":"{HERE}","text":"a\\u202eb"}}]',
        "VALIDATION_ERROR",
    ),
    "a field too many": (
        f'["chat:send",{{"session_id":"{HERE}","text":"a","seq":1}}]',
        "VALIDATION_ERROR",
    ),
    "a field named by a surrogate": (
        f'["chat:send",{{"session_id":"{HERE}","text":"a","\\ud800":1}}]',
        "VALIDATION_ERROR",
    ),
    "a surrogate for a code": ('["session:join",{"code":"\\ud800BCDEF"}]', "VALIDATION_ERROR"),
    "a surrogate for an epoch": (
        f'["session:sync",{{"session_id":"{HERE}","after":{{"epoch":"\\ud800","seq":1}}}}]',
        "VALIDATION_ERROR",
    ),
    "a surrogate for a token": ('["connection:authenticate",{"token":"\\ud800"}]', "VALIDATION_ERROR"),
    "a number without end": (
        f'["session:sync",{{"session_id":"{HERE}","after":{{"epoch":"x","seq":1e999}}}}]',
        "VALIDATION_ERROR",
    ),
    "a very long number": (
        f'["session:sync",{{"session_id":"{HERE}","after":{{"epoch":"x","seq":{"9" * 90}}}}}]',
        "VALIDATION_ERROR",
    ),
    "a hundred levels": (f'["chat:send",{{"session_id":"{HERE}","text":{DEEP}}}]', "VALIDATION_ERROR"),
    "a hundred levels of name": (f"[{DEEP},{{}}]", "UNKNOWN_COMMAND"),
    "no session of that id": (f'["chat:send",{{"session_id":"{uuid4()}","text":"a"}}]', "SESSION_NOT_FOUND"),
    "an id that is none": ('["chat:send",{"session_id":"1","text":"a"}]', "VALIDATION_ERROR"),
    "somebody else's token": ('["connection:authenticate",{"token":"x.y.z"}]', "UNAUTHENTICATED"),
}


# What the transport is sent, one message after the other, by somebody who is connected; then it must be cut.
CUT: Final[dict[str, list[str | bytes]]] = {
    "no packet": ["hello"],
    "an unknown packet": ["9"],
    "an empty message": [""],
    "base64": ["bAAAA"],
    "bytes out of nowhere": [b"\x00\x01\x02"],
    "no bytes out of nowhere": [b""],
    "a message without a packet": ["4"],
    "a message that is JSON": ['4{"a":1}'],
    "an unknown Socket.IO packet": ["49[]"],
    "an event without anything": ["42"],
    "an event without a name": ["42[]"],
    "an event that is an object": ['42{"a":1}'],
    "an event that is a number": ["42 7"],
    "no number at all": ['42["session:sync",{"after":{"epoch":"x","seq":NaN}}]'],
    "broken JSON": ['42["chat:send",{'],
    "an ack id too long": ["42" + "9" * 101 + '["chat:send",{}]'],
    "an ack nobody asked for": ["431[]"],
    "an ack without an id": ["43[]"],
    "a refusal": ["44{}"],
    "CONNECT twice": ["40{}"],
    "CONNECT elsewhere": ["40/admin,{}"] * 5,
    "attachments without a number": ['45["chat:send",{}]'],
    "too many attachments": ['4517-["chat:send",{"_placeholder":true,"num":0}]'],
    "very many attachments": ['4599999999999-["chat:send",{"_placeholder":true,"num":0}]'],
    "a text where an attachment is due": ['451-["chat:send",{"_placeholder":true,"num":0}]', "42[]"],
    "an attachment that is not there": ['451-["chat:send",{"_placeholder":true,"num":7}]', b"x"],
    "an attachment by name": ['451-["chat:send",{"_placeholder":true,"num":"x"}]', b"x"],
    "a binary ack": ['451-["chat:send"', b"x"],
    "a hundred thousand levels": ['42["chat:send",' + "[" * 100_000 + "]" * 100_000 + "]"],
    "a hundred thousand levels of JSON": ["4" + "[" * 100_000],
    "a mebibyte": ['42["chat:send",{"text":"' + "x" * 1_048_576 + '"}]'],
    "after goodbye": ["41", '421["chat:send",{}]'],
}
