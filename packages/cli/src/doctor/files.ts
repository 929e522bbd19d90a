/** What lies in the yard: broken files, a newer program's, settings that do not do what was meant, a history that was rewritten or is long. */
import { copyFile, mkdir, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileProblems, newerSchema, operationsSinceCut } from '@gityard/domain';
import { openYard } from '@gityard/yard';
import type { Context } from '../context.ts';
import { findingsInForce } from '../lint-in-force.ts';
import { accessFor } from '../start/access.ts';
import { namesOf } from '../start/settings.ts';
import { homePath } from '../start/user-config.ts';
import { plural } from '../text/words.ts';
import { doubtful, type Finding, fine, skipped, wrong } from './check.ts';

export async function checkFiles(context: Context): Promise<Finding> {
  const problems = fileProblems((await context.yard()).state);
  const broken = problems.filter((it) => !it.restored);
  const [first] = broken;
  if (first)
    return wrong(
      `${plural(broken.length, 'broken file')}, first ${first.path}: ${first.reason}`,
      'gityard quarantine list shows them; mend them by a commit',
    );
  return fine('every file of the yard is valid');
}

export async function checkQuarantine(context: Context): Promise<Finding> {
  const restored = fileProblems((await context.yard()).state).filter((it) => it.restored);
  if (restored.length === 0) return fine('nothing was put back that nobody has looked at');
  const text = `${plural(restored.length, 'restored one')} to look at in quarantine list`;
  return doubtful(text, 'gityard quarantine show <path>; gityard quarantine clear when seen');
}

export async function checkVersions(context: Context): Promise<Finding> {
  const newer = newerSchema((await context.yard()).state);
  return newer
    ? wrong(newer.reason, 'update gityard on this machine; reading still works')
    : fine('this program may write here');
}

export async function checkYardSettings(context: Context): Promise<Finding> {
  const findings = await findingsInForce(await context.yard());
  const [first] = [...findings].sort((a, b) => (a.level < b.level ? -1 : 1));
  if (!first) return fine('yard.json says what was meant');
  const text = `yard.json: ${first.text}${first.hint === null ? '' : `; ${first.hint}`}`;
  return (first.level === 'error' ? wrong : doubtful)(text, 'gityard config lint shows all; mend it by a commit');
}

/** As the agent of this home would find it at its next start: by the heads that it has pinned. */
export async function checkHistory(context: Context): Promise<Finding> {
  const { env, cwd } = context.io;
  const objects = join(homePath(env), 'objects');
  const pins = (await readdir(objects).catch(() => [])).filter((it) => it.endsWith(PINS));
  if (pins.length === 0) return skipped('no agent of this home has seen a yard yet');
  const home = await mkdtemp(join(tmpdir(), 'gityard-doctor-'));
  try {
    await mkdir(join(home, 'objects'));
    for (const it of pins) await copyFile(join(objects, it), join(home, 'objects', it));
    const found = await context.yardAddress();
    const access = accessFor(found, { env, cwd, files: await context.localConfigs() });
    const yard = openYard({
      address: found.address,
      ...access,
      refs: namesOf(await context.refs()),
      actor: 'gityard',
      home,
    });
    try {
      await yard.refresh();
    } finally {
      await yard.close();
    }
    return fine('it goes on from where the agent of this home left it');
  } finally {
    await rm(home, { recursive: true, force: true });
  }
}

const PINS = '.pins.json';

const LONG_OPERATIONS = 250_000;

export async function checkLength(context: Context): Promise<Finding> {
  const { state } = await context.yard();
  const { afterOperations } = state.yard.compact;
  const count = operationsSinceCut(state);
  const text = `${plural(count, 'operation')} since it was begun or cut`;
  if (afterOperations > 0 && count > afterOperations * 1.5)
    return doubtful(
      `${text}, and it should be cut after ${afterOperations}`,
      'gityard compact; look at the upkeep of the agents',
    );
  if (count > LONG_OPERATIONS) return doubtful(text, 'gityard compact makes new clones small again');
  return fine(text);
}
