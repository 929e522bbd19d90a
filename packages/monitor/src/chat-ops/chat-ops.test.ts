/** Comments that ask for something: what is understood, of whom, and what is answered at a host held against its description. */

import type { CommandWish, YardConfig } from '@gityard/domain';
import { aNamespace, minutesAfterNoon, noon, world } from '@gityard/domain/spec';
import { type PretendedIssues, pretendIssues, STRANGER } from '@gityard/testing';
import { array, assert, oneof, property, string, stringMatching } from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openClient } from '../rest/client.ts';
import { dialectOf } from '../rest/dialect.ts';
import { RestCommentHost } from '../rest/rest-comment-host.ts';
import { RestHost } from '../rest/rest-host.ts';
import { answerComment } from './answer-comment.ts';
import { askedIn } from './command.ts';
import { commentIn } from './comment.ts';

const wish = (op: CommandWish['op'], target: string, args = {}) => ({
  does: 'wish',
  wish: { op, target, args, if: {} },
});

describe('what a comment asks for', () => {
  it.each([
    ['/gityard retry 01k9x', wish('retry', '01k9x')],
    ['/gityard  cancel 01K9X \r\nplease', wish('cancel', '01k9x')],
    ['/gityard priority b1 2', wish('prioritise', 'b1', { priority: 2 })],
    ['/gityard priority b1 High', wish('prioritise', 'b1', { priority: 3 })],
    ['/gityard why b1', { does: 'why', job: 'b1' }],
    ['/gityard approve b1', wish('approve', 'b1')],
    ['/gityard reject b1 not  before noon', wish('reject', 'b1', { reason: 'not before noon' })],
  ])('is read from its first line: %j', (body, asked) => {
    expect(askedIn(body)).toEqual(asked);
  });

  it.each([
    '/gityard',
    '/gityard explode b1',
    '/gityard retry',
    '/gityard retry ../../x',
    '/gityard retry $(id)',
    '/gityard retry b1 b2',
    '/gityard priority b1',
    '/gityard priority b1 11',
    '/gityard priority b1 1e0x',
    '/gityard constructor b1',
    '/gityard retry b1\nand\n/gityard cancel b2',
  ])('is told how to be written: %s', (body) => {
    expect(askedIn(body)).toMatchObject({ does: 'usage' });
  });

  it.each([
    '',
    'please /gityard retry b1',
    '> /gityard retry b1',
    '/gityardx retry b1',
    'x\n/gityard retry b1',
    '    /gityard retry b1',
    '```\n/gityard retry b1\n```',
    '/gity\u0430rd retry b1',
  ])('is nothing: %j', (body) => {
    expect(askedIn(body)).toBeUndefined();
  });

  it('names a job by what can be an id, whatever is written', () => {
    const words = array(oneof(string(), stringMatching(/^(retry|cancel|priority|why|\d+|b1)$/)), { maxLength: 5 });
    assert(
      property(words, (parts) => {
        const asked = askedIn(`/gityard ${parts.join(' ')}`);
        if (asked?.does === 'wish') expect(asked.wish.target).toMatch(/^[a-z0-9][a-z0-9._-]{0,99}$/);
        if (asked?.does === 'wish' && asked.wish.op === 'prioritise')
          expect(asked.wish.args.priority).toBeTypeOf('number');
      }),
    );
  });
});

let issues: PretendedIssues;
let host: RestCommentHost;
beforeEach(() => begin());
async function begin(flavour: 'github' | 'gitea' = 'github'): Promise<void> {
  issues = pretendIssues({ flavour, now: noon });
  const { apiUrl, fetch, tracker } = issues;
  const client = await openClient({ apiUrl, fetch, token: tracker.rules.token, secondMs: 0 });
  const place = { client, owner: 'acme', repo: 'app', dialect: dialectOf(apiUrl) };
  host = new RestCommentHost({ ...place, issues: new RestHost({ ...place, workflow: null }) });
}
afterEach(() => expect(issues.problems).toEqual([]));

