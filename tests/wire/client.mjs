// The JavaScript client against a server of test_clients.py: says on one line of JSON what it lived through.
// node client.mjs URL PATH TRANSPORTS
import { createRequire } from "node:module";

const require = createRequire(new URL("../../static/package.json", import.meta.url));
const { Manager } = require("socket.io-client");

const [url, path, transports] = process.argv.slice(2);
const manager = new Manager(url, { path, transports: transports.split(","), reconnectionDelay: 10 });
const seen = {};

const once = (emitter, name) => new Promise((resolve) => emitter.once(name, (...values) => resolve(values)));
const acknowledged = (socket, ...values) => socket.timeout(10_000).emitWithAck(...values);

const socket = manager.socket("/", { auth: { token: "secret", "é": ["😀"] } });
seen.auth = await once(socket, "auth");
seen.sid = typeof socket.id === "string";

const custom = manager.socket("/custom", { auth: { token: "other" } });
seen.custom = await once(custom, "auth");

const unknown = manager.socket("/unknown");
const [refusal] = await once(unknown, "connect_error");
seen.unknown = refusal.message;
unknown.disconnect();

const back = once(socket, "message-back");
socket.emit("message", 1, "2", { 3: [true] }, "漢字 😀");
seen.back = await back;

const bytesBack = once(socket, "message-back");
socket.emit("message", Buffer.from([1, 2, 3]), { deep: [Buffer.from([0, 255])] });
const [first, second] = await bytesBack;
seen.bytes = [[...new Uint8Array(first)], [...new Uint8Array(second.deep[0])]];

seen.ack = await acknowledged(socket, "message-with-ack", "one");

socket.on("question", (value, reply) => reply(value + 1, Buffer.from([7])));
seen.asked = await acknowledged(socket, "ask-me", 41);

const ticks = [];
socket.on("tick", (number) => ticks.push(number));
seen.counted = await acknowledged(socket, "count", 100);
seen.ticks = ticks.length === 100 && ticks.every((number, index) => number === index);

// Away and back at once, on the same connection.
socket.disconnect();
socket.connect();
await once(socket, "auth");
const again = once(socket, "message-back");
socket.emit("message", "again");
seen.again = await again;

seen.transport = manager.engine.transport.name;

// Cut by the server, and back by itself.
const returned = once(socket, "auth");
socket.emit("cut-me");
seen.reason = await once(socket, "disconnect");
await returned;
seen.returned = await acknowledged(socket, "message-with-ack", "back");

custom.disconnect();
socket.disconnect();
console.log(JSON.stringify(seen));
