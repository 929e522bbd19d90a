/**
 * People who ask a yard for things by the command line, one after the other, without end. What they were promised they note
 * before they go on; what they were refused or never answered they count, and nothing more: it may be there or not.
 */
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

import type { AckFile } from './acks.ts';
import { gityard, type Said } from './program.ts';
import type { Random } from './random.ts';
import type { World } from './world.ts';
import { PEOPLE } from './world.ts';

export interface Client {
  /** Until aborted; resolves when the command that is under way has ended. */
  askOn(signal: AbortSignal): Promise<void>;
  /** One message more: whatever an earlier command left behind to be sent later goes out with it. */
  sayGoodbye(): Promise<void>;
  /** Commands that were run. */
  readonly asked: number;
  /** Times that a lock was held to the end of its command. */
  readonly held: number;
}

export interface ClientSetup {
  readonly name: string;
  readonly acks: AckFile;
  readonly random: Random;
}

/** So many jobs may wait: the agents should be busy, and be able to finish in the end. */
const LONGEST_QUEUE = 12;
const REFUSED_MS = 300;

export function makeClient(world: World, { name, acks, random }: ClientSetup): Client {
  const address = world.networks.get(PEOPLE)?.urlOf('yard') ?? world.address;
  const env = { ...world.env, GITYARD_HOME: join(world.folder, name), GITYARD_YARD: address, GITYARD_AGENT: name };
  const tally = { asked: 0, held: 0 };
  const ask = async (words: readonly string[]): Promise<Said> => {
    tally.asked += 1;
    const said = await gityard(words, { env, cwd: world.folder });
    // As people do: who was refused does not ask again in the same breath.
    if (said.code !== 0) await delay(REFUSED_MS);
    return said;
  };
  const nextTag = () => `${name}-${tally.asked + 1}`;

  async function addJob(): Promise<void> {
    const tag = nextTag();
    const command = jobCommand(world.effects, random);
    const said = await ask(['job', 'add', '--json', '--param', `tag=${tag}`, '--', ...command]);
    if (said.code === 0) await acks.note({ kind: 'job', tag, id: idIn(said) });
  }

  async function sendMessage(): Promise<void> {
    const tag = nextTag();
    const said = await ask(['message', 'send', '--json', '--to', 'all', '--subject', tag]);
    if (said.code === 0) await acks.note({ kind: 'message', tag, id: idIn(said) });
  }

  async function holdLock(): Promise<void> {
    const words = ['lock', 'run', 'deploy', '--ttl', '12s', '--wait', '6s', '--'];
    const said = await ask([...words, ...lockCommand(world.effects)]);
    if (said.code === 0) tally.held += 1;
  }

  const isCrowded = () => acks.count - world.timeline.endedCount > LONGEST_QUEUE;
  async function askOnce(): Promise<unknown> {
    const chance = random.next();
    if (chance < 0.6) return isCrowded() ? delay(100) : addJob();
    return chance < 0.85 ? sendMessage() : holdLock();
  }

  return {
    async askOn(signal) {
      while (!signal.aborted) await askOnce();
    },
    sayGoodbye: sendMessage,
    get asked() {
      return tally.asked;
    },
    get held() {
      return tally.held;
    },
  };
}

const idIn = ({ stdout }: Said): string => (JSON.parse(stdout) as { id: string }).id;

/** Leaves a mark for each token that it runs under, and an artifact that names it. One in ten fails, as builds do. */
export function jobCommand(effects: string, random: Random): string[] {
  const mark = `${effects}/$GITYARD_JOB_ID.$GITYARD_TOKEN_NUMBER`;
  const seconds = random.between(0.1, 1.2).toFixed(1);
  const exitCode = random.next() < 0.1 ? 3 : 0;
  const work = `sleep ${seconds}; echo "$GITYARD_TOKEN_NUMBER" > "$GITYARD_ARTIFACTS/token.txt"`;
  return ['sh', '-c', `echo begun >> "${mark}"; ${work}; echo ended >> "${mark}"; exit ${exitCode}`];
}

/** The order of lines in a file that is appended to is the order in which things happened; no clock is asked. */
function lockCommand(effects: string): string[] {
  const tell = (what: string) => `echo "${what} $GITYARD_LOCK_TOKEN" >> "${effects}/deploy.lock"`;
  return ['sh', '-c', `${tell('begin')}; sleep 0.3; ${tell('end')}`];
}
