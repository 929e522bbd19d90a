/** What agents say of themselves: too many builds lost, the yard out of sight, a new program that died, nobody to be notified. */
import { agentCheck } from './of-needs.ts';

export const agentSick = agentCheck({
  name: 'agent-sick',
  title: (id) => `agent ${id} loses its builds`,
  ended: 'takes jobs again',
  severity: 'high',
  remedies: (id) => [`gityard agent show ${id}`, `gityard agent resume ${id}`],
});

export const agentBlind = agentCheck({
  name: 'agent-blind',
  title: (id) => `agent ${id} cannot see the yard`,
  ended: 'sees the yard again',
  severity: 'high',
  remedies: (id) => [`gityard agent show ${id}`, 'gityard doctor'],
});

export const programReturned = agentCheck({
  name: 'program-returned',
  title: (id) => `agent ${id} runs its former program again`,
  ended: 'runs what was meant for it',
  severity: 'normal',
  remedies: (id) => [`gityard agent show ${id}`, `gityard agent update ${id}`],
});

export const notifyFailing = agentCheck({
  name: 'notify-failing',
  title: (id) => `agent ${id} cannot notify`,
  ended: 'can notify again',
  severity: 'normal',
  remedies: () => ['gityard notify list'],
});
