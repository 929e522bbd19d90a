/**
 * Asks the system's git for what the user and the machine have set, and for credentials. Not for what a repository has set
 * that one merely stands in: it could name programs to be started, and proxies.
 */
import { parse } from 'node:path';

import { linkedAbort } from '../abort.ts';
import { programEnvironment, startProgram } from './start-program.ts';

export interface GitQuestion {
  readonly env: NodeJS.ProcessEnv;
  readonly input?: string;
  readonly signal?: AbortSignal | undefined;
}

const PATIENCE_MS = 15_000;

/** Undefined when git says no, is not there, or takes too long. */
export async function askGit(
  args: readonly string[],
  { env, input = '', signal }: GitQuestion,
): Promise<string | undefined> {
  const stop = linkedAbort(signal, { timeoutMs: PATIENCE_MS });
  const { root: cwd } = parse(process.cwd());
  try {
    const program = startProgram(['git', ...args], { env: withoutQuestions(env), cwd, signal: stop.signal });
    program.stdin.end(input);
    const chunks: Buffer[] = [];
    for await (const chunk of program.stdout) chunks.push(chunk as Buffer);
    const { code } = await program.ended;
    return code === 0 ? Buffer.concat(chunks).toString('utf8') : undefined;
  } finally {
    stop.release();
  }
}

/** An empty GIT_ASKPASS is none, and keeps Git from the others that may be set. */
function withoutQuestions(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return { ...programEnvironment(env), GIT_ASKPASS: '', GCM_INTERACTIVE: 'never' };
}
