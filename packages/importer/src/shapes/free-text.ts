/**
 * A file of free text that somebody left for others. Who sent it and when stands in lines like `From: build1` at its head,
 * else in its name (`20251113_120000_build1_to_build2.txt`), else only its commit or its file tells.
 */
import type { Fields, Item } from '../reading/items-in.ts';
import { readTime } from './times.ts';

const HEADS: Readonly<Record<string, string>> = {
  from: 'from',
  sender: 'from',
  to: 'to',
  recipient: 'to',
  date: 'timestamp',
  time: 'timestamp',
  timestamp: 'timestamp',
  sent: 'timestamp',
  subject: 'subject',
  title: 'subject',
  priority: 'priority',
  type: 'type',
  'reply-to': 'reply_to',
};
const HEAD = /^\W{0,4}([A-Za-z-]{2,12})\W{0,3}:\W{0,3}\s*(.*?)\s*\**$/;

/** As if it had been an entry of the list: what follows is the same for both. */
export function freeText(path: string, text: string, author: string | null): Item {
  const { head, body } = split(text);
  const byName = named(path);
  const from = head.from ?? byName.from ?? author ?? undefined;
  const subject = head.subject ?? firstLine(body);
  const fields: Fields = { ...byName, ...head, ...(from !== undefined && { from }), subject, body, id: path };
  return { key: null, fields, line: null };
}

function split(text: string): { head: Record<string, string>; body: string } {
  const lines = text.split('\n');
  const head: Record<string, string> = {};
  let at = 0;
  for (; at < Math.min(lines.length, 20); at++) {
    const line = lines[at] ?? '';
    const [, word = '', value = ''] = HEAD.exec(line) ?? [];
    const name = word.toLowerCase();
    if (Object.hasOwn(HEADS, name)) head[HEADS[name] ?? name] ??= value;
    // Rules and empty lines may stand between the heads; anything else begins the text.
    else if (/[^\s=\-*_#]/.test(line)) break;
  }
  return { head, body: lines.slice(at).join('\n').trim() };
}

function named(path: string): Record<string, string> {
  const stem = (path.split('/').at(-1) ?? '').replace(/\.[a-z]+$/i, '');
  const [stamp] = /\d{4}-?\d\d-?\d\d(?:[T_-]?\d\d[-:]?\d\d(?:[-:]?\d\d)?Z?)?/.exec(stem) ?? [];
  const timestamp = stamp?.replace(/^(\d{4}-?\d\d-?\d\d)[T_-]/, '$1T');
  const rest = stamp === undefined ? stem : stem.replace(stamp, '').replace(/^[_-]+|[_-]+$/g, '');
  const [, pair, to] = /^(?:msg[_-]|message[_-])?(?:from[_-])?([A-Za-z0-9]+)[_-]to[_-]([A-Za-z0-9]+)/.exec(rest) ?? [];
  const [, only] = /(?:^|[_-])from[_-]([A-Za-z0-9]+)/.exec(rest) ?? [];
  const from = pair ?? only;
  return {
    ...(timestamp !== undefined && readTime(timestamp) && { timestamp }),
    ...(from !== undefined && { from }),
    ...(to !== undefined && { to }),
  };
}

const firstLine = (text: string): string => (text.split('\n').find((it) => /\w/.test(it)) ?? '').trim().slice(0, 100);
