import { z } from "zod";
import { anyText, flag, number, object, seconds, table, text, told, whole } from "../leaves.ts";
import { routeFailoverSchema } from "./failover.ts";
import { capabilitiesSchema, rateLimitSchema, thinkingSchema } from "./provider.ts";

/** What a route's requests ask of every provider in place of its own settings. */
export const overridesSchema = object({
  max_tokens: told(
    whole(1, 10_000_000).nullable().optional(),
    "The longest answer, in tokens.",
    60,
  ),
  temperature: told(number("a number", 0, 2).nullable().optional(), "How varied answers are."),
  timeout: told(seconds().optional(), "Seconds that one attempt may take."),
  retry_attempts: told(whole(0, 20).optional(), "All tries at one provider for one request."),
  thinking: told(thinkingSchema.optional(), "Whether the model thinks before it answers."),
  extra_body: told(
    table(z.unknown()).optional(),
    "Fields added to the body, over those that the provider adds.",
  ),
});

/** One route as the file has it. */
export const routeSchema = object({
  description: told(anyText("text: what the route is for").optional(), "What it is for."),
  providers: told(
    z
      .array(text("text: a provider's name"), { error: "must be a list of names: [ … ]" })
      .optional(),
    "Who is asked, in this order, whatever their priority; left out, all, by priority.",
    ["qwen", "deepseek"],
  ),
  capabilities: told(
    capabilitiesSchema.optional(),
    "What a provider must be fit for, beside what a request itself needs.",
    ["creative"],
  ),
  local_only: told(
    flag.default(false),
    "Only providers at an address of this machine are asked, so that nothing leaves it.",
  ),
  overrides: told(
    overridesSchema.default({}),
    "What requests on this route ask of every provider in place of its own settings.",
  ),
  failover: told(
    routeFailoverSchema.default({}),
    "How requests on this route move, where that differs from the file's `failover`.",
  ),
  rate_limit: told(rateLimitSchema.default({}), "What may be asked on this route at most."),
});
