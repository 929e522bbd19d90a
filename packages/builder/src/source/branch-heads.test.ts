import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
import { repository, temporaryFolder } from '../specs/world.ts';
import { type BranchHeads, branchHeads } from './branch-heads.ts';

const heads = (address: string, branches: readonly string[], more: Partial<BranchHeads> = {}) =>
  branchHeads({
    repository: address,
    branches,
    folder: temporaryFolder(),
    stop: new AbortController().signal,
    ...more,
  });

describe('branch-heads', () => {
  it('are what the branches point at, and leave out those that are not there', async () => {
    const origin = repository({ a: '1' });
    const main = origin.git('rev-parse', 'main');
    origin.git('checkout', '--quiet', '-b', 'feature/x');
    const feature = origin.commit({ a: '2' });
    // Its name ends like a branch that is asked for.
    origin.git('branch', 'odd/refs/heads/gone', main);

    const found = await heads(origin.path, ['main', 'feature/x', 'gone', '--upload-pack=id', 'a*']);

    expect([...found]).toEqual([
      ['feature/x', feature],
      ['main', main],
    ]);
  });

  it('of what is no repository are an error that names it', async () => {
    const nowhere = temporaryFolder();

    await expect(heads(nowhere, ['main'])).rejects.toMatchObject({ message: expect.stringContaining(nowhere) });
    await expect(heads('ext::sh -c id', ['main'])).rejects.toThrow('not an address');
  });

  it('are not waited for without end', async () => {
    const server = createServer(() => undefined);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    onTestFinished(() => {
      server.closeAllConnections();
      server.close();
    });
    const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}/app.git`;

    await expect(heads(address, ['main'], { patienceMs: 300 })).rejects.toThrow('did not answer within 0.3 s');
    await expect(heads(address, ['main'], { stop: AbortSignal.timeout(300) })).rejects.toThrow(/abort|timeout/i);
  });
});
