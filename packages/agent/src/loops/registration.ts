/**
 * Keeps the registration true: jobs are given out by what stands there, so a changed policy, or a tool that was installed or
 * removed, has to be published. Compares with what is registered, so that nothing is lost when a try fails.
 */
import { type Agent, type Capabilities, canonicalText, newerSchema } from '@gityard/domain';
import type { AgentContext } from '../context.ts';
import { monotonicMs, pause } from '../pause.ts';
import { NOTHING_ALLOWED, policyStamp, readPolicy } from '../policy.ts';
import { allowsOf, register } from '../registration.ts';
import { machineCapabilities } from '../sandbox.ts';
import type { LoopLine } from '../status-board.ts';
import { textOf } from '../trouble.ts';
import { NO_TRUST, readTrust } from '../trust/own-trust.ts';

const LOOK_MS = 2_000;
const DETECT_MS = 60 * 60_000;

export async function registration(context: AgentContext, line: LoopLine, signal: AbortSignal): Promise<void> {
  const { self, yard } = context;
  let stamp: string | undefined;
  let detectedMs = monotonicMs();
  let capabilities: Capabilities | undefined;
  while (!signal.aborted) {
    const seen = await policyStamp(self.home);
    if (seen !== stamp) await readAnew(context, line);
    stamp = seen;
    if (monotonicMs() - detectedMs > DETECT_MS) {
      capabilities = await machineCapabilities(context.policy, self.home);
      detectedMs = monotonicMs();
    }
    const registered = yard.state.agents.get(self.id);
    if (registered) await correct(context, registered, capabilities ?? registered.capabilities);
    await pause(LOOK_MS, signal);
  }
}

/** A policy that cannot be read allows nothing, until it is mended. */
async function readAnew(context: AgentContext, line: LoopLine): Promise<void> {
  try {
    const { home } = context.self;
    const [policy, trust] = await Promise.all([readPolicy(home), readTrust({ home })]);
    Object.assign(context, { policy, trust });
    line.doing('watching policy.json');
  } catch (error) {
    Object.assign(context, { policy: NOTHING_ALLOWED, trust: NO_TRUST });
    line.failed(textOf(error), LOOK_MS);
  }
}

async function correct(context: AgentContext, registered: Agent, capabilities: Capabilities): Promise<void> {
  const isTrue =
    canonicalText(registered.allows) === canonicalText(allowsOf(context)) &&
    toolsOf(registered.capabilities) === toolsOf(capabilities);
  if (isTrue || newerSchema(context.yard.state) !== null) return;
  const answer = await register(context, { capabilities, before: undefined, ageRecipient: registered.ageRecipient });
  if (!answer.ok) throw new Error(`registering anew was refused: ${answer.reason}`);
}

/** Only tools come and go while a machine runs; the free disk is in every heartbeat. */
const toolsOf = ({ tools, sdks = {} }: Capabilities): string =>
  [...Object.entries(tools), ...Object.entries(sdks)]
    // That one comes from the settings of the agent, not from its machine.
    .filter(([name]) => name !== 'cache')
    .map(([name, versions]) => `${name} ${versions}`)
    .sort()
    .join('\n');
