import { describe, expect, it } from 'vitest';
import { applyChanges } from '../apply-changes.ts';
import { noteHealth } from '../operations/health/note-health.ts';
import { announce, assure } from '../operations/notices/announce.ts';
import { aNotification, anAttempt } from '../spec/samples.ts';
import { minutesAfterNoon, noon, world } from '../spec/world.ts';
import type { State } from '../state.ts';
import { noticesDue } from './notices-due.ts';

type Rule = ReturnType<typeof aNotification>;
const ruleOf = (fields: Partial<Rule> = {}): Rule =>
  aNotification('ops', { when: ['job-failed', 'job-fixed', 'agent-silent', 'agent-back'], ...fields });
const yardOf = (rule: Rule, state: State = world().state): State => ({
  ...state,
  yard: { ...state.yard, notifications: [rule] },
});
const built = (status: 'failed' | 'succeeded', minute: number, branch = 'main') => ({
  status,
  repository: 'https://example/app',
  branch,
  endedAt: minutesAfterNoon(minute),
});
const withJob = (state: State, id: string, fields: object): State => world(state).job(id, fields).state;

/** What people hear at that minute, and the yard after it. */
function heard(rule: Rule, state: State, minute: number): { texts: string[]; state: State } {
  const now = minutesAfterNoon(minute);
  const { single, summary, silent } = noticesDue(rule, state, now);
  const all = [...single, ...summary, ...silent];
  if (all.length === 0) return { texts: [], state };
  const messages = single.length + Number(summary.length > 0);
  const answer = announce(state, { rule: rule.name, announcements: all, messages, by: 'mac', now });
  if (!answer.ok) throw new Error(answer.reason);
  const said = applyChanges(state, answer.changes);
  const sure = assure(said, {
    rule: rule.name,
    keys: all.map((it) => it.key),
    outcome: 'sent',
    messages: 1,
    by: 'mac',
    now,
  });
  const texts = single.map((it) => `${it.state} ${it.about}`);
  return {
    texts: summary.length > 0 ? [...texts, `and ${summary.length} more`] : texts,
    state: sure.ok ? applyChanges(said, sure.changes) : said,
  };
}

describe('notices-due', () => {
  it('tells of a branch that breaks once, however often it fails, and that it is well again', () => {
    const rule = ruleOf();
    let state = withJob(yardOf(rule), 'b1', built('failed', 0));
    const told: string[][] = [];
    for (const [at, [status, minute]] of (
      [
        ['failed', 1],
        ['failed', 2],
        ['succeeded', 3],
        ['succeeded', 4],
      ] as const
    ).entries()) {
      const now = heard(rule, state, minute);
      told.push(now.texts);
      state = withJob(now.state, `b${at + 2}`, built(status, minute));
    }
    told.push(heard(rule, state, 5).texts);

    expect(told).toEqual([['open main'], [], [], ['closed main'], []]);
  });

  it('waits for as many failures in a row as the rule says, and only of jobs that are urgent enough', () => {
    const three = ruleOf({ threshold: 3 });
    const two = withJob(withJob(yardOf(three), 'b1', built('failed', 0)), 'b2', built('failed', 1));

    expect(noticesDue(three, two, noon).single).toEqual([]);
    expect(noticesDue(three, withJob(two, 'b3', built('failed', 2)), noon).single).toHaveLength(1);
    expect(noticesDue(ruleOf({ minPriority: 3 }), two, noon).single).toEqual([]);
  });

  it('calls a branch mended when a job of it succeeds, and not because a failed one is retried or leaves the state', () => {
    const rule = ruleOf();
    const attempts = [anAttempt({ agent: 'mac', token: 1, startedAt: noon, status: 'failed', endedAt: noon })];
    const before = withJob(yardOf(rule), 'b0', built('succeeded', -10));
    const first = heard(rule, withJob(before, 'b1', { ...built('failed', 0), attempts }), 0);
    const retried = withJob(first.state, 'b1', { ...built('failed', 0), status: 'running', attempts, endedAt: null });
    const gone = { ...first.state, jobs: first.state.jobs.without('b1') };

    expect(heard(rule, retried, 20)).toMatchObject({ texts: [], state: { notices: first.state.notices } });
    expect(heard(rule, withJob(retried, 'b1', { ...built('failed', 21), attempts }), 22).texts).toEqual([]);
    expect(heard(rule, withJob(retried, 'b1', { ...built('succeeded', 21), attempts }), 22).texts).toEqual([
      'closed main',
    ]);
    const forgotten = heard(rule, gone, 20);
    expect(forgotten.texts).toEqual([]);
    expect(heard(rule, withJob(forgotten.state, 'b2', built('failed', 21)), 22).texts).toEqual(['open main']);
  });

  it('cools down: what breaks again soon is told when it still is so, and what is mended meanwhile is not', () => {
    const rule = ruleOf({ coolDownMinutes: 30 });
    const first = heard(rule, withJob(yardOf(rule), 'b1', built('failed', 0)), 0);
    const mended = heard(rule, withJob(first.state, 'b2', built('succeeded', 1)), 2);
    const again = withJob(mended.state, 'b3', built('failed', 3));

    expect([first.texts, mended.texts]).toEqual([['open main'], ['closed main']]);
    expect(heard(rule, again, 10).texts).toEqual([]);
    expect(heard(rule, again, 31).texts).toEqual(['open main']);
    expect(heard(rule, withJob(again, 'b4', built('succeeded', 4)), 31).texts).toEqual([]);
  });

  it('tells no more than the rule allows an hour, the last time with all that is left', () => {
    const rule = ruleOf({ maxPerHour: 3 });
    const many = Array.from({ length: 9 }, (_, at) => at).reduce(
      (state, at) => withJob(state, `b${at}`, built('failed', 0, `branch${at}`)),
      yardOf(rule),
    );

    const first = heard(rule, many, 1);
    expect(first.texts).toHaveLength(3);
    expect(first.texts[2]).toBe('and 7 more');
    const more = withJob(first.state, 'late', built('failed', 2, 'late'));
    expect(heard(rule, more, 30).texts).toEqual([]);
    expect(heard(rule, more, 62).texts).toEqual(['open late']);
  });

  it('goes by the history for servers, so that one that flaps alarms now and then', () => {
    const rule = ruleOf();
    const noted = (state: State, minute: number): State => {
      const answer = noteHealth(state, { now: minutesAfterNoon(minute) });
      return answer.ok ? applyChanges(state, answer.changes) : state;
    };
    const alive = noted(yardOf(rule, world().agent('mac').beat('mac').state), 1);
    const silent = noted(alive, 20);

    expect(heard(rule, { ...alive }, 20).texts).toEqual([]);
    const alarmed = heard(rule, silent, 21);
    expect(alarmed.texts).toEqual(['open mac']);
    const back = noted(
      world(alarmed.state).beat('mac', { at: minutesAfterNoon(25), nextBeatBy: minutesAfterNoon(26) }).state,
      25,
    );
    expect(heard(rule, back, 25).texts).toEqual(['closed mac']);
  });

  it('remembers in silence that something is over which nobody asked to be told', () => {
    const rule = ruleOf({ when: ['job-failed'], coolDownMinutes: 0 });
    const first = heard(rule, withJob(yardOf(rule), 'b1', built('failed', 0)), 0);
    const mended = heard(rule, withJob(first.state, 'b2', built('succeeded', 1)), 2);

    expect(mended.texts).toEqual([]);
    expect(heard(rule, withJob(mended.state, 'b3', built('failed', 3)), 4).texts).toEqual(['open main']);
  });

  it('tells of each job that ended once, and never of one that ended long ago', () => {
    const rule = ruleOf({ when: ['job-ended'] });
    const state = withJob(withJob(yardOf(rule), 'old', built('succeeded', -120)), 'new', built('succeeded', -1));
    const first = heard(rule, state, 0);

    expect(first.texts).toEqual(['open branch main: job new succeeded']);
    expect(heard(rule, first.state, 30).texts).toEqual([]);
    expect(heard(rule, first.state, 300).texts).toEqual([]);
  });

  it('lets every other thing that needs a person through by its code, or all of them at once', () => {
    const scene = world()
      .agent('mac')
      .job('stuck', { labels: ['gpu'] }).state;

    expect(noticesDue(ruleOf({ when: ['job-stuck'] }), scene, noon).single).toMatchObject([
      { code: 'job-stuck', job: { id: 'stuck' } },
    ]);
    expect(noticesDue(ruleOf({ when: ['needs-you'] }), scene, noon).single).toHaveLength(1);
    expect(noticesDue(ruleOf({ when: ['disk-critical'] }), scene, noon).single).toEqual([]);
  });
});

