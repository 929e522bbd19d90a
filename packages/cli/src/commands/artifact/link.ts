/** A link to one artifact in a store, for whoever has no key to it: it works for a while, and for this artifact alone. */
import { artifactStore, notHere } from '../../artifacts/artifact-store.ts';
import { findManifest } from '../../artifacts/manifest-source.ts';
import { storeOption } from '../../artifacts/store-root.ts';
import { answer, defineCommand } from '../../command.ts';
import { CliError, usageError } from '../../errors.ts';
import { argument, duration } from '../../parameters.ts';
import { dim, line } from '../../text/lines.ts';

const HOUR_MS = 3_600_000;
/** As long as S3 lets any link live. */
const LONGEST_MS = 7 * 24 * HOUR_MS;

export const command = defineCommand({
  name: 'artifact link',
  summary: 'a link to an artifact that works for a while',
  details:
    'For artifacts in S3, Azure or a folder that machines share. A link to a folder is served by gityard serve of the machine ' +
    'that made it. Texts lie packed in stores: their links give .gz files. The SHA-256 of the artifact is told beside it.',
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
    const manifest = findManifest(await context.yard(), id);
    const artifact = manifest.artifacts.find((it) => it.path === path);
    if (!artifact)
      throw new CliError('NOT_FOUND', `${manifest.job} has no artifact ${path}`, {
        hint: 'gityard artifact list names them',
      });
    if (manifest.store === undefined)
      throw new CliError('NOT_FOUND', `the artifacts of ${manifest.job} are in no store, only on ${manifest.agent}`, {
        hint: 'a store is what links lead to: set GITYARD_ARTIFACTS_STORE there, or copy them with gityard artifact get',
      });
    const store = await artifactStore(context, named);
    if (!store || manifest.store.name !== store.name)
      throw notHere(manifest, store?.name ?? 'a store that this machine knows');
    const { placedKey } = await import('@gityard/builder');
    const { key, isPacked } = placedKey(manifest.store.prefix, artifact, manifest.artifacts);
    const url = await store.link(key, Math.floor(expires / 1000));
    if (url === null)
      throw new CliError('DENIED', `${store.name} gives us no links`, { hint: 'it needs the key of the account' });
    const expiresAt = new Date(Date.now() + expires).toISOString();
    const value = { job: manifest.job, path, url, expiresAt, packed: isPacked, sha256: artifact.sha256 };
    const where = url.startsWith('/') ? ', where gityard serve of this machine answers' : '';
    return answer(value, () => [
      line(url),
      line(dim(`until ${expiresAt}${isPacked ? ', packed as .gz' : ''}${where}`)),
    ]);
  },
});
