import { readFileSync } from 'node:fs';
import { createConfig, lintFromString } from '@redocly/openapi-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { ENDPOINTS } from '../routes/list.ts';
import { apiOf, ask } from '../testing/world.ts';
import { wholeDescription } from './whole-description.ts';

interface Described {
  readonly operationId: string;
  readonly security?: readonly object[];
  readonly parameters?: readonly { readonly in: string; readonly name: string }[];
  readonly responses: Readonly<Record<string, object>>;
}
type Paths = Readonly<Record<string, Readonly<Record<string, Described>>>>;

let whole: {
  readonly paths: Paths;
  readonly components: { readonly schemas: Readonly<Record<string, { readonly properties: object }>> };
};
beforeAll(async () => {
  whole = (await wholeDescription()) as typeof whole;
});

describe('the description', () => {
  it('is found good by a linter of others', async () => {
    const config = await createConfig({ extends: ['recommended'] });
    const source = JSON.stringify(whole);

    const problems = await lintFromString({ source, config });

    expect(problems.map(({ ruleId, message, location }) => ({ ruleId, message, at: location[0]?.pointer }))).toEqual(
      [],
    );
  });

  it('is what that linter would find bad, were it bad', async () => {
    const config = await createConfig({ extends: ['recommended'] });
    const { paths, ...rest } = whole;
    const worse = { ...paths, '/{unknown}': { get: { operationId: 'listAgents', responses: {} } } };

    const problems = await lintFromString({ source: JSON.stringify({ ...rest, paths: worse }), config });

    expect(problems.map((it) => it.ruleId)).toEqual(
      expect.arrayContaining(['operation-operationId-unique', 'path-parameters-defined', 'operation-summary']),
    );
  });

  it('has every endpoint under its name, with all that may be answered at the door', async () => {
    const operations = Object.values(whole.paths).flatMap((it) => Object.values(it));

    expect(operations.map((it) => it.operationId).sort()).toEqual(ENDPOINTS.map((it) => it.name).sort());
    for (const { name, access } of ENDPOINTS) {
      const its = operations.find((it) => it.operationId === name);
      const others = access === 'link' ? [{ token: [] }, { session: [] }, { link: [] }] : undefined;
      expect(its?.security, name).toEqual(access === 'anyone' ? [] : others);
      expect(Object.keys(its?.responses ?? {}), name).toEqual(
        expect.arrayContaining(access === 'anyone' ? ['403'] : ['401', '403', '429', '503']),
      );
    }
  });

  it('tells of things by their names, so that clients have a type for each', () => {
    const { schemas } = whole.components;
    const { content } = (whole.paths['/api/v1/builds/{id}']?.get?.responses[200] ?? {}) as { content?: object };

    expect(content).toEqual({ 'application/json': { schema: { $ref: '#/components/schemas/Build' } } });
    expect(schemas.Build?.properties).toMatchObject({
      artifacts: { items: { $ref: '#/components/schemas/Artifact' } },
    });
    expect(Object.keys(schemas).sort()).toEqual([
      ...['Agent', 'AgentHealth', 'Artifact', 'Build', 'BuildHead', 'Explanation', 'Pool', 'Problem', 'QueuedBuild'],
      ...['ReadModel', 'Token'],
    ]);
  });

  it('is the published one', async () => {
    const published = JSON.parse(readFileSync(new URL('../../openapi.json', import.meta.url), 'utf8'));

    expect(whole).toEqual(published);
  });

  it('tells on a server of what that server has', async () => {
    const served = JSON.parse((await ask(await apiOf({}), '/openapi.json')).body) as { readonly paths: Paths };

    expect(Object.keys(served.paths)).toContain('/api/v1/snapshot');
    expect(Object.keys(served.paths)).not.toContain('/api/v1/tokens');
    expect(Object.keys(served.paths).filter((it) => it.startsWith('/docs'))).toEqual([]);
  });
});
