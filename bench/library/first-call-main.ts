/** A fresh process that imports one subject, makes it, asks once and says what it got. */
import type { SubjectName } from "./subject.ts";
import { createSubject } from "./subject.ts";

const [name, well, failing] = process.argv.slice(2) as [SubjectName, string, string];
const subject = await createSubject(name, { well, failing });
process.stdout.write(await subject.answer("question 1"), () => process.exit());
