import { describe, expect, it } from 'vitest';
import { confirmed, NO_PROGRAMS, nextStart, type Program, type Programs, programsFrom } from './programs.ts';

const program = (version: string): Program => ({
  version,
  integrity: `sha512-${'a'.repeat(86)}==`,
  entry: `${version}-aaaaaaaa/package/dist/main.js`,
});
const onTrial = (given: Partial<Programs> = {}): Programs => ({
  ...NO_PROGRAMS,
  trial: { program: program('2.0.0'), job: 'j1', started: false },
  ...given,
});

describe('which program a launcher starts', () => {
  it('is the installed one where nothing else was chosen', () => {
    expect(nextStart(NO_PROGRAMS, '1.0.0')).toEqual({ program: null, isTrial: false, note: null });
  });

  it('is one on trial, once: its start is noted before it happens', () => {
    const first = nextStart(onTrial(), '1.0.0');

    expect(first).toMatchObject({ program: { version: '2.0.0' }, isTrial: true, note: { trial: { started: true } } });
    // Whatever became of it, a power cut among others: the next start is of what ran before.
    expect(nextStart(first.note as Programs, '1.0.0')).toMatchObject({
      program: null,
      isTrial: false,
      note: { trial: null, current: null, ended: { job: 'j1', ok: false } },
    });
  });

  it('is after a failed trial what was chosen before, and the reason is kept for the job', () => {
    const running = onTrial({ current: program('1.5.0'), chosenOver: '1.0.0' });
    const started = nextStart(running, '1.0.0').note as Programs;

    const back = nextStart(started, '1.0.0', 'it said nothing for 60 s');

    expect(back.program?.version).toBe('1.5.0');
    expect(back.note?.ended).toEqual({
      job: 'j1',
      ok: false,
      text: expect.stringContaining('it said nothing for 60 s'),
    });
  });

  it('is from then on the one that has proven itself, until a person installs another', () => {
    const started = nextStart(onTrial(), '1.0.0').note as Programs;

    const chosen = confirmed(started, '1.0.0');

    expect(chosen).toMatchObject({ trial: null, ended: { job: 'j1', ok: true } });
    expect(nextStart(chosen, '1.0.0')).toMatchObject({ program: { version: '2.0.0' }, isTrial: false, note: null });
    expect(nextStart(chosen, '3.0.0')).toMatchObject({ program: null, note: { current: null } });
  });
});

describe('what cannot be read, or names a file outside of its folder', () => {
  const entries = ['../../bin/sh', '/bin/sh', 'a/../../x.js', 'main.js', '', './x/main.js'];

  it.each(entries)('chooses nothing: %j', (entry) => {
    const text = JSON.stringify({ ...NO_PROGRAMS, current: { ...program('2.0.0'), entry }, chosenOver: '1.0.0' });

    expect(programsFrom(text)).toEqual(NO_PROGRAMS);
    expect(programsFrom(JSON.stringify({ trial: { program: { ...program('2.0.0'), entry }, job: 'j' } }))).toEqual(
      NO_PROGRAMS,
    );
  });

  it.each(['', 'null', '{', '[]', '{"current":7}', '{"trial":{}}'])('nor does %j', (text) => {
    expect(programsFrom(text).current).toBeNull();
  });

  it('is written as it is read', () => {
    const chosen = confirmed(onTrial(), '1.0.0');

    expect(programsFrom(JSON.stringify(chosen))).toEqual(chosen);
  });
});
