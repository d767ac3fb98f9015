import { spawnSync } from "node:child_process";
import {
  chmod,
  chown,
  lstat,
  mkdir,
  mkdtemp,
  readFile,
  readdir,
  rm,
  stat,
  symlink,
  utimes,
  writeFile,
} from "node:fs/promises";
import { existsSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { Manner } from "../../src/cli/edit/edit-file.ts";
import { editFile } from "../../src/cli/edit/edit-file.ts";
import { newOwner } from "../../src/cli/edit/owner.ts";
import type { ConfigurationEdit } from "../../src/index.ts";
import { start } from "../child.ts";

/** Files that are edited: whole, in turns, as they were but for what is meant, and no litter. */

const entry = (name: string): string =>
  `"${name}": { "api_endpoint": "http://localhost:9000/${name}/v1/chat/completions", ` +
  `"api_key": "not-required", "model_name": "${name}" }`;
const text = `{\r\n\t// Who is asked.\r\n\t"providers": {\r\n\t\t${entry("one")},\r\n\t},\r\n}`;

const manner: Manner = { dryRun: false, waitMs: 60_000, signal: new AbortController().signal };

let folder = "";
let file = "";

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "standin-edit-"));
  file = join(folder, "llm.json");
  await writeFile(file, text);
});

afterEach(() => rm(folder, { recursive: true }));

function setModel(model: string): ConfigurationEdit {
  return { edit: "set-provider", name: "one", set: [`model_name=${model}`], unset: [] };
}

function add(vendor: string): ConfigurationEdit {
  const endpoint = `http://localhost:9000/${vendor}/v1/chat/completions`;
  const settings = { api_endpoint: endpoint, api_key: "not-required", model_name: vendor };
  return { edit: "add-provider", vendor, settings, set: [], inlineKey: true };
}

