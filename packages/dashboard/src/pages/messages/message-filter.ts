/** Which messages the words and choices in the address mean. Ten thousand are searched at each key, so nothing is lowered twice. */
import type { MessageRow } from '../../rows.ts';

export const SHOWS = ['all', 'unseen', 'waiting', 'urgent'] as const;
export type Show = (typeof SHOWS)[number];

export const SHOW_WORDS: Readonly<Record<Show, string>> = {
  all: 'all',
  unseen: 'not seen by me',
  waiting: 'waiting for an answer',
  urgent: 'high and critical',
};

export interface MessageFilter {
  readonly q: string;
  readonly show: Show;
}

export function filterIn(query: ReadonlyMap<string, string>): MessageFilter {
  const show = SHOWS.find((it) => it === query.get('show')) ?? 'all';
  return { q: query.get('q') ?? '', show };
}

const lowered = new WeakMap<MessageRow, string>();

function textOf(message: MessageRow): string {
  const known = lowered.get(message);
  if (known !== undefined) return known;
  const { id, from, to, type, priority, subject } = message;
  const text = `${subject ?? ''}\n${from}\n${to}\n${type}\n${priority}\n${id}`.toLowerCase();
  lowered.set(message, text);
  return text;
}

export function filtered(
  messages: readonly MessageRow[],
  { q, show }: MessageFilter,
  isSeen: (message: MessageRow) => boolean,
): readonly MessageRow[] {
  const words = q.toLowerCase().split(/\s+/).filter(Boolean);
  return messages.filter((it) => isShown(it, show, isSeen) && words.every((word) => textOf(it).includes(word)));
}

function isShown(message: MessageRow, show: Show, isSeen: (message: MessageRow) => boolean): boolean {
  if (show === 'unseen') return !isSeen(message);
  if (show === 'waiting') return message.missingAcks > 0;
  return show === 'all' || message.priority === 'critical' || message.priority === 'high';
}

/** Newest first, each once: those of the snapshot are newer than those that were read of the past. */
export function merged(newest: readonly MessageRow[], older: readonly MessageRow[]): readonly MessageRow[] {
  const known = new Set(newest.map(({ id }) => id));
  return [...newest, ...older.filter(({ id }) => !known.has(id))];
}
