/** Prompt and instructions of a GenAI span, wherever the instrumentation of the day has put them. */
import { cutText, isObject, MAX_PROMPT } from './fit-values';
import { type Attributes, readAttributes } from './otlp-attributes';
import { type Chat, contentOrText, readChat } from './read-chat';

const MAX_MESSAGES = 1000;

/** The newest form first: messages as an attribute, numbered attributes (OpenLLMetry), then span events. */
export function spanChat(attributes: Attributes, events: unknown): Chat {
  const chats = [
    readChat(attributes.get('gen_ai.input.messages')),
    readChat(numberedMessages(attributes, 'gen_ai.prompt')),
    readChat(attributes.get('gen_ai.prompt')),
    ...eventChats(events),
  ];
  const instructions = contentOrText(attributes.get('gen_ai.system_instructions'));
  return {
    prompt: chats.find((chat) => chat.prompt !== undefined)?.prompt,
    system: cutText(instructions, MAX_PROMPT) ?? chats.find((chat) => chat.system !== undefined)?.system,
  };
}

/** `gen_ai.prompt.0.role` and `gen_ai.prompt.0.content`, counted from 0 without a gap. */
function numberedMessages(attributes: Attributes, prefix: string): object[] {
  const messages: object[] = [];
  for (let i = 0; i < MAX_MESSAGES && attributes.has(`${prefix}.${i}.content`); i++) {
    const content = contentOrText(attributes.get(`${prefix}.${i}.content`));
    messages.push({ role: attributes.get(`${prefix}.${i}.role`) ?? 'user', content });
  }
  return messages;
}

function eventChats(events: unknown): Chat[] {
  const messages: object[] = [];
  const chats: Chat[] = [];
  for (const event of Array.isArray(events) ? events.filter(isObject) : []) {
    const attributes = readAttributes(event.attributes);
    if (event.name === 'gen_ai.content.prompt') chats.push(readChat(attributes.get('gen_ai.prompt')));
    if (event.name === 'gen_ai.client.inference.operation.details') chats.push(spanChat(attributes, []));
    const role = /^gen_ai\.(system|user)\.message$/.exec(String(event.name))?.[1];
    if (role) messages.push({ role, content: attributes.get('content') ?? attributes.get('gen_ai.prompt') });
  }
  return [...chats, readChat(messages)];
}
