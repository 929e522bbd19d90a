/**
 * The script that a message asks this agent to run: only one whose name the owner allows, only from the folder `scripts` of
 * the agent, never by a path and never through a shell. What it printed is kept until the answer is committed, so that a
 * remote that is away does not make it run again.
 */
import { lstat } from 'node:fs/promises';
import { join } from 'node:path';
import { agentsCalled, type Message, type ScriptResult, scriptIn } from '@gityard/domain';
import { findSecrets } from '@gityard/yard';
import type { AgentContext } from '../context.ts';

/** By message. */
export type ScriptAnswers = Map<string, ScriptResult>;

export interface AskedScript {
  readonly message: Message;
  readonly answers: ScriptAnswers;
  readonly signal: AbortSignal;
}

/** null: no script is asked for, or nobody is called by that name. */
export async function runAskedScript(context: AgentContext, asked: AskedScript): Promise<ScriptResult | null> {
  const { message, answers } = asked;
  const command = scriptIn(message.body);
  if (!command || !agentsCalled(context.yard.state, command.bot).includes(context.self.id)) return null;
  const known = answers.get(message.id);
  if (known) return known;
  const result = await withoutSecrets(command.script, await run(context, { ...asked, ...command }));
  answers.set(message.id, result);
  return result;
}

const TIMEOUT_MS = 60_000;
const MOST_BYTES = 100_000;

interface Run extends AskedScript {
  readonly script: string;
  readonly args: readonly string[];
}

async function run({ self, policy }: AgentContext, { message, script, args, signal }: Run): Promise<ScriptResult> {
  if (!policy.scripts.includes(script))
    return failed(
      `${self.id} does not run ${script}; its owner can allow it with: gityard agent allow --scripts ${script}`,
    );
  const path = join(self.home, 'scripts', script);
  if (!(await isFile(path))) return failed(`${self.id} has no ${script} in the folder scripts of its home`);
  const { runScript } = await import('@gityard/builder');
  return runScript({
    path,
    args,
    environment: { GITYARD: 'true', GITYARD_AGENT: self.id, GITYARD_MESSAGE: message.id, GITYARD_FROM: message.from },
    passes: policy.environment,
    timeoutMs: TIMEOUT_MS,
    mostBytes: MOST_BYTES,
    stop: signal,
  });
}

async function isFile(path: string): Promise<boolean> {
  try {
    // A link would lead to a file that nobody put there by that name.
    return (await lstat(path)).isFile();
  } catch {
    // Not there: the answer says so.
    return false;
  }
}

/** An answer stays in the history for ever. */
async function withoutSecrets(script: string, result: ScriptResult): Promise<ScriptResult> {
  const found = (await findSecrets(result.text))[0];
  return found ? failed(`what ${script} printed looks like a credential (${found.rule}) and is not sent`) : result;
}

const failed = (text: string): ScriptResult => ({ ok: false, text });
