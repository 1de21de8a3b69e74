import { badRequest } from '../../sdk/index.ts';
import type { Draft } from '../../sdk/index.ts';
import type { OutgoingMessage } from '../api.ts';
import { optionalText, text } from './arguments.ts';

export function object<T extends object>(value: unknown, what: string): T {
  if (typeof value !== 'object' || value === null) throw badRequest(`${what} must be an object.`);
  return value as T;
}

export function conversationId(value: unknown): string | undefined {
  return optionalText(value, 'The conversation id');
}

export function outgoing(message: unknown): Draft {
  if (typeof message === 'string') return { text: text(message, 'The message') };
  const { type = 'text', text: body, payload, metadata } = object<OutgoingMessage>(message, 'The message');
  if (type !== 'text') throw badRequest(`Messages of the type "${type}" cannot be sent from here.`);
  return { text: text(body, 'The text of the message'), payload, metadata };
}
