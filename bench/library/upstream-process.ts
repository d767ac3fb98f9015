import { fork } from "node:child_process";
import { once } from "node:events";

/** The base URLs of the two providers a subject is given. */
export type Upstream = {
  /** Answers at once. */
  readonly well: string;
  /** Answers with status 500 at once. */
  readonly failing: string;
};

/** What the upstream's process says: where it is, later how many requests it has had. */
export type UpstreamMessage = Upstream | { readonly requests: number };

/** The upstream, running. */
export type UpstreamProcess = Upstream & {
  /** Requests it has had so far, at both ports. */
  requests(): Promise<number>;
  stop(): void;
};

/** Starts the upstream in a process of its own. */
export async function startUpstream(script: string): Promise<UpstreamProcess> {
  const child = fork(script, { stdio: ["ignore", "inherit", "inherit", "ipc"] });
  const [place] = (await once(child, "message")) as [Upstream];
  return {
    ...place,
    async requests() {
      const reply = once(child, "message") as Promise<[{ readonly requests: number }]>;
      child.send("requests");
      const [{ requests }] = await reply;
      return requests;
    },
    stop: () => child.disconnect(),
  };
}
