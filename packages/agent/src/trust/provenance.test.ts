import { createPublicKey } from 'node:crypto';
import { createRequire } from 'node:module';
import type { Artifact, Manifest } from '@gityard/domain';
import { describe, expect, it } from 'vitest';
import { opened, sealed } from './dsse.ts';
import { newPrivateKey } from './private-key.ts';
import {
  MANIFEST_SUBJECT,
  manifestDigest,
  type Origin,
  provenanceIn,
  SBOM_TYPE,
  STATEMENT_TYPE,
  statementOf,
} from './provenance.ts';

const key = newPrivateKey('build1');
const artifact = (path: string): Artifact => ({
  name: path,
  path,
  sizeBytes: 1,
  contentType: 'text/plain',
  md5: null,
  sha256: 'a'.repeat(64),
  sha512: null,
});
const manifest = (artifacts: Artifact[]): Manifest => ({
  schemaVersion: 1,
  job: 'b1',
  agent: 'build1',
  token: 2,
  branch: 'main',
  commit: 'c'.repeat(40),
  createdAt: '2026-03-02T12:00:00Z',
  artifacts,
});
const origin = (artifacts: Artifact[], fields: Partial<Origin> = {}): Origin => ({
  manifest: manifest(artifacts),
  repository: 'https://git.example/app',
  asked: { strategy: 'Clean', secrets: ['TOKEN'] },
  found: { isolation: 'bwrap' },
  yard: 'acme-1',
  attempt: 1,
  startedAt: '2026-03-02T11:59:00Z',
  finishedAt: '2026-03-02T12:00:00Z',
  byproducts: [
    { name: 'build1/logs/b1.json', digest: { sha256: 'b'.repeat(64) } },
    { name: 'sbom.cdx.json', digest: { sha256: 'd'.repeat(64) }, mediaType: SBOM_TYPE },
  ],
  ...fields,
});

interface Peers {
  readonly verify: {
    Verifier: new (trust: object, options: object) => { verify(entity: object): object };
    toSignedEntity(bundle: object): object;
  };
  readonly bundle: { bundleFromJSON(value: object): object };
}

/** `npm run peers` installs them. */
function peers(): Peers | undefined {
  const require = createRequire(new URL('../../../testing/peers/package.json', import.meta.url));
  try {
    const [verify, bundle] = ['verify', 'bundle'].map((it) => require(`@sigstore/${it}`));
    return { verify, bundle };
  } catch (error) {
    if (process.env.CI === 'true') throw error;
    return undefined;
  }
}

describe('provenance', () => {
  it('names every artifact, the manifest, the source, the builder and what came beside', () => {
    const text = statementOf(origin([artifact('a.txt'), artifact('b.txt')]));

    expect(provenanceIn(text)).toEqual({
      subjects: [
        { name: 'a.txt', digest: { sha256: 'a'.repeat(64) } },
        { name: 'b.txt', digest: { sha256: 'a'.repeat(64) } },
        {
          name: MANIFEST_SUBJECT,
          digest: { sha256: manifestDigest(manifest([artifact('a.txt'), artifact('b.txt')])) },
        },
      ],
      builder: 'urn:gityard:acme-1:agent:build1',
      invocation: 'b1/2',
      repository: 'https://git.example/app',
      commit: 'c'.repeat(40),
      isolation: 'bwrap',
      sbom: 'd'.repeat(64),
    });
    expect(JSON.parse(text)).toMatchObject({
      _type: 'https://in-toto.io/Statement/v1',
      predicateType: 'https://slsa.dev/provenance/v1',
      predicate: {
        buildDefinition: {
          externalParameters: { branch: 'main', strategy: 'Clean', secrets: ['TOKEN'] },
          internalParameters: { isolation: 'bwrap' },
          resolvedDependencies: [{ uri: 'git+https://git.example/app', digest: { gitCommit: 'c'.repeat(40) } }],
        },
        runDetails: {
          metadata: { startedOn: '2026-03-02T11:59:00Z', finishedOn: '2026-03-02T12:00:00Z' },
          byproducts: [{ name: 'build1/logs/b1.json' }, { name: 'sbom.cdx.json' }],
        },
      },
    });
  });

  it('lets the manifest stand for all artifacts where they are too many, or their names too long, for a file of the yard', () => {
    const many = Array.from({ length: 1_501 }, (_, at) => artifact(`${at}.txt`));
    const long = Array.from({ length: 1_000 }, (_, at) => artifact(`${at}${'x'.repeat(900)}`));

    for (const artifacts of [many, long]) {
      const text = statementOf(origin(artifacts));
      expect(provenanceIn(text)?.subjects.map((it) => it.name)).toEqual([MANIFEST_SUBJECT]);
      expect(text.length).toBeLessThan(10_000);
    }
    expect(provenanceIn(statementOf(origin(many.slice(1))))?.subjects).toHaveLength(1_501);
  });

  it.each(['', '{', '[]', '{"predicateType":"https://slsa.dev/provenance/v1"}', 'null'])(
    'reads nothing from %j',
    (text) => {
      expect(provenanceIn(text)).toBeUndefined();
    },
  );
});

describe('dsse', () => {
  it('opens for the key that sealed it, unless a byte or the type was changed', () => {
    const envelope = sealed(STATEMENT_TYPE, '{"a":1}', key);

    expect(opened(envelope, key.public)).toBe('{"a":1}');
    expect(opened(envelope, newPrivateKey('other').public)).toBeUndefined();
    expect(opened({ ...envelope, payload: Buffer.from('{"a":2}').toString('base64') }, key.public)).toBeUndefined();
    expect(opened({ ...envelope, payloadType: 'text/plain' }, key.public)).toBeUndefined();
    expect(opened({ ...envelope, signatures: [] }, key.public)).toBeUndefined();
  });

  const found = peers();
  it.skipIf(found === undefined)(
    'is accepted by the verifier of Sigstore, and a tampered one is not (npm run peers)',
    () => {
      const { verify, bundle } = found as Peers;
      const pem = createPublicKey(key.key).export({ format: 'pem', type: 'spki' });
      const known = { publicKey: createPublicKey(pem), validFor: () => true };
      const trust = {
        certificateAuthorities: [],
        timestampAuthorities: [],
        tlogs: [],
        ctlogs: [],
        publicKey: () => known,
      };
      const verifier = new verify.Verifier(trust, { tlogThreshold: 0, ctlogThreshold: 0, timestampThreshold: 0 });
      const envelope = sealed(STATEMENT_TYPE, statementOf(origin([artifact('a.txt')])), key);
      const check = (dsseEnvelope: object) =>
        verifier.verify(
          verify.toSignedEntity(
            bundle.bundleFromJSON({
              mediaType: 'application/vnd.dev.sigstore.bundle.v0.3+json',
              verificationMaterial: { publicKey: { hint: key.public.fingerprint }, tlogEntries: [] },
              dsseEnvelope,
            }),
          ),
        );

      expect(check(envelope)).toHaveProperty('key');
      const tampered = statementOf(origin([artifact('b.txt')]));
      expect(() => check({ ...envelope, payload: Buffer.from(tampered).toString('base64') })).toThrow();
      expect(() => check({ ...envelope, payloadType: 'application/json' })).toThrow();
    },
  );
});
