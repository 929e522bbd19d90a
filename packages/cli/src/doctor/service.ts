/** Whether what `agent install` has installed on this machine is there and does its work, by the notes that it made of it. */
import { constants, readdir, readFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { isAlive } from '@gityard/yard';
import type { Context } from '../context.ts';
import { userConfigPath } from '../start/user-config.ts';
import { plural } from '../text/words.ts';
import { canBe } from './can-be.ts';
import { type Finding, fine, skipped, wrong } from './check.ts';

interface Noted {
  readonly id: string;
  readonly home: string;
  readonly files: readonly { readonly path: string }[];
  readonly isComplete: boolean;
}

/** Of the whole machine, and of this user. */
export async function checkService({ io }: Context): Promise<Finding> {
  const folders = ['/etc/gityard', dirname(userConfigPath(io.env))].map((it) => join(it, 'services'));
  const all = (await Promise.all(folders.map(notesIn))).flat();
  if (all.length === 0) return skipped('no service was installed (gityard agent install)');
  const forUs = await Promise.all(all.map((it) => canBe(it, constants.R_OK)));
  const notes = all.filter((_, at) => forUs[at]);
  if (notes.length === 0) return skipped('what was installed for the whole machine, root can look at');
  const found = await Promise.all(notes.map(findingOf));
  return (
    found.find((it) => !it.ok) ?? fine(`${plural(found.length, 'service')}: ${found.map((it) => it.text).join('; ')}`)
  );
}

async function notesIn(folder: string): Promise<string[]> {
  const names = await readdir(folder).catch(() => []);
  return names.filter((it) => it.endsWith('.json')).map((it) => join(folder, it));
}

async function findingOf(path: string): Promise<Finding> {
  const noted = notedIn(await readFile(path, 'utf8'));
  if (!noted) return wrong(`${path} cannot be read`, 'gityard agent install writes it anew');
  const { id, home, files, isComplete } = noted;
  const again = `gityard agent install --id ${id}`;
  if (!isComplete) return wrong(`the service of ${id} was installed in part`, again);
  const there = await Promise.all(files.map((it) => canBe(it.path)));
  const gone = files.find((_, at) => !there[at]);
  if (gone) return wrong(`${gone.path} was installed for ${id}, and is gone`, again);
  const pid = Number(await readFile(join(home, 'agent.pid'), 'utf8').catch(() => 'none'));
  return isAlive(pid)
    ? fine(`${id} runs as process ${pid}`)
    : wrong(`the service of ${id} is installed, and no agent runs`, startOf(noted));
}

function notedIn(text: string): Noted | undefined {
  try {
    const { id, home, files, isComplete } = JSON.parse(text) as Partial<Noted>;
    const isWhole = typeof id === 'string' && typeof home === 'string' && Array.isArray(files);
    if (!isWhole || !files.every((it) => typeof it?.path === 'string')) return undefined;
    return { id, home, files, isComplete: isComplete === true };
  } catch {
    // The caller says that it cannot be read.
    return undefined;
  }
}

function startOf({ files, home }: Noted): string {
  const unit = files.map((it) => basename(it.path)).find((it) => it.endsWith('.service'));
  return unit === undefined
    ? `it is started again within its interval; if not, ${join(home, 'agent.log')} says why`
    : `systemctl status ${unit}; journalctl -u ${unit}`;
}
