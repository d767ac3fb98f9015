import { createReader, type Reader } from "./reader.ts";
import { parseJson, readText } from "./read-json.ts";
import type { Catalogue } from "./event/catalogue.ts";
import { readRules } from "./decide/read-rules.ts";
import { readProfile, readProfiles } from "./read-profile.ts";
import { readVocabulary } from "./write/read-vocabulary.ts";
import type { Settings, Writing } from "./settings.ts";

const parts = ["users", "anybody", "rules", "limits", "tags", "mood_words", "writing"];

/** Reads and checks `diary.json`. Throws DiaryTrouble with everything that is wrong in it. */
export function loadSettings(path: string, catalogue: Catalogue): Settings {
  const reader = createReader(path);
  const whole = reader.object(parseJson(path, readText(path, "the settings")), "", parts);
  const limits = reader.object(whole["limits"], "limits", ["title", "content", "tags", "value"]);
  const words = ["bright", "dark", "negations", "neither"];
  const moodWords = reader.object(whole["mood_words"], "mood_words", words);
  const settings = {
    users: readProfiles(reader, whole["users"], catalogue),
    anybody: readProfile(reader, whole["anybody"], "anybody", catalogue),
    rules: readRules(reader, whole["rules"], catalogue),
    limits: {
      title: reader.number(limits["title"], "limits.title", 1, 200),
      content: reader.number(limits["content"], "limits.content", 1, 10_000),
      tags: reader.number(limits["tags"], "limits.tags", 1, 10),
      value: reader.number(limits["value"], "limits.value", 8, 10_000),
    },
    vocabulary: readVocabulary(reader, whole["tags"]),
    moodWords: {
      bright: reader.texts(moodWords["bright"], "mood_words.bright"),
      dark: reader.texts(moodWords["dark"], "mood_words.dark"),
      negations: reader.texts(moodWords["negations"], "mood_words.negations"),
      neither: reader.texts(moodWords["neither"], "mood_words.neither"),
    },
    writing: readWriting(reader, whole["writing"]),
  };
  reader.finish();
  return settings;
}

function readWriting(reader: Reader, value: unknown): Writing {
  const known = [
    ...["route", "deadline", "concurrency", "when_all_fail", "queue_retry", "queue_hours"],
  ];
  const fields = reader.object(value, "writing", known);
  const retry = Array.isArray(fields["queue_retry"]) ? (fields["queue_retry"] as unknown[]) : [];
  const shortest = reader.number(retry[0], "writing.queue_retry[0]", 0.1, 86_400);
  const longest = reader.number(retry[1], "writing.queue_retry[1]", shortest, 86_400);
  return {
    route: reader.text(fields["route"], "writing.route"),
    deadlineMs: reader.number(fields["deadline"], "writing.deadline", 1, 3_600) * 1_000,
    concurrency: reader.number(fields["concurrency"], "writing.concurrency", 1, 10_000),
    whenAllFail: reader.choice(fields["when_all_fail"], "writing.when_all_fail", [
      "fallback",
      "queue",
    ]),
    queueRetryMs: [shortest * 1_000, longest * 1_000],
    queueMs: reader.number(fields["queue_hours"], "writing.queue_hours", 0, 8_760) * 3_600_000,
  };
}
