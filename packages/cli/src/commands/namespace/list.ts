/** The namespaces of a yard, and how much of their quotas is used now. */
import { type Namespace, namespaceNamed, type State, type Time, usageOf, whoMay } from '@gityard/domain';
import { answer, type Command, defineCommand } from '../../command.ts';
import { CliError } from '../../errors.ts';
import { argument } from '../../parameters.ts';
import { dim, type Line, line } from '../../text/lines.ts';
import { table } from '../../text/table.ts';

export const list: Command = defineCommand({
  name: 'namespace list',
  summary: 'whose jobs are whose, and how much of the yard each team has now',
  example: 'gityard namespace list --json',
  parameters: {},
  run: async (context) => {
    const state = await context.look();
    const rows = Object.keys(state.yard.namespaces)
      .sort()
      .map((name) => viewOf(state, name, context.now()));
    return answer(rows, () => (rows.length === 0 ? [[dim('yard.json has no namespaces')]] : drawn(rows)));
  },
});

export const show: Command = defineCommand({
  name: 'namespace show',
  summary: 'one namespace: of which jobs, with which quotas, and who may do what in it',
  example: 'gityard namespace show team-a',
  parameters: { name: argument('name', 'the namespace') },
  run: async (context, { name }) => {
    const state = await context.look();
    if (!namespaceNamed(state.yard, name))
      throw new CliError('NOT_FOUND', `there is no namespace ${name}`, { hint: 'gityard namespace list shows them' });
    const view = { ...viewOf(state, name, context.now()), people: peopleOf(state, name) };
    return answer(view, () => inFull(view));
  },
});

type View = ReturnType<typeof viewOf>;

function viewOf(state: State, name: string, now: Time) {
  const namespace = namespaceNamed(state.yard, name) as Namespace;
  return { name, ...namespace, usage: usageOf(state, name, now) };
}

const ROLES = ['Admin', 'BuildMaster', 'Developer'] as const;

const peopleOf = ({ yard }: State, namespace: string) =>
  Object.fromEntries(ROLES.map((needs) => [needs, whoMay(yard, { needs, namespace })]));

function drawn(rows: readonly View[]): Line[] {
  return table({
    heads: ['namespace', 'waiting', 'running', 'minutes today', 'pool', 'most urgent'],
    rows: rows.map(({ name, usage, quotas, pool, priorityFloor }) => [
      name,
      ofText(usage.queued, quotas.queued),
      ofText(usage.running.length, quotas.running),
      ofText(Math.round(usage.minutesToday), quotas.minutesPerDay),
      pool ?? '',
      String(priorityFloor),
    ]),
  });
}

const ofText = (used: number, most: number | null): string => `${used}${most === null ? '' : ` of ${most}`}`;

function inFull({ people, ...view }: View & { readonly people: Readonly<Record<string, readonly string[]>> }): Line[] {
  const facts: readonly (readonly [string, string])[] = [
    ['repositories', view.repositories.join(', ')],
    ['branches', view.branches.join(', ')],
    ['labels', view.labels.join(', ')],
    ...ROLES.map((role) => [role, (people[role] ?? []).join(', ')] as const),
  ];
  const told = facts.filter(([, value]) => value !== '').map(([name, value]) => line(dim(name.padEnd(13)), value));
  return [...drawn([view]), ...(told.length === 0 ? [] : [[''], ...told])];
}
