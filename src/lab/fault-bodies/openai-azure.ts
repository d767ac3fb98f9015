/** An error of OpenAI's form; named by its code unless it has a name. */
export type OpenaiRow = readonly [
  kind: string,
  status: number,
  code: string | null,
  type: string | null,
  message: string,
  name?: string,
];

/** What Azure says where OpenAI says something else. */
export const azureRows: readonly OpenaiRow[] = [
  [
    "auth",
    401,
    "401",
    null,
    "Access denied due to invalid subscription key or wrong API endpoint.",
    "401 of Azure",
  ],
  [
    "rate_limited",
    429,
    "RateLimitReached",
    null,
    "Your requests have exceeded the call rate limit. Please retry after 1 second.",
  ],
  [
    "content_filtered",
    400,
    "content_filter",
    null,
    "The response was filtered due to the prompt triggering Azure OpenAI's " +
      "content management policy.",
    "content_filter of Azure",
  ],
  [
    "content_filtered",
    400,
    "ResponsibleAIPolicyViolation",
    null,
    "The prompt was blocked by the content management policy.",
  ],
  [
    "model_not_found",
    404,
    "DeploymentNotFound",
    null,
    "The API deployment for this resource does not exist.",
  ],
];
