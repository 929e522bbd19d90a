import { Buffer } from 'node:buffer';
import { describe, expect, it } from 'vitest';
import { memoryReading } from '../../testing/memory-reading.ts';
import { changes } from '../questions/changes/changes.ts';
import type { CommitEntry, CommitsWanted, Place } from '../sources/source.ts';
import { SourceFailure } from '../sources/source.ts';
import { commitsOverCuts } from './over-cuts.ts';

const CUT = 'compact: epoch 1 begins\n\nOperation: compact\nAgent: ada\nTransaction: ada.b.epoch1';

describe('over-cuts', () => {
  it('goes on before the cut, with the commit that its file names', async () => {
    const { reading, asked } = world({ younger: [at(9), at(8, CUT)], older: [at(7), at(6)] });

    expect(await numbersOf(reading, { count: 10 })).toEqual({ numbers: [9, 8, 7, 6], isCutOff: false });
    expect(await numbersOf(reading, { count: 3 })).toEqual({ numbers: [9, 8, 7], isCutOff: false });
    expect(asked).toEqual(['state', oid(7), 'state', oid(7)]);
  });

  it('asks for nothing more where the history begins, or enough was found', async () => {
    const { reading, asked } = world({ younger: [at(9), at(8)], older: [at(7)] });

    expect(await numbersOf(reading, { count: 10 })).toEqual({ numbers: [9, 8], isCutOff: false });
    expect(await numbersOf(reading, { count: 1 })).toEqual({ numbers: [9], isCutOff: false });
    expect(asked).toEqual(['state', 'state']);
  });

  it('finds a time before the cut, and the history of a file without the commit that cut it', async () => {
    const { reading } = world({ younger: [at(9), at(8, CUT)], older: [at(7), at(6)] });

    expect(await numbersOf(reading, { count: 1, until: time(6) })).toEqual({ numbers: [6], isCutOff: false });
    expect(await numbersOf(reading, { count: 9, path: 'a' })).toEqual({ numbers: [9, 7, 6], isCutOff: false });
  });

  it('says that there was more where what was cut is not kept', async () => {
    const { reading } = world({ younger: [at(9), at(8, CUT)], older: undefined });

    expect(await numbersOf(reading, { count: 10 })).toEqual({ numbers: [9, 8], isCutOff: true });
    expect(await changes(reading, { from: '', count: 10 })).toMatchObject({ next: null, isCutOff: true });
  });

  it('takes a branch that is not there for a failure', async () => {
    const { reading } = world({ younger: undefined, older: undefined });

    await expect(numbersOf(reading, { count: 10 })).rejects.toThrow('not here');
  });
});

/** A host: it knows the branch, and the commits that the branch does not lead to by their names alone. */
function world({ younger, older }: { younger: CommitEntry[] | undefined; older: CommitEntry[] | undefined }) {
  const asked: string[] = [];
  const commits = async (from: Place, { count, until }: CommitsWanted) => {
    asked.push('ref' in from ? from.ref : from.commit);
    const line = 'ref' in from ? younger : older;
    if (!line) throw new SourceFailure({ kind: 'not-found', reason: 'it is not here' });
    return line.filter((it) => until === undefined || it.at <= until).slice(0, count);
  };
  const epoch = { schemaVersion: 1, epoch: 1, previousHead: oid(7) };
  const file = async () => ({ oid: oid(0), bytes: Buffer.from(JSON.stringify(epoch)) });
  return { asked, reading: memoryReading({}, { commits, file }) };
}

async function numbersOf(reading: ReturnType<typeof world>['reading'], wanted: CommitsWanted) {
  const { commits, isCutOff } = await commitsOverCuts(reading, { ref: 'state' }, wanted);
  return { numbers: commits.map(({ commit }) => Number(commit[0])), isCutOff };
}

const oid = (number: number): string => `${number}`.repeat(40);
const time = (number: number): string => `2026-03-0${number}T12:00:00.000Z`;
const at = (number: number, message = `submit job 01j${number}\n\nOperation: submit`): CommitEntry => ({
  commit: oid(number),
  at: time(number),
  author: 'ada',
  message,
});
