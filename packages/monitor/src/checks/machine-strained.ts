/** A machine at the end of its disk, memory or processor. What went back to a warning keeps its issue, and opens none. */
import { machineHealth, type Strain } from '@gityard/domain';
import { aFinding, type Check, type Finding, keyOf, type Look } from '../finding.ts';
import { endedByBeat, goneWords, isHeard } from './agent-words.ts';

const NAME = 'machine';

export const machineStrained: Check = {
  name: NAME,
  find: (look) => {
    const critical = look.needs.flatMap(({ code, text, refs: [id = ''] }) => {
      const of = /^(cpu|memory|disk)-critical$/.exec(code)?.[1] as Strain['of'] | undefined;
      return of ? [strained(look, { id, of, text, opens: true })] : [];
    });
    const known = new Set(critical.map((it) => it.key));
    return [...critical, ...easing(look).filter((it) => !known.has(it.key))];
  },
  howItEnded: (look, subject) => {
    const [of = '', id = ''] = subject.split(/:(.*)/s);
    return endedByBeat(look, id, `agent ${id} has enough ${of} again`);
  },
};

const easing = (look: Look): Finding[] =>
  [...look.state.agents]
    .filter(({ id }) => isHeard(look, id) && goneWords(look, id) === undefined)
    .flatMap(({ id }) =>
      machineHealth(look.state.heartbeats.get(id), look.state.yard)
        .filter(({ of, level }) => of !== 'cpu' && level === 'warning')
        .map(({ of, text }) => strained(look, { id, of, text: `agent ${id}: ${text}`, opens: false })),
    );

interface Strained {
  readonly id: string;
  readonly of: Strain['of'];
  readonly text: string;
  readonly opens: boolean;
}

function strained({ state }: Look, { id, of, text, opens }: Strained): Finding {
  const free = state.heartbeats.get(id)?.machine.diskFreeGB ?? null;
  return aFinding({
    key: keyOf(NAME, `${of}:${id}`),
    says: `${of}-critical`,
    title: `agent ${id} is short of ${of === 'cpu' ? 'processor' : of}`,
    text,
    severity: of === 'disk' ? 'high' : 'normal',
    facts: [
      ['host', state.agents.get(id)?.host ?? 'unknown'],
      ...(of === 'disk' && free !== null ? [['disk free', `${free} GB`] as const] : []),
    ],
    remedies: [`gityard agent show ${id}`, ...(of === 'disk' ? ['gityard artifact cleanup all'] : [])],
    opens,
  });
}
