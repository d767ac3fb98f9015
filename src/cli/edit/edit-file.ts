import type { ConfigurationEdit, EditedConfiguration, EditOptions } from "../../index.ts";
import { editConfiguration } from "../../index.ts";
import { EditFailure } from "./edit-failure.ts";
import type { Patience } from "./lock.ts";
import { lockFile } from "./lock.ts";
import { findFile, replaceFile } from "./replace-file.ts";

/** How a file is edited. */
export type Manner = EditOptions & Patience & { readonly dryRun: boolean };

const mostTries = 20;

/** Edits a file as it is at that moment, or leaves it as it is. Throws `EditFailure`. */
export async function editFile(
  file: string,
  edit: ConfigurationEdit,
  manner: Manner,
): Promise<EditedConfiguration> {
  const first = await findFile(file);
  const outcome = editConfiguration(first.bytes, edit, { ...manner, file: first.path });
  if (manner.dryRun || outcome.outcome !== "edited") return outcome;
  const lock = await lockFile(first.path, manner);
  try {
    for (let tries = 0; tries < mostTries; tries += 1) {
      const found = await findFile(file);
      const edited = editConfiguration(found.bytes, edit, { ...manner, file: found.path });
      manner.signal.throwIfAborted();
      if (edited.outcome !== "edited") return edited;
      if (await replaceFile(found, edited.bytes, lock.draft)) return edited;
    }
  } finally {
    await lock.release();
  }
  throw new EditFailure(
    `${file} changes faster than it can be edited: something else writes it all the time. ` +
      "Nothing was changed.",
  );
}
