/**
 * A logbook as one value, in the shape of the log of a build, so that whoever reads those reads these. What looks like a
 * credential is masked here, on the way out of this machine.
 */
import { maskSecrets } from '@gityard/yard';
import type { Book } from './book.ts';
import type { Entry, Level } from './entry.ts';

export interface LoggedEvent {
  readonly at: string;
  readonly level: Level;
  readonly text: string;
  readonly details: string | null;
}
export interface LoggedCommand {
  readonly stage: string;
  readonly argv: readonly string[];
  /** null: it never ended, as far as anybody was told. */
  readonly exitCode: number | null;
  readonly signal: null;
  readonly startedAt: string;
  readonly durationMs: number | null;
  readonly output: string;
}

export type LogRecord = Awaited<ReturnType<typeof recordOf>>;

/** `at`: now, for one that is still open. */
export async function recordOf({ head, entries, final, truncated }: Book, at: string) {
  const { job, branch, commit, agent, startedAt } = head;
  const endedAt = final?.at ?? null;
  return {
    schemaVersion: 1,
    job,
    attempt: null,
    token: null,
    agent,
    repository: null,
    branch,
    commit,
    toolchain: null,
    isolation: null,
    startedAt,
    endedAt,
    durationMs: Date.parse(endedAt ?? at) - Date.parse(startedAt),
    status: final?.status ?? 'running',
    cause: null,
    exitCode: final?.exitCode ?? null,
    signal: null,
    reason: null,
    stages: [],
    commands: await Promise.all(entries.flatMap((it) => (it.kind === 'began' ? [commandOf(it, entries)] : []))),
    events: await Promise.all(entries.flatMap((it) => (it.kind === 'event' ? [eventOf(it)] : []))),
    firstErrors: [],
    tests: null,
    artifacts: [],
    truncated,
    outputBytes: entries.reduce((sum, it) => sum + (it.kind === 'ended' ? it.outputBytes : 0), 0),
  };
}

async function eventOf({ at, level, text, details }: Extract<Entry, { kind: 'event' }>): Promise<LoggedEvent> {
  return {
    at,
    level,
    text: await maskSecrets(text),
    details: details === undefined ? null : await maskSecrets(details),
  };
}

async function commandOf(
  { at, run, name, argv }: Extract<Entry, { kind: 'began' }>,
  entries: readonly Entry[],
): Promise<LoggedCommand> {
  const end = entries.find((it) => it.kind === 'ended' && it.run === run);
  const { exitCode = null, durationMs = null, output = '' } = end?.kind === 'ended' ? end : {};
  return {
    stage: await maskSecrets(name),
    argv: await Promise.all(argv.map((word) => maskSecrets(word))),
    exitCode,
    signal: null,
    startedAt: at,
    durationMs,
    output: await maskSecrets(output),
  };
}
