import { readFileSync } from 'node:fs';
import { auditYard } from '@gityard/yard';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { judgeBy, type Operation, operationsOf } from './fuzz/description.fixture.ts';
import { type Asked, requestsFor } from './fuzz/requests.fixture.ts';
import { type FuzzedServer, startFuzzed } from './fuzz/server.fixture.ts';
import { oddTexts } from './fuzz/values.fixture.ts';

/** Requests for each operation; more of them, and others, by the environment. */
const numRuns = Number(process.env.GITYARD_FUZZ_RUNS ?? 30);
const seed = Number(process.env.GITYARD_FUZZ_SEED ?? 7);
const timeout = 300_000 * Math.max(1, numRuns / 100);

let server: FuzzedServer;
beforeAll(async () => {
  server = await startFuzzed();
});
afterAll(() => server.close());

describe('the server', () => {
  it('is judged by its description: what that does not say is found', () => {
    const judge = judgeBy(server.description);
    const hello = operationsOf(server.description).find((it) => it.name === 'hello');
    if (!hello) throw new Error('nobody says hello');
    const good = { program: 'gityard', schemaVersion: 1, yard: null, yardId: null, commands: 'no' };
    const problemsOf = (status: number, value: object, type = 'application/json') =>
      judge(hello, { status, type, body: JSON.stringify(value) });

    expect(problemsOf(200, good)).toEqual([]);
    expect(problemsOf(200, { ...good, more: 1 })).toHaveLength(1);
    expect(problemsOf(200, { program: 'gityard' })).toHaveLength(1);
    expect(problemsOf(200, good, 'text/html')).toHaveLength(1);
    expect(problemsOf(418, good)).toHaveLength(1);
    expect(problemsOf(503, good)).toHaveLength(1);
  });

  it('has every endpoint of the published description', () => {
    const published = JSON.parse(readFileSync(new URL('../../../api/openapi.json', import.meta.url), 'utf8'));

    expect(Object.keys(server.description.paths).sort()).toEqual(Object.keys(published.paths).sort());
  });

  it('answers whatever it is asked as it is described, and never fails', { timeout }, async () => {
    const judge = judgeBy(server.description);
    const answered = new Map<string, number[]>();
    // What strikes off comes last: else there is nothing left to ask for.
    const operations = [...operationsOf(server.description)].sort(
      (a, b) => Number(a.method === 'DELETE') - Number(b.method === 'DELETE'),
    );
    for (const operation of operations)
      await fc.assert(
        fc.asyncProperty(requestsFor(operation, server.known), callers(operation), async (asked, who) => {
          const answer = await server.ask(asked, server.callers[who]);
          answered.set(operation.name, [...(answered.get(operation.name) ?? []), answer.status]);
          expect(judge(operation, answer), shown(operation, asked, who)).toEqual([]);
        }),
        { numRuns, seed },
      );

    expect(server.faults).toEqual([]);
    const neverWell = [...answered].filter(([, statuses]) => !statuses.some((it) => it < 300));
    expect(neverWell.map(([name]) => name).filter((it) => WELL.has(it))).toEqual([]);
    expect(await auditYard(server.yard)).toMatchObject({ ok: true, firstViolation: null });
  });

  it('answers what no endpoint is for with a problem, and never fails', { timeout }, async () => {
    const paths = fc.oneof(
      oddTexts.map((it) => encodeURIComponent(Buffer.from(it).toString())),
      fc.stringMatching(/^[!-~]{0,40}$/),
    );
    const methods = fc.constantFrom('GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'PROPFIND');
    await fc.assert(
      fc.asyncProperty(methods, paths, async (method, path) => {
        const target = `/api/v1/${path.replace(/[#\s]/g, '')}`;
        const answer = await server.ask({ method, target, headers: {}, body: undefined });
        expect(answer.status, `${method} ${target}`).toBeLessThan(500);
        if (answer.status >= 400 && method !== 'HEAD')
          expect(JSON.parse(answer.body)).toMatchObject({ status: answer.status });
      }),
      { numRuns: numRuns * 3, seed },
    );
    expect(server.faults).toEqual([]);
  });
});

/** Asked often enough, each of them has to have gone well: else all that was seen is how requests are refused. */
const WELL = new Set([
  ...['listAgents', 'showAgent', 'checkAgent', 'maintainAgent', 'drainAgent', 'resumeAgent', 'listPools'],
  ...['readSnapshot', 'giveCommand', 'issueToken', 'listTokens', 'readFile', 'readBlob', 'readTree', 'listCommits'],
]);

/** Most often one who may. */
function callers({ name }: Operation): fc.Arbitrary<string> {
  if (name === 'openSession') return fc.constantFrom('page', 'nobody');
  return fc.oneof(
    { weight: 4, arbitrary: fc.constantFrom('session', 'Admin', 'BuildMaster') },
    { weight: 1, arbitrary: fc.constantFrom(...Object.keys(server.callers)) },
  );
}

const shown = ({ name }: Operation, { method, target, headers, body }: Asked, who: string): string =>
  `${name}, by ${who}: ${method} ${target.slice(0, 300)} ${JSON.stringify(headers)} ${body?.slice(0, 300) ?? ''}`;
