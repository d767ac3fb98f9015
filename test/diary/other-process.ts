/** A second process on one database: takes events, each told by both, and says what it wrote. */
import { seededRandom } from "standin/lab";
import { createDiary } from "../../examples/diary/diary.ts";
import { openStore } from "../../examples/diary/store/store.ts";
import type { ObjectMaker } from "../../examples/diary/write/ask-entry.ts";
import { diaryHouse, exampleContext } from "./house.ts";

const [path = "", holder = "", seed = "1"] = process.argv.slice(2);
const house = diaryHouse();
const answer = { source: "model", provider: holder, model: "m", attempts: [{}], usage: null };
const object = { title: "今天", content: "记下来了。", tags: ["平静"], notes: [] };
const manager = {
  getProviderConfig: () => undefined,
  generateObject: () =>
    new Promise((done) => void setTimeout(() => done({ ...answer, object }), Number(seed) % 3)),
} as unknown as ObjectMaker;
const clock = {
  now: () => Date.now(),
  setTimer(delayMs: number, task: () => void) {
    const timer = setTimeout(task, delayMs).unref();
    return () => clearTimeout(timer);
  },
  defer: (task: () => void) => void setImmediate(task),
};
const store = openStore(path, holder);
let written = 0;
const diary = createDiary({
  ...{ ...house, store, manager, clock, random: seededRandom(Number(seed)) },
  newId: () => crypto.randomUUID(),
  tell: (news) => void (written += news.type === "entry" ? 1 : 0),
});
const names = house.catalogue.events.filter(({ type }) => type !== "neglect");
const inputs = Array.from({ length: 600 }, (_, number) => {
  const { name } = names[number % names.length] ?? { name: "" };
  const user = `user-${number % 40}`;
  return { id: `e${number}`, event: name, user, context: exampleContext(name) };
});
// Both begin together, and let each other in.
console.log("ready");
await new Promise((go) => void process.stdin.once("data", go));
const outcomes = [];
for (let at = 0; at < inputs.length; at += 5) {
  outcomes.push(...(await diary.takeAll(inputs.slice(at, at + 5))));
}
await diary.close();
store.close();
const trouble = outcomes.filter((one) => "trouble" in one).length;
console.log(JSON.stringify({ written, trouble }));
process.exit(0);
