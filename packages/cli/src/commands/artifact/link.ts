/** A link to one artifact in a store, for whoever has no key to it: it works for a while, and for this artifact alone. */
import type { Manifest, State } from '@gityard/domain';
import { artifactSource } from '../../artifacts/artifact-source.ts';
import { linkKey } from '../../artifacts/link-key.ts';
import { findManifest } from '../../artifacts/manifest-source.ts';
import { storeOption } from '../../artifacts/store-root.ts';
import { answer, defineCommand } from '../../command.ts';
import type { Context } from '../../context.ts';
import { CliError, usageError } from '../../errors.ts';
import { argument, duration } from '../../parameters.ts';
import { homePath } from '../../start/user-config.ts';
import { dim, line } from '../../text/lines.ts';

const HOUR_MS = 3_600_000;
/** As long as S3 lets any link live. */
const LONGEST_MS = 7 * 24 * HOUR_MS;

export const command = defineCommand({
  name: 'artifact link',
  summary: 'a link to an artifact that works for a while',
  details:
    'To S3 or Azure where the artifact lies there, else to gityard serve of this machine, as far as it knows where the artifact lies. ' +
    'Texts lie packed in S3 and Azure: their links give .gz files. The SHA-256 of the artifact is told beside it.',
  example: 'gityard artifact link 01k9x app.zip --expires 2h',
  parameters: {
    job: argument('job', 'the job, or the beginning of its id'),
    path: argument('path', 'of the artifact, as gityard artifact list names it'),
    expires: duration('time', 'how long it works (1h)'),
    store: storeOption,
  },
  run: async (context, { job: id, path, expires = HOUR_MS, store: named }) => {
    if (expires < 1000 || expires > LONGEST_MS)
      throw usageError('--expires must be between 1s and 7d', 'e.g. --expires 2h');
    const yard = await context.yard();
    const manifest = findManifest(yard, id);
    const index = manifest.artifacts.findIndex((it) => it.path === path);
    const artifact = manifest.artifacts[index];
    if (!artifact)
      throw new CliError('NOT_FOUND', `${manifest.job} has no artifact ${path}`, {
        hint: 'gityard artifact list names them',
      });
    const from = await artifactSource(context, manifest, named);
    const seconds = Math.floor(expires / 1000);
    const { placedKey } = await import('@gityard/builder');
    const placed = placedKey(manifest.store?.prefix ?? '', artifact, manifest.artifacts);
    const { attachment } = await import('@gityard/api');
    const saved = attachment(`${artifact.name}${placed.isPacked ? '.gz' : ''}`);
    const direct = typeof from === 'string' ? null : await from.link(placed.key, seconds, saved);
    const url = direct ?? (await ownLink(context, { state: yard.state, manifest, index, seconds }));
    const isPacked = direct !== null && placed.isPacked;
    const expiresAt = new Date(Date.now() + expires).toISOString();
    const value = { job: manifest.job, path, url, expiresAt, packed: isPacked, sha256: artifact.sha256 };
    const where = url.startsWith('/') ? ', where gityard serve of this machine answers' : '';
    return answer(value, () => [
      line(url),
      line(dim(`until ${expiresAt}${isPacked ? ', packed as .gz' : ''}${where}`)),
    ]);
  },
});

interface OwnLink {
  readonly state: State;
  readonly manifest: Manifest;
  readonly index: number;
  readonly seconds: number;
}

/** Of what gives no links by itself: on this machine's server, from which the bytes come as they were made. */
async function ownLink({ io }: Context, { state, manifest, index, seconds }: OwnLink): Promise<string> {
  const { artifactIdOf, signAddress } = await import('@gityard/api');
  const expiresAt = Math.floor(Date.now() / 1000) + seconds;
  const path = `/api/v1/artifacts/${artifactIdOf(manifest, index)}/download`;
  return signAddress(await linkKey(homePath(io.env), state), { path, expiresAt });
}
