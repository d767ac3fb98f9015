import { z } from "zod";
import { flag, object, seconds, table, text, told, whole } from "../leaves.ts";
import { overridesSchema } from "../schema/route.ts";

const names = () =>
  z.array(text("text: a provider's name"), { error: "must be a list of names: [ … ]" });

/** One task of older files. */
export const olderTaskSchema = object({
  preferred_providers: told(
    names().optional(),
    "Older: asked first for this task, before the default and the fallbacks.",
  ),
  model_settings: told(
    overridesSchema.optional(),
    "Older: what this task asks of every provider in place of its own settings.",
  ),
});

// Who is asked, in older files: under `model_selection` or at the top.
const orderShape = {
  default_provider: told(
    text("text: a provider's name").optional(),
    "Older: asked first by requests that name no task.",
  ),
  fallback_providers: told(names().optional(), "Older: asked after the default, in this order."),
  task_specific_models: told(
    table(olderTaskSchema).optional(),
    "Older: tasks with the providers they prefer.",
  ),
} as const;

const rulesShape = {
  enable_auto_switch: told(flag.optional(), "Older: false is `failover.max_switches` 0."),
  switch_on_failure: told(flag.optional(), "Older: as `failover.switch_on_failure`."),
  switch_on_timeout: told(flag.optional(), "Older: as `failover.switch_on_timeout`."),
  switch_on_high_cost: told(flag.optional(), "Older: true cannot be obeyed."),
  max_switches_per_request: told(whole(0, 1_000).optional(), "Older: as `failover.max_switches`."),
} as const;

const performanceShape = {
  prefer_fastest: told(flag.optional(), 'Older: true is `failover.prefer` "fastest".'),
  prefer_cheapest: told(flag.optional(), 'Older: true is `failover.prefer` "cheapest".'),
  prefer_highest_quality: told(flag.optional(), "Older: true cannot be obeyed."),
  timeout_threshold: told(
    seconds().optional(),
    "Older: seconds to a stream's first content, where a provider's `timeouts` say nothing of it.",
  ),
} as const;

/** When requests go to another provider, in older files. */
export const rulesSchema = object(rulesShape);

/** What is preferred, in older files. */
export const performanceSchema = object(performanceShape);

/** What older files say of the choice of a provider; the rules stand in it, or one level deeper. */
export const selectionSchema = object({
  ...orderShape,
  auto_switch_rules: told(rulesSchema.optional(), "Older: when another provider is asked."),
  performance_settings: told(performanceSchema.optional(), "Older: who is preferred."),
  ...rulesShape,
  ...performanceShape,
});

/** What older files wish to be tracked. */
export const trackingSchema = object({
  enabled: told(flag.optional(), "Older: every answer tells what it took, whatever stands here."),
  track_cost: told(flag.optional(), "Older: answers tell their tokens."),
  track_performance: told(flag.optional(), "Older: answers tell their times."),
  track_quality: told(flag.optional(), "Older: nobody measures that."),
});

/** The keys of older files at the top. */
export const olderShape = {
  model_selection: told(
    selectionSchema.optional(),
    "Older: now `routes` and `failover`; `standin import` writes them.",
  ),
  ...orderShape,
  usage_tracking: told(trackingSchema.optional(), "Older: every answer tells what it took."),
  updated_at: told(z.unknown().optional(), "Older: a remark."),
  updated_by: told(z.unknown().optional(), "Older: a remark."),
} as const;

/** What an older file says, as far as it is older. */
export type OlderData = z.output<ReturnType<typeof object<typeof olderShape>>>;
