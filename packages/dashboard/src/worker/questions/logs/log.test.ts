import { describe, expect, it } from 'vitest';
import { sampleRepository } from '../../../testing/sample-repository.ts';
import { sampleYard } from '../../../testing/sample-yard.ts';
import { PLAIN_PEN, spansOf } from './ansi.ts';
import { attemptLogs } from './find-logs.ts';
import { logLines } from './log-lines.ts';
import { logOpen } from './log-open.ts';
import { logPin } from './log-pin.ts';
import { logRaw } from './log-raw.ts';
import { logSearch } from './log-search.ts';
import { logText } from './log-text.ts';
import { lastDrawn, plainLog } from './plain-log.ts';

const bytes = (text: string) => new TextEncoder().encode(text);
const spans = (line: string) => spansOf(line, PLAIN_PEN).spans;

describe('ansi', () => {
  it('reads colours and styles, and carries them on to the next line', () => {
    const { spans: first, pen } = spansOf('a\u001b[1;31mb\u001b[22mc', PLAIN_PEN);

    expect(first).toEqual([
      ['', 'a'],
      ['c1 bold', 'b'],
      ['c1', 'c'],
    ]);
    expect(spansOf('d\u001b[me', pen).spans).toEqual([
      ['c1', 'd'],
      ['', 'e'],
    ]);
    expect(spans('\u001b[92;44mx\u001b[39;49my')).toEqual([
      ['c10 g4', 'x'],
      ['', 'y'],
    ]);
  });

  it('brings other colours to the nearest of the sixteen', () => {
    expect(spans('\u001b[38;5;196mr\u001b[38;2;0;128;0mg\u001b[38;5;240mb\u001b[48;5;4mx\u001b[38;2;1mz')).toEqual([
      ['c9', 'r'],
      ['c2', 'g'],
      ['c7', 'b'],
      ['c7 g4', 'x'],
      ['c8 g4', 'z'],
    ]);
  });

  it('drops every other sequence, links and titles too, and never the text', () => {
    const text =
      'see \u001b]8;;https://evil.example\u0007here\u001b]8;;\u0007\u001b[2J\u001b[1;1H\u001b]0;title\u001b\\ \u001b(Bnow\u001b[?25l\u001b[>4m\u001b';

    expect(
      spans(text)
        .map(([, part]) => part)
        .join(''),
    ).toBe('see here now');
    expect(plainLog(text)).toBe('see here now');
  });
});

describe('plain-log', () => {
  it('keeps of a line only what was drawn last', () => {
    expect(lastDrawn('1 %\r50 %\r100 %\r')).toBe('100 %');
    expect(plainLog('a\r\nb\rc\n\u001b]0;never ended\nd')).toBe('a\nc\n\nd');
  });
});

