import { describe, expect, it } from 'vitest';
import { toldWords } from '../parts/told-text.ts';
import { sampleYard } from '../testing/sample-yard.ts';
import { NOTHING_YET, type YardView } from '../yard/yard.ts';
import { Announcer, newsBetween } from './announcer.ts';

const NOON = '2026-03-01T12:00:00.000Z';
const model = sampleYard(NOON);
const view = (changes: Partial<YardView>): YardView => ({ ...NOTHING_YET, model, ...changes });

describe('announcer', () => {
  it('speaks at once, gathers what comes meanwhile, and rests in between', () => {
    const spoken: string[] = [];
    const later: (() => void)[] = [];
    const announcer = new Announcer(
      (text) => spoken.push(text),
      (_ms, run) => later.push(run),
    );
    announcer.say(['one']);
    announcer.say(['two']);
    announcer.say(['three']);
    expect(spoken).toEqual(['one']);

    later.shift()?.();
    expect(spoken).toEqual(['one', 'two. three']);

    later.shift()?.();
    announcer.say(['four']);
    expect(spoken).toEqual(['one', 'two. three', 'four']);
  });

  it('tells of what newly needs somebody, of what ended, and of the connection; a first snapshot is no news', () => {
    const [first, ...rest] = model.finished;
    const before = view({ model: { ...model, needsYou: [], finished: rest } });
    const after = view({ connection: { ...NOTHING_YET.connection, state: 'offline' } });

    expect(newsBetween(view({ model: undefined }), view({}))).toEqual([]);
    expect(newsBetween(before, view({}))).toEqual([
      ...model.needsYou.map(({ text }) => toldWords(text, NOON, model)),
      `cloudstack ended: ${first?.status}`,
    ]);
    expect(newsBetween(view({ connection: { ...NOTHING_YET.connection, state: 'live' } }), after)).toEqual([
      'Connection: Offline',
    ]);
  });
});
