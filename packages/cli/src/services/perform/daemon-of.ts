/** The daemon that runs in a home, for services that nobody but a signal can stop. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { isAlive } from '@gityard/yard';
import type { ServiceManifest } from './manifest.ts';
import { runWords } from './run-words.ts';

/** Null: none runs. The number may be another program's by now: whoever bears it has to be an agent of that script. */
export async function daemonOf({
  home,
  script,
  id,
}: Pick<ServiceManifest, 'home' | 'script' | 'id'>): Promise<number | null> {
  const noted = await readFile(join(home, 'agent.pid'), 'utf8').catch(() => '');
  const pid = /^\d{1,9}\s*$/.test(noted) ? Number(noted) : 0;
  if (!isAlive(pid)) return null;
  const words = await runWords(['ps', '-ww', '-o', 'args=', '-p', String(pid)]).catch(() => '');
  return words.includes(`${script} agent run --agent ${id} `) ? pid : null;
}