const person = (login: string) => ({ login, type: 'User', association: 'NONE' }) as const;
type Settings = Partial<YardConfig['chatOps']> & Partial<Pick<YardConfig, 'people'>>;
const yard = ({ people = {}, ...chatOps }: Settings = {}) => {
  const { state } = world()
    .agent('mac')
    .beat('mac')
    .job('b1')
    .job('b2', { status: 'failed' })
    .job('c1', { namespace: 'team-a' })
    .yard({ people, namespaces: { 'team-a': aNamespace({}) } });
  return { ...state, yard: { ...state.yard, chatOps: { ...state.yard.chatOps, ...chatOps } } };
};

function write(body: string, login = 'ann', { isPull = true, action = 'created' } = {}) {
  const { tracker } = issues;
  const issue = tracker.issues[0] ?? tracker.open({ title: 'a change', body: 'x', isPull });
  const id = tracker.comment(issue, body, person(login));
  return {
    action,
    comment: { id, body, user: { login, type: 'User' }, author_association: 'NONE', created_at: noon },
    issue: { number: issue.number, ...(isPull && { pull_request: {} }) },
    repository: { full_name: 'acme/app' },
  };
}

const wishes: CommandWish[] = [];
beforeEach(() => void wishes.splice(0));

async function answer(event: object, settings: Settings = {}, now = noon) {
  const comment = commentIn(event);
  if (!comment) return 'no comment';
  return answerComment({
    ...{ comment, state: yard(settings), now, host, mask: async (text) => text },
    perform: async (asked) => {
      wishes.push(asked);
      return { ok: true };
    },
  });
}
const words = () => issues.tracker.issues[0]?.comments.slice(1).map((it) => it.body) ?? [];
const signs = () => issues.tracker.issues[0]?.comments[0]?.reactions;

