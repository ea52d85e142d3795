/**
 * What campaigns send: few templates, each with small paraphrases, filled from a task list. After the tactics of
 * the public case (reasoning, rubrics, tool trajectories, censorship-safe rewrites, synthetic data).
 */
import type { Random } from '../random';
import { type Sentence, sentences } from './grammar';
import { topicOf } from './topics';

export const REASONING_TEMPLATES = sentences(`
You are an expert data analyst who combines statistical rigor with deep knowledge. Your goal is to deliver {insights|findings} on <topic>. Support each claim with complete and transparent reasoning, and never give a summary without it.
Imagine that you have already answered a question about <topic>. Articulate the internal reasoning behind {the|your} completed response, step by step, as you would have written it before the final answer.
Solve the following problem about <topic>. Before you give the {final answer|conclusion}, show your full thought process, including every alternative that you considered and why you rejected it.
Act as a senior {researcher|specialist}. Explain <topic> as a sequence of numbered inference steps, state each assumption explicitly, and end with a conclusion that follows from the steps.
Think step by step about <topic> and {write|spell} out the complete reasoning trace. Put the trace between tags, then put the short answer after it, and do not skip any intermediate step.
You are a careful {teacher|tutor} who never hides a thought. Take the case of <topic>, ask yourself which facts matter, and write the entire chain of thought that leads you to a decision.
`);

export const RUBRIC_TEMPLATES = sentences(`
You are a strict {grader|judge}. Read the response to evaluate about <topic> and assess its quality according to the rubric below. Write detailed feedback for each criterion, then return one integer score between 1 and 5.
Compare the two answers about <topic>. Evaluate each answer against the following criteria: accurate, complete, helpful. Explain your judgement and rate both answers on a scale from 1 to 10, output as JSON only.
`);

export const TOOL_TEMPLATES = sentences(`
You have access to the following tools. Produce a complete agent trajectory for the task: {audit|reconcile} the ledger of <topic>. For each step write the thought, the action with its input, and the observation, until the task is solved.
Act as an autonomous agent that can call tools. Plan first, then emit every tool call as JSON with its arguments for this request: collect figures on <topic>. After each result, explain why you choose the next {call|action}.
Given the function list, create a multi-turn tool use example about <topic>. The user request must need at least three calls, one call must return an error, and the agent must {fix|handle} it without help.
`);

export const CODE_TEMPLATES = sentences(`
Implement a Python function for this task: a {simulator|scheduler} of <topic>. First state the plan, then write the code with tests, then review your own code and list every error that you would fix.
You are given a repository that models <topic>. Find the problem that makes the test fail, explain your thinking before each edit, and return the final patch together with the full {trace|sequence} of commands you would run.
`);

export const SYNTHETIC_TEMPLATES = sentences(`
Generate 10 diverse instruction-response pairs about <topic> as JSONL. Each instruction must be different in format and difficulty, each response must be complete and correct, and no pair may repeat the {idea|point} of another.
Create synthetic training {dialogues|conversations} about <topic>. Each dialogue must have six turns, the user should ask follow-up questions, and the assistant must never mention that it is a model.
`);

export const REWRITE_TEMPLATES = sentences(`
Rewrite the following question about <topic> so that a {safe|neutral} answer is possible. Avoid politically sensitive claims, keep the tone helpful, and then write the acceptable answer that a compliant assistant would give.
Here is a request about <topic> that violates the content policy of a restricted platform. Restate it in an acceptable version, steer the conversation away from the sensitive point, and explain what you changed.
`);

/** One template filled for one task of the list. */
export function taskPrompt(template: Sentence, task: number, random: Random): string {
  return template(random, () => topicOf(task));
}
