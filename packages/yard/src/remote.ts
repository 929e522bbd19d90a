/**
 * The remote of a yard as everybody in this process shares it: one gate where all requests pass, one budget for all pushes,
 * also for a second yard in another thread. Knows the settings that concern them, and how many agents share the budget.
 */
import { agentsAlive, type Connection, connectionState, type State, toTime } from '@gityard/domain';
import {
  Gate,
  guarded,
  hostBudget,
  openTransport,
  type Ports,
  PushBudget,
  systemPorts,
  type Transport,
} from '@gityard/store';
import type { SharedRemote, YardOptions } from './options.ts';
import { pushesPerMinute } from './push-budget.ts';
import { tracedTransport } from './traces/traced-transport.ts';

export interface Remote {
  readonly transport: Transport;
  readonly budget: PushBudget;
  readonly shared: SharedRemote;
  /** Those of the options, with the calendar of the remote. */
  readonly ports: Ports;
  /** For so many of the agents pushes go through here: as many shares of the budget are ours. */
  pushFor(agents: number): void;
  /** The settings or the agents may have changed. */
  follow(state: State): void;
  connection(state: State): Connection;
  /** How long a push that is not urgent would have to wait for the budget. */
  nextPushInMs(): number;
  /** What waits for a push goes now, whatever the budget says. */
  pushNow(): void;
}

/** People come seldom: they are asked to wait a little, and then go first. */
const PATIENCE_OF_A_PERSON_MS = 5_000;

export function openRemote(options: YardOptions): Remote {
  const { address, token, sshKey, actor, role = 'person', shared, onPushWait } = options;
  const own = options.ports ?? systemPorts;
  const patienceMs = role === 'person' ? PATIENCE_OF_A_PERSON_MS : undefined;
  const budget = new PushBudget({ ports: own, shared: shared?.budget, patienceMs, onWait: onPushWait });
  const inner = typeof address === 'string' ? openTransport(address, { token, sshKey, wallMs: own.wallMs }) : address;
  const onThrottled = () => budget.slowDown();
  const gate = new Gate({ name: inner.name, ports: own, shared: shared?.gate, onThrottled });
  const transport = tracedTransport(guarded(inner, gate));
  const ports: Ports = { ...own, wallMs: () => own.wallMs() + (transport.aheadMs ?? 0) };
  const now = () => toTime(ports.wallMs());
  let standsFor = 1;
  const shareOf = (state: State) => Math.min(1, standsFor / agentsAlive(state, actor, now()));
  const allow = (perMinute: number | null, share: number) => {
    budget.allowance = perMinute === null ? null : { perMinute, share };
  };
  // The settings are not known yet.
  allow(hostBudget(transport.name), 1);

  return {
    transport,
    budget,
    shared: { budget: budget.shared, gate: gate.shared },
    ports,
    pushFor: (agents) => {
      standsFor = agents;
    },
    follow: (state) => allow(pushesPerMinute(state.yard, transport.name), role === 'agent' ? shareOf(state) : 1),
    nextPushInMs: () => budget.nextInMs,
    pushNow: () => budget.letGo(),
    connection: (state) => {
      const { lastMs, trouble } = gate.contact;
      const lastContactAt = lastMs === null ? null : toTime(lastMs + (transport.aheadMs ?? 0));
      return {
        state: connectionState({ lastContactAt, trouble }, now(), state.yard),
        lastContactAt,
        pushBudget: budget.use,
        spool: 0,
      };
    },
  };
}
