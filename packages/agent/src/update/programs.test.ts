import { describe, expect, it } from 'vitest';
import {
  confirmed,
  died,
  NO_PROGRAMS,
  nextStart,
  type Program,
  type Programs,
  programsFrom,
  settled,
} from './programs.ts';

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

describe('a program that dies after its trial', () => {
  const how = 'it was ended by SIGSEGV';
  const dies = (programs: Programs, times: number): Programs =>
    times === 0 ? programs : dies(died(programs, { installed: '1.0.0', how }) as Programs, times - 1);
  const chosen = confirmed(onTrial({ current: program('1.5.0'), chosenOver: '1.0.0' }), '1.0.0');

  it('is started again twice, and taken back for the one before at its third death, which is told', () => {
    expect(nextStart(dies(chosen, 2), '1.0.0').program?.version).toBe('2.0.0');

    const back = dies(chosen, 3);

    expect(nextStart(back, '1.0.0')).toMatchObject({ program: { version: '1.5.0' }, note: null });
    expect(back).toMatchObject({
      before: null,
      returned: {
        installed: '1.0.0',
        text: expect.stringMatching(/2\.0\.0, which job j1.*died 3 times.*1\.5\.0 runs again.*SIGSEGV/),
      },
    });
    expect(programsFrom(JSON.stringify(back))).toEqual(back);
  });

  it('is taken back for the installed one where there was no other, and not in the place of one that a person installed', () => {
    const first = confirmed(onTrial(), '1.0.0');

    expect(nextStart(dies(first, 3), '1.0.0')).toMatchObject({ program: null, note: null });
    expect(nextStart(dies(first, 2), '3.0.0')).toMatchObject({ program: null, note: { current: null, before: null } });
  });

  it('stays once it has settled, and where nothing is known that ran before', () => {
    expect(died(settled(chosen), { installed: '1.0.0', how })).toBeNull();
    expect(died(dies(chosen, 3), { installed: '1.0.0', how })).toBeNull();
    expect(died(NO_PROGRAMS, { installed: '1.0.0', how })).toBeNull();
  });

  it('is forgotten with the next change', () => {
    const next = confirmed(
      { ...dies(chosen, 3), trial: { program: program('2.0.1'), job: 'j2', started: true } },
      '1.0.0',
    );

    expect(next).toMatchObject({ returned: null, before: { program: { version: '1.5.0' }, job: 'j2', deaths: 0 } });
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
