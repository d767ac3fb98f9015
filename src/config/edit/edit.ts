import type { Document, Path } from "../document.ts";
import type { Change, Position } from "./change.ts";

/** What is to be done to a configuration file. */
export type ConfigurationEdit =
  | {
      readonly edit: "add-provider";
      /** A vendor that is known by name, or another name of the user's choice. */
      readonly vendor: string;
      /** Left out: as the vendor. */
      readonly name?: string;
      /** By the names the file has for them; a known vendor's are filled in. */
      readonly settings: Readonly<Record<string, unknown>>;
      /** More of them, as on a command line: `timeouts.idle=20`. */
      readonly set: readonly string[];
      readonly inlineKey?: boolean;
      /** Among the other providers; left out: the last. */
      readonly at?: Position;
    }
  | {
      readonly edit: "set-provider";
      readonly name: string;
      /** As on a command line: `timeouts.idle=20`. */
      readonly set: readonly string[];
      readonly unset: readonly string[];
      /** Whether a key may be written into the file itself. */
      readonly inlineKey?: boolean;
    }
  | { readonly edit: "switch-provider"; readonly name: string; readonly enabled: boolean }
  | {
      readonly edit: "remove-provider";
      readonly name: string;
      /** Takes its name out wherever the file has it. */
      readonly force: boolean;
    }
  | { readonly edit: "add-route"; readonly name: string; readonly set: readonly string[] }
  | {
      readonly edit: "set-route";
      readonly name: string;
      readonly set: readonly string[];
      readonly unset: readonly string[];
    }
  | { readonly edit: "remove-route"; readonly name: string };

/** One kind of edit. */
export type EditOf<Kind> = Extract<ConfigurationEdit, { readonly edit: Kind }>;

/** One thing that is done, in words that hold no secret, and where. */
export type Step = {
  readonly path: Path;
  readonly message: string;
  /** Whether it is only there before. */
  readonly gone?: boolean;
};

/** What an edit comes to: changes of the text, in their order, or why there are none. */
export type Plan =
  | { readonly changes: readonly Change[]; readonly steps: readonly Step[] }
  | Refused;

/** Why an edit cannot be made as it was asked for. */
export type Refused = { readonly refused: string };

/** Says why an edit cannot be made. */
export function refuse(message: string): Refused {
  return { refused: message };
}

/** The names in the object at a path, in the file's order. */
export function namesAt(document: Document, path: Path): readonly string[] {
  return [...new Set(document.entries(path).map(({ name }) => name))];
}
