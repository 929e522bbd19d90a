/** The files of this machine's agent: its settings, and the lock of its folder. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { isAlive } from '@gityard/yard';
import type { Context } from '../context.ts';
import { unknownKeys } from '../lint-local.ts';
import { agentConfigPath, homePath, userConfigPath } from '../start/user-config.ts';
import { canBe } from './can-be.ts';
import { doubtful, type Finding, fine } from './check.ts';

/** What nobody reads was meant to do something. */
export async function checkSettings(context: Context): Promise<Finding> {
  await context.localConfigs();
  const { env } = context.io;
  const paths = [agentConfigPath(env), userConfigPath(env)];
  const unknown = (await Promise.all(paths.map(unknownKeys))).flat();
  const [first] = unknown;
  if (first) return doubtful(`${first.path}: ${first.text}`, first.hint ?? 'gityard config show names all there are');
  const there = await Promise.all(paths.map((it) => canBe(it)));
  const read = paths.filter((_, at) => there[at]);
  return fine(read.length === 0 ? 'no file of settings, so all is as by default' : read.join(', '));
}

/** One daemon for each home; what a dead one left is broken by the next. */
export async function checkLock({ io }: Context): Promise<Finding> {
  const home = homePath(io.env);
  if (!(await canBe(join(home, 'agent.lock')))) return fine('no agent runs with this home');
  const pid = Number(await readFile(join(home, 'agent.pid'), 'utf8').catch(() => 'unknown'));
  if (Number.isNaN(pid))
    return doubtful(`${home} is locked, and nobody noted by whom`, 'wait half a minute, then start the agent');
  if (isAlive(pid)) return fine(`process ${pid} is the agent of this home`);
  return doubtful(
    `process ${pid} was the agent of this home, and has died`,
    'gityard agent run breaks the lock by itself',
  );
}
