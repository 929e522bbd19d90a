/** One build: what it left, where that comes from, and how the job went. Each part may be missing, and says so. */
import { attestationFrom, type Job, jobFrom, type Manifest, manifestFrom, type Validated } from '@gityard/domain';
import { jsonIn } from '../json-in.ts';
import type { Reading } from '../question.ts';
import { type Broken, idOf, type StateFile, stateFile } from '../state-files.ts';
import { type Provenance, provenanceIn } from './provenance-in.ts';

export interface Build {
  readonly id: string;
  readonly manifest: Manifest | null;
  readonly provenance: Provenance | null;
  readonly job: BuiltJob | null;
  readonly broken: readonly Broken[];
}

export type BuiltJob = Pick<
  Job,
  'id' | 'status' | 'repository' | 'branch' | 'commit' | 'toolchain' | 'strategy' | 'endedAt'
> & {
  /** Of its last attempt. */
  readonly agent: string | null;
  readonly startedAt: string | null;
  readonly stages: Job['attempts'][number]['stages'];
  readonly result: Pick<NonNullable<Job['result']>, 'tests' | 'coverage' | 'isolation'> | null;
};

export interface BuildAsked {
  /** Or a beginning that only one has. */
  readonly id: string;
  readonly at: string;
}

/** null: neither artifacts nor a job are known under that id. */
export async function build(reading: Reading, asked: BuildAsked): Promise<Build | null> {
  const [manifestFile, jobFile] = await Promise.all([
    stateFile(reading, { ...asked, folder: 'manifests' }),
    stateFile(reading, { ...asked, folder: 'jobs' }),
  ]);
  const file = manifestFile ?? jobFile;
  if (!file) return null;
  const id = idOf(file.path);
  const attestationFile = manifestFile && (await stateFile(reading, { ...asked, id, folder: 'attestations' }));
  const broken: Broken[] = [];
  // One file that a person broke hides none of the others.
  const read = <T>(of: StateFile | undefined, validator: (data: unknown) => Validated<T>): T | null => {
    const value = of && validator(jsonIn(of.bytes));
    if (of && value?.ok === false) broken.push({ path: of.path, reason: value.reason });
    return value?.ok ? value.value : null;
  };
  const manifest = read(manifestFile, manifestFrom);
  const attestation = read(attestationFile, attestationFrom);
  const job = read(jobFile && idOf(jobFile.path) === id ? jobFile : undefined, jobFrom);
  return {
    ...{ id, manifest, broken },
    provenance: attestation && provenanceIn(attestation),
    job: job && builtJob(job),
  };
}

function builtJob({
  id,
  status,
  repository,
  branch,
  commit,
  toolchain,
  strategy,
  endedAt,
  attempts,
  result,
}: Job): BuiltJob {
  const last = attempts.at(-1);
  return {
    ...{ id, status, repository, branch, commit, toolchain, strategy, endedAt },
    agent: last?.agent ?? null,
    startedAt: last?.startedAt ?? null,
    stages: last?.stages ?? [],
    result: result && { tests: result.tests, coverage: result.coverage, isolation: result.isolation },
  };
}
