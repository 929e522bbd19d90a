import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Message, TaskView } from '@gityard/domain';
import { startNode, waitFor } from '@gityard/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PROGRAM } from '../../program.fixture.ts';
import { makeReceivers, type Receivers } from './receivers.fixture.ts';

let yard: Receivers;
const json = <T = Record<string, unknown>>(...words: string[]) => yard.world.json<T>(words);
const send = async (text: string, ...words: string[]): Promise<string> =>
  (await json<{ id: string }>('task', 'send', text, ...words)).id;

beforeAll(async () => {
  yard = await makeReceivers({ language: 'de' });
  const processor = await yard.script(
    'process.sh',
    `read_() { node -e 'const t = JSON.parse(require("node:fs").readFileSync(process.argv[1])); console.log(t.Task.Parameters[process.argv[2]] ?? "")' "$1" "$2"; }
     echo "built $(read_ "$1" url) of type $(read_ "$1" buildType)"
     marker=$(read_ "$1" marker); [ -z "$marker" ] || { echo "$PWD" > "$marker"; sleep 60; }
     [ -z "$(read_ "$1" fails)" ] || { echo "Build failed: as it was told"; exit 1; }`,
  );
  const receive = (name: string, tags: string) =>
    yard.start(name, ['task', 'receive', '--name', name, '--tags', tags, '--processor', processor]);
  await Promise.all([
    receive('NpmWorker', 'build,npm'),
    receive('DotnetWorker', 'build,dotnet'),
    yard.start('builder', ['agent', 'run', '--labels', 'build,npm,dotnet,maven']),
  ]);
});
afterAll(() => yard.close());

