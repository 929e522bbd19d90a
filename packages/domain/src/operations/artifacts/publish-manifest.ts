/**
 * Puts a manifest into the yard that no agent's result brought along: of a build by hand, or of one that ran elsewhere. A
 * manifest is a fact about bytes, so the first one stays; the same one again is no change.
 */
import { sameArtifacts } from '../../comparison/same-artifacts.ts';
import { accept, type Decision, refuse } from '../../decision.ts';
import { isHeld } from '../../entities/job.ts';
import type { Manifest } from '../../entities/manifest.ts';
import { putManifest, type State } from '../../state.ts';
import type { Time } from '../../time.ts';
import { validate } from '../../validate.ts';

/** Its token is that of the job, where the yard has one of that name. */
export interface PublishManifest {
  readonly manifest: Omit<Manifest, 'token' | 'schemaVersion'>;
  readonly now: Time;
}

export function publishManifest(state: State, { manifest: wish }: PublishManifest): Decision<Manifest> {
  const job = state.jobs.get(wish.job);
  const asked = { ...wish, schemaVersion: 1, token: job?.token ?? 0 };
  // Validation fills defaults in, and what it fills must not be the caller's own value.
  const checked = validate('manifest', JSON.parse(JSON.stringify(asked)));
  if (!checked.ok) return refuse('INVALID_DATA', checked.reason, [wish.job]);
  const manifest = checked.value;

  const twice = repeated(manifest.artifacts.map(({ path }) => path));
  if (twice !== undefined) return refuse('INVALID_DATA', `two artifacts have the path ${twice}`, [manifest.job]);
  const unsafe = manifest.artifacts.find(({ path }) => leadsOut(path));
  if (unsafe)
    return refuse('INVALID_DATA', `the path ${JSON.stringify(unsafe.path)} leads out of its folder`, [manifest.job]);
  if (job && isHeld(job) && job.agent !== manifest.agent)
    return refuse('CONFLICT', `job ${job.id} is held by ${job.agent}, who alone says what it made`, [job.id]);
  const subject = { agent: manifest.agent, job: manifest.job };
  const known = state.manifests.get(manifest.job);
  if (!known)
    return accept(
      manifest,
      [putManifest(manifest)],
      `publish the manifest of ${manifest.job}: ${counted(manifest)}`,
      subject,
    );
  if (sameArtifacts(known, manifest)) return accept(known, [], `the manifest of ${known.job} says so already`, subject);
  return refuse(
    'CONFLICT',
    `${known.job} has a manifest already, and it says otherwise: name another job for these files`,
    [known.job],
  );
}

/** Wherever it is applied, on one system or another. */
const leadsOut = (path: string): boolean =>
  path.includes('\0') ||
  /^(?:[/\\]|[A-Za-z]:[/\\])/.test(path) ||
  path.split(/[/\\]/).includes('..') ||
  path.split('/').some((part) => part === '' || part === '.');

const counted = ({ artifacts }: Manifest): string =>
  `${artifacts.length} ${artifacts.length === 1 ? 'artifact' : 'artifacts'}`;

function repeated(paths: readonly string[]): string | undefined {
  const seen = new Set<string>();
  return paths.find((path) => seen.has(path) || !seen.add(path));
}
