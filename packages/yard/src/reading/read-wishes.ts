/** What an inbox file asks for: one wish, or a list of them. Its first fault is what it is answered with. Knows no repository. */
import { type QueueFile, SCHEMA_VERSION, validate } from '@gityard/domain';
import { lineOf } from './line-of.ts';
import type { Read } from './read-json.ts';

export type Wishes = Pick<QueueFile, 'wishes' | 'problem'>;

/** As many as go into one commit without making it a heavy one. */
const MOST_WISHES = 1000;

export function readWishes(read: Read, bytes: Uint8Array | undefined): Wishes {
  const broken = (reason: string, line: number | null = null): Wishes => ({ wishes: [], problem: { reason, line } });
  if (!read.ok) return broken(read.reason, read.line);
  const asked = Array.isArray(read.value) ? read.value : [read.value];
  if (asked.length === 0) return broken('asks for nothing');
  if (asked.length > MOST_WISHES)
    return broken(`asks for ${asked.length} things; ${MOST_WISHES} are the most for one file`);

  const wishes: QueueFile['wishes'][number][] = [];
  for (const [at, value] of asked.entries()) {
    if (isNewer(value)) return broken(`has a schemaVersion of ${versionOf(value)}, above ${SCHEMA_VERSION}`);
    const isCommand = typeof value === 'object' && value !== null && 'op' in value;
    const checked = isCommand ? validate('queue-command', value) : validate('queue-job', value);
    if (!checked.ok) {
      const which = asked.length > 1 ? `in wish ${at + 1} ` : '';
      const pointer = Array.isArray(read.value) ? `/${at}${checked.at}` : checked.at;
      return broken(`is not valid: ${which}${checked.reason}`, placeIn(bytes, pointer));
    }
    wishes.push(checked.value);
  }
  return { wishes, problem: null };
}

export const placeIn = (bytes: Uint8Array | undefined, pointer: string): number | null =>
  lineOf(new TextDecoder().decode(bytes), pointer);

export function isNewer(value: unknown, newest = SCHEMA_VERSION): boolean {
  const version = versionOf(value);
  return typeof version === 'number' && version > newest;
}

export const versionOf = (value: unknown): unknown => (value as { schemaVersion?: unknown } | null)?.schemaVersion;