describe('log-text', () => {
  it('puts characters together that chunks part, and has the same lines however it is cut', () => {
    const text = 'grün\n日本\u001b[31m語\n🙂 last';
    const all = bytes(text);

    for (let cut = 0; cut <= all.length; cut++) {
      const log = logText([all.subarray(0, cut), all.subarray(cut)]);

      expect([0, 1, 2].map((at) => log.plainLine(at))).toEqual(['grün', '日本語', '🙂 last']);
      expect(log.line(1)).toBe('日本\u001b[31m語');
      expect(log.count).toBe(3);
    }
    expect([logText([]).count, logText([bytes('\n')]).count, logText([bytes('a\n')]).count]).toEqual([0, 1, 1]);
  });

  it('counts every find, beyond colours and whatever its case', () => {
    const log = logText([bytes('an er\u001b[31mror\nnothing\nERROR error a.b\naxb\n')]);

    expect(log.find('error')).toEqual({ hits: 3, lines: [0, 2] });
    expect(log.find('a.b')).toEqual({ hits: 1, lines: [2] });
    expect(log.find('31m')).toEqual({ hits: 0, lines: [] });
    expect(log.find('')).toEqual({ hits: 0, lines: [] });
  });

  it('knows groups of all conventions, errors and warnings', () => {
    const lines = [
      '[gityard] Build: make',
      '::group::One',
      'x',
      'a.c:3:5: error: no',
      '::endgroup::',
      '--- FAIL: TestX',
      '+++ Two',
      '[WARNING] w',
      '[gityard] Test: echo (x) error: t',
      'no errors here',
    ];
    const { groups, errors, warnings } = logText([bytes(lines.join('\n'))]);

    expect(groups).toEqual([
      { title: 'One', line: 1, lines: 4 },
      { title: 'Two', line: 6, lines: 2 },
    ]);
    expect([errors, warnings]).toEqual([[3], [7]]);
  });

  it('says which lines take more rows than one', () => {
    expect(logText([bytes(`short\n${'x'.repeat(25)}\n日本語日本語\n\tx\n`)]).wrapped(10)).toEqual([
      [1, 3],
      [2, 2],
    ]);
  });

  it('takes a log of 300,000 lines', () => {
    const log = logText([
      bytes(Array.from({ length: 300_000 }, (_, row) => `\u001b[32m[INFO]\u001b[0m row ${row} of a log\n`).join('')),
    ]);

    expect(log.count).toBe(300_000);
    expect(log.find('row 299999')).toEqual({ hits: 1, lines: [299_999] });
    expect(log.plainLine(299_999)).toBe('[INFO] row 299999 of a log');
  });
});

