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

function existing(command: Command): readonly string[] {
  return command.options.map(({ flags }) => flags).toSorted();
}

describe("docs/cli.md", () => {
  const [start = "", ...parts] = page.split(/^## /mu);
  const commands = parts.filter((part) => part.startsWith("`standin "));

  test("has a part for each command, and no other", () => {
    const titles = commands.map((part) => part.split("\n")[0]);
    const names = program.commands.map((command) => {
      const args = command.registeredArguments.map((one) => ` [${one.name()}]`).join("");
      return `\`standin ${command.name()}${args}\``;
    });
    expect(titles).toEqual(names);
  });

  test.each(program.commands)("has every option of $_name, and no other", (command) => {
    const part = commands.find((one) => one.startsWith(`\`standin ${command.name()}`)) ?? "";
    expect(documented(part)).toEqual(existing(command));
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
