import { describe, expect, it } from 'vitest';
import { handRepository, NEW, OID, OLD } from '../testing/repository.ts';
import { apiOf, ask } from '../testing/world.ts';

const FOR_EVER = 'private, max-age=31536000, immutable';

async function world() {
  const repository = handRepository();
  const api = await apiOf({ repository });
  return { repository, get: (path: string, headers = {}) => ask(api, `/api/v1/${path}`, { headers }), api };
}

describe('the files of a yard', () => {
  it('are given byte for byte, under the name of their content', async () => {
    const { get } = await world();

    const file = await get('files/state/yard.json');

    expect(file).toMatchObject({ status: 200, body: '{"name":"acme"}', headers: { etag: `"${OID}"` } });
    expect(file.headers['cache-control']).toBe('no-cache');
    expect(await get('files/state/yard.json', { 'if-none-match': `"${OID}"` })).toMatchObject({
      status: 304,
      body: '',
    });
    expect((await get(`files/${OLD}/yard.json`)).headers['cache-control']).toBe(FOR_EVER);
    expect((await get(`blobs/${OID}`)).headers['cache-control']).toBe(FOR_EVER);
    expect((await get(`blobs/${OID}`)).body).toBe('{"name":"acme"}');
  });

  it('are never a page or a script to a browser, whatever their names say', async () => {
    const { get } = await world();

    const { headers } = await get(`files/state/shared/${encodeURIComponent('übermut.html')}`);

    expect(headers['content-type']).toBe('application/octet-stream');
    expect(headers['x-content-type-options']).toBe('nosniff');
    expect(headers['cross-origin-resource-policy']).toBe('same-origin');
  });

  it('are found however long their paths are, and whole whatever range is asked for', async () => {
    const { get } = await world();

    expect((await get(`files/state/${'deep/'.repeat(60)}end`)).status).toBe(200);
    expect(await get('files/state/yard.json', { range: 'bytes=0-3' })).toMatchObject({
      status: 200,
      body: '{"name":"acme"}',
    });
  });

  it('are given many at once, as far as they are there and fit into one answer', async () => {
    const { get, repository } = await world();
    const [large, missing] = ['b'.repeat(40), 'c'.repeat(40)];

    const answer = await get(`blobs?oids=${[OID, missing, large, OID].join()}`);

    const content = Buffer.from('{"name":"acme"}').toString('base64');
    expect(JSON.parse(answer.body)).toEqual({ blobs: [{ oid: OID, content }] });
    expect(answer.headers['cache-control']).toBe('no-store');
    expect(repository.asked).toEqual([OID, missing, large].map((oid) => ['blob', oid]));
  });

  it('are listed by folder', async () => {
    const { get, repository } = await world();

    const list = await get('trees/state?folder=shared/jobs');

    expect(JSON.parse(list.body)).toEqual({ entries: [{ path: 'yard.json', oid: OID, sizeBytes: 15 }] });
    expect(list.headers).toMatchObject({ etag: `"${NEW}"`, 'cache-control': 'no-cache' });
    expect((await get('trees/state', { 'if-none-match': `"${NEW}"` })).status).toBe(304);
    expect(repository.asked[0]).toEqual(['folder', 'state', 'shared/jobs']);
  });

  it('have a past', async () => {
    const { get, repository } = await world();

    const log = await get(`commits/${NEW}?count=1&path=shared/jobs&until=2026-03-01T12:00:00Z`);

    expect(JSON.parse(log.body).commits).toEqual([
      { commit: NEW, at: '2026-03-01T12:00:00.000Z', author: 'ada', message: 'second\n' },
    ]);
    expect(repository.asked).toEqual([
      ['commits', NEW, { count: 1, path: 'shared/jobs', until: '2026-03-01T12:00:00Z' }],
    ]);
  });

  it('are no more than can be sent', async () => {
    const { get } = await world();

    for (const path of ['files/state/large', 'files/state/unfetched', 'trees/state?folder=many'])
      expect(await get(path), path).toMatchObject({ status: 413, headers: { 'cache-control': 'no-store' } });
  });

  it('are not there, or not asked for, by a name that is none', async () => {
    const { get, repository } = await world();
    const missing = ['files/state/none', 'files/logs/yard.json', `files/${'9'.repeat(40)}/yard.json`, 'trees/live'];
    const strange = [
      'files/HEAD/yard.json',
      'files/master/yard.json',
      `files/${OLD.slice(1)}/yard.json`,
      `files/${'A'.repeat(40)}/yard.json`,
      'files/..%2Fstate/yard.json',
      'files/state/..%2F..%2Fetc/passwd',
      'files/state/%2e%2e/%2e%2e/etc/passwd',
      'files/state/a//b',
      'files/state//etc/passwd',
      'files/state/./yard.json',
      'files/state/shared/',
      'files/state/a%00b',
      'files/state/a%5Cb',
      'files/state/a%0Ab',
      `files/state/${'x'.repeat(1_100)}`,
      'files/state/%zz',
      'trees/state?folder=../..',
      'trees/state?folder=/etc',
      'trees/state?folder=a&folder=b',
      'trees/refs%2Fheads%2Fmain',
      'blobs/HEAD',
      `blobs/${OID}0`,
      'blobs',
      'blobs?oids=',
      `blobs?oids=${OID},`,
      `blobs?oids=${OID}&oids=${OID}`,
      `blobs?oids=${Array.from({ length: 151 }, () => OID)}`,
      'commits/state?count=0',
      'commits/state?count=251',
      'commits/state?count=-1',

      'commits/state?count=1&count=2',
      'commits/state?until=yesterday',
      'commits/state?until=2026-13-45T99:00:00Z',
      'commits/state?path=../x',
    ];

    for (const path of missing) expect(await get(path), path).toMatchObject({ status: 404 });
    const { length } = repository.asked;
    for (const path of strange) {
      const answer = await get(path);
      expect({ path, status: answer.status }).toEqual({ path, status: 400 });
      expect(answer.headers['content-type']).toContain('application/problem+json');
    }
    expect(repository.asked).toHaveLength(length);
  });

  it('are only read', async () => {
    const { api, repository } = await world();

    for (const method of ['POST', 'PUT', 'DELETE', 'PATCH']) {
      const answer = await ask(api, '/api/v1/files/state/yard.json', { method, headers: { 'x-gityard-page': '1' } });
      expect(answer).toMatchObject({ status: 405, headers: { allow: 'GET, HEAD' } });
    }
    expect(repository.asked).toEqual([]);
    expect(await ask(api, '/api/v1/files/state/yard.json', { method: 'HEAD' })).toMatchObject({
      status: 200,
      body: '',
    });
  });

  it('cannot be seen by pages of other sites', async () => {
    const { get, repository } = await world();

    expect((await get('files/state/yard.json', { origin: 'https://evil.example' })).status).toBe(403);
    expect((await get('files/state/yard.json', { host: 'rebound.example' })).status).toBe(403);
    expect(repository.asked).toEqual([]);
  });

  it('are away while their yard is, and nothing more is told', async () => {
    const lost = Object.assign(new Error('git@secret.example refused'), { code: 'REMOTE_UNREACHABLE' });
    const api = await apiOf({ repository: { ...handRepository(), file: () => Promise.reject(lost) } });

    const answer = await ask(api, '/api/v1/files/state/yard.json');

    expect(answer).toMatchObject({ status: 503, headers: { 'retry-after': '5' } });
    expect(answer.body).not.toContain('secret');
  });
});
