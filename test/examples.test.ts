import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { root, start } from "./child.ts";

/** What each example must print, in this order, whatever else it prints. */
const expected: Readonly<Record<string, readonly (string | RegExp)[]>> = {
  "basic.ts": [
    "(simulated qwen qwen-flash) You said: What is a stand-in?",
    "qwen (qwen-flash): (simulated qwen qwen-flash) You said: And an understudy?",
    /finished because of stop with \d+ tokens/u,
  ],
  "failover.ts": [
    /All is well:\n {2}qwen: answered/u,
    /once:\n {2}qwen: overloaded \(\d+ ms\)\n {2}deepseek: answered/u,
    /for a minute:\n {2}qwen: rate_limited \(\d+ ms\)\n {2}deepseek: answered/u,
    /at once:\n {2}deepseek: answered/u,
    /qwen: rate_limited, for another \d+ s/u,
  ],
  "configuration.ts": [
    "first: qwen",
    "timeout of qwen: 30 s",
    "key of qwen: variable QWEN_KEY",
    /changed: .*order/u,
    "first now: deepseek",
    /refused, line 2:\d+: providers\.qwen\.timeout must be/u,
    "still first: deepseek",
    "deepseek (deepseek-flash): usable",
  ],
  "streaming.ts": [
    "(simulated qwen qwen-flash) You said: Count with me: one, two, …",
    "qwen finished because of stop",
    /broken off: malformed, after \d+ characters/u,
    "left early",
  ],
  "single-client.ts": [
    "(simulated deepseek deepseek-flash) You said: Are you alone?",
    "deepseek: (simulated deepseek deepseek-flash) You said: Who is there?",
  ],
  "errors.ts": [
    /^(server|network): The provider/u,
    "  qwen: server",
    "  deepseek: network",
    "aborted: the user left",
    /(rate_limited|unavailable): come back in \d+ s/u,
    /unavailable: come back in \d+ s/u,
    'Did you mean "timeout"?',
  ],
};

describe.concurrent("examples", () => {
  test("are all tried", () => {
    const names = readdirSync(join(root, "examples")).filter((name) => name.endsWith(".ts"));
    expect(names.toSorted()).toEqual(Object.keys(expected).toSorted());
  });

  test.each(Object.entries(expected))("%s prints what it says", async (name, lines) => {
    // The condition takes `standin` from src, so that no build has to come first.
    const args = ["--conditions", "standin-source", join("examples", name)];
    const { code, out, err } = await start(args).finished;
    expect(code, err).toBe(0);
    let rest = out;
    for (const line of lines) {
      const found = typeof line === "string" ? rest.indexOf(line) : rest.search(line);
      expect(found, `${String(line)} in:\n${rest}`).toBeGreaterThanOrEqual(0);
      rest = rest.slice(found + 1);
    }
    expect(out + err).not.toContain("sk-test");
  });

  test.each(Object.keys(expected))("%s begins with what it shows", (name) => {
    const text = readFileSync(join(root, "examples", name), "utf8");
    expect(text).toMatch(/^\/\*\* .*[.,].* \*\/\n/u);
  });
});
