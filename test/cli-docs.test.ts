import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Command } from "commander";
import { describe, expect, test } from "vitest";
import { exitCode, exitCodeHelp } from "../src/cli/exit-code.ts";
import { createProgram } from "../src/cli/program.ts";
import { root } from "./child.ts";

const page = readFileSync(join(root, "docs", "cli.md"), "utf8");
const program = createProgram(new AbortController().signal, () => {});

/** The options in the tables of a part of the page: `-s`, `--system <text>` as "-s, --system <text>". */
function documented(part: string): readonly string[] {
  const cells = [...part.matchAll(/^\| ((?:`-[^`]+`(?:, )?)+) \|/gmu)];
  return cells.map(([, cell = ""]) => cell.replaceAll("`", "")).toSorted();
}

/** Every command that does something, with its whole name. */
function allIn(group: Command, before = ""): readonly { name: string; command: Command }[] {
  return group.commands.flatMap((command) => {
    const name = `${before}${command.name()}`;
    return command.commands.length > 0 ? allIn(command, `${name} `) : [{ name, command }];
  });
}

function existing(command: Command): readonly string[] {
  return command.options.map(({ flags }) => flags).toSorted();
}

describe("docs/cli.md", () => {
  const [start = "", ...parts] = page.split(/^## /mu);
  const commands = parts.filter((part) => part.startsWith("`standin "));

  test("has a part for each command, and no other", () => {
    const titles = commands.map((part) => part.split("\n")[0]);
    const names = allIn(program).map(({ name, command }) => {
      const args = command.registeredArguments.map((one) => ` [${one.name()}]`).join("");
      return `\`standin ${name}${args}\``;
    });
    expect(titles).toEqual(names);
  });

  test.each(allIn(program))("has every option of $name, and no other", ({ name, command }) => {
    const title = new RegExp(`^\`standin ${name}[ \`]`, "u");
    const part = commands.find((one) => title.test(one)) ?? "";
    const isEdit = command.options.some(({ long }) => long === "--dry-run");
    const ofEdits = isEdit ? documented(parts.find((one) => one.startsWith("Editing")) ?? "") : [];
    expect([...documented(part), ...ofEdits].toSorted()).toEqual(existing(command));
  });

  test("has the options of every call", () => {
    expect(documented(start)).toEqual(["-V, --version", "-h, --help"].toSorted());
  });

  test("has every exit code, as --help does", () => {
    for (const code of Object.values(exitCode)) {
      expect(page).toMatch(new RegExp(`^\\|.*\\b${code}\\b`, "mu"));
      expect(exitCodeHelp).toMatch(new RegExp(`\\b${code}\\b`, "u"));
    }
  });
});
