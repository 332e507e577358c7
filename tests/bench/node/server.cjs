// Node's socket.io with its defaults, doing what the other wire subjects of the benchmark do.
// Use: node server.cjs PORT [REDIS_URL]; the packages are looked for in NODE_PATH.
const { createServer } = require("node:http");
const { Server } = require("socket.io");

const [port, redisUrl] = process.argv.slice(2);

async function adapterFor(url) {
  const { createClient } = require("redis");
  const { createShardedAdapter } = require("@socket.io/redis-adapter");
  const publisher = createClient({ url });
  const subscriber = publisher.duplicate();
  await Promise.all([publisher.connect(), subscriber.connect()]);
  return createShardedAdapter(publisher, subscriber);
}

async function main() {
  const http = createServer();
  const options = { perMessageDeflate: "BENCH_DEFLATES" in process.env };
  if (redisUrl) options.adapter = await adapterFor(redisUrl);
  const io = new Server(http, options);
  io.on("connection", (socket) => {
    socket.on("join", async (asked, answer) => {
      await socket.join(asked.room);
      answer({ ok: true });
    });
    socket.on("say", (asked) => io.to(asked.room).emit("said", asked));
    socket.on("burst", (asked) => {
      for (const text of asked.texts) io.to(asked.room).emit("said", { room: asked.room, text });
    });
    socket.on("ask", (asked, answer) => answer({ ok: true, text: asked.text }));
  });
  http.listen(Number(port), "127.0.0.1", 2048);
}

main();
