/**
 * Makes a change to a list without moving what is being read: the first card that can be seen
 * stays where it is.
 * @param {HTMLElement} place
 * @param {() => void} change
 */
export function keepInPlace(place, change) {
  const seen = [...place.querySelectorAll(".card")].find(
    (child) => child.getBoundingClientRect().bottom > 0,
  );
  const before = seen?.getBoundingClientRect().top ?? 0;
  change();
  if (seen === undefined || !seen.isConnected) return;
  const moved = seen.getBoundingClientRect().top - before;
  if (moved !== 0) window.scrollBy({ top: moved, behavior: "instant" });
}
