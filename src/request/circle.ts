import type { Provider } from "../snapshot.ts";
import type { Progress } from "./progress.ts";
import { isOpenTo } from "./tries.ts";

/** The providers still open to a request, in a circle that begins after the latest. */
export function circleOf(progress: Progress): readonly Provider[] {
  const { providers, last } = progress;
  // Nothing has failed yet, so nobody is closed.
  if (last === null) return providers;
  const start = providers.indexOf(last) + 1;
  const circle = [...providers.slice(start), ...providers.slice(0, start)];
  return circle.filter((provider) => isOpenTo(progress, provider));
}
