/** The real program against a yard in which things fail, and a pretended GitHub over HTTP. */
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { noon } from '@gityard/domain/spec';
import { type PretendedIssues, pretendIssues } from '@gityard/testing';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { makeWorld, type World } from '../program.fixture.ts';

let world: World;
let issues: PretendedIssues;
let server: Awaited<ReturnType<PretendedIssues['listen']>>;

beforeAll(async () => {
  world = await makeWorld();
  await world.edit({ 'shared/agents/mac.json': '{ broken', 'queue/@all <b>x</b>.json': '{ no' });
  issues = pretendIssues({ now: new Date().toISOString() });
  server = await issues.listen();
});
afterAll(async () => {
  await server.close();
  await world.remove();
});
afterEach(() => expect(issues.problems).toEqual([]));

const env = (more: Record<string, string> = {}) => ({
  GITHUB_API_URL: server.apiUrl,
  GITHUB_TOKEN: issues.tracker.rules.token,
  ...more,
});
const monitor = (...flags: string[]) => world.run(['monitor', '--github', 'acme/app', ...flags], { env: env() });
const written = () => issues.requests.filter((it) => !it.asked.startsWith('GET')).length;

describe('gityard monitor', () => {
  it('says with --dry-run what it would do, and does nothing', async () => {
    const { code, stdout } = await monitor('--dry-run');

    expect({ code, written: written() }).toEqual({ code: 0, written: 0 });
    expect(stdout).toContain('would open an issue');
    expect(stdout).toContain('shared/agents/mac.json is not in force');
  });

  it('opens an issue for each thing, and exits with 0', async () => {
    const { code, stdout } = await monitor('--json');

    expect(code).toBe(0);
    const { repository, findings, actions } = JSON.parse(stdout);
    expect({ repository, found: findings.length }).toEqual({ repository: 'acme/app', found: 2 });
    expect(actions.map((it: { does: string; issue: number }) => [it.does, it.issue])).toEqual([
      ['open', 1],
      ['open', 2],
    ]);
    const [first, second] = issues.tracker.issues;
    expect(`${first?.title} ${second?.title}`).not.toMatch(/@all|<b>/);
    expect(`${first?.body} ${second?.body}`).not.toMatch(/@all|<b>/);
  });

  it('has nothing to tell where nothing changed, and asks for nothing that is as it was', async () => {
    const before = written();

    const { stdout } = await monitor();
    const { remaining } = issues.tracker.rules;
    await monitor();

    expect(stdout).toContain('nothing to tell');
    expect(written()).toBe(before);
    expect(issues.tracker.rules.remaining).toBe(remaining);
    expect(issues.requests.slice(-3).map((it) => it.status)).toEqual([304, 304, 304]);
  });

  it.each([
    [{ GITHUB_TOKEN: 'another' }, 6, /does not accept the token/],
    [{ GITHUB_TOKEN: '' }, 6, /no token/],
    [{ GITHUB_API_URL: 'http://127.0.0.1:9' }, 5, /failed/],
    [{ GITHUB_API_URL: 'nowhere' }, 2, /no address/],
  ])('fails with %j as it should', async (more, code, words) => {
    const failed = await world.run(['monitor', '--github', 'acme/app'], { env: env(more) });

    expect(failed.stderr).toMatch(words);
    expect(failed.code).toBe(code);
    expect(failed.stderr).not.toContain('another');
  });

  it('names the permission that is missing, and what to write into the workflow', async () => {
    await world.edit({ 'queue/more.json': '{ no' });
    issues.tracker.rules.issues = 'read';

    const { code, stderr } = await monitor();
    issues.tracker.rules.issues = 'write';

    expect(code).toBe(6);
    expect(stderr).toContain('issues=write');
    expect(stderr).toContain('permissions: { issues: write }');
  });

  it('goes on where the host refuses to change one issue, and tells so by its exit code', async () => {
    const { tracker } = issues;
    for (const it of tracker.issues) it.labels = [];
    tracker.rules.unchangeable.add(1);

    const { code, stdout } = await monitor();

    expect(code).toBe(5);
    expect(stdout).toMatch(/^could not label #1: the host refused POST .*: Validation Failed/m);
    expect(stdout).toMatch(/^labelled #2/m);
    expect(stdout).toMatch(/^opened #3/m);
  });

  const comment = (event: string | undefined, ...flags: string[]) =>
    world.run(['monitor', '--github', 'acme/app', '--comment', ...flags], {
      env: env(event === undefined ? {} : { GITHUB_EVENT_PATH: event }),
    });
  const eventOf = async (value: unknown): Promise<string> => {
    const path = join(world.folder, 'event.json');
    await writeFile(path, typeof value === 'string' ? value : JSON.stringify(value));
    return path;
  };
  const asks = {
    action: 'created',
    comment: { id: 7, body: '/gityard retry b1', created_at: noon, user: { login: 'ann', type: 'User' } },
    issue: { number: 1, pull_request: {} },
    repository: { full_name: 'acme/app' },
  };

  it('needs the event of a comment, of that repository', async () => {
    const other = { ...asks, repository: { full_name: 'acme/other' } };

    expect(await comment(undefined)).toMatchObject({ code: 2, stderr: expect.stringContaining('GITHUB_EVENT_PATH') });
    expect(await comment(await eventOf('{ no'))).toMatchObject({ code: 7 });
    expect(await comment(await eventOf(other))).toMatchObject({ code: 2 });
    expect(await comment(await eventOf({ ...asks, action: 'edited' }))).toMatchObject({
      code: 0,
      stdout: expect.stringContaining('no new comment of a person'),
    });
  });

  it('says with --dry-run what a comment would do, and does nothing', async () => {
    const before = written();
    issues.tracker.permissions.set('ann', 'write');
    const { id } = await world.json<{ id: string }>(['job', 'add', '--', 'true']);
    const asksFor = { ...asks, comment: { ...asks.comment, body: `/gityard retry ${id.slice(0, 20)}` } };

    const { stdout } = await comment(await eventOf(asksFor), '--dry-run', '--json');

    expect(JSON.parse(stdout)).toMatchObject({ dryRun: true, by: 'ann', does: 'wish', text: `retry job ${id}` });
    expect(written()).toBe(before);
  });

  it('is loaded only when it runs', async () => {
    const program = await readFile(join(import.meta.dirname, '../../dist/commands/list.js'), 'utf8');

    expect(program).not.toMatch(/^import .*monitor/m);
  });
});
