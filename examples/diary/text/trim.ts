import { countGraphemes, firstGraphemes, graphemesOf } from "./graphemes.ts";

const sentenceEnd = /[。！？!?…～~]["”』」）)]*$/u;
const words = new Intl.Segmenter("zh", { granularity: "word" });

/**
 * A text brought down to so many graphemes: at the end of a sentence if that keeps half of what
 * may stay, else after a whole word with "…", else after a whole grapheme.
 */
export function trimContent(text: string, most: number): string {
  const all = graphemesOf(text);
  if (all.length <= most) return text;
  for (let length = most; length * 2 >= most; length -= 1) {
    const kept = all.slice(0, length).join("");
    // "……" is one mark: an end between its halves is none.
    if (sentenceEnd.test(kept) && !/^[。！？!?…～~]/u.test(all[length] ?? "")) return kept;
  }
  const kept = wholeWords(text, most - 1).replace(/[，、；：,;:\s]+$/u, "");
  return kept === "" ? firstGraphemes(text, most) : `${kept}…`;
}

/**
 * A title brought down to so many graphemes, after a whole word where one fits, else within a
 * word with "…".
 */
export function trimTitle(text: string, most: number): string {
  if (countGraphemes(text) <= most) return text;
  const longest = firstGraphemes(text, most);
  const cut = wholeWords(text, most);
  const within = cut === longest && !endsWithWord(text, longest);
  const kept = within ? firstGraphemes(text, most - 1) : cut.replace(/[\p{P}\s]+$/u, "");
  if (kept === "") return longest;
  return within ? `${kept}…` : kept;
}

function endsWithWord(text: string, beginning: string): boolean {
  return words.segment(text).containing(beginning.length)?.index === beginning.length;
}

function wholeWords(text: string, most: number): string {
  const longest = firstGraphemes(text, most);
  let end = 0;
  for (const { index, segment } of words.segment(text)) {
    if (index + segment.length > longest.length) break;
    end = index + segment.length;
  }
  // Half of it lost for the sake of a word is too much.
  return end * 2 >= longest.length ? longest.slice(0, end) : longest;
}
