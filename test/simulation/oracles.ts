import { answersAreWhole, nothingIsSpliced } from "./oracles/answers.ts";
import { attemptsAreBounded, budgetHolds, capsHold, limitsHold } from "./oracles/bounds.ts";
import { repeatsAreTold, shorteningIsTold } from "./oracles/bounds.ts";
import { endsInTime, endsOnce, leavingIsHeard, streamsDoNotHang } from "./oracles/ends.ts";
import { nothingIsLeft, replayEqualsLive } from "./oracles/left.ts";
import { routeLimitsHold, switchesHold } from "./oracles/narrow.ts";
import { ownLimitsHold } from "./oracles/own-limits.ts";
import { healingIsNoticed, reloadsHold, theWellAnswer } from "./oracles/promises.ts";
import { intentionsAreClosed, reasonsAreTrue } from "./oracles/truth.ts";
import { refusalsAreBelieved, timesAreTrue } from "./oracles/truth.ts";
import { breakersHold, configurationsArePinned, nobodyCooledIsAsked } from "./oracles/turns.ts";
import { nobodyIsForgotten, nobodyIsPassedOver, restsAreNotPassed } from "./oracles/turns.ts";
import { statusAgrees, timeIsShared, turnsAreTaken } from "./oracles/turns.ts";
import { statedTimesHold, waitsAreKept, waitsEnd } from "./oracles/waits.ts";
import type { Oracle, Story } from "./story.ts";

/** Every promise, by its name. */
export const oracles: Readonly<Record<string, Oracle>> = {
  endsOnce,
  endsInTime,
  streamsDoNotHang,
  leavingIsHeard,
  answersAreWhole,
  nothingIsSpliced,
  attemptsAreBounded,
  capsHold,
  limitsHold,
  ownLimitsHold,
  routeLimitsHold,
  switchesHold,
  shorteningIsTold,
  repeatsAreTold,
  budgetHolds,
  timesAreTrue,
  reasonsAreTrue,
  refusalsAreBelieved,
  intentionsAreClosed,
  statedTimesHold,
  waitsAreKept,
  waitsEnd,
  nobodyCooledIsAsked,
  breakersHold,
  nobodyIsPassedOver,
  nobodyIsForgotten,
  restsAreNotPassed,
  turnsAreTaken,
  timeIsShared,
  configurationsArePinned,
  theWellAnswer,
  healingIsNoticed,
  reloadsHold,
  nothingIsLeft,
  statusAgrees,
  replayEqualsLive,
};

/** Every promise that a story shows broken: the promise's name, and a sentence. */
export function brokenPromises(story: Story): readonly string[] {
  return Object.entries(oracles).flatMap(([name, oracle]) =>
    oracle(story).map((what) => `${name}: ${what}`),
  );
}
