/** The languages in which the diary talks to its reader. */
export type Language = "zh" | "en";

const en = {
  simulated:
    "SIMULATED: the providers {names} are simulated, in virtual time; no network, no key. " +
    "Their words were written beforehand.",
  real: "Written by real providers: {names}.",
  day: "{user}'s {day}: {count} events.",
  quota: "Drawn for today: up to {quota} entries.",
  wentDown: "{provider} fails from here on",
  cameBack: "{provider} is well again",
  by: "by {provider} ({model})",
  bySelf: "by the diary itself: no provider could",
  repaired: "mended after a second look",
  queued: "waits for a provider: {event}",
  notWritten: "{count} not written: {reasons}",
  unknown: "reported and passed over: {what}",
  trouble: "trouble: {what}",
  troubles: "{count} times: {what}",
  dayEnds:
    "The day ends here: nothing can be kept. When that is mended, tell it again by --day {day}; " +
    "what is kept stays.",
  reloaded: "{agent}: the changed file is in force",
  broken: "{agent}: the changed file is not taken, the last good one stays",
  nothing: "There is nothing here yet.",
  total: "entries: {entries}, days: {days}",
  place: "Kept in {path}. `list`, `why <event>` and `stats` read it.",
  tokens: "{input} tokens read, {output} written, {attempts} calls",
  cost: "cost: ${cost}",
  costUnknown: "cost: not known, because no prices are configured",
  types: "types",
  tags: "moods",
  sources: "sources",
  providers: "providers",
  notes: "notes",
  reasons: "not written",
  waiting: "waiting",
  written: "written",
  serving: "The diary is open at {url}",
  nobody: "Nobody called {user} is in this diary yet; there are {users}.",
  stopWith: "Ctrl+C closes it.",
  later: "its turn comes at {time}",
  reserved: "being written now",
} as const;

/** What can be said. */
export type Phrase = keyof typeof en;

const zh: Readonly<Record<Phrase, string>> = {
  simulated: "模拟：服务商 {names} 是模拟的，时间是虚拟的；没有网络，没有密钥，文字是事先写好的。",
  real: "由真实的服务商书写：{names}。",
  day: "{user} 的 {day}：{count} 个事件。",
  quota: "今天抽到：最多 {quota} 篇。",
  wentDown: "{provider} 从这里开始失灵",
  cameBack: "{provider} 恢复了",
  by: "{provider}（{model}）写的",
  bySelf: "日记自己写的：没有服务商能写",
  repaired: "改过一次",
  queued: "等待服务商：{event}",
  notWritten: "{count} 个没有写：{reasons}",
  unknown: "已报告并跳过：{what}",
  trouble: "出了问题：{what}",
  troubles: "共 {count} 次：{what}",
  dayEnds: "这一天到此为止：什么也存不下来。修好以后用 --day {day} 再来一次；存下的不会变。",
  reloaded: "{agent}：改过的文件已生效",
  broken: "{agent}：改过的文件没有采用，仍用上一个好的",
  nothing: "这里还没有内容。",
  total: "{days} 天，{entries} 篇",
  place: "保存在 {path}。可以用 list、why <事件>、stats 查看。",
  tokens: "读入 {input} 个 token，写出 {output} 个，调用 {attempts} 次",
  cost: "费用：${cost}",
  costUnknown: "费用：未知，因为没有配置价格",
  types: "类型",
  tags: "心情",
  sources: "来源",
  providers: "服务商",
  notes: "说明",
  reasons: "没有写",
  waiting: "等待中",
  written: "已写",
  serving: "日记已打开：{url}",
  nobody: "这本日记里还没有 {user}；有 {users}。",
  stopWith: "按 Ctrl+C 关闭。",
  later: "要等到 {time}",
  reserved: "正在写",
};

/** A phrase in a language, with its values in their places. */
export function say(
  language: Language,
  phrase: Phrase,
  values: Readonly<Record<string, string | number>> = {},
): string {
  const text = language === "zh" ? zh[phrase] : en[phrase];
  return text.replaceAll(/\{(\w+)\}/gu, (_, name: string) => String(values[name] ?? ""));
}
