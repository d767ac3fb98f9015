import { z } from "zod";

const shortest = 0.01;
const longest = 86_400;

/** A number within bounds. */
export function number(what: string, least: number, most: number) {
  const error = `must be ${what} from ${least} to ${most}`;
  return z.number({ error }).min(least, { error }).max(most, { error });
}

/** A duration in seconds. */
export function seconds(least: number = shortest) {
  return number("a number of seconds", least, longest);
}

/** A whole number within bounds. */
export function whole(least: number, most: number) {
  const error = `must be a whole number from ${least} to ${most}`;
  return z.number({ error }).int({ error }).min(least, { error }).max(most, { error });
}

/** A text that is not empty and has no blanks around it. */
export function text(what: string) {
  const error = `must be ${what}`;
  return z
    .string({ error })
    .regex(/^\S(?:.*\S)?$/su, { error })
    .max(2_000, { error });
}

/** Any text. */
export function anyText(what: string) {
  const error = `must be ${what}`;
  return z.string({ error }).max(20_000, { error });
}

/** One of a few words. */
export function choice<const Options extends readonly [string, ...string[]]>(options: Options) {
  const error = `must be one of ${options.map((option) => `"${option}"`).join(", ")}`;
  return z.enum(options, { error });
}

/** Yes or no. */
export const flag = z.boolean({ error: "must be true or false" });

/** An object with these keys. */
export function object<Shape extends z.core.$ZodLooseShape>(shape: Shape) {
  return z.object(shape, { error: "must be an object: { … }" });
}

/** An object with names of the user's choice. */
export function table<Value extends z.ZodType>(value: Value) {
  return z.record(z.string(), value, { error: "must be an object: { … }" });
}

/** A part of the file with its meaning, unit and examples, as editors and the docs show it. */
export function told<Schema extends z.ZodType>(
  schema: Schema,
  description: string,
  ...examples: readonly unknown[]
): Schema {
  return schema.meta({ description, ...(examples.length > 0 && { examples: [...examples] }) });
}
