/** The diary at the command line: `npm run diary -- day --user lily --seed 7`. */
import { run } from "./cli/run.ts";

process.exitCode = await run(process.argv.slice(2), process.env, {
  print: (line) => console.log(line),
  complain: (line) => console.error(line),
});
