/** Whether files are what a manifest says, and come from where they are said to. Exits 1 when one of it is not so. */
import { mkdtemp, open, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, relative, resolve } from 'node:path';
import type { ObjectStore } from '@gityard/builder';
import type { Manifest } from '@gityard/domain';
import { manifestOfDigest, sha256OfFile } from '../../artifacts/artifact-file.ts';
import { artifactSource } from '../../artifacts/artifact-source.ts';
import { groundFor, manifestToldOf } from '../../artifacts/find-origin.ts';
import { manifestFrom } from '../../artifacts/manifest-source.ts';
import { type Check, checkOrigin } from '../../artifacts/origin.ts';
import { storeOption } from '../../artifacts/store-root.ts';
import { type Answer, answer, defineCommand } from '../../command.ts';
import type { Context } from '../../context.ts';
import { argument, option, optionalArgument } from '../../parameters.ts';
import { bad, dim, good, type Line, line } from '../../text/lines.ts';
import { plural } from '../../text/words.ts';

interface Origin {
  readonly attestation: string | undefined;
  readonly signers: string | undefined;
}

interface Files {
  readonly folder: string | undefined;
  readonly store: string | undefined;
}

export const command = defineCommand({
  name: 'artifact verify',
  summary: 'check files against a manifest',
  details:
    'Names each difference: missing, extra, size, or which digest. Of a job of the yard, or of one file that a build made, it also ' +
    'checks the signature of the agent, what it signed (SLSA provenance), and that the history has not been changed since. ' +
    'With --attestation and --signers no yard is needed. Exits 1 when a check fails.',
  example: 'gityard artifact verify 01k9x dist',
  parameters: {
    manifest: argument('manifest', 'a manifest, the job that made the files, or one of the files'),
    folder: optionalArgument('dir', 'where the files are; else beside the manifest, or in the artifact store'),
    attestation: option('file', 'the attestation; else that of the yard'),
    signers: option('file', 'keys of agents, in the format of allowed_signers; else as the yard knew them'),
    store: storeOption,
  },
  run: async (context, { manifest: word, folder, store, ...origin }) => {
    const path = resolve(context.io.cwd, word);
    if (await isArtifact(path)) return ofOneFile(context, path, origin);
    return ofManifest(context, word, { ...origin, folder, store });
  },
});

async function ofManifest(
  context: Context,
  word: string,
  { folder, store, ...named }: Files & Origin,
): Promise<Answer> {
  const sourced = await manifestFrom(context, word);
  const { manifest, file } = sourced;
  const from = await sourceOf(context, { manifest, file, folder, store });
  const ownFiles = [file, named.attestation && resolve(context.io.cwd, named.attestation)].flatMap((it) => it || []);
  const root = typeof from === 'string' ? from : from.name;
  const { ok, verified, differences } = await differencesIn(manifest, from, ownFiles);
  const isOfYard = file === null || named.attestation !== undefined;
  const checks = isOfYard ? await checkOrigin(await groundFor(context, manifest, named)) : [];
  const head = `${plural(verified, 'artifact')} of ${manifest.job} in ${root}`;
  const value = { ok: ok && isGood(checks), job: manifest.job, folder: root, verified, differences };
  const digest: Check = { name: 'digest', result: ok ? 'ok' : 'failed', text: head };
  return answer(
    { ...value, checks: [digest, ...checks] },
    () => [
      line(ok ? good('as they were made: ') : bad('not as they were made: '), `${head} verified`),
      ...differences.map((it) => line(bad(`${it.what} `), it.text)),
      ...checks.map(drawn),
    ],
    value.ok ? 0 : 1,
  );
}

interface Sought {
  readonly manifest: Manifest;
  readonly file: string | null;
  readonly folder: string | undefined;
  readonly store: string | undefined;
}

async function sourceOf(context: Context, { manifest, file, folder, store }: Sought): Promise<string | ObjectStore> {
  if (folder !== undefined) return resolve(context.io.cwd, folder);
  return file === null ? artifactSource(context, manifest, store) : dirname(file);
}

async function differencesIn(manifest: Manifest, from: string | ObjectStore, ownFiles: readonly string[]) {
  const { verifyFolder, verifyPlaced } = await import('@gityard/builder');
  if (typeof from === 'string')
    return verifyFolder(
      manifest,
      from,
      ownFiles.map((it) => relative(from, it)),
    );
  const temporary = await mkdtemp(join(tmpdir(), 'gityard-verify-'));
  try {
    return await verifyPlaced(from, manifest, temporary);
  } finally {
    await rm(temporary, { recursive: true, force: true });
  }
}

async function ofOneFile(context: Context, path: string, named: Origin): Promise<Answer> {
  const sha256 = await sha256OfFile(path);
  const isTold = named.attestation !== undefined;
  const manifest: Manifest = isTold
    ? await manifestToldOf(resolve(context.io.cwd, named.attestation ?? ''), sha256)
    : manifestOfDigest(await context.yard(), sha256, path);
  const text = `${path} is an artifact of ${manifest.job}, sha256 ${sha256}`;
  const ground = await groundFor(context, manifest, named);
  const origin = await checkOrigin(isTold ? { ...ground, ending: NOT_ASKED } : ground);
  const checks: Check[] = [{ name: 'digest', result: 'ok', text }, ...origin];
  const ok = isGood(checks);
  return answer({ ok, job: manifest.job, file: path, sha256, checks }, () => checks.map(drawn), ok ? 0 : 1);
}

const NOT_ASKED = 'not asked, since the attestation came from a file; name the job instead';

const isGood = (checks: readonly Check[]): boolean => checks.every((it) => it.result !== 'failed');

const DRAWN = { ok: good, failed: bad, unknown: dim };
const drawn = ({ name, result, text }: Check): Line => line(DRAWN[result](`${name} ${result}: `), text);

/** A manifest is JSON by its name or its first byte; whatever else is a file is one that a build may have made. */
async function isArtifact(path: string): Promise<boolean> {
  const found = await stat(path).catch(() => undefined);
  if (!found?.isFile() || path.endsWith('.json')) return false;
  const file = await open(path, 'r');
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(1), 0, 1, 0);
    return bytesRead === 0 || buffer.toString('latin1') !== '{';
  } finally {
    await file.close();
  }
}
