import type { Vendor } from "../../snapshot.ts";

/** A model name that its vendor no longer serves, or will not from a day on. */
export type Retirement = {
  /** The first day without it, as in 2026-07-13. */
  readonly since: string;
  /** What to ask instead. */
  readonly replacement: string;
  readonly evidence: string;
};

type Row = readonly [model: RegExp, since: string, replacement: string];

const julyNotice = "www.alibabacloud.com/zh/notice, model retirement of 2026-07-13";
const octoberNotice = "docs.apiyi.com/en/live/2026-10/bailian-models-offline (third party)";

const july: readonly Row[] = [
  [/^qwen-max(-latest)?$/, "2026-07-13", "qwen3.7-max"],
  [/^qwen-turbo(-latest)?$/, "2026-07-13", "qwen-flash"],
  [/^(qwen-vl-(max|plus)|qvq-max)(-latest)?$/, "2026-07-13", "qwen3.7-plus"],
  [/^qwq-plus(-latest)?$/, "2026-07-13", "qwen3.7-max"],
];

const october: readonly Row[] = [
  [/^qwen3-max(-preview|-\d{4}-\d{2}-\d{2})?$|^qwen3\.6-max-preview$/, "2026-10-01", "qwen3.7-max"],
  [/^qwen3-coder-plus$/, "2026-10-01", "qwen3.7-max"],
  [/^qwen3-(32b|30b-a3b|235b-a22b|next-80b-a3b)/, "2026-10-01", "qwen-flash"],
  [/^qwen-mt-turbo$/, "2026-10-01", "qwen-flash"],
  [/^deepseek-(r1|v3|v3\.1|v3\.2)(-\d+)?$/, "2026-10-01", "deepseek-v4-pro"],
  [/^glm-4\.[57]$/, "2026-10-01", "glm-5"],
];

const retirements: Readonly<Record<Vendor, readonly (Retirement & { model: RegExp })[]>> = {
  qwen: [...rows(july, julyNotice), ...rows(october, octoberNotice)],
  deepseek: rows(
    [[/^deepseek-(chat|reasoner)$/, "2026-07-24", "deepseek-flash"]],
    "api-docs.deepseek.com/quick_start/pricing; raycast/extensions#29730",
  ),
  openai: [],
};

function rows(table: readonly Row[], evidence: string) {
  return table.map(([model, since, replacement]) => ({ model, since, replacement, evidence }));
}

/** When a vendor stopped serving a model, and what to ask instead; `null`: nothing is known. */
export function retirement(vendor: Vendor, model: string): Retirement | null {
  const row = retirements[vendor].find((candidate) => candidate.model.test(model));
  if (row === undefined) return null;
  const { since, replacement, evidence } = row;
  return { since, replacement, evidence };
}
