import { editFile } from "../../src/cli/edit/edit-file.ts";

/** A process that makes one edit: what a command does, without the rest of the command line. */

const [file = "", vendor = ""] = process.argv.slice(2);
const endpoint = `http://localhost:9000/${vendor}/v1/chat/completions`;
const edited = await editFile(
  file,
  {
    edit: "add-provider",
    vendor,
    settings: { api_endpoint: endpoint, api_key: "not-required", model_name: vendor },
    set: [],
    inlineKey: true,
  },
  { dryRun: false, waitMs: 60_000, signal: new AbortController().signal },
);
if (edited.outcome !== "edited") process.exitCode = 1;
