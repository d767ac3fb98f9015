/**
 * The keys of the page: `/` to search, arrows from day to day, Escape to see everything.
 * @param {{
 *   readonly search: () => void, readonly day: (step: number) => void,
 *   readonly everything: () => void,
 * }} act
 */
export function listenToKeys(act) {
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    const { target } = event;
    const typing = target instanceof HTMLInputElement || target instanceof HTMLSelectElement;
    if (event.key === "Escape") {
      if (target instanceof HTMLElement && typing) target.blur();
      return act.everything();
    }
    if (typing) return;
    const step = { ArrowLeft: -1, ArrowRight: 1, Home: -Infinity, End: Infinity }[event.key];
    const inDays = target instanceof Element && target.closest(".days") !== null;
    if (step !== undefined && (inDays || Math.abs(step) === 1)) {
      event.preventDefault();
      act.day(step);
    } else if (event.key === "/") {
      event.preventDefault();
      act.search();
    }
  });
}
