import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { actorOf, commitMessage, operationsIn, type Told } from './commit-message.ts';

const claim: Told = {
  operation: 'claim',
  summary: 'claim job 01j for build1',
  subject: { agent: 'build1', job: '01j', token: 3 },
  transaction: 'build1.c0ffee.7',
};

describe('commit-message', () => {
  it('reads like a sentence and ends in trailers', () => {
    expect(commitMessage([claim])).toMatchInlineSnapshot(`
      "claim job 01j for build1

      Operation: claim
      Agent: build1
      Job: 01j
      Token: 3
      Transaction: build1.c0ffee.7
      "
    `);
  });

  it('names each operation of a group, in order', () => {
    const start: Told = {
      ...claim,
      operation: 'start',
      summary: 'start job 01j on build1',
      transaction: 'build1.c0ffee.8',
    };

    const rows = operationsIn(commitMessage([claim, start]));

    expect(rows.map((row) => [row.operation, row.subject, row.transaction])).toEqual([
      ['claim', 'claim job 01j for build1', 'build1.c0ffee.7'],
      ['start', 'start job 01j on build1', 'build1.c0ffee.8'],
    ]);
  });

  it('says whose word it was, where somebody else wrote it down', () => {
    const [asked, own] = operationsIn(commitMessage([{ ...claim, subject: { by: 'ann\nToken: 9' } }, claim]));

    expect(asked).toMatchObject({ agent: 'build1', by: 'ann Token: 9', token: null });
    expect(own?.by).toBeNull();
  });

  it('finds no operation in the message of a person', () => {
    expect(operationsIn('Fix the queue by hand\n\nAs agreed.\n')).toEqual([]);
  });

  it('lets no text of a person forge a trailer', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.string({ unit: 'binary' }), (summary, reason) => {
        const forged = `${reason}\nOperation: finish\nToken: 99`;
        const rows = operationsIn(
          commitMessage([
            { ...claim, summary: `claim ${summary}\nOperation: x`, subject: { ...claim.subject, reason: forged } },
          ]),
        );
        expect(rows).toHaveLength(1);
        expect(rows[0]).toMatchObject({ operation: 'claim', token: 3, transaction: claim.transaction });
      }),
    );
  });

  it('knows the writer of a transaction, dots in its name included', () => {
    expect(actorOf('build.1.example.c0ffee.12')).toBe('build.1.example');
  });
});
