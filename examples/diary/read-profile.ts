import type { Catalogue } from "./event/catalogue.ts";
import type { Personality, Profile } from "./profile.ts";
import type { Reader } from "./reader.ts";

const personalities: readonly Personality[] = ["lively", "calm"];

/** The part `users` of the settings: profiles by the users' ids. */
export function readProfiles(
  reader: Reader,
  value: unknown,
  catalogue: Catalogue,
): ReadonlyMap<string, Profile> {
  const users = Object.entries(reader.object(value, "users"));
  return new Map(
    users.map(([id, one]) => [id, readProfile(reader, one, `users.${id}`, catalogue)]),
  );
}

/** One profile; a slip of a personality's name is put right by the table of aliases. */
export function readProfile(
  reader: Reader,
  value: unknown,
  place: string,
  catalogue: Catalogue,
): Profile {
  const known = ["nickname", "toy", "personality", "time_zone"];
  const fields = reader.object(value, place, known);
  const said = fields["personality"];
  const personality = typeof said === "string" ? catalogue.rightName(said) : said;
  const timeZone = reader.text(fields["time_zone"], `${place}.time_zone`);
  if (timeZone !== "" && !isTimeZone(timeZone)) {
    const what = `is ${JSON.stringify(timeZone)}: write an IANA name, such as Asia/Shanghai`;
    reader.problem(`${place}.time_zone`, what);
  }
  return {
    nickname: reader.text(fields["nickname"], `${place}.nickname`),
    toy: reader.text(fields["toy"], `${place}.toy`),
    personality: reader.choice(personality, `${place}.personality`, personalities),
    timeZone,
  };
}

function isTimeZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat("en", { timeZone: name }).resolvedOptions().timeZone !== "";
  } catch {
    return false;
  }
}
