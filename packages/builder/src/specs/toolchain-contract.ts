/** What every toolchain promises to those that run its plans and draw conclusions from its graph. */
import { posix } from 'node:path';
import { describe, expect, it } from 'vitest';
import { withDependents } from '../graph/project-graph.ts';
import { COMMAND_STAGES, type Plan, type Scope, type ToolchainRules } from '../toolchains/toolchain.ts';
import { groundOf, told } from './ground.ts';
import { type Files, temporaryFolder } from './world.ts';

export interface Member {
  readonly rules: ToolchainRules;
  /** A checkout that it recognises. */
  readonly files: Files;
  /** One with several projects of which one needs another, and with tests; null: it knows no projects. */
  readonly many: Files | null;
  /** Parameters that end up in its commands. */
  readonly parameters: readonly string[];
}

export function contractOf({ rules, files, many, parameters }: Member): void {
  describe(`the toolchain ${rules.name}`, () => {
    it('recognises what is its own, and nothing in an empty folder', async () => {
      expect(rules.recognises((await groundOf(files)).names)).toBe(rules.name !== 'shell');
      expect(rules.recognises([])).toBe(false);
    });

    it('plans words for programs, with a text for people, in stages that exist', async () => {
      for (const checkout of [files, many ?? files]) isWellFormed(await rules.plan(await groundOf(checkout)));
    });

    it.each(['--evil', '-x', 'a;b=c', 'a\nb'])('never takes the value %j of a parameter for more', async (value) => {
      for (const name of parameters) {
        const ground = await groundOf(files, { parameters: { [name]: value } });
        const plan: unknown = await rules.plan(ground).catch((error: unknown) => error);
        if (plan instanceof Error) expect(plan).toMatchObject({ code: 'code', message: expect.stringContaining(name) });
        else for (const word of wordsOf(plan as Plan)) expect(isTakenForMore(word, value)).toBe(false);
      }
    });

    it('names what is part of every input hash', async () => {
      const inputs = (await rules.inputs?.(await groundOf(files))) ?? {};
      for (const text of Object.values(inputs)) expect(typeof text).toBe('string');
    });

    if (!many) return;

    it('knows the projects, each after those that it needs, with outputs of its own', async () => {
      const ground = await groundOf(many);
      const { projects } = (await rules.graph?.(ground)) ?? { projects: [] };

      expect(projects.length).toBeGreaterThan(1);
      expect(new Set(projects.map(({ id }) => id)).size).toBe(projects.length);
      expect(projects.some(({ needs }) => needs.length > 0)).toBe(true);
      expect(projects.some(({ isTest }) => isTest)).toBe(true);
      const before = new Set<string>();
      for (const { id, needs, folder, outputs, lockFiles } of projects) {
        for (const need of needs) expect(before).toContain(need);
        before.add(id);
        expect(outputs.length).toBeGreaterThan(0);
        for (const path of [...outputs, ...lockFiles, folder]) expect(posix.normalize(path)).not.toMatch(/^(\.\.|\/)/);
      }
      const outputs = projects.flatMap((it) => it.outputs);
      expect(new Set(outputs).size).toBe(outputs.length);
    });

    it('knows no projects where there is only one thing to build', async () => {
      expect((await rules.graph?.(await groundOf(files)))?.projects.length ?? 0).toBeLessThanOrEqual(1);
    });

    it('goes over a scope and no further: no restore where none is wanted, nothing at all where nothing changed', async () => {
      const whole = await groundOf(many, { reports: temporaryFolder() });
      const graph = await rules.graph?.(whole);
      const first = graph?.projects[0];
      if (!graph || !first) throw new Error('a graph is promised');
      const concerned = withDependents(graph, new Set([first.id])).map(({ id }) => id);
      const scope: Scope = { graph, build: concerned, test: [], restore: false, reuse: true };

      const plan = await rules.plan({ ...whole, scope });
      isWellFormed(plan);
      expect(Object.keys(told(plan))).not.toContain('Restore');
      expect(Object.keys(told(plan))).not.toContain('Test');
      expect(plan.steps.Build?.[0]?.progress).toMatch(/\d/);

      const nothing = await rules.plan({ ...whole, scope: { ...scope, build: [] } });
      expect(told(nothing)).toEqual({});
    });
  });
}

function isWellFormed({ steps }: Plan): void {
  expect(COMMAND_STAGES).toEqual(expect.arrayContaining(Object.keys(steps)));
  for (const { argv, progress } of Object.values(steps).flat()) {
    expect(argv[0]).toMatch(/^[a-z]+$/);
    expect(['sh', 'bash', 'cmd']).not.toContain(argv[0]);
    expect(progress).toMatch(/^[A-Z].*…$/);
  }
}

/** An option by itself, or a second property behind the first. */
const isTakenForMore = (word: string, value: string): boolean =>
  (word === value && value.startsWith('-')) || /^[-/]p[^=]*=.*[;,\n]/.test(word);

const wordsOf = ({ steps }: Plan): readonly string[] =>
  Object.values(steps).flatMap((all) => all.flatMap(({ argv }) => argv));