describe('announce', () => {
  const rule = ruleOf();
  const word = { key: 'k', state: 'open', code: 'job-failed', about: 'main', silent: false } as const;
  const said = (state: State, by: string, minute = 0) =>
    announce(state, { rule: 'ops', announcements: [word], messages: 1, by, now: minutesAfterNoon(minute) });
  const after = (state: State, answer: ReturnType<typeof announce>) =>
    applyChanges(state, answer.ok ? answer.changes : []);

  it('lets one agent of two tell it', () => {
    const first = after(yardOf(rule), said(yardOf(rule), 'mac'));

    expect(said(first, 'pc', 1)).toMatchObject({ ok: false, code: 'CONFLICT' });
  });

  it('finds what was announced and never sent, and not what was', () => {
    const first = after(yardOf(rule), said(yardOf(rule), 'mac'));
    const sent = after(
      first,
      assure(first, { rule: 'ops', keys: ['k'], outcome: 'sent', messages: 1, by: 'mac', now: noon }),
    );

    expect(said(first, 'pc', 16)).toMatchObject({ ok: true });
    expect(said(sent, 'pc', 16)).toMatchObject({ ok: false, code: 'CONFLICT' });
  });

  it('makes what could not be sent due again', () => {
    const first = after(yardOf(rule), said(yardOf(rule), 'mac'));
    const failed = after(
      first,
      assure(first, { rule: 'ops', keys: ['k'], outcome: 'failed', messages: 1, by: 'mac', now: noon }),
    );

    expect(said(failed, 'pc', 1)).toMatchObject({ ok: true });
    expect(
      assure(first, { rule: 'ops', keys: ['k'], outcome: 'sent', messages: 1, by: 'pc', now: noon }),
    ).toMatchObject({
      code: 'NOTHING_TO_DO',
    });
  });

  it('counts what reached nobody not among what it may tell in an hour', () => {
    const once = ruleOf({ maxPerHour: 1 });
    const first = after(yardOf(once), said(yardOf(once), 'mac'));
    const assured = (outcome: 'sent' | 'failed') =>
      after(first, assure(first, { rule: 'ops', keys: ['k'], outcome, messages: 1, by: 'mac', now: noon }));

    expect(assured('failed').notices.get('ops')).toMatchObject({ sentAt: [], told: {} });
    expect(assured('sent').notices.get('ops')?.sentAt).toEqual([noon]);
    expect(said(assured('failed'), 'pc', 5)).toMatchObject({ ok: true });
  });

  it('knows no rule that yard.json does not have', () => {
    expect(
      announce(yardOf(rule), { rule: 'other', announcements: [word], messages: 1, by: 'mac', now: noon }),
    ).toMatchObject({ code: 'NOT_FOUND' });
  });
});
