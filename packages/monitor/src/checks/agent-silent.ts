/** An agent that should be there gives no sign of life. One in maintenance, drained or told to stop is not missed. */
import { aFinding, type Check, keyOf } from '../finding.ts';
import { goneWords, isHeard } from './agent-words.ts';

export const agentSilent: Check = {
  name: 'agent-silent',
  find: ({ state, needs }) =>
    needs
      .filter(({ code }) => code === 'agent-silent' || code === 'agent-silent-holding')
      .map(({ code, text, refs: [id = '', ...held] }) => {
        const [agent, beat] = [state.agents.get(id), state.heartbeats.get(id)];
        return aFinding({
          key: keyOf('agent-silent', id),
          says: code,
          title: `agent ${id} is silent`,
          text,
          since: beat?.at ?? null,
          severity: 'high',
          facts: [
            ['host', agent?.host ?? 'unknown'],
            ['pool', agent?.pool ?? 'unknown'],
            ['last sign of life', beat?.at ?? 'none'],
            ...(held.length > 0 ? [['holds', held.join(', ')] as const] : []),
          ],
          remedies: [`gityard agent show ${id}`, `gityard agent maintenance ${id} --reason "..."`],
        });
      }),
  howItEnded: (look, id) => {
    const gone = goneWords(look, id);
    if (gone !== undefined) return gone;
    return isHeard(look, id)
      ? `agent ${id} gives signs of life again, the last at ${look.state.heartbeats.get(id)?.at}`
      : null;
  },
};
