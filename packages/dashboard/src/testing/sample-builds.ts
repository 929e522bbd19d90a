/** Two builds of one commit that are not quite alike, with their jobs and what one of them is attested by, and older ones. */
import { STAGE_NAMES } from '../rows.ts';
import type { Ago } from './sample-jobs.ts';

export const LEFT = '01kar7okcloud';
export const RIGHT = '01kar7okportal';
export const COMMIT = 'd8e22ab94f0c3a7715b2c9de80f4a1b36c5d7e90';
export const CLOUD = 'https://git.example/apache/cloudstack.git';

export function builds(ago: Ago, evil: string) {
  const artifact = (path: string, digit: string, sizeBytes: number) =>
    artifactAt(`${path}${evil}`, { digit, sizeBytes });
  const same = [artifact('dist/cloud-agent.deb', '1', 48_213_004), artifact('dist/sbom.json', '2', 91_412)];
  const built = { branch: 'main', commit: COMMIT, token: 1 };
  const left = [
    ...same,
    artifact('dist/cloud-ui.tar.gz', '3', 12_004_551),
    artifact('dist/cloud-docs.pdf', '5', 904_000),
  ];
  const right = [
    ...same,
    artifact('dist/cloud-ui.tar.gz', '4', 12_004_551),
    artifact('dist/cloud-docs.pdf', '6', 911_240),
  ];
  return [
    { job: LEFT, agent: 'build1', createdAt: ago(8), ...built, artifacts: left },
    {
      ...{ job: RIGHT, agent: 'build3', createdAt: ago(39), ...built },
      artifacts: [...right, artifact('dist/debug.log', '7', 8_400)],
      store: { name: 's3 releases', prefix: `builds/${RIGHT}` },
    },
    {
      job: '01kar6older',
      agent: 'build2',
      createdAt: ago(2900),
      ...built,
      branch: 'release/4.21',
      commit: 'beef1234',
      artifacts: same,
    },
  ];
}

export function jobs(ago: Ago) {
  const times = (start: number, minutes: readonly number[]) =>
    STAGE_NAMES.map((name, at) => {
      const before = minutes.slice(0, at).reduce((sum, it) => sum + it, 0);
      const [startedAt, endedAt] = [ago(start - before), ago(start - before - (minutes[at] ?? 0))];
      return { name, status: 'Succeeded', startedAt, endedAt };
    });
  const job = (id: string, agent: string, start: number, minutes: readonly number[]) => ({
    ...{ id, status: 'succeeded', submittedAt: ago(90), repository: CLOUD, branch: 'main', commit: COMMIT },
    ...{ toolchain: 'maven', strategy: 'Clean', token: 1 },
    endedAt: ago(start - minutes.reduce((sum, it) => sum + it, 0)),
    attempts: [
      { number: 1, agent, token: 1, startedAt: ago(start), status: 'succeeded', stages: times(start, minutes) },
    ],
    result: {
      isolation: 'bwrap',
      tests: { total: 480, passed: agent === 'build1' ? 478 : 476, failed: 0, skipped: agent === 'build1' ? 2 : 4 },
    },
  });
  return [
    job(LEFT, 'build1', 31, [0.4, 1.2, 12, 7.1, 1.9, 0.4]),
    job(RIGHT, 'build3', 70, [0.5, 4.6, 12.3, 9.8, 2, 0.5]),
  ];
}

export function attestation(ago: Ago) {
  const statement = {
    predicateType: 'https://slsa.dev/provenance/v1',
    predicate: {
      buildDefinition: {
        externalParameters: { repository: CLOUD, branch: 'main', commit: COMMIT, strategy: 'Clean' },
        internalParameters: { toolchain: 'maven 3.9.6', isolation: 'bwrap', version: '0.1.0' },
        resolvedDependencies: [{ uri: `git+${CLOUD}`, digest: { gitCommit: COMMIT } }],
      },
      runDetails: {
        builder: { id: 'urn:gityard:acme:agent:build1' },
        metadata: { invocationId: `${LEFT}/1`, startedOn: ago(31), finishedOn: ago(8) },
      },
    },
  };
  const payload = Buffer.from(JSON.stringify(statement)).toString('base64');
  const signatures = [{ keyid: 'SHA256:9hSqGJqRk0yXo2bT7cVnD1', sig: 'c2ln' }];
  const envelope = { payloadType: 'application/vnd.in-toto+json', payload, signatures };
  return { job: LEFT, agent: 'build1', token: 1, createdAt: ago(8), envelope };
}

const artifactAt = (path: string, { digit, sizeBytes }: { digit: string; sizeBytes: number }) => ({
  name: path.split('/').at(-1),
  path,
  sizeBytes,
  contentType: path.endsWith('.json') ? 'application/json' : 'application/octet-stream',
  sha256: digit.repeat(64),
});
