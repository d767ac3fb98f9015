import { z } from "zod";

const segmenter = new Intl.Segmenter();

/** The object that both sides are asked for, its limits in what a reader counts. */
export const entrySchema = z.object({
  title: z.string().refine((text) => Array.from(segmenter.segment(text)).length <= 6, {
    message: "at most 6 graphemes",
  }),
  content: z.string(),
  tags: z
    .array(z.enum(["开心快乐", "悲伤难过", "平静"]))
    .min(1)
    .max(3),
});

/** What both sides ask. */
export const prompt = "Write a diary entry about a flower, as a JSON object.";
