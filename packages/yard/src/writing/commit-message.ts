/**
 * The text of a commit and back: a subject a person can read, and trailers that `git log` and `gityard log` print. A commit
 * of several operations names each in a line of its own, and each has its own run of trailers, begun by `Operation:`.
 */
import type { Subject } from '@gityard/domain';

export interface Told {
  readonly operation: string;
  readonly summary: string;
  readonly subject: Subject;
  /** `<actor>.<boot>.<number>`: unique for ever, which also makes the commit unique. */
  readonly transaction: string;
}

export function commitMessage(operations: readonly Told[]): string {
  const [first] = operations;
  if (!first) throw new Error('a commit without an operation');
  const trailers = operations.flatMap(trailersOf).join('\n');
  if (operations.length === 1) return `${line(first.summary)}\n\n${trailers}\n`;
  const lines = operations.map((it) => `- ${line(it.summary)}`).join('\n');
  return `${operations.length} operations of ${writersOf(operations)}\n\n${lines}\n\n${trailers}\n`;
}

function writersOf(operations: readonly Told[]): string {
  const writers = new Set(operations.map((it) => actorOf(it.transaction)));
  return writers.size === 1 ? [...writers].join() : `${writers.size} writers`;
}

/** Of a yard's first commit, which nobody counts. */
export const beginMessage = (actor: string, reason: string | null): string =>
  `begin the yard\n\n${trailersOf({ operation: 'begin', summary: '', subject: { agent: actor, reason }, transaction: '' }).join('\n')}\n`;

/** The operation that cuts the history. Its commit changes no file of the state, so no counter counts it. */
export const COMPACT = 'compact';

/** Of the first commit of an epoch. The boot makes it another commit than that of somebody else who cuts at the same time. */
export function epochMessage(epoch: number, { actor, boot, reason }: EpochBy): string {
  const transaction = `${actor}.${boot}.epoch${epoch}`;
  const told = { operation: COMPACT, summary: '', subject: { agent: actor, reason }, transaction };
  return `compact: epoch ${epoch} begins\n\n${trailersOf(told).join('\n')}\n`;
}

export interface EpochBy {
  readonly actor: string;
  readonly boot: string;
  readonly reason: string | null;
}

function trailersOf({ operation, subject, transaction }: Told): string[] {
  const optional: [string, string | number | null | undefined][] = [
    ['Agent', subject.agent ?? actorOf(transaction)],
    ['By', subject.by],
    ['Job', subject.job],
    ['Lock', subject.lock],
    ['Message', subject.message],
    ['Token', subject.token],
    ['Transaction', transaction],
    ['Reason', subject.reason],
  ];
  const given = optional.filter(([, value]) => value !== null && value !== undefined && value !== '');
  return [`Operation: ${operation}`, ...given.map(([name, value]) => `${name}: ${line(String(value))}`)];
}

/** One line, bounded: what people write must not be able to forge a trailer. */
const line = (text: string): string =>
  text
    .replace(/\p{Cc}+/gu, ' ')
    .trim()
    .slice(0, 300);

export const actorOf = (transaction: string): string => transaction.split('.').slice(0, -2).join('.');

export interface OperationRow {
  readonly operation: string;
  readonly agent: string | null;
  /** Whose word it was; null: that of who wrote it. */
  readonly by: string | null;
  readonly job: string | null;
  readonly lock: string | null;
  readonly message: string | null;
  readonly token: number | null;
  readonly transaction: string;
  readonly reason: string | null;
  readonly subject: string;
}

/** The operations that a commit says it holds; none for a commit that a person made. */
export function operationsIn(message: string): OperationRow[] {
  const lines = message.split('\n');
  const starts = lines.flatMap((text, at) => (/^Operation: \S/.test(text) ? [at] : []));
  const told = lines.filter((text) => text.startsWith('- ')).map((text) => text.slice(2));
  return starts.map((start, index) => {
    const fields = trailers(lines.slice(start, starts[index + 1]));
    return { ...row(fields), subject: starts.length === 1 ? (lines[0] ?? '') : (told[index] ?? '') };
  });
}

function trailers(lines: readonly string[]): Map<string, string> {
  const pairs = lines.map((text) => /^([A-Z][a-z]+): (.*)$/.exec(text)).filter((it) => it !== null);
  return new Map(pairs.map(([, name, value]) => [name ?? '', value ?? '']));
}

function row(fields: ReadonlyMap<string, string>): Omit<OperationRow, 'subject'> {
  const token = fields.get('Token');
  return {
    operation: fields.get('Operation') ?? '',
    agent: fields.get('Agent') ?? null,
    by: fields.get('By') ?? null,
    job: fields.get('Job') ?? null,
    lock: fields.get('Lock') ?? null,
    message: fields.get('Message') ?? null,
    token: token !== undefined && /^\d+$/.test(token) ? Number(token) : null,
    transaction: fields.get('Transaction') ?? '',
    reason: fields.get('Reason') ?? null,
  };
}
