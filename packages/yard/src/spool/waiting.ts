/** What may wait on this machine until the remote answers, as values, and as the bytes that lie in the log meanwhile. */
import { type InputOf, MAY_WAIT, OPERATIONS, type OperationName, type Time } from '@gityard/domain';
import type { LogFile } from '../refs/logs.ts';
import type { Operation } from '../writing/compose.ts';

/** The log of a build, for the logs ref. */
export interface SpooledLog {
  readonly agent: string;
  readonly job: string;
  readonly files: readonly LogFile[];
}

export type Spooled = { readonly operation: Operation } | { readonly log: SpooledLog };

export type Waiting = Spooled & {
  readonly id: string;
  /** When it was accepted here. */
  readonly since: Time;
  /** Why it could not be committed at once, where somebody tried. */
  readonly because: string | null;
  /** How often it was put back into the line. */
  readonly returns: number;
};

/** What no program of this version wrote here is nothing that can be sent; it is passed on as what it is. */
export function decodeWaiting(bytes: Uint8Array): Waiting | Unreadable {
  const text = Buffer.from(bytes).toString('utf8');
  try {
    const { log, operation, ...rest } = JSON.parse(text) as Written;
    if (log) return { ...rest, log: { ...log, files: log.files.map(fromText) } };
    if (operation && isKnown(operation.name)) return { ...rest, operation };
  } catch {
    // No JSON: nothing that we ever wrote.
  }
  return { unreadable: text };
}

export interface Unreadable {
  readonly unreadable: string;
}

export function encodeWaiting(waiting: Waiting): Uint8Array {
  const written =
    'log' in waiting ? { ...waiting, log: { ...waiting.log, files: waiting.log.files.map(toText) } } : waiting;
  return Buffer.from(JSON.stringify(written));
}

interface WrittenFile {
  readonly path: string;
  readonly base64: string;
}
interface Written extends Pick<Waiting, 'id' | 'since' | 'because' | 'returns'> {
  readonly operation?: Operation;
  readonly log?: Omit<SpooledLog, 'files'> & { readonly files: readonly WrittenFile[] };
}

const toText = ({ path, content }: LogFile): WrittenFile => ({ path, base64: Buffer.from(content).toString('base64') });
const fromText = ({ path, base64 }: WrittenFile): LogFile => ({ path, content: Buffer.from(base64, 'base64') });

const isKnown = (name: string): name is OperationName =>
  Object.hasOwn(OPERATIONS, name) && MAY_WAIT[name as OperationName];

/** What it is, and what it is about, for lists. */
export function aboutWaiting(waiting: Spooled): { readonly name: string; readonly about: string } {
  if ('log' in waiting) return { name: 'log', about: waiting.log.job };
  const input = waiting.operation.input as Partial<InputOf<'submit'> & InputOf<'finish'> & InputOf<'read'>>;
  return { name: waiting.operation.name, about: input.id ?? input.jobId ?? input.messageId ?? '' };
}
