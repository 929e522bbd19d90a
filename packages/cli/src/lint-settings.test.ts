import { validate, type YardConfig } from '@gityard/domain';
import { expect, it } from 'vitest';
import { lintSettings } from './lint-settings.ts';

function aConfig(fields: object): YardConfig {
  const checked = validate('yard', fields);
  if (!checked.ok) throw new Error(checked.reason);
  return checked.value;
}
const texts = async (fields: object) => (await lintSettings(aConfig(fields))).map(({ at, text }) => [at, text]);

it('tells of approvals that nobody can give, roles in namespaces that do not exist, and names of two people', async () => {
  const people = {
    ann: { roles: ['BuildMaster@team-a'], names: ['Ann@example.org'] },
    bob: { roles: ['Admin@team-x'], names: ['ann@example.org'] },
  };
  const rules = [
    { name: 'one', role: 'BuildMaster' },
    { name: 'two', people: ['ann'], count: 2 },
    { name: 'none', role: 'Admin' },
  ];

  expect(await texts({ namespaces: { 'team-a': {} }, people, approvals: rules })).toEqual([
    ['/people/ann', 'people.ann has the name Ann@example.org, and somebody else has it too'],
    ['/people/bob', 'people.bob has Admin@team-x, and there is no such namespace'],
    ['/people/bob', 'people.bob has the name ann@example.org, and somebody else has it too'],
    ['/approvals/1', 'approvals: two needs 2 to approve, and only 1 may'],
    ['/approvals/2', 'approvals: none needs 1 to approve, and nobody may'],
  ]);
});

it('tells of two objectives of one name, whose alarms nobody could tell apart', async () => {
  const soon = { name: 'soon', kind: 'wait' };

  expect(await texts({ objectives: [soon, { ...soon, name: 'sound' }, soon] })).toEqual([
    ['/objectives/2', 'objectives has a second objective soon'],
  ]);
});
