/** The prompt and the instructions in a chat, in the shapes of OpenAI, Anthropic, Gemini and OpenTelemetry. */
import { cutText, isObject, MAX_PROMPT, MAX_TOKEN, parseIfJson } from './fit-values';

export interface Chat {
  /** What the user said last. */
  prompt: string | undefined;
  system: string | undefined;
}

/** Deeper nesting is not a chat but an attack on the stack. */
const MAX_DEPTH = 8;
const MAX_TOOLS = 128;

/** @param value a text, messages, a request body that holds them, or the JSON text of any of these */
export function readChat(value: unknown): Chat {
  const read = parseIfJson(value);
  if (typeof read === 'string') return { prompt: cutText(read, MAX_PROMPT), system: undefined };
  const chat = readMessages(isObject(read) ? read : { messages: read });
  const isFilled = typeof value === 'string' && !/^\s*(\{\s*\}|\[\s*\])\s*$/.test(value);
  // JSON that is no chat is what the user wrote.
  if (isFilled && !chat.prompt && !chat.system && !isChat(read)) chat.prompt = cutText(value, MAX_PROMPT);
  return chat;
}

const isChat = (read: unknown) =>
  Array.isArray(read)
    ? read.some((item) => isObject(item) && 'role' in item)
    : isObject(read) && BODY.test(Object.keys(read).join(' '));

/** Keys of a request body: one that holds an image alone has no prompt, but is none either. */
const BODY = /\b(messages|contents|input|prompt)\b/;

function readMessages(body: Record<string, unknown>): Chat {
  const messages = parseIfJson(body.messages ?? body.contents ?? body.input ?? body.prompt);
  const system = [
    contentText(body.system ?? body.instructions ?? body.system_instruction ?? body.systemInstruction),
  ];
  let prompt = typeof messages === 'string' ? messages : '';
  for (const message of Array.isArray(messages) ? messages : []) {
    const { role, text } = readMessage(message);
    if (role === 'system' || role === 'developer') system.push(text);
    else if (role === 'user' && text !== '') prompt = text;
  }
  return { prompt: cutText(prompt, MAX_PROMPT), system: cutText(join(system), MAX_PROMPT) };
}

function readMessage(message: unknown): { role: string; text: string } {
  if (!isObject(message)) return { role: 'user', text: contentText(message) };
  const role = typeof message.role === 'string' ? message.role.toLowerCase() : 'user';
  return { role, text: contentText(message.content ?? message.parts) };
}

/** The text of a content: itself, or its text parts joined; images, tool calls and their results are left out. */
function contentText(content: unknown, depth = 0): string {
  if (typeof content === 'string') return content;
  if (depth > MAX_DEPTH) return '';
  if (Array.isArray(content)) return join(content.map((part) => contentText(part, depth + 1)));
  if (!isObject(content)) return '';
  const { type = 'text' } = content;
  if (type !== 'text' && type !== 'input_text') return '';
  return contentText(content.text ?? content.content ?? content.parts, depth + 1);
}

/** A content that may have been written as JSON: its text parts, or the text as it stands. */
export function contentOrText(content: unknown): string {
  const read = parseIfJson(content);
  return contentText(read) || (typeof content === 'string' ? content : '');
}

/** Names of tools as OpenAI nests them, and as Anthropic and OpenTelemetry do not. */
export function toolNames(tools: unknown): string[] | undefined {
  const read = parseIfJson(tools);
  if (!Array.isArray(read)) return undefined;
  const names = read.flatMap((tool) => {
    if (!isObject(tool)) return [];
    return cutText(isObject(tool.function) ? tool.function.name : tool.name, MAX_TOKEN) ?? [];
  });
  return names.length > 0 ? names.slice(0, MAX_TOOLS) : undefined;
}

const join = (texts: string[]) => texts.filter((text) => text !== '').join('\n');
