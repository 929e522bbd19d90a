/**
 * The doctor, asked as a service that was installed here asks: by its account, with the environment and the yard of its daemon. What
 * root may, and what a person has in their shell, says little of what goes on there.
 */
import { spawn } from 'node:child_process';
import { chmod, chown, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import type { Context } from '../context.ts';
import { CliError, type Failure } from '../errors.ts';
import { environmentFile, environmentOf } from '../services/files-of.ts';
import { foldersOf } from '../services/find-facts.ts';
import { type Account, accountOf } from '../services/perform/account-ids.ts';
import { manifestPath, readManifest, type ServiceManifest } from '../services/perform/manifest.ts';
import type { DaemonFacts } from '../services/plan.ts';
import { readEnvironment } from '../services/read-environment.ts';
import type { Checked } from './run-checks.ts';

/** Of what `agent run` was told: where the yard is. */
const OF_YARD = ['--yard', '--refs-state', '--refs-live', '--refs-logs'];

export async function checksAsService({ io }: Context, id: string, words: readonly string[]): Promise<Checked[]> {
  const { manifest, config } = await installedAs(id, io.env);
  const { daemon, scope, service, user } = manifest;
  const account = scope === 'system' && process.platform !== 'win32' ? await accountOf(user) : null;
  // To others it is systemd that hands secrets over; nobody else can read them.
  const handed = account && service === 'systemd' ? await handedOver(daemon, account) : null;
  try {
    const own = handed ? { ...daemon, tokenFile: null, sshKey: null } : daemon;
    const env = {
      ...Object.fromEntries(environmentOf({ ...own, home: manifest.home })),
      ...(await readEnvironment(environmentFile({ id, folders: { config } }))),
      ...(handed && { CREDENTIALS_DIRECTORY: handed }),
    };
    const yard = daemon.flags.flatMap((word, at) => (OF_YARD.includes(word) ? [word, daemon.flags[at + 1] ?? ''] : []));
    const args = [manifest.script, 'doctor', '--json', '--agent', id, ...yard, ...words];
    return await answered(args, { env, cwd: '/', ...account });
  } finally {
    if (handed) await rm(handed, { recursive: true, force: true });
  }
}

async function installedAs(id: string, env: NodeJS.ProcessEnv): Promise<{ manifest: ServiceManifest; config: string }> {
  const configs = (['system', 'user'] as const).map((scope) => foldersOf(scope, env).config);
  for (const config of configs) {
    const manifest = await readManifest(manifestPath(config, id)).catch(notForUs);
    if (manifest) return { manifest, config };
  }
  throw new CliError('NOT_FOUND', `agent ${id} was not installed here`, {
    hint: 'name one that was, or ask without --service',
  });
}

function notForUs(error: NodeJS.ErrnoException): never {
  if (error.code !== 'EACCES') throw error;
  throw new CliError('DENIED', 'it is a service of the whole machine, and for root to ask about', {
    hint: 'run it with sudo',
  });
}

async function handedOver({ tokenFile, sshKey }: DaemonFacts, { uid, gid }: Account): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'gityard-doctor-'));
  const files = Object.entries({ 'gityard-token': tokenFile, 'gityard-ssh-key': sshKey });
  for (const [name, path] of files) {
    if (path === null) continue;
    await writeFile(join(folder, name), await readFile(path), { mode: 0o400 });
    await chown(join(folder, name), uid, gid);
  }
  await chown(folder, uid, gid);
  await chmod(folder, 0o700);
  return folder;
}

interface Standing {
  readonly env: NodeJS.ProcessEnv;
  readonly cwd: string;
  readonly uid?: number;
  readonly gid?: number;
}

async function answered(args: readonly string[], standing: Standing): Promise<Checked[]> {
  const child = spawn(process.execPath, args, { ...standing, stdio: ['ignore', 'pipe', 'ignore'] });
  const failed = new Promise<never>((_, reject) => child.once('error', reject));
  const said = await Promise.race([text(child.stdout), failed]);
  const { checks, error } = JSON.parse(said || '{}') as { checks?: Checked[]; error?: Failure };
  if (checks) return checks;
  const { code = 'NOT_RUNNABLE', message = `${args[0]} said nothing`, hint = 'run it by hand' } = error ?? {};
  throw new CliError(code, message, { hint });
}
