import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Job } from '@gityard/domain';
import { describe, expect, it } from 'vitest';
import type { BuildOutcome, BuildRequest } from '../contract.ts';
import { removeLeftWorkspaces } from '../remove-workspace.ts';
import { runJob } from '../run-job.ts';
import { stoppedClock } from '../specs/clock.ts';
import { type Files, repository, request, temporaryFolder } from '../specs/world.ts';

/** Says which of its two parts it makes, as make decides it. */
const MAKEFILE = `all: a.out b.out
%.out: %.txt
\techo "made $@"; cp $< $@
`;
const FILES: Files = { Makefile: MAKEFILE, 'a.txt': 'a', 'b.txt': 'b', 'gityard.yml': 'artifacts: ["*.out"]\n' };

const logOf = ({ files }: BuildOutcome) =>
  files
    .filter(({ path }) => path.endsWith('.log'))
    .map(({ content }) => Buffer.from(content).toString('utf8'))
    .join('');
const made = (outcome: BuildOutcome) => [...logOf(outcome).matchAll(/^made (\w)\.out$/gm)].map(([, name]) => name);

function world(files: Files = FILES) {
  const origin = repository(files);
  const folder = temporaryFolder();
  let token = 0;
  const build = (job: Partial<Job> = {}, part: Partial<Omit<BuildRequest, 'job'>> = {}) => {
    token += 1;
    return runJob(
      request({ folder, token, ...part, job: { id: `b${token}`, repository: origin.path, branch: 'main', ...job } }),
    );
  };
  const kept = () => readdirSync(join(folder, 'kept')).map((name) => join(folder, 'kept', name));
  return { origin, folder, build, kept };
}