function namesIn(whole: string): readonly string[] {
  return [...whole.matchAll(/"(\w+)": \{ "api_endpoint"/gu)].map(([, name = ""]) => name);
}

async function expectUntouched(names: readonly string[] = ["llm.json"]): Promise<void> {
  expect(await readFile(file, "utf8")).toBe(text);
  expect(await readdir(folder)).toEqual(names);
}

describe("edits at once", () => {
  test("of eight processes: all of them are there in the end", async () => {
    const once = join(import.meta.dirname, "edit-once.ts");
    const names = Array.from({ length: 8 }, (_, index) => `p${index}`);
    const ended = await Promise.all(names.map((name) => start([once, file, name]).finished));
    expect(ended.map(({ code, err }) => ({ code, err }))).toEqual(
      names.map(() => ({ code: 0, err: "" })),
    );
    const after = await readFile(file, "utf8");
    expect(namesIn(after).toSorted()).toEqual(["one", ...names]);
    expect(after.startsWith(text.slice(0, text.indexOf("},")))).toBe(true);
    expect(await readdir(folder)).toEqual(["llm.json"]);
  }, 60_000);

  test("of one process, after one that was killed with the lock in its hand", async () => {
    const lock = join(folder, ".llm.json.standin-lock");
    const { pid } = spawnSync(process.execPath, ["--version"]);
    const dead = newOwner().id.replace(/^\d+/u, String(pid));
    await writeFile(lock, dead);
    await writeFile(`${lock}.${dead}.draft`, "half of it");
    await writeFile(`${lock}.${dead}.new`, "");
    await writeFile(`${lock}.${dead}.break`, dead);
    const names = Array.from({ length: 20 }, (_, index) => `p${index}`);
    await Promise.all(names.map((name) => editFile(file, add(name), manner)));
    expect(namesIn(await readFile(file, "utf8")).toSorted()).toEqual(["one", ...names].toSorted());
    expect(await readdir(folder)).toEqual(["llm.json"]);
  });

  test("with an editor that saves in between: both are in the file", async () => {
    const referring = text.replace('"not-required"', '"env:NAME"');
    await writeFile(file, referring);
    const saved = referring.replace("Who is asked", "Saved by an editor");
    let saves = 0;
    // The check looks a variable up after the file was read, and before it is written.
    const environment = {
      get: (): string => {
        if (saves === 0 && existsSync(join(folder, ".llm.json.standin-lock"))) {
          writeFileSync(file, saved);
          saves += 1;
        }
        return "sk-test-1";
      },
    };
    const edited = await editFile(file, setModel("new"), { ...manner, environment });
    expect(edited.outcome).toBe("edited");
    expect(await readFile(file, "utf8")).toBe(
      saved.replace('"model_name": "one"', '"model_name": "new"'),
    );
    expect(saves).toBe(1);
    expect(await readdir(folder)).toEqual(["llm.json"]);
  });

  test("with something that writes all the time: says so, and leaves it alone", async () => {
    const referring = text.replace('"not-required"', '"env:NAME"');
    await writeFile(file, referring);
    let looks = 0;
    const environment = {
      get: (): string => {
        looks += 1;
        writeFileSync(file, referring.replace("Who is asked", `Saved ${looks} times`));
        return "sk-test-1";
      },
    };
    const edit = editFile(file, setModel("new"), { ...manner, environment });
    await expect(edit).rejects.toThrow("changes faster than it can be edited");
    expect(await readFile(file, "utf8")).toContain(`Saved ${looks} times`);
    expect(await readdir(folder)).toEqual(["llm.json"]);
  });
});

describe("a lock", () => {
  const lockOf = (): string => join(folder, ".llm.json.standin-lock");

  test("of a process that lives is waited for no longer than asked, and is named", async () => {
    await writeFile(lockOf(), newOwner().id);
    const edit = editFile(file, setModel("new"), { ...manner, waitMs: 0 });
    await expect(edit).rejects.toThrow(
      `process ${process.pid} holds ${lockOf()}. Try again when it is over`,
    );
    await expectUntouched([".llm.json.standin-lock", "llm.json"]);
  });

  test("that is let go is taken by who waits", async () => {
    await writeFile(lockOf(), newOwner().id);
    const edit = editFile(file, setModel("new"), manner);
    await rm(lockOf());
    expect(await edit).toMatchObject({ outcome: "edited" });
  });

  test("of a process whose number another has by now is nobody's", async () => {
    const { id, pid, start: began } = newOwner();
    await writeFile(lockOf(), id.replace(`${pid}-${began}`, `${pid}-1`));
    // Where the system does not tell when a process began, that cannot be known.
    if (began === null) return;
    expect(await editFile(file, setModel("new"), manner)).toMatchObject({ outcome: "edited" });
    expect(await readdir(folder)).toEqual(["llm.json"]);
  });

  test("of another machine is respected while it is young, and a broken one too", async () => {
    const away = newOwner().id.replace(/-[\da-f]{12}-/u, "-0123456789ab-");
    for (const content of [away, "nobody knows"]) {
      await writeFile(lockOf(), content);
      const edit = (): Promise<unknown> =>
        editFile(file, setModel(content), { ...manner, waitMs: 0 });
      await expect(edit()).rejects.toThrow("another edit of this file is under way");
      const long = new Date(Date.now() - 3_600_000);
      await utimes(lockOf(), long, long);
      expect(await edit()).toMatchObject({ outcome: "edited" });
      expect(await readdir(folder)).toEqual(["llm.json"]);
    }
  });

  test("ends to be waited for when the caller leaves", async () => {
    await writeFile(lockOf(), newOwner().id);
    const leave = new AbortController();
    const edit = editFile(file, setModel("new"), { ...manner, signal: leave.signal });
    leave.abort(new Error("gone"));
    await expect(edit).rejects.toThrow();
    await expectUntouched([".llm.json.standin-lock", "llm.json"]);
  });
});

describe("the file", () => {
  test("keeps its mode and its owner", async () => {
    await chmod(file, 0o640);
    const isRoot = process.getuid?.() === 0;
    if (isRoot) await chown(file, 1234, 2345);
    await editFile(file, setModel("new"), manner);
    const { mode, uid, gid } = await stat(file);
    expect((mode & 0o7777).toString(8)).toBe("640");
    if (isRoot) expect([uid, gid]).toEqual([1234, 2345]);
  });

  test("at the end of links is replaced, and the links stay", async () => {
    await mkdir(join(folder, "here"));
    await symlink("../llm.json", join(folder, "here", "one.json"));
    const link = join(folder, "two.json");
    await symlink("here/one.json", link);
    await editFile(link, setModel("new"), manner);
    expect(await readFile(file, "utf8")).toBe(
      text.replace('"model_name": "one"', '"model_name": "new"'),
    );
    expect((await lstat(link)).isSymbolicLink()).toBe(true);
    expect(await readdir(folder)).toEqual(["here", "llm.json", "two.json"]);
    expect(await readdir(join(folder, "here"))).toEqual(["one.json"]);
  });

  test("that is read-only is left alone, whoever asks", async () => {
    await chmod(file, 0o444);
    await expect(editFile(file, setModel("new"), manner)).rejects.toThrow("is read-only");
    await expectUntouched();
  });

  test("in a folder that cannot be written is left alone", async () => {
    if (process.getuid?.() === 0) return;
    await chmod(folder, 0o555);
    await expect(editFile(file, setModel("new"), manner)).rejects.toThrow("permission denied");
    await chmod(folder, 0o755);
    await expectUntouched();
  });

  test("is left alone when there is no room for another", async () => {
    const long = `${text.slice(0, -1)} // ${"long ".repeat(2_000)}\r\n}`;
    await writeFile(file, long);
    const once = join(import.meta.dirname, "edit-once.ts");
    // A block is 512 bytes or 1,024: room for the lock, and for no copy of the file.
    const { status, stderr } = spawnSync(
      "sh",
      ["-c", `ulimit -f 1; exec "$0" "$@"`, process.execPath, once, file, "two"],
      { encoding: "utf8" },
    );
    expect(status).toBe(1);
    expect(stderr).toContain("cannot be replaced: file too large. Nothing was changed.");
    expect(await readFile(file, "utf8")).toBe(long);
    expect(await readdir(folder)).toEqual(["llm.json"]);
  });

  test("that is none is told", async () => {
    await expect(editFile(folder, setModel("new"), manner)).rejects.toThrow("is not a file");
    const lost = join(folder, "no", "file.json");
    await expect(editFile(lost, setModel("new"), manner)).rejects.toMatchObject({ missing: true });
    await expectUntouched();
  });

  test("is not touched by a trial", async () => {
    const edited = await editFile(file, setModel("new"), { ...manner, dryRun: true });
    expect(edited).toMatchObject({ outcome: "edited", difference: expect.any(Array) as unknown });
    await expectUntouched();
  });

  test("is not written when nothing changes", async () => {
    const { mtimeMs, ino } = await stat(file);
    expect(await editFile(file, setModel("one"), manner)).toMatchObject({ outcome: "unchanged" });
    expect(await stat(file)).toMatchObject({ mtimeMs, ino });
  });
});
