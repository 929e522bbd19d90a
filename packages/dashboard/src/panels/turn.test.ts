import { expect, it } from 'vitest';
import { turn } from './turn.ts';

it('gives everybody a task of their own, in the order in which they came', async () => {
  const seen: string[] = [];
  const come = async (name: string): Promise<void> => {
    await turn();
    seen.push(name);
    // What somebody does at once belongs to the same task.
    await Promise.resolve();
    seen.push(`${name} again`);
  };

  await Promise.all([come('first'), come('second'), come('third')]);

  expect(seen).toEqual(['first', 'first again', 'second', 'second again', 'third', 'third again']);
});
