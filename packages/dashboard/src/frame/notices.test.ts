import { describe, expect, it } from 'vitest';
import { sampleYard } from '../testing/sample-yard.ts';
import type { Connection, Failure } from '../worker/protocol.ts';
import { NOTHING_YET, type YardView } from '../yard/yard.ts';
import { noticesOf, troubleOf } from './notices.ts';

const NOON = '2026-03-01T12:00:00.000Z';
const noonMs = Date.parse(NOON);
const model = sampleYard(NOON);
const github = { kind: 'github', address: 'https://github.com/acme/yard', isLocal: false } as const;

const viewWith = (connection: Partial<Connection>, changes: Partial<YardView> = {}): YardView => ({
  ...NOTHING_YET,
  model,
  connection: { ...NOTHING_YET.connection, state: 'live', source: github, ...connection },
  ...changes,
});
const failing = (failure: Failure, connection: Partial<Connection> = {}) => viewWith({ failure, ...connection });
const kinds = (view: YardView, now = NOON) => noticesOf(view, now).map(({ kind }) => kind);

describe('notices', () => {
  it('says nothing while all is well', () => {
    expect(kinds(viewWith({ lookedAt: noonMs, nextLookAt: noonMs + 20_000 }))).toEqual([]);
  });

  it('tells when a host wants a pause, for how long, and offers a token', () => {
    const budget = { limit: 60, left: 0, resetsAt: noonMs + 12 * 60_000 };
    const view = failing({ kind: 'rate-limited', reason: 'no looks are left' }, { state: 'limited', budget });
    const notice = troubleOf(view, NOON);

    expect(notice?.title).toBe('GitHub wants a pause');
    expect(notice?.text).toMatch(
      /60 looks an hour from your network; none is left until .* \(12 min\)\. You see what was known at/,
    );
    expect(notice?.offers).toEqual(['token']);
  });

  it('keeps a network that is away and a host that is away apart', () => {
    expect(troubleOf(failing({ kind: 'offline', reason: 'no answer' }), NOON)?.title).toBe('No network');
    expect(troubleOf(failing({ kind: 'unavailable', reason: 'it answered 502' }), NOON)?.title).toBe(
      'GitHub does not answer',
    );
  });

  it('says that private and misspelt look the same, and asks for a token', () => {
    const notice = troubleOf({ ...failing({ kind: 'not-found', reason: 'nothing is there' }), model: undefined }, NOON);

    expect(notice?.title).toBe('Private, or misspelt');
    expect(notice?.offers).toContain('token');
    expect(notice?.text).not.toContain('You see');
  });

  it('asks to reload when the yard is newer than the page', () => {
    expect(troubleOf(failing({ kind: 'newer-schema', reason: 'it is newer' }), NOON)?.offers).toEqual(['reload']);
  });

  it('offers a newer version of the page once, while nothing waits for it', () => {
    const newer = { kind: 'newer-schema', reason: 'it is newer' } as const;

    expect(noticesOf(viewWith({}, { hasNewVersion: true }), NOON)).toMatchObject([
      { kind: 'new-version', offers: ['reload'] },
    ]);
    expect(kinds(viewWith({ failure: newer }, { hasNewVersion: true }))).toEqual(['newer-schema']);
  });

  it('marks what an earlier visit saw, until something newer comes or fails to come', () => {
    expect(kinds(viewWith({}, { isRemembered: true }))).toEqual(['remembered']);
    expect(kinds({ ...failing({ kind: 'offline', reason: 'no answer' }), isRemembered: true })).toEqual(['offline']);
  });

  it('keeps a page that is late and servers that are silent apart', () => {
    const late = viewWith({ lookedAt: noonMs - 60_000, nextLookAt: noonMs - 40_000 });
    const quiet = viewWith(
      { lookedAt: noonMs, nextLookAt: noonMs + 20_000 },
      { model: { ...model, at: '2026-03-01T11:00:00.000Z' } },
    );

    expect(kinds(late)).toEqual(['late']);
    expect(kinds(quiet)).toEqual(['silent']);
  });

  it('says so when the server of the page cannot see the yard itself', () => {
    const blind = {
      kind: 'unavailable',
      reason: 'the server of this page cannot read the yard: its history was rewritten',
    };

    expect(noticesOf(viewWith({ state: 'late', failure: blind as Failure }), NOON)).toMatchObject([
      { kind: 'late', title: 'The data are late', text: expect.stringContaining('its history was rewritten') },
    ]);
  });

  it('tells of a rewritten history and of files that cannot be read', () => {
    const file = {
      path: 'shared/jobs/a.json',
      code: 'INVALID',
      reason: 'expected status',
      line: 3,
      author: null,
      restored: false,
    };

    expect(kinds(viewWith({}, { rewritten: true, model: { ...model, quarantined: [file] } }))).toEqual([
      'rewritten',
      'files',
    ]);
  });
});
