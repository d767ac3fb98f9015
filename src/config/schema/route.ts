import { z } from "zod";
import { anyText, flag, number, object, seconds, table, text, whole } from "../leaves.ts";
import { routeFailoverSchema } from "./failover.ts";
import { capabilitiesSchema, rateLimitSchema, thinkingSchema } from "./provider.ts";

/** What a route's requests ask of every provider in place of its own settings. */
export const overridesSchema = object({
  max_tokens: whole(1, 10_000_000).nullable().optional(),
  temperature: number("a number", 0, 2).nullable().optional(),
  timeout: seconds().optional(),
  retry_attempts: whole(0, 20).optional(),
  thinking: thinkingSchema.optional(),
  extra_body: table(z.unknown()).optional(),
});

/** One route as the file has it. */
export const routeSchema = object({
  description: anyText("text: what the route is for").optional(),
  providers: z
    .array(text("text: a provider's name"), { error: "must be a list of names: [ … ]" })
    .optional(),
  capabilities: capabilitiesSchema.optional(),
  local_only: flag.default(false),
  overrides: overridesSchema.default({}),
  failover: routeFailoverSchema.default({}),
  rate_limit: rateLimitSchema.default({}),
});
