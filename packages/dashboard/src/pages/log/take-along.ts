/** What one takes along from a log: some lines as Markdown, a link that lasts, or the whole as a file. Each says how it went. */
import { copyText, NOT_COPIED } from '../../copy-text.ts';
import { hrefOf, type Route } from '../../router.ts';
import type { LogAsked } from '../../worker/questions/logs/open-log.ts';
import type { Ask } from './log-data.ts';
import { asMarkdown, linesWords, textOf } from './log-line.ts';

export interface Taken {
  readonly yard: Ask;
  readonly asked: LogAsked;
  readonly lines: readonly [number, number] | null;
  readonly title: string;
  readonly route: Route;
}

const MOST_LINES = 2_000;

export async function copyLines({ yard, asked, lines, title, route }: Taken): Promise<string> {
  if (lines === null) return '';
  const [first, last] = lines;
  const count = Math.min(MOST_LINES, last - first + 1);
  const found = await yard.ask('log-lines', { log: asked, first: first - 1, count });
  const href = addressOf(asked, lines, route);
  return copied(asMarkdown(found.map(textOf), { title: `${title}, lines ${linesWords(lines)}`, href }), 'Lines copied');
}

/** Logs are removed after a while, and an attempt may be added; a commit and a number never mean another. */
export async function copyLink({ yard, asked, lines, route }: Taken): Promise<string> {
  const logs = asked.logs ?? (await yard.ask('log-pin', null));
  return copied(addressOf({ ...asked, logs }, lines, route), 'Link copied');
}

export async function download({ yard, asked }: Taken): Promise<string> {
  const log = await yard.ask('log-raw', asked);
  if (!log) return 'There is nothing to download';
  const link = document.createElement('a');
  link.href = URL.createObjectURL(log.content);
  link.download = log.name;
  link.click();
  // The browser has taken it by then.
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
  return `${log.name} downloaded`;
}

function addressOf({ id, logs, attempt }: LogAsked, lines: Taken['lines'], { query }: Route): string {
  const words = {
    at: query.get('at') ?? null,
    logs,
    attempt: attempt === null ? null : `${attempt}`,
    lines: lines === null ? null : linesWords(lines),
  };
  return new URL(hrefOf(['jobs', id, 'log'], words), location.href).href;
}

const copied = async (text: string, word: string): Promise<string> => ((await copyText(text)) ? word : NOT_COPIED);
