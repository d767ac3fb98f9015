import { DiaryTrouble } from "../trouble.ts";

/** What was asked about is not in the diary; the question itself was understood. */
export class NotTold extends DiaryTrouble {}