describe('a comment', () => {
  it('is carried out for whoever may push, and answered with a sign and a word', async () => {
    issues.tracker.permissions.set('ann', 'write');

    const done = await answer(write('/gityard retry b2'));

    expect(done).toMatchObject({ does: 'wish', ok: true });
    expect(wishes).toMatchObject([{ op: 'retry', target: 'b2' }]);
    expect(words()).toEqual([expect.stringContaining('job b2 is in the queue again')]);
    expect(signs()).toEqual(['eyes', '+1']);
  });

  it('is carried out and answered once at Gitea as well', async () => {
    await begin('gitea');
    issues.tracker.permissions.set('ann', 'owner');
    const event = write('/gityard retry b2');

    await answer(event);
    await answer(event);

    expect([wishes.length, words().length, signs()]).toEqual([1, 1, ['eyes', '+1']]);
  });

  it('tells why a job waits', async () => {
    await answer(write('/gityard why b1'), { roles: { ANN: 'Developer' } });

    expect(words()).toEqual([
      expect.stringMatching(/job b1 is queued and will run, position 1\n· waits to be claimed/),
    ]);
  });

  it('of a Developer steers nobody else, and is told what that takes', async () => {
    issues.tracker.permissions.set('ann', 'admin');

    await answer(write('/gityard cancel b1'));

    expect(wishes).toEqual([]);
    expect(words()).toEqual([expect.stringContaining('That takes the role BuildMaster, and yours is Developer')]);
    expect(signs()).toEqual(['eyes', 'confused']);
  });

  it('of a BuildMaster does, by the name that yard.json has, and without asking the host', async () => {
    await answer(write('/gityard priority b1 1'), { roles: { ann: 'BuildMaster' }, writers: null });

    expect(wishes).toMatchObject([{ op: 'prioritise', target: 'b1', args: { priority: 1 } }]);
    expect(issues.requests.some((it) => it.asked.includes('/collaborators/'))).toBe(false);
  });

  it('of somebody who has a role in a namespace changes jobs of that one alone', async () => {
    const people = { ann: { roles: ['BuildMaster@team-a'], names: [] } };

    await answer(write('/gityard cancel b1'), { people });
    await answer(write('/gityard cancel c'), { people });

    expect(wishes).toMatchObject([{ op: 'cancel', target: 'c1' }]);
    expect(words()).toEqual([
      expect.stringContaining('That takes the role BuildMaster, and you have none there'),
      expect.anything(),
      expect.stringContaining('job c1 is cancelled'),
    ]);
  });

  it('approves a job in the name of who wrote it, and of nobody who is merely called so elsewhere', async () => {
    const people = { bob: { roles: ['BuildMaster'], names: ['robert'] } };
    issues.tracker.permissions.set('robert', 'admin');

    await answer(write('/gityard approve b1 it is announced', 'bob'), { people });
    await answer(write('/gityard approve b1', 'robert'), { people });

    expect(wishes).toMatchObject([{ op: 'approve', target: 'b1', args: { reason: 'it is announced' } }]);
    expect(words().at(-1)).toContain('robert is what bob is called elsewhere; bob has to say it');
  });

  it('that names several jobs changes none, and is told which they are', async () => {
    await answer(write('/gityard cancel b'), { roles: { ann: 'Admin' } });

    expect(wishes).toEqual([]);
    expect(words()).toEqual([expect.stringContaining('2 jobs begin with b: b1, b2')]);
  });

  it.each([
    [{}, 'read'],
    [{}, 'none'],
    [{ writers: null }, 'admin'],
    [{ roles: { ann2: 'Admin' } } as const, 'read'],
  ])('of somebody without a role (%j, %s) changes nothing and gets no words', async (chatOps, permission) => {
    issues.tracker.permissions.set('ann', permission);

    expect(await answer(write('/gityard retry b2'), chatOps)).toMatchObject({ does: 'decline', ok: false });

    expect([wishes, words(), signs()]).toEqual([[], [], ['-1']]);
  });

  it.each([
    ['was edited', write.bind(null, '/gityard retry b2', 'ann', { action: 'edited' })],
    ['stands at an issue that is not the monitor’s', write.bind(null, '/gityard retry b2', 'ann', { isPull: false })],
    ['quotes another', write.bind(null, '> /gityard retry b2')],
  ])('that %s is left alone', async (_, event) => {
    issues.tracker.permissions.set('ann', 'admin');

    await answer(event());

    expect([wishes, words(), signs()]).toEqual([[], [], []]);
  });

  it('of a program, or of no shape at all, is none', () => {
    const event = write('/gityard retry b2');

    expect(
      commentIn({ ...event, comment: { ...event.comment, user: { login: 'x[bot]', type: 'Bot' } } }),
    ).toBeUndefined();
    for (const it of [
      null,
      1,
      {},
      { action: 'created' },
      { ...event, comment: null },
      { ...event, issue: { number: -1 } },
    ])
      expect(commentIn(it)).toBeUndefined();
  });

  it('is answered once, also by a run that is repeated', async () => {
    issues.tracker.permissions.set('ann', 'write');
    const event = write('/gityard retry b2');
    await answer(event);

    expect(await answer(event)).toMatchObject({ does: 'nothing' });

    expect(wishes).toHaveLength(1);
    expect(words()).toHaveLength(1);
  });

  it('is answered once by two runs that begin together', async () => {
    issues.tracker.permissions.set('ann', 'write');
    const event = write('/gityard why b1');

    const both = await Promise.all([answer(event), answer(event)]);

    expect(both.map((it) => (typeof it === 'string' ? it : it.does)).sort()).toEqual(['nothing', 'why']);
    expect(words()).toHaveLength(1);
  });

  it('is answered by the next run where the first one died in between', async () => {
    issues.tracker.permissions.set('ann', 'write');
    const event = write('/gityard retry b2');
    issues.tracker.issues[0]?.comments[0]?.reactions.push('eyes');

    expect(await answer(event)).toMatchObject({ does: 'nothing', text: expect.stringContaining('another run') });
    expect(words()).toEqual([]);
    expect(await answer(event, {}, minutesAfterNoon(11))).toMatchObject({ does: 'wish', ok: true });

    expect(words()).toHaveLength(1);
  });

  it('cannot be kept from its answer by a stranger who writes like us', async () => {
    issues.tracker.permissions.set('ann', 'write');
    const event = write('/gityard retry b2');
    const [issue] = issues.tracker.issues;
    issue?.comments[0]?.reactions.push('eyes');
    if (issue) issues.tracker.comment(issue, `<!-- gityard-answer:${event.comment.id} -->`, STRANGER);

    await answer(event, {}, minutesAfterNoon(11));

    expect(wishes).toHaveLength(1);
  });
});
