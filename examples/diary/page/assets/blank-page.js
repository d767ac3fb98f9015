import { drawn } from "./element.js";

/** A notebook that lies open under a moon, with a pencil and nothing written in it yet. */
export function blankPage() {
  return drawn(
    "svg",
    { class: "blank", viewBox: "0 0 160 112", width: 160, height: 112, "aria-hidden": "true" },
    drawn("circle", { class: "blank-moon", cx: 124, cy: 22, r: 13 }),
    ...[
      [26, 26, 1.8],
      [48, 12, 1.3],
      [78, 20, 1.6],
      [98, 8, 1.2],
    ].map(([cx, cy, r]) => drawn("circle", { class: "blank-star", cx, cy, r })),
    drawn("path", { class: "blank-shadow", d: "M14 98Q80 110 146 98L142 104Q80 114 18 104Z" }),
    drawn("path", { class: "blank-sheet", d: "M80 52Q50 38 18 46V96Q50 88 80 102Z" }),
    drawn("path", { class: "blank-sheet", d: "M80 52Q110 38 142 46V96Q110 88 80 102Z" }),
    ...[60, 70, 80].map((y) =>
      drawn("path", {
        class: "blank-line",
        d: `M28 ${y - 3}Q50 ${y - 7} 71 ${y + 3}M89 ${y + 3}Q110 ${y - 7} 132 ${y - 3}`,
      }),
    ),
    drawn("path", { class: "blank-pencil", d: "M96 84L126 62L130 67L100 89L93 91Z" }),
  );
}
