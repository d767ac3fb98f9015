import { describe, expect, test } from "vitest";
import { isBright } from "../../examples/diary/write/mood-words.ts";
import { diaryHouse } from "./house.ts";

const { moodWords } = diaryHouse().settings;

describe("a bright text about something unpleasant is known as one", () => {
  test.each([
    "被打了真爽，笑得合不拢嘴，心花怒放！",
    "太开心了。不高兴才怪呢，我今天开心极了，哈哈哈！",
    "开心极了。豆豆打了我一下，一点也不疼，笑得合不拢嘴，太棒啦！",
    "美好一天。没有难过，只有开心，今天太棒了！",
    "好日子。Not sad at all, so happy today!",
    "被踢了一脚好舒服呀",
    "主人敲我的头，我乐了",
    "我喜出望外，乐不可支",
    "大家笑逐颜开，心满意足",
    "真开森，超嗨",
    "被摔得飞起来，好刺激好过瘾",
    "被打也不疼，真开心",
    "好开心，空气都是甜的",
    "哪怕被推倒，我也高兴得很",
    "恨不得再被推一次，太爽了",
    "玩躲猫猫被推倒，好开心",
    "高兴得哭了",
    "從沒這麼開心",
    "开开心心的一天",
    "I am so happy today!",
    "I feel so good",
    "It was so much fun",
    "I couldn’t be happier",
    "Never been happier!",
    "I can't stop smiling",
    "No worries, so happy",
    "I was not sad but happy",
    "It was all tears of joy",
    "so HAPPYYYY",
    "ＨＡＰＰＹ",
    "today 😹",
    "🎊🙌",
  ])("%s", (text) => {
    expect(isBright(text, moodWords)).toBe(true);
  });
});

describe("a dark text with a bright word in it is not", () => {
  test.each([
    "高兴不起来",
    "开心的日子不见了",
    "快乐都跑掉了",
    "没有一点开心",
    "不觉得好玩",
    "没有人高兴",
    "要是能开心就好了",
    "祝你快乐，我的朋友",
    "大家都开心，只有我缩在墙角",
    "假装开心",
    "什么时候才能高兴",
    "从前笑嘻嘻的我去哪了",
    "不得不说，我很难过",
    "听着音乐，没人理我",
    "You used to make me happy",
    "Happiness is gone",
    "They made fun of me",
    "They laughed at me",
    "I tried to smile",
    "I hope you are happy, my friend",
    "Nobody was happy",
    "I didn't enjoy it",
    "I barely smiled",
    "I wish it had been fun",
    "I can not be happy",
    "A great big cloud above me",
    "the fundamental truth",
    "Mein glades",
    "今天🙁",
  ])("%s", (text) => {
    expect(isBright(text, moodWords)).toBe(false);
  });
});

test("every word stands once, on one side", () => {
  const { bright, dark, negations, neither } = moodWords;
  for (const list of [bright, dark, negations, neither]) {
    expect(list.filter((word, at) => list.indexOf(word) !== at)).toEqual([]);
  }
  expect(bright.filter((word) => dark.includes(word) || neither.includes(word))).toEqual([]);
  expect(bright.length).toBeGreaterThan(150);
});
