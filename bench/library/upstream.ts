/** The upstream, a process of its own: one port answers at once, the other refuses at once. */
import type { IncomingMessage, ServerResponse } from "node:http";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { writeAnswer, writeFailure, writeStream } from "./upstream-answer.ts";
import type { UpstreamMessage } from "./upstream-process.ts";

let requests = 0;

function tell(message: UpstreamMessage): void {
  process.send?.(message);
}

function read(request: IncomingMessage, whenRead: (body: string) => void): void {
  const pieces: Buffer[] = [];
  request.on("data", (piece: Buffer) => pieces.push(piece));
  request.on("end", () => whenRead(Buffer.concat(pieces).toString("utf8")));
}

function answer(request: IncomingMessage, response: ServerResponse): void {
  requests += 1;
  read(request, (body) => {
    const question = /question \d+/u.exec(body)?.[0] ?? "no question";
    if (/"stream":\s*true/u.test(body)) writeStream(response, question);
    else writeAnswer(response, question);
  });
}

function refuse(request: IncomingMessage, response: ServerResponse): void {
  requests += 1;
  read(request, () => writeFailure(response));
}

async function listen(
  listener: (request: IncomingMessage, response: ServerResponse) => void,
): Promise<string> {
  // Connections must outlast the other subjects' turns.
  const server = createServer({ keepAliveTimeout: 600_000 }, listener);
  await new Promise<void>((resolve) => {
    server.listen(0, "127.0.0.1", 1_024, resolve);
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`;
}

process.on("message", () => tell({ requests }));
process.on("disconnect", () => process.exit());
const [well, failing] = await Promise.all([listen(answer), listen(refuse)]);
tell({ well, failing });
