/**
 * Where somebody reads: `entry` is the first card that can be seen, and `above` how far from the
 * top of the window it is. What is far away is drawn late, so that a height alone says little.
 * @typedef {{ readonly top: number, readonly entry: string, readonly above: number }} Place
 */

const most = 5;

/**
 * The place that is read now.
 * @returns {Place}
 */
export function placeNow() {
  const cards = [...document.querySelectorAll(".card")];
  const seen = cards.find((card) => card.getBoundingClientRect().bottom > 0);
  const entry = seen?.getAttribute("data-entry") ?? "";
  return { top: window.scrollY, entry, above: seen?.getBoundingClientRect().top ?? 0 };
}

/**
 * Goes back to a place; without its card, to its height.
 * @param {Place} place
 * @param {HTMLElement | undefined} card
 */
export function goToPlace({ top, above }, card) {
  window.scrollTo({ top, behavior: "instant" });
  if (card !== undefined && top > 0) settle(most);

  // What comes into sight takes its own height then, and moves the rest.
  /** @param {number} left */
  function settle(left) {
    const moved = (card?.getBoundingClientRect().top ?? above) - above;
    window.scrollBy({ top: moved, behavior: "instant" });
    if (left > 0) requestAnimationFrame(() => settle(left - 1));
  }
}

/**
 * Keeps the place when the page is left. The browser cannot keep the place of what is drawn only
 * later.
 */
export function keepPlace() {
  history.scrollRestoration = "manual";
  window.addEventListener("pagehide", () => {
    // What is said to the history now, while the page is left, would be lost.
    const kept = JSON.stringify({ at: location.search, ...placeNow() });
    sessionStorage.setItem("place", kept);
  });
}

/**
 * The kept place, where the reader comes back to it.
 * @returns {Place | null} `null`: the page was asked for anew
 */
export function keptPlace() {
  const [navigation] = performance.getEntriesByType("navigation");
  const isBack =
    navigation instanceof PerformanceNavigationTiming && navigation.type !== "navigate";
  /** @type {Place & { readonly at: string } | null} */
  const kept = JSON.parse(sessionStorage.getItem("place") ?? "null");
  return isBack && kept?.at === location.search ? kept : null;
}