describe('log questions', () => {
  const job = { id: 'j1', at: null, logs: null, attempt: null, isWhole: false };
  const stem = 'build1/logs/j1_20260301T110000Z';

  it('open the newest attempt, from the agents of the job, and none of another job', async () => {
    const repository = sampleRepository();
    repository.put('logs', `${stem}.1.log`, 'first\n');
    repository.put('logs', 'build2/logs/j1_20260301T120000Z.1.log', 'second\nand last\n');
    repository.put('logs', 'build2/logs/j1_20260301T120000Z.json', '{}');
    repository.put('logs', 'build2/logs/j11_20260301T130000Z.1.log', 'of another job\n');

    const opened = await logOpen(repository.reading(), job);

    expect(opened).toMatchObject({ lines: 2, isWhole: true, isOver: true, attempt: 2, bytes: 16 });
    expect(opened?.attempts.map(({ number, agent }) => [number, agent])).toEqual([
      [1, 'build1'],
      [2, 'build2'],
    ]);
    expect(await logLines(repository.reading(), { log: { ...job, attempt: 1 }, first: 0, count: 9 })).toEqual([
      [['', 'first']],
    ]);
    expect(await logOpen(repository.reading(), { ...job, id: 'j2' })).toBeNull();
  });

  it('number a log as the job numbers its attempts, though one of them left none', async () => {
    const repository = sampleRepository();
    const tried = (number: number, agent: string, startedAt: string) => ({ number, agent, startedAt });
    const attempts = [
      tried(1, 'build1', '2026-03-01T10:00:00.200Z'),
      tried(2, 'build2', '2026-03-01T11:00:00.000Z'),
      tried(3, 'build1', '2026-03-01T12:00:00.900Z'),
    ];
    const place = { ref: 'logs' } as const;
    const numbers = async (given: typeof attempts | null) =>
      (await attemptLogs(repository.reading(), { id: 'j9', attempts: given, place })).map(({ number }) => number);

    repository.put('logs', 'build1/logs/j9_20260301T120000Z.1.log', 'of the third\n');
    expect(await numbers(attempts)).toEqual([3]);
    repository.put('logs', 'build1/logs/j9_20260301T100001Z.1.log', 'of the first\n');
    expect(await numbers(attempts)).toEqual([1, 3]);
    // The clock of that server is behind.
    repository.put('logs', 'build2/logs/j9_20260301T105500Z.1.log', 'of the second\n');
    expect(await numbers(attempts)).toEqual([1, 2, 3]);
    expect(await numbers(null)).toEqual([1, 2, 3]);
  });

  it('show the end of a large log first, and all of it when that is wanted', async () => {
    const repository = sampleRepository();
    for (let chunk = 1; chunk <= 12; chunk++)
      repository.put('logs', `${stem}.${chunk}.log`, `chunk ${chunk}\nits second line\n`);
    const asked = { ...job, id: 'j1', attempt: 1 };

    const tail = await logOpen(repository.reading(), asked);
    const blobs = repository.asked.filter((it) => it === 'blob').length;

    expect(tail).toMatchObject({ lines: 4, isWhole: false, chunks: 12 });
    expect(blobs).toBe(2);
    expect(await logOpen(repository.reading(), { ...asked, isWhole: true })).toMatchObject({
      lines: 24,
      isWhole: true,
    });
    const whole = { ...asked, isWhole: true };
    expect(await logSearch(repository.reading(), { log: whole, words: 'chunk 3' })).toEqual({ hits: 1, lines: [4] });
  });

  it('never number the lines of the end as those of the whole, though somebody took the whole along', async () => {
    const repository = sampleRepository();
    for (let chunk = 1; chunk <= 12; chunk++)
      repository.put('logs', `build1/logs/taken_20260301T110000Z.${chunk}.log`, `chunk ${chunk}\n`);
    const end = { ...job, id: 'taken' };

    await logOpen(repository.reading(), end);
    await logRaw(repository.reading(), end);

    expect(await logLines(repository.reading(), { log: end, first: 0, count: 1 })).toEqual([[['', 'chunk 11']]]);
    expect(repository.asked.filter((it) => it === 'blob')).toHaveLength(12);
  });

  it('look through nothing for a job that nobody has taken yet', async () => {
    const repository = sampleRepository();
    const yard = sampleYard('2026-03-01T12:00:00.000Z');
    const [queued] = yard.jobs.filter(({ attempt }) => attempt === 0);

    expect(await logOpen(repository.reading(yard), { ...job, id: queued?.id ?? '' })).toBeNull();
    expect(repository.asked).toEqual([]);
  });

  it('fetch only what is new of a log that grows', async () => {
    const repository = sampleRepository();
    const asked = { ...job, id: 'grows' };
    const grows = 'build1/logs/grows_20260301T110000Z';
    repository.put('logs', `${grows}.1.log`, 'whole\n');
    repository.put('logs', `${grows}.2.log`, 'half');
    await logOpen(repository.reading(), asked);
    const before = repository.asked.filter((it) => it === 'blob').length;

    const same = await logOpen(repository.reading(), asked);
    expect(same).toMatchObject({ lines: 2, isOver: false });
    expect(repository.asked.filter((it) => it === 'blob')).toHaveLength(before);

    repository.put('logs', `${grows}.2.log`, 'half and more\nlast\n');
    expect(await logOpen(repository.reading(), asked)).toMatchObject({ lines: 3 });
    expect(repository.asked.filter((it) => it === 'blob')).toHaveLength(before + 1);
    expect(await logLines(repository.reading(), { log: asked, first: 1, count: 5 })).toEqual([
      [['', 'half and more']],
      [['', 'last']],
    ]);
  });

  it('give it byte for byte, and a commit that a link can name', async () => {
    const repository = sampleRepository();
    repository.put('logs', 'build1/logs/raw_20260301T110000Z.1.log', Uint8Array.of(0x1b, 0xff, 0x0a));
    repository.commits.push({ commit: 'c'.repeat(40), at: '2026-03-01T11:00:00Z', author: 'x', message: 'log' });

    const raw = await logRaw(repository.reading(), { ...job, id: 'raw' });

    expect(raw?.name).toBe('raw_20260301T110000Z.log');
    expect(new Uint8Array((await raw?.content.arrayBuffer()) ?? new ArrayBuffer(0))).toEqual(
      Uint8Array.of(0x1b, 0xff, 0x0a),
    );
    expect(await logPin(repository.reading(), null)).toBe('c'.repeat(40));
  });
});
