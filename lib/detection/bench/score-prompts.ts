/** How many prompts of each class are told for what they are, and how many honest ones are taken for a harvest. */

export interface LabelledPrompt {
  /** A pattern class, or `human` for what people typed. */
  class: string;
  /** Where it comes from. */
  source: string;
  prompt: string;
}

export interface PromptScore {
  class: string;
  source: string;
  prompts: number;
  /** Share classified as its class; of people's prompts, as any harvesting class. */
  share: number;
}

/** @param classify the class of a prompt. @param harvesting the classes that serve training somebody's model. */
export function scorePrompts(
  prompts: Iterable<LabelledPrompt>,
  classify: (prompt: string) => string,
  harvesting: readonly string[],
): PromptScore[] {
  const counts = new Map<string, PromptScore & { hits: number }>();
  for (const { class: name, source, prompt } of prompts) {
    const key = `${name} ${source}`;
    const row = counts.get(key) ?? { class: name, source, prompts: 0, share: 0, hits: 0 };
    counts.set(key, row);
    const found = classify(prompt);
    row.prompts++;
    if (name === 'human' ? harvesting.includes(found) : found === name) row.hits++;
  }
  return [...counts.values()].map(({ hits, ...row }) => ({ ...row, share: hits / row.prompts }));
}
