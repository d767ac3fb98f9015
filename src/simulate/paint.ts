/** The styles of a page. */
export type Style = "green" | "red" | "yellow" | "dim" | "bold";

/** The text in a style, or as it is where there are no colours. */
export type Paint = (style: Style, text: string) => string;

/** One character of a drawing. */
export type Dot = { readonly character: string; readonly style: Style | null };

/** Dots as a text, each run of one style painted at once. */
export function paintDots(dots: readonly Dot[], paint: Paint): string {
  let text = "";
  let run = "";
  let style: Style | null = null;
  for (const dot of [...dots, { character: "", style: null }]) {
    if (dot.style !== style) {
      text += style === null ? run : paint(style, run);
      run = "";
      style = dot.style;
    }
    run += dot.character;
  }
  return text + run;
}

/** A text that a terminal shows and does not obey. */
export function plain(text: string): string {
  return text.replaceAll(/\p{Cc}/gu, "?");
}

/** A name in so many columns. */
export function inColumns(name: string, width: number): string {
  const shown = plain(name);
  return (shown.length > width ? `${shown.slice(0, width - 1)}…` : shown).padEnd(width);
}
