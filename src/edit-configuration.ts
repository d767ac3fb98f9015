import type { ConfigurationEdit } from "./config/edit/edit.ts";
import type { EditedConfiguration } from "./config/edit/edit-text.ts";
import { editText } from "./config/edit/edit-text.ts";
import type { CheckOptions } from "./check.ts";
import { portsOf } from "./check.ts";

/** What an edit may be given beside the text; the machine's own files and environment if not. */
export type EditOptions = Omit<CheckOptions, "strict">;

/** Edits a configuration's text and checks what comes of it; writes no file. */
export function editConfiguration(
  text: string | Uint8Array,
  edit: ConfigurationEdit,
  options: EditOptions = {},
): EditedConfiguration {
  return editText(text, edit, portsOf(options));
}
