/** The files of two jobs of the sample yard, with something of everything that a job's page and its log can show. */
import { after, type Time } from '@gityard/domain';
import { STAGE_NAMES } from '../rows.ts';
import { type SampleRepository, sampleRepository, shardOf } from './sample-repository.ts';

export const FAILED = '01kar7failedxx';
export const RUNNING = '01kar9x2runcloud';
const STAMP = '20260301T110000Z';
export const FAILED_LOG = `build2/logs/${FAILED}_${STAMP}`;
export const RUNNING_LOG = `build1/logs/${RUNNING}_${STAMP}`;

export function sampleJobFiles(now: Time): SampleRepository {
  const repository = sampleRepository();
  const ago = (minutes: number) => after(now, -minutes * 60_000);
  repository.put('state', `shared/jobs/${shardOf(FAILED)}/${FAILED}.json`, JSON.stringify(failedJob(ago)));
  repository.put('state', `shared/jobs/${shardOf(RUNNING)}/${RUNNING}.json`, JSON.stringify(runningJob(ago)));
  repository.put('state', `shared/manifests/${shardOf(FAILED)}/${FAILED}.json`, JSON.stringify(manifest(ago)));
  repository.put('logs', `${FAILED_LOG}.1.log`, failedLog());
  repository.put('logs', `${FAILED_LOG}.json`, JSON.stringify(record()));
  repository.put(
    'logs',
    `${RUNNING_LOG}.1.log`,
    '[gityard] Build: mvn package\n\u001b[1;34mINFO\u001b[0m compiling 52 modules\n',
  );
  repository.commits.push(
    commit('b2', ago(15), `finish job ${FAILED}: failed`),
    commit(
      'a1',
      ago(18),
      `3 operations of build2\n\n- heartbeat of build2\n- claim job ${FAILED} for agent build2\n\nOperation: claim\n`,
    ),
  );
  return repository;
}

const commit = (digits: string, at: Time, message: string) => ({
  commit: digits.repeat(20),
  at,
  author: 'build2',
  message,
});

type Ago = (minutes: number) => Time;

function job(ago: Ago) {
  return {
    priority: 5,
    submittedAt: ago(90),
    submittedBy: 'ada',
    repository: 'https://git.example/team/vnf-broker.git',
    branch: 'release/4.21',
    commit: 'd8e22ab94f0c3a7715b2c9de80f4a1b36c5d7e90',
    toolchain: 'maven',
    strategy: 'Cached',
    labels: ['docker'],
    requires: ['maven>=3.9'],
  };
}

function failedJob(ago: Ago) {
  const stages = STAGE_NAMES.slice(0, 4).map((name, at) => ({
    name,
    status: at === 3 ? 'Failed' : 'Succeeded',
    startedAt: ago(18 - at * 0.7),
    endedAt: ago(at === 3 ? 15 : 17.3 - at * 0.7),
    warnings: at === 2 ? 4 : 0,
    errors: at === 3 ? 2 : 0,
    message: at === 3 ? '2 of 480 tests failed' : null,
  }));
  const attempt = { agent: 'build2', stages, exitCode: 1 };
  return {
    ...job(ago),
    id: FAILED,
    status: 'failed',
    endedAt: ago(15),
    token: 2,
    needs: ['01kar7okcloud'],
    attempts: [
      {
        ...attempt,
        number: 1,
        token: 1,
        agent: 'build4',
        startedAt: ago(40),
        endedAt: ago(31),
        status: 'lost',
        cause: 'lost',
        exitCode: null,
        stages: [],
        reason: 'build4 fell silent',
      },
      {
        ...attempt,
        number: 2,
        token: 2,
        startedAt: ago(18),
        endedAt: ago(15),
        status: 'failed',
        cause: 'code',
        reason: 'VnfServiceImpl.java:88: cannot find symbol class VnfService',
      },
    ],
    result: {
      exitCode: 1,
      artifacts: 2,
      tests: { total: 480, passed: 476, failed: 2, skipped: 2 },
      failedTests: [
        { name: 'FirewallIT.opensPort', message: 'expected 200, got 503', path: 'src/test/FirewallIT.java', line: 41 },
      ],
      flakyTests: ['FirewallIT.closesPort'],
      coverage: { linesCovered: 4101, linesTotal: 5063, branchesCovered: 801, branchesTotal: 1200 },
      annotations: [
        {
          level: 'error',
          path: 'src/VnfServiceImpl.java',
          line: 88,
          column: 12,
          code: 'cant.resolve',
          message: 'cannot find symbol: class VnfService',
        },
        { level: 'warning', path: 'src/VnfServiceImpl.java', line: 12, code: 'unused', message: 'unused import' },
        { level: 'warning', path: null, code: 'unused', message: 'some input files use unchecked operations' },
      ],
      cache: { hits: 14, misses: 3 },
      isolation: 'bubblewrap',
      built: '3 of 17 projects, because only those had changed since the last build of release/4.21',
    },
  };
}

