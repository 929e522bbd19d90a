/** What stands first and last in a log that is kept: who reads nothing else must learn that the program ran, and how it ended. */
import type { LogLine } from '@gityard/telemetry';
import { Interrupted } from '../errors.ts';
import { failureOf } from '../failure-of.ts';

export const lineOfBegin = (name: string, version: string): LogLine => ({
  level: 'info',
  text: `gityard ${name} begins`,
  facts: { version, node: process.versions.node },
});

export interface End {
  readonly exitCode: number;
  /** What was thrown, if anything was. */
  readonly error?: unknown;
}

export function lineOfEnd(name: string, { exitCode, error }: End): LogLine {
  if (error === undefined || error instanceof Interrupted)
    return { level: exitCode === 0 ? 'info' : 'warn', text: `gityard ${name} ends`, facts: { exitCode } };
  const { code, message, hint } = failureOf(error);
  // Of what nobody foresaw, there may be no second time to look at.
  const stack = code === 'INTERNAL' && error instanceof Error ? error.stack : undefined;
  return {
    level: 'error',
    text: `gityard ${name} ends: ${message}${hint === '' ? '' : `; ${hint}`}`,
    facts: { exitCode, code, stack },
  };
}
