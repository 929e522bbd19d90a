import { describe, expect, it } from 'vitest';
import { handRepository, OID } from '../testing/repository.ts';
import { apiOf, handSource, sampleModel } from '../testing/world.ts';
import { ApiError, apiCaller } from './call-api.ts';

describe('call-api', () => {
  it('calls by name, and has what the description says', async () => {
    const metrics = {
      text: async () => ({ contentType: 'text/plain', text: 'gityard_agents 2\n' }),
      answered: () => undefined,
    };
    const source = handSource(sampleModel(7));
    const call = apiCaller(await apiOf({ source, metrics, repository: handRepository() }));

    expect((await call('readSnapshot', {})).sequence).toBe(7);
    expect((await call('readTree', { params: { place: 'state' }, query: {} })).entries).toMatchObject([{ oid: OID }]);
    expect(await call('readMetrics', {})).toBe('gityard_agents 2\n');
  });

  it('finds files whatever their names are', async () => {
    const repository = handRepository();
    const call = apiCaller(await apiOf({ repository }));

    const bytes = await call('readFile', { params: { place: 'state', path: 'shared/übermut.html' } });

    expect(Buffer.from(bytes).toString()).toBe('<script>');
    expect(repository.asked).toEqual([['file', 'state', 'shared/übermut.html']]);
  });

  it('throws the problem that the server tells of', async () => {
    const call = apiCaller({ ...(await apiOf({})), token: 'no-token-at-all' });

    const failed = await call('readSnapshot', {}).catch((error: unknown) => error);

    expect(failed).toBeInstanceOf(ApiError);
    expect((failed as ApiError).problem).toMatchObject({ status: 401, code: 'DENIED' });
  });

  it('makes a problem of what somebody else answers', async () => {
    const fetch = async () => new Response('<h1>bad gateway</h1>', { status: 502, statusText: 'Bad Gateway' });
    const call = apiCaller({ url: 'https://yard.example', fetch: fetch as typeof globalThis.fetch });

    await expect(call('readSnapshot', {})).rejects.toMatchObject({ problem: { status: 502, code: 'UNKNOWN' } });
  });
});
