/** The files of this machine's agent: its settings, the lock of its folder, the service that keeps it alive. */
import { access, readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { isAlive } from '@gityard/yard';
import type { Context } from '../context.ts';
import { unknownKeys } from '../lint-local.ts';
import { agentConfigPath, homePath, userConfigPath } from '../start/user-config.ts';
import { doubtful, type Finding, fine, skipped, wrong } from './check.ts';

/** What nobody reads was meant to do something. */
export async function checkSettings(context: Context): Promise<Finding> {
  await context.localConfigs();
  const { env } = context.io;
  const paths = [agentConfigPath(env), userConfigPath(env)];
  const unknown = (await Promise.all(paths.map(unknownKeys))).flat();
  const [first] = unknown;
  if (first) return doubtful(`${first.path}: ${first.text}`, first.hint ?? 'gityard config show names all there are');
  const there = await Promise.all(paths.map(isThere));
  const read = paths.filter((_, at) => there[at]);
  return fine(read.length === 0 ? 'no file of settings, so all is as by default' : read.join(', '));
}

const isThere = (path: string): Promise<boolean> =>
  access(path).then(
    () => true,
    () => false,
  );

/** One daemon for each home; what a dead one left is broken by the next. */
export async function checkLock({ io }: Context): Promise<Finding> {
  const home = homePath(io.env);
  if (!(await isThere(join(home, 'agent.lock')))) return fine('no agent runs with this home');
  const pid = Number(await readFile(join(home, 'agent.pid'), 'utf8').catch(() => 'unknown'));
  if (Number.isNaN(pid))
    return doubtful(`${home} is locked, and nobody noted by whom`, 'wait half a minute, then start the agent');
  if (isAlive(pid)) return fine(`process ${pid} is the agent of this home`);
  return doubtful(
    `process ${pid} was the agent of this home, and has died`,
    'gityard agent run breaks the lock by itself',
  );
}

/** As `agent install` notes it: which files it wrote, and with what. */
export async function checkService({ io }: Context): Promise<Finding> {
  const path = join(homePath(io.env), 'service.json');
  const text = await readFile(path, 'utf8').catch(() => undefined);
  if (text === undefined) return skipped('no service was installed (gityard agent install)');
  const files = filesIn(text);
  if (files === undefined) return wrong(`${path} cannot be read`, 'gityard agent install writes it anew');
  const there = await Promise.all(files.map(isThere));
  const gone = files.find((_, at) => !there[at]);
  if (gone !== undefined) return wrong(`${gone} was installed, and is gone`, 'gityard agent install puts it back');
  const { text: lock, verdict } = await checkLock({ io } as Context);
  if (verdict === 'ok' && lock.startsWith('process'))
    return fine(`${files.map((it) => basename(it)).join(', ')}; ${lock}`);
  return wrong(`the service is installed, and its agent does not run: ${lock}`, startOf(files));
}

function filesIn(text: string): readonly string[] | undefined {
  try {
    const { files } = JSON.parse(text) as { files?: unknown };
    if (!Array.isArray(files)) return undefined;
    const paths = files.map((it) => (typeof it === 'string' ? it : (it as { path?: unknown } | null)?.path));
    return paths.every((it) => typeof it === 'string') ? paths : undefined;
  } catch {
    // The caller says that it cannot be read.
    return undefined;
  }
}

function startOf(files: readonly string[]): string {
  const unit = files.map((it) => basename(it)).find((it) => it.endsWith('.service'));
  return unit === undefined
    ? 'look at its log, then gityard agent install'
    : `systemctl status ${unit}; journalctl -u ${unit}`;
}
