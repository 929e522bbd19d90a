/** What a face asks of a yard that it knows already: is there anything new, and why does each job wait. */
import { agentHealth, explain, type State } from '@gityard/domain';
import { openYard } from '@gityard/yard';

import { type Micro, summarise, timed } from './micro.ts';

export const warmStatus: Micro = async ({ server, size }) => {
  const world = await server.makeWorld('warm-status');
  const yard = openYard({ address: world.url, actor: 'reader' });
  try {
    const cold = await timed(async () => look(await yard.refresh()));
    const before = await world.traffic();
    const times: number[] = [];
    for (let turn = 0; turn < (size === 'quick' ? 10 : 40); turn++)
      times.push(await timed(async () => look(await yard.refresh())));
    const requests = (await world.traffic()).requests - before.requests;
    return [
      summarise({ key: 'status-cold', what: 'status of 256 jobs, first look' }, [cold]),
      summarise({ key: 'status-warm', what: 'status of 256 jobs, warm, with one request' }, times),
      summarise({ key: 'status-requests', what: 'requests of a warm status', unit: 'requests' }, [
        requests / times.length,
      ]),
    ];
  } finally {
    await yard.close();
  }
};

function look(state: State): void {
  const now = new Date().toISOString();
  for (const agent of state.agents) agentHealth(state.heartbeats.get(agent.id), now, state.yard);
  for (const job of state.jobs) explain(state, job, now);
}
