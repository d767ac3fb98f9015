/** @typedef {readonly [zh: string, en: string]} Name */

/** @type {Readonly<Record<string, Name>>} */
const types = {
  weather: ["天气", "Weather"],
  seasonal: ["季节", "Seasons"],
  trending: ["新鲜事", "News"],
  holiday: ["节日", "Holidays"],
  friends: ["朋友", "Friends"],
  same_frequency: ["心有灵犀", "In sync"],
  adoption: ["回家", "Coming home"],
  interactive: ["和主人玩", "Play"],
  dialogue: ["聊天", "Talk"],
  neglect: ["被冷落", "Left alone"],
};

/** @type {Readonly<Record<string, Name>>} */
const events = {
  favorite_weather: ["喜欢的天气", "weather it likes"],
  dislike_weather: ["讨厌的天气", "weather it dislikes"],
  favorite_season: ["喜欢的季节", "a season it likes"],
  dislike_season: ["讨厌的季节", "a season it dislikes"],
  celebration: ["值得庆祝的事", "good news"],
  disaster: ["让人难过的新闻", "sad news"],
  approaching_holiday: ["快过节了", "a holiday draws near"],
  during_holiday: ["过节", "a holiday"],
  holiday_ends: ["节日过去了", "a holiday is over"],
  made_new_friend: ["交到新朋友", "a new friend"],
  friend_deleted: ["少了一个朋友", "a friend lost"],
  liked_single: ["朋友做了喜欢的事", "a friend was kind"],
  liked_3_to_5: ["朋友几次做了喜欢的事", "a friend was kind a few times"],
  liked_5_plus: ["朋友一再做喜欢的事", "a friend was kind again and again"],
  disliked_single: ["朋友做了讨厌的事", "a friend was unkind"],
  disliked_3_to_5: ["朋友几次做了讨厌的事", "a friend was unkind a few times"],
  disliked_5_plus: ["朋友一再做讨厌的事", "a friend was unkind again and again"],
  close_friend_frequency: ["和好友同一刻做了同一件事", "the same thing in the same moment"],
  toy_claimed: ["有了家", "found a home"],
  liked_interaction_once: ["主人做了喜欢的事", "its owner did what it likes"],
  liked_interaction_3_to_5_times: ["主人几次做了喜欢的事", "a few times what it likes"],
  liked_interaction_over_5_times: ["主人一再做喜欢的事", "again and again what it likes"],
  disliked_interaction_once: ["主人做了讨厌的事", "its owner did what it dislikes"],
  disliked_interaction_3_to_5_times: ["主人几次做了讨厌的事", "a few times what it dislikes"],
  neutral_interaction_over_5_times: ["平平常常的互动", "the usual again and again"],
  positive_emotional_dialogue: ["聊了高兴的事", "a happy talk"],
  negative_emotional_dialogue: ["聊了难过的事", "a sad talk"],
  neglect_1_day_no_dialogue: ["一天没人说话", "a day without a word"],
  neglect_1_day_no_interaction: ["一天没人理", "a day alone"],
  neglect_3_days_no_dialogue: ["三天没人说话", "three days without a word"],
  neglect_3_days_no_interaction: ["三天没人理", "three days alone"],
  neglect_7_days_no_dialogue: ["一星期没人说话", "a week without a word"],
  neglect_7_days_no_interaction: ["一星期没人理", "a week alone"],
  neglect_15_days_no_interaction: ["半个月没人理", "half a month alone"],
  neglect_30_days_no_dialogue: ["一个月没人说话", "a month without a word"],
  neglect_30_days_no_interaction: ["一个月没人理", "a month alone"],
};

/**
 * @param {Readonly<Record<string, Name>>} names
 * @param {string} id
 * @param {import("./view.js").Language} language
 * @returns {string}
 */
function nameIn(names, id, language) {
  const [zh, en] = Object.hasOwn(names, id) ? (names[id] ?? [id, id]) : [id, id];
  return language === "zh" ? zh : en;
}

/**
 * The name of a type of entry; one that the page does not know keeps its own.
 * @param {string} type
 * @param {import("./view.js").Language} language
 * @returns {string}
 */
export function typeName(type, language) {
  return nameIn(types, type, language);
}

/**
 * The name of an event; one that the page does not know keeps its own.
 * @param {string} event
 * @param {import("./view.js").Language} language
 * @returns {string}
 */
export function eventName(event, language) {
  return nameIn(events, event, language);
}