describe('task send and receive', () => {
  it('gives each task to the worker that has all of its tags, and to nobody else', async () => {
    const ids = await Promise.all(
      ['npm', 'dotnet', 'npm', 'dotnet'].map((type) =>
        send(`Build ${type}`, '--tags', `build,${type}`, '--params', JSON.stringify({ url: 'u', buildType: type })),
      ),
    );
    const maven = await send('Build maven', '--tags', 'build,maven');

    const ended = await Promise.all(ids.map((id) => yard.untilEnded(id)));

    expect(ended.map((it) => [it.status, it.worker, it.result])).toEqual([
      ['succeeded', 'npmworker', 'built u of type npm\n'],
      ['succeeded', 'dotnetworker', 'built u of type dotnet\n'],
      ['succeeded', 'npmworker', 'built u of type npm\n'],
      ['succeeded', 'dotnetworker', 'built u of type dotnet\n'],
    ]);
    expect(await json('job', 'why', maven)).toMatchObject({ canEverRun: false, reasons: [{ code: 'no-agent-with' }] });
    expect(await json('task', 'status', maven)).toMatchObject({ status: 'queued', worker: null });
    await yard.world.ok('job', 'cancel', maven);
  });

  it('waits for the result, prints it, and exits as it ended', async () => {
    const well = await yard.world.run(['task', 'send', 'One', '--tags', 'npm', '--params', '{"url":"x"}', '--wait']);
    const badly = await yard.world.run([
      'task',
      'send',
      'Two',
      '--tags',
      'npm',
      '--params',
      '{"fails":"yes"}',
      '--wait',
      '--json',
    ]);

    expect([well.code, badly.code]).toEqual([0, 1]);
    expect(well.stdout).toMatch(/^built x of type\ntask \S+ succeeded\n$/);
    expect(JSON.parse(badly.stdout)).toMatchObject({
      status: 'failed',
      exitCode: 1,
      result: 'built  of type \nBuild failed: as it was told\n',
      reason: 'process.sh task.json ended with exit code 1',
    });
  });

  it('tells whoever wants to hear of it, in the language of the yard', async () => {
    const id = await send('Told', '--tags', 'npm', '--notify');
    await yard.untilEnded(id);

    const told = (await json<Message[]>('message', 'list')).filter((it) => it.subject === 'Told').map((it) => it.body);

    expect(told.sort()).toEqual([
      expect.stringMatching(new RegExp(`^✅ \\[.{19}\\] Build ${id} erfolgreich von npmworker abgeschlossen$`)),
      expect.stringMatching(new RegExp(`^🔨 \\[.{19}\\] Build ${id} wurde von npmworker übernommen$`)),
    ]);
  });

  it('stops a task that is cancelled, with all that belongs to it', async () => {
    const marker = join(yard.world.folder, 'marker');
    const id = await send('Long', '--tags', 'npm', '--params', JSON.stringify({ marker }));
    await waitFor(() => existsSync(marker), { what: 'the processor runs' });
    const folder = (await readFile(marker, 'utf8')).trim();

    await yard.world.ok('job', 'cancel', id, '--reason', 'no longer wanted');

    expect(await yard.untilEnded(id)).toMatchObject({ status: 'cancelled' });
    expect(existsSync(folder)).toBe(false);
  });

  it('orders by priority, which a tag may say, and lists by tag', async () => {
    await yard.world.ok('task', 'send', 'later', '--tags', 'queue,none');
    await yard.world.ok('task', 'send', 'first', '--tags', 'queue,none,priority-2');

    const tasks = await json<TaskView[]>('task', 'list', '--tags', 'queue');

    expect(tasks.map((it) => ({ ...it, id: '' }))).toMatchObject([
      { text: 'first', priority: 2, tags: ['queue', 'none'] },
      { text: 'later', priority: 5 },
    ]);
    expect(await yard.world.ok('task', 'list', '--tags', 'queue')).toMatch(/stuck +2 .*\n.*stuck +5 /);
    for (const { id } of tasks) await yard.world.ok('job', 'cancel', id);
  });

  it('counts what was built, in words and in a file', async () => {
    const figures = await json('task', 'stats', '--tags', 'dotnet', '--file', 'metrics.json');

    expect(figures).toMatchObject({
      TotalBuilds: 2,
      SuccessfulBuilds: 2,
      FailedBuilds: 0,
      AverageBuildTime: expect.any(Number),
    });
    expect(JSON.parse(await readFile(join(yard.world.folder, 'metrics.json'), 'utf8'))).toMatchObject({
      TotalBuilds: 2,
    });
    expect(await yard.world.ok('task', 'stats', '--tags', 'dotnet')).toMatch(
      /^Gesamt: 2\nErfolgreich: 2\nFehlgeschlagen: 0\nDurchschnittliche Buildzeit: [\d.]+ Minuten\n$/,
    );
  });

  it('is done by the next life of a worker that was killed, which leaves no folder either', async () => {
    const once = join(yard.world.folder, 'second-life');
    const processor = await yard.script('frail.sh', `[ -e '${once}' ] && exit 0; touch '${once}'; exec sleep 60`);
    const words = ['task', 'receive', '--name', 'frail', '--tags', 'frail', '--processor', processor];
    const first = await yard.start('frail', words);
    const id = await send('Frail', '--tags', 'frail');
    await waitFor(() => existsSync(once), { what: 'the processor runs' });

    first.kill('SIGKILL');
    await first.exit;
    await yard.start('frail', words);

    expect(await yard.untilEnded(id)).toMatchObject({ status: 'succeeded', worker: 'frail' });
    expect(await json('job', 'show', id)).toMatchObject({ attempts: [{ status: 'lost' }, { status: 'succeeded' }] });
    expect(await readdir(join(yard.home('frail'), 'receivers', 'frail', 'build', 'workspaces'))).toEqual([]);
  });

  it('can be watched, a line for each change', async () => {
    const env = { HOME: yard.world.folder, GITYARD_YARD: yard.world.yard, GITYARD_AGENT: 'tester' };
    const words = ['task', 'list', '--tags', 'watched', '--watch', '--interval', '500ms', '--json'];
    const watching = startNode(PROGRAM, words, { env, cwd: yard.world.folder });
    try {
      await watching.waitForLine(/^\[\]$/);
      await yard.world.ok('task', 'send', 'Watched', '--tags', 'watched');
      expect((await watching.waitForLine(/"status":"queued"/)).input).toContain('"text":"Watched"');
    } finally {
      await watching.dispose();
    }
  });

  it('is not taken for done while the remote is away', async () => {
    const env = { GITYARD_YARD: 'http://127.0.0.1:9/yard' };

    const { code, stdout } = await yard.world.run(['task', 'send', 'Later', '--wait', '--json'], { env });

    expect(code).toBe(5);
    expect(JSON.parse(stdout)).toMatchObject({ accepted: true, commit: null });
  });

  it('ends after one task when it is told to', async () => {
    const processor = await yard.script('once.sh', 'echo once');
    // It looks once, so the task has to be there already.
    const id = await send('Once', '--tags', 'once');

    const once = await yard.start('once', ['task', 'receive', '--tags', 'once', '--processor', processor, '--once']);

    expect(await once.exit).toEqual({ code: 0, signal: null });
    expect(await json('task', 'status', id)).toMatchObject({ status: 'succeeded', result: 'once\n', worker: 'once' });
  });

  it('says what is wrong with a wish', async () => {
    const codeOf = async (...words: string[]) => (await yard.world.run(['task', ...words])).code;

    expect(await codeOf('send', 'x', '--params', '{')).toBe(2);
    expect(await codeOf('send', 'x', '--params', '[1]')).toBe(2);
    expect(await codeOf('send', ' ')).toBe(2);
    expect(await codeOf('send', 'x', '--params', `{"a":${'['.repeat(30)}${']'.repeat(30)}}`)).toBe(7);
    expect(await codeOf('receive', '--tags', 'a')).toBe(2);
    expect(await codeOf('receive', '--processor', './nowhere.sh')).toBe(3);
    expect(await codeOf('status', 'nope')).toBe(3);
    expect(await codeOf('list', '--status', 'odd')).toBe(2);
    expect(await codeOf('send', 'x', '--tags', 'nobody', '--wait', '--timeout', '1s')).toBe(124);
    expect(await json('task', 'send', 'dry', '--dry-run')).toMatchObject({ dryRun: true, operation: 'submit' });
  });

  it('keeps every rule, and no folder of a task', async () => {
    const home = join(yard.home('NpmWorker'), 'receivers', 'npmworker');

    expect(await readdir(join(home, 'build', 'workspaces'))).toEqual([]);
    expect(await json('audit')).toMatchObject({ ok: true });
  });
});
