/** A check that says of one agent what the domain says of it: its first reference names the agent. */
import { aFinding, type Check, type Finding, keyOf } from '../finding.ts';
import { endedByBeat } from './agent-words.ts';

export interface OfNeeds {
  readonly name: string;
  readonly title: (agent: string) => string;
  readonly ended: string;
  readonly severity: Finding['severity'];
  readonly remedies: (agent: string) => readonly string[];
}

/** @param of its name is the code of what needs a person */
export const agentCheck = ({ name, title, ended, severity, remedies }: OfNeeds): Check => ({
  name,
  find: ({ needs }) =>
    needs
      .filter(({ code }) => code === name)
      .map(({ text, refs: [id = ''] }) =>
        aFinding({ key: keyOf(name, id), says: name, title: title(id), text, severity, remedies: remedies(id) }),
      ),
  howItEnded: (look, id) => endedByBeat(look, id, `agent ${id} ${ended}`),
});
