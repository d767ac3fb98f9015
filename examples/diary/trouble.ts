/** Something a person can put right: the message says where, what, and what to do. */
export class DiaryTrouble extends Error {
  override readonly name = "DiaryTrouble";
}
