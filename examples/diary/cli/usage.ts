/** What `diary --help` prints. */
export const usage = `A toy's diary, written by whichever provider can.

  diary day [--user lily] [--seed 7] [--events 100]   lives a whole day, and shows what is written
  diary write <event> [--context '{…}'] [--force]     tells one event
  diary list [--day …] [--tag …] [--type …]           the entries
  diary why <event or id> [--day …]                   why something was written, or was not
  diary stats                                         the diary in figures
  diary serve [--port 8788] [--day …]                 the diary as a page, entries appearing live
  diary serve --simulate [--seed 7]                   the same with an invented week, a minute a day
  diary events                                        the events there are, and what each needs

  --user <id>       whose diary; "day" and "write": lily if left out, else everybody's
  --db <file>       where it is kept; diary.sqlite if left out
  --real            real providers, by config/llm_configuration.json; else SIMULATED ones
  --config <folder> where diary.json and llm_configuration.json are
  --lang en|zh      the language of these messages; the diary itself is Chinese
  --every           "day": each event that is not written has a line of its own
  --json            entries, reasons or figures as JSON
  --outage <p>@<from>-<to>   "day": a simulated provider fails, as in sim-qwen@10:30-14:00;
                    may be said again; "none" for a day without`;
