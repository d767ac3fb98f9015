/** One of several processes that open the same new databases at the same moments. */
import { openStore } from "../../examples/diary/store/store.ts";

const [prefix = "", start = "0"] = process.argv.slice(2);
let trouble = 0;
for (let number = 0; number < 40; number += 1) {
  while (Date.now() < Number(start) + number * 30);
  try {
    openStore(`${prefix}-${number}.sqlite`, "x").close();
  } catch (error) {
    trouble += 1;
    console.error(String(error));
  }
}
console.log(JSON.stringify({ trouble }));
