import { spawn } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, onTestFinished, test } from "vitest";
import { openStore } from "../../examples/diary/store/store.ts";
import { diaryFolder } from "./house.ts";
import { toldStream } from "./told-stream.ts";

// The command's modules are made ready once, and not by each process anew.
const compiled = mkdtempSync(join(tmpdir(), "diary-compiled-"));
afterAll(() => rmSync(compiled, { recursive: true, force: true }));

/** The command in a folder of its own, until it is told to end. */
function serve(args: readonly string[]) {
  const folder = mkdtempSync(join(tmpdir(), "diary-serve-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const main = join(diaryFolder, "main.ts");
  const run = ["--conditions", "standin-source", main, "serve", "--port", "0", "--lang", "en"];
  const child = spawn(process.execPath, [...run, ...args], {
    cwd: folder,
    env: { ...process.env, TMPDIR: folder, NODE_COMPILE_CACHE: compiled },
  });
  onTestFinished(() => void child.kill("SIGKILL"));
  const said = { text: "" };
  const url = new Promise<string>((resolve) => {
    const hear = (text: string): void => {
      said.text += text;
      const found = /http:\/\/127\.0\.0\.1:\d+\//u.exec(said.text)?.[0];
      if (found !== undefined) resolve(found);
    };
    child.stdout.setEncoding("utf8").on("data", hear);
    child.stderr.setEncoding("utf8").on("data", hear);
  });
  const code = new Promise<number | null>((resolve) => child.on("close", resolve));
  return { folder, child, said, url, code };
}

test("serve --simulate lives invented days, says so, and leaves nothing behind", async () => {
  const { folder, child, said, url, code } = serve(["--simulate", "--seed", "7"]);
  const stream = await toldStream(await url, { query: "?after=0" });
  await stream.heard("entry");
  const about: unknown = await (await fetch(`${await url}api/about`)).json();
  expect(about).toMatchObject({ simulated: true });
  expect(said.text).toContain("SIMULATED");
  const [first] = stream.told.filter(({ event }) => event === "entry");
  expect(first?.data).toMatchObject({ event: "toy_claimed", day: "2026-11-22" });
  child.kill("SIGTERM");
  expect(await code).toBe(0);
  expect(await stream.over).toBe("ended");
  expect(readdirSync(folder)).toEqual([]);
});

test("a terminal that is closed leaves nothing behind either", async () => {
  const { folder, child, url, code } = serve(["--simulate"]);
  await url;
  child.kill("SIGHUP");
  expect(await code).toBe(0);
  expect(readdirSync(folder)).toEqual([]);
});

test("serve shows the diary there is; where there is none it says what to do", async () => {
  const none = serve([]);
  const inChinese = serve(["--lang", "zh"]);
  expect(await none.code).toBe(2);
  expect(none.said.text).toContain("There is no diary in diary.sqlite: `diary day` or");
  expect(none.said.text).toContain("`diary serve --simulate` shows an invented one.");

  expect(await inChinese.code).toBe(2);
  expect(inChinese.said.text).toContain("diary.sqlite 里还没有日记：用 `diary day`");
  expect(inChinese.said.text).not.toContain("There is");

  const path = join(none.folder, "own.sqlite");
  openStore(path, "test").close();
  const { child, said, url, code } = serve(["--db", path, "--day", "2026-11-22", "--user", "lily"]);
  const { port } = new URL(await url);
  expect(said.text).toContain("?lang=en&user=lily&day=2026-11-22");
  expect(said.text).not.toContain("Nobody");
  const nobody = serve(["--db", path, "--user", "zzz"]);
  await nobody.url;
  expect(nobody.said.text).toContain(
    'Nobody called "zzz" is in this diary yet; there are lily, max.',
  );
  const second = serve(["--db", path, "--port", port]);
  expect(await second.code).toBe(2);
  expect(second.said.text).toBe(`Port ${port} of 127.0.0.1 is taken: name another with --port.\n`);
  child.kill("SIGINT");
  expect(await code).toBe(0);
});
