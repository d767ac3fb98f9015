/**
 * How far the page was scrolled when it was left, where the reader comes back to it. The browser
 * cannot keep the place of what is drawn only later.
 */
export function keepPlace() {
  history.scrollRestoration = "manual";
  window.addEventListener("pagehide", () => {
    // What is said to the history now, while the page is left, would be lost.
    sessionStorage.setItem("place", JSON.stringify({ at: location.search, top: window.scrollY }));
  });
}

/** The kept place; 0 where the page was asked for anew. */
export function keptPlace() {
  const [navigation] = performance.getEntriesByType("navigation");
  const isBack =
    navigation instanceof PerformanceNavigationTiming && navigation.type !== "navigate";
  /** @type {{ readonly at?: string, readonly top?: number }} */
  const kept = JSON.parse(sessionStorage.getItem("place") ?? "{}");
  return isBack && kept.at === location.search ? (kept.top ?? 0) : 0;
}
