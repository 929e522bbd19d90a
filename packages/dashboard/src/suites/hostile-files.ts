/** A repository in which every file is as bad as its schema lets it be, and some are worse: its names, its commits, its logs. */
import { readFileSync } from 'node:fs';
import { type ReadModel, readModelFrom, type Time, validate } from '@gityard/domain';
import { CANARY, hostileOf } from '../testing/hostile.ts';
import type { MockFiles } from '../testing/mock-repository.ts';
import { sampleFiles } from '../testing/sample-files.ts';
import { sampleYard } from '../testing/sample-yard.ts';
import type { YardFiles } from '../testing/yard-on-github.ts';

type Kind = Parameters<typeof validate>[0];

/** By its path, as the questions of the pages read it. */
const KINDS: readonly (readonly [folder: RegExp, kind: Kind])[] = [
  [/^shared\/(?:archive\/)?jobs\//, 'job'],
  [/^shared\/(?:archive\/)?messages\//, 'message'],
  [/^shared\/manifests\//, 'manifest'],
  [/^shared\/attestations\//, 'attestation'],
  [/^shared\/agents\//, 'agent'],
  [/^shared\/locks\//, 'lock'],
  [/^shared\/history\//, 'history'],
  [/^shared\/rollback\//, 'rollback'],
  [/^shared\/tests\//, 'tests'],
  [/^shared\/notices\//, 'notices'],
  [/^shared\/branches_config\.json$/, 'branches'],
  [/^yard\.json$/, 'yard'],
  [/^heartbeats\//, 'heartbeat'],
];
/** Of which the sample has none. */
const BESIDES: MockFiles = {
  'shared/attestations/0f/01kar7okcloud.json': '{"job":"01kar7okcloud"}',
  'shared/rollback/main.json': '{"branch":"main"}',
  'shared/tests/00/x1.json': '{}',
  'shared/notices/x1.json': '{}',
  'shared/branches_config.json': '{}',
  'yard.json': '{}',
};

export const schemaOf = (kind: Kind | 'read-model'): Record<string, unknown> =>
  JSON.parse(readFileSync(new URL(`../../../../schemas/${kind}.schema.json`, import.meta.url), 'utf8')) as never;

export const hostileKinds: readonly Kind[] = KINDS.map(([, kind]) => kind);

/** Throws where it breaks a schema: then nothing of it would reach a page. */
export function hostileYard(now: Time): YardFiles {
  const usual = sampleYard(now);
  const { state, live, logs } = sampleFiles(usual, now);
  const model = readModelFrom(hostileOf(schemaOf('read-model'), usual));
  if (!model.ok) throw new Error(`the hostile snapshot is none: ${model.reason}`);
  return {
    model: model.value as ReadModel,
    state: { ...hostileFiles({ ...BESIDES, ...state }), ...worseFiles() },
    live: hostileFiles(live),
    logs: { ...logs, 'build2/logs/x.1.log': CANARY, [`build2/logs/${NAME}_x.1.log`]: CANARY },
    told: [CANARY, `claim job 01kar7failedxx for ${CANARY}`, 'w'.repeat(1_000_000)],
    by: "javascript:owned=1 \"onerror='x' ](javascript:x) \u202Egnp.exe\u200B {{7*7}}",
  };
}

const NAME = '<img src=x onerror=owned=1>\u202Egnp';

/** Names that nobody gives to a file, and contents that nobody writes: each beside a good one. */
const worseFiles = (): MockFiles =>
  Object.fromEntries(
    ['jobs/ab', 'messages/ab', 'manifests/ab', 'locks', 'rollback', 'agents', 'archive/jobs/2026/03/01'].flatMap(
      (folder) => [
        [`shared/${folder}/${NAME}.json`, CANARY],
        [`shared/${folder}/long.json`, `{"id":"${'w'.repeat(1_000_000)}"}`],
        [`shared/${folder}/__proto__.json`, '{"__proto__":{"owned":1}}'],
      ],
    ),
  );

function hostileFiles(files: MockFiles): MockFiles {
  return Object.fromEntries(
    Object.entries(files).map(([path, content]) => {
      if (typeof content !== 'string') return [path, content];
      if (path.endsWith('.jsonl')) return [path, content.split('\n').map(hostileLine).join('\n')];
      const kind = KINDS.find(([folder]) => folder.test(path))?.[1];
      return [path, kind ? polluting(hostileFile(kind, JSON.parse(content))) : content];
    }),
  );
}

const hostileLine = (line: string): string =>
  line === '' ? '' : JSON.stringify(hostileOf(schemaOf('attempt-record'), JSON.parse(line)));

export function hostileFile(kind: Kind, sample: unknown): string {
  const value = hostileOf(schemaOf(kind), sample);
  const checked = validate(kind, structuredClone(value));
  if (!checked.ok) throw new Error(`the hostile ${kind} is none: ${checked.reason}`);
  return JSON.stringify(value);
}

/** Readers take what they know and leave the rest: none of it may reach what all objects have in common. */
const polluting = (json: string): string =>
  json.replace('{', '{"__proto__":{"owned":1},"constructor":{"prototype":{"owned":1}},');