describe('a kept workspace', () => {
  it('is where the next build of the branch goes on, and its tool sees what is left to make', async () => {
    const { origin, build, folder } = world();

    const first = await build();
    origin.commit({ 'b.txt': 'other' });
    const second = await build();

    expect(made(first).sort()).toEqual(['a', 'b']);
    expect(first.findings.built).toBe('all of it built: nothing was kept of this branch');
    // Of what is collected nothing old is left lying about, so make has to make all of it.
    expect(second.findings.built).toMatch(/^make decided what to make, on what build b1 of commit [0-9a-f]{10} left$/);
    expect(second.artifacts.map(({ path, file }) => [path, readFileSync(file, 'utf8')])).toEqual([
      ['a.out', 'a'],
      ['b.out', 'other'],
    ]);
    expect(existsSync(join(folder, 'workspaces'))).toBe(false);
  });

  it('keeps what nobody collects', async () => {
    const { origin, build } = world({ ...FILES, 'gityard.yml': 'artifacts: []\n' });
    await build();
    origin.commit({ 'b.txt': 'other' });

    expect(made(await build())).toEqual(['b']);
    expect(made(await build())).toEqual([]);
  });

  it('is one for each branch, and none for a commit that anybody may have named', async () => {
    const { origin, build, kept } = world();
    origin.git('branch', 'other');
    await build();

    const other = await build({ branch: 'other' });
    const commit = origin.git('rev-parse', 'HEAD');
    const named = await build({ branch: null, commit });

    expect(other.findings.built).toContain('nothing was kept of this branch');
    expect(named.findings.built).toContain('in a fresh workspace: the job names a commit and no branch');
    expect(kept()).toHaveLength(2);
  });

  it('has one build in it at a time; another gets a fresh one', async () => {
    const { build } = world({ Makefile: 'all:\n\tsleep 0.5; echo made >> out; cat out\n' });

    const outcomes = await Promise.all([build(), build()]);

    expect(outcomes.map(({ status }) => status)).toEqual(['succeeded', 'succeeded']);
    expect(outcomes.map(({ findings }) => findings.built).sort()).toEqual([
      'all of it built in a fresh workspace: another build of the branch is in the kept workspace',
      'all of it built: nothing was kept of this branch',
    ]);
  });

  it.each([
    [
      'fails as a whole, since nobody knows which half of it is there',
      { Makefile: 'all:\n\techo half > out; false\n' },
      () => undefined,
    ],
    [
      'is cancelled',
      { Makefile: 'all:\n\t@echo go; sleep 100\n' },
      (_: (seconds: number) => void, stop: AbortController) => stop.abort('enough'),
    ],
    ['takes too long', { Makefile: 'all:\n\t@echo go; sleep 100\n' }, (pass: (seconds: number) => void) => pass(90)],
  ])('is gone when its build %s', async (_, files, ending) => {
    const { build, kept } = world(files);
    const [pass, stop] = [stoppedClock(), new AbortController()];
    const onOutput = (chunk: Uint8Array) => Buffer.from(chunk).toString().startsWith('go\n') && ending(pass, stop);

    const outcome = await build({}, { timeoutSeconds: 90, signal: stop.signal, graceMs: 100, onOutput });

    expect(outcome.status).not.toBe('succeeded');
    expect(kept()).toEqual([]);
  });

  it('stays as it was when its build never got so far as to use it', async () => {
    const { build, kept, origin } = world({ ...FILES, 'gityard.yml': 'artifacts: []\n' });
    await build();
    const [folder = ''] = kept();
    const before = readFileSync(join(folder, 'record.json'), 'utf8');

    const outcome = await build({ commit: 'f'.repeat(40) });

    expect(outcome).toMatchObject({ status: 'failed', cause: 'code' });
    expect(readFileSync(join(folder, 'record.json'), 'utf8')).toBe(before);
    origin.commit({ 'a.txt': 'x' });
    expect(made(await build())).toEqual(['a']);
  });

  it('is not used after a kill: at a start it goes, and without one as well', async () => {
    const { build, kept, folder } = world({ ...FILES, 'gityard.yml': 'artifacts: []\n' });
    await build();
    const [place = ''] = kept();
    // What a killed agent leaves: the build's files, and no record of them.
    rmSync(join(place, 'record.json'));
    writeFileSync(join(place, 'build/source/a.out'), 'half');

    expect(made(await build()).sort()).toEqual(['a', 'b']);
    rmSync(join(place, 'record.json'));
    await removeLeftWorkspaces(folder);
    expect(kept()).toEqual([]);
  });

  it('outlives a start when it is whole', async () => {
    const { build, folder } = world({ ...FILES, 'gityard.yml': 'artifacts: []\n' });
    await build();
    mkdirSync(join(folder, 'workspaces', 'left'), { recursive: true });

    await removeLeftWorkspaces(folder);

    expect(readdirSync(join(folder, 'workspaces'))).toEqual([]);
    expect(made(await build())).toEqual([]);
  });

  it.each([
    ['a record that is no JSON', 'record.json', '{'],
    ['a list of files that is none', 'files.json', '[[1'],
    ['a record of another program', 'record.json', '{"schemaVersion":99}'],
  ])('with %s is begun anew', async (_, name, text) => {
    const { build, kept } = world({ ...FILES, 'gityard.yml': 'artifacts: []\n' });
    await build();
    writeFileSync(join(kept()[0] ?? '', name), text);

    const outcome = await build();

    expect(outcome.status).toBe('succeeded');
    expect(made(outcome).sort()).toEqual(['a', 'b']);
  });

  it('is begun anew when everything is made with something else', async () => {
    const { build } = world({ ...FILES, 'gityard.yml': 'artifacts: []\n' });
    await build();

    const outcome = await build({ parameters: { flavour: 'debug' } });

    expect(outcome.findings.built).toBe(
      'all of it built, because of another parameter flavour (debug instead of none)',
    );
    expect(made(outcome).sort()).toEqual(['a', 'b']);
  });

  it('is left alone by a job that wants no cache, that brings a command, or whose recipe does', async () => {
    const { build, folder } = world();
    const outcomes = [await build({ noCache: true }), await build({ command: ['true'] })];
    const own = world({ 'gityard.yml': 'stages: { build: [mkdir, once] }\n' });
    outcomes.push(await own.build(), await own.build());

    expect(outcomes.map(({ status }) => status)).toEqual(['succeeded', 'succeeded', 'succeeded', 'succeeded']);
    expect(existsSync(join(folder, 'kept'))).toBe(false);
    expect(own.kept()).toEqual([]);
  });

  it('goes when there are too many, the one that was used longest ago first', async () => {
    const { origin, build, kept } = world();
    for (const branch of ['one', 'two', 'three']) origin.git('branch', branch);
    const budget = { keptCount: 2, keptBytes: 1e9, leastFreeBytes: 0 };

    for (const branch of ['one', 'two', 'one', 'three']) await build({ branch }, { budget });

    expect(kept()).toHaveLength(2);
    expect((await build({ branch: 'one' }, { budget })).findings.built).toContain('make decided');
    expect((await build({ branch: 'two' }, { budget })).findings.built).toContain('nothing was kept');
  });

  it('goes when together they are too large, and when the disk is nearly full', async () => {
    const { build, kept } = world();

    await build({}, { budget: { keptCount: 9, keptBytes: 1, leastFreeBytes: 0 } });
    expect(kept()).toEqual([]);
    await build({}, { budget: { keptCount: 9, keptBytes: 1e9, leastFreeBytes: Number.MAX_SAFE_INTEGER } });
    expect(kept()).toEqual([]);
  });
});