function runningJob(ago: Ago) {
  const stages = STAGE_NAMES.map((name, at) => ({
    name,
    status: at < 3 ? 'Succeeded' : at === 3 ? 'Running' : 'Pending',
    startedAt: at <= 3 ? ago(12 - at * 2) : null,
    endedAt: at < 3 ? ago(10 - at * 2) : null,
  }));
  return {
    ...job(ago),
    id: RUNNING,
    status: 'running',
    agent: 'build1',
    token: 1,
    attempts: [{ number: 1, token: 1, agent: 'build1', startedAt: ago(12.7), status: 'running', stages }],
  };
}

function manifest(ago: Ago) {
  const artifact = (path: string, sizeBytes: number, digit: string) => ({
    name: path.split('/').at(-1),
    path,
    sizeBytes,
    sha256: digit.repeat(64),
  });
  return {
    job: FAILED,
    agent: 'build2',
    token: 2,
    createdAt: ago(15),
    artifacts: [
      artifact('target/vnf-broker-4.21.jar', 48_211_004, 'a'),
      artifact('target/vnf-broker-sources.jar', 912_300, 'b'),
    ],
  };
}

function record() {
  const failed = {
    name: 'FirewallIT.opensPort',
    message: 'expected 200, got 503',
    path: 'src/test/FirewallIT.java',
    line: 41,
    details: 'java.lang.AssertionError: expected 200, got 503\n  at FirewallIT.opensPort(FirewallIT.java:41)',
  };
  return {
    testCases: {
      failed: [failed, { ...failed, name: 'FirewallIT.dropsPort' }],
      slow: [
        { name: 'FirewallIT.opensPort', durationMs: 31_200 },
        { name: 'VnfIT.deploys', durationMs: 8_400 },
      ],
    },
  };
}

function failedLog(): string {
  const rows = (count: number, text: (row: number) => string) => Array.from({ length: count }, (_, row) => text(row));
  return [
    '[gityard] Restore: mvn dependency:go-offline',
    '::group::Download 120 dependencies',
    ...rows(120, (row) => `Downloaded from central: org/example/lib-${row}.jar (${row * 13} kB)`),
    '::endgroup::',
    '[gityard] Build: mvn -B package',
    ...rows(
      400,
      (row) => `\u001b[1;34m[INFO]\u001b[0m Compiling module \u001b[32mvnf-${row}\u001b[0m in ${row * 7} ms`,
    ),
    '[WARNING] src/VnfServiceImpl.java: unused import',
    '[ERROR] src/VnfServiceImpl.java:[88,12] cannot find symbol',
    ...rows(80, (row) => `  at com.example.vnf.Frame${row}.call(Frame${row}.java:${row})`),
    '\u001b]8;;https://evil.example\u0007\u001b[31;1mBUILD FAILURE\u001b[0m\u001b]8;;\u0007',
    'Progress 1 %\rProgress 50 %\rProgress 100 %',
    `a long line ${'that goes on and on, '.repeat(20)}and ends`,
    '',
  ].join('\n');
}
