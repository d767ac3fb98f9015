/** Values that the program itself makes; they may stand anywhere in a template. */
export const trustedValues: readonly string[] = [
  ...["about", "tone", "date", "weekday", "time", "title_limit", "content_limit", "tags"],
];

/** Values of the user's profile: they come from outside, as an event's context does. */
export const profileValues: readonly string[] = ["owner", "toy"];
