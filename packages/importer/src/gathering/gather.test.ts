/** Whatever lies in a file, reading goes on, and no other file loses a thing by it. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { shapeAll } from '../planning/shape-all.ts';
import { decodeText } from '../reading/decode-text.ts';
import { aFile, sourceOf } from '../scene.fixture.ts';
import type { SourceFile } from '../source/source.ts';
import { gather } from './gather.ts';

const entry = (id: string, more: object = {}) => ({
  id,
  from: 'a',
  to: 'b',
  body: id,
  timestamp: 1_763_000_000,
  ...more,
});
const good = aFile('coordination/archive/messages_1.json', JSON.stringify([entry('m1'), entry('m2')]));
const about = { now: '2026-03-02T12:00:00.000Z', source: 'old' };

async function read(files: readonly SourceFile[], repair = false) {
  const gathered = await gather(sourceOf(...files), { repair });
  const { found, unfit } = shapeAll(gathered, about);
  return { found: found.map((it) => it.candidate.sourceId), unfit, findings: [...gathered.findings], all: found };
}

const PATHS = [
  'coordination/messages.json',
  'coordination/jobs.json',
  'coordination/locks.json',
  'coordination/archive/x.json',
  'shared/branches_config.json',
  'build1/status.json',
  'messages/x.txt',
] as const;
const bytes = fc.uint8Array({ maxLength: 300 });
/** Nearly right: what a slip of an editor or of a merge makes of a list. */
const slipped = fc
  .tuple(
    fc.jsonValue({ maxDepth: 4 }),
    fc.nat(),
    fc.constantFrom('', '<<<<<<< HEAD\n', '\n=======\n', ',', '{', '\u0000', '"'),
  )
  .map(([value, at, slip]) => {
    const text = JSON.stringify([entry('x', { more: value }), value, { jobs: { j: value } }], null, 1);
    const place = at % text.length;
    return Buffer.from(text.slice(0, place) + slip + text.slice(place + (at % 3)));
  });

describe('gather', () => {
  it('never fails, and loses nothing of another file, whatever bytes a file holds', async () => {
    const file = fc
      .tuple(fc.constantFrom(...PATHS), fc.oneof(bytes, slipped))
      .map(([path, content]) => aFile(path, content));
    await fc.assert(
      fc.asyncProperty(fc.array(file, { maxLength: 4 }), fc.boolean(), async (files, repair) => {
        const { found } = await read([...files, good], repair);

        expect(found).toEqual(expect.arrayContaining(['m1', 'm2']));
      }),
      { numRuns: 400 },
    );
  });

  it('never skips a file in silence: something of it comes, or something is said of it', async () => {
    const file = fc.tuple(fc.constantFrom(...PATHS.slice(0, 4)), bytes).map(([path, content]) => aFile(path, content));
    await fc.assert(
      fc.asyncProperty(file, fc.boolean(), async (it, repair) => {
        const { found, unfit, findings } = await read([it], repair);

        expect(found.length + unfit.length + findings.length).toBeGreaterThan(isHarmless(it) ? -1 : 0);
      }),
      { numRuns: 300 },
    );
  });

  it('takes an entry for one, in how many files and versions it may stand, in its latest state', async () => {
    const older = { commit: 'c1', replacedBy: 'c2' };
    const { all } = await read([
      aFile('coordination/messages.json', JSON.stringify([entry('m1', { read: true })]), { commit: 'c3' }),
      good,
      aFile('coordination/messages.json', JSON.stringify([entry('m1'), entry('m9')]), older),
    ]);

    expect(all.map((it) => [it.candidate.sourceId, it.lostIn])).toEqual([
      ['m1', null],
      ['m2', null],
      ['m9', 'c2'],
    ]);
    expect(all[0]?.candidate.value).toMatchObject({ readBy: { b: expect.any(String) } });
  });

  it('believes the end of a job before its beginning, whichever file comes first', async () => {
    const job = (status: string) => JSON.stringify([{ id: 'j1', branch: 'main', status, created_at: 1_763_000_000 }]);
    const { all } = await read([
      aFile('coordination/jobs.json', job('queued')),
      aFile('coordination/archive/jobs_1.json', job('failed')),
    ]);

    expect(all.map((it) => it.candidate.value)).toMatchObject([{ status: 'failed' }]);
  });

  it('tells of what stands in a list and is no entry', async () => {
    const { findings } = await read([
      aFile('coordination/messages.json', JSON.stringify({ messages: [entry('m1'), 7, { a: 1 }] })),
    ]);

    expect(findings.map((it) => [it.outcome, it.reason])).toEqual([
      ['quarantined', 'holds 7 where a message should be'],
      ['quarantined', 'holds an object of another kind where a message should be'],
    ]);
  });

  it('says once what is wrong with many versions of a file', async () => {
    const broken = (commit: string) => aFile('coordination/messages.json', '[{"id": ', { commit, replacedBy: 'c9' });
    const { findings } = await read([good, broken('c3'), broken('c2'), broken('c1')]);

    expect(findings).toMatchObject([{ outcome: 'quarantined', versions: 3, place: { commit: 'c3', line: 1 } }]);
  });

  it('tells of links and of what is too large', async () => {
    const { findings } = await read([{ ...good, bytes: null, problem: 'is a link or a submodule' }]);

    expect(findings).toMatchObject([{ outcome: 'quarantined', reason: 'is a link or a submodule' }]);
  });
});

/** A number, a text or an empty list: JSON that says nothing, in whatever encoding two bytes may already be. */
function isHarmless({ bytes: content }: SourceFile): boolean {
  try {
    const value: unknown = JSON.parse(decodeText(content ?? new Uint8Array()).text);
    return typeof value !== 'object' || value === null || Object.keys(value).length === 0;
  } catch {
    return false;
  }
}
