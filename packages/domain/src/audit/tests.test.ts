import { describe, expect, it } from 'vitest';
import { applyChanges } from '../apply-changes.ts';
import { neverRan } from '../operations/tests/remember-runs.ts';
import { operation } from '../spec/audited.ts';
import { noon, world } from '../spec/world.ts';
import { putTestHistory, type State } from '../state.ts';
import { auditStep } from './audit.ts';

const repository = 'https://git.example/acme/app.git';
const quarantine = { at: noon, until: noon, by: 'ann', reason: 'shaky' };
const withTests = (state: State, tests: Parameters<typeof putTestHistory>[0]['tests']) =>
  applyChanges(state, [putTestHistory({ schemaVersion: 1, repository, tests })]);

describe('the audit of tests', () => {
  const none = withTests(world().state, []);
  const known = withTests(none, [neverRan('t')]);
  const away = withTests(none, [{ ...neverRan('t'), quarantine }]);
  const changed = [...none.tests.entries()].map(([id]) => ({ kind: 'tests', id }) as const);
  const rulesIn = (before: State, after: State, ...names: string[]) =>
    auditStep(
      before,
      after,
      names.map((name) => operation(name, { job: null })),
      changed,
    ).map(({ rule }) => rule);

  it('finds what a hand wrote into it, and a test that a hand put into quarantine', () => {
    expect(rulesIn(none, known)).toEqual(['tests-remembered']);
    expect(rulesIn(known, away)).toEqual(['tests-remembered', 'test-quarantine']);
    expect(rulesIn(known, away, 'finish')).toEqual(['test-quarantine']);
    expect(rulesIn(known, known, 'submit')).toEqual(['tests-remembered']);
  });

  it('finds nothing in what operations do', () => {
    expect(rulesIn(none, known, 'finish')).toEqual([]);
    expect(rulesIn(known, away, 'quarantine-test')).toEqual([]);
    expect(rulesIn(away, none, 'release-test')).toEqual([]);
    expect(rulesIn(away, none, 'finish')).toEqual([]);
  });
});
