/** Every loop of an agent but its heartbeat, which outlives them. To add one: write its file, and put it here. */
import type { AgentContext } from '../context.ts';
import type { Loop } from '../supervisor.ts';
import { autoReply } from './auto-reply.ts';
import { commands } from './commands.ts';
import { inbox } from './inbox.ts';
import { metricsFile } from './metrics-file.ts';
import { notify } from './notify.ts';
import { quarantine } from './quarantine.ts';
import { reap } from './reap.ts';
import { registration } from './registration.ts';
import { relay } from './relay.ts';
import { ride } from './ride.ts';
import { serviceManager } from './service-manager.ts';
import { spool } from './spool.ts';
import { upkeep } from './upkeep.ts';
import { watch } from './watch.ts';

export const LOOPS: readonly Loop<AgentContext>[] = [
  { name: 'watch', run: watch },
  { name: 'inbox', run: inbox },
  { name: 'commands', run: commands },
  { name: 'quarantine', run: quarantine },
  { name: 'reap', run: reap },
  { name: 'ride', run: ride },
  { name: 'registration', run: registration },
  { name: 'spool', run: spool },
  { name: 'relay', run: relay },
  { name: 'auto-reply', run: autoReply },
  { name: 'upkeep', run: upkeep },
  { name: 'notify', run: notify },
  { name: 'metrics-file', run: metricsFile },
  { name: 'service-manager', run: serviceManager },
];
