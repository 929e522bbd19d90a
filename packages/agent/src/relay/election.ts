/**
 * Finds the relay of our site, or becomes it: whoever holds the site's lock commits for all, and says in the lock where it
 * listens. A relay that dies is missed when its hold ends; until then each of its agents does its own pushes.
 */
import { networkInterfaces } from 'node:os';
import type { Heartbeat, Lock, LockHolder } from '@gityard/domain';
import type { AgentContext } from '../context.ts';
import { BeatMaker } from '../loops/make-beat.ts';
import { monotonicMs, pause } from '../pause.ts';
import { ourTurn } from '../peers.ts';
import type { LoopLine } from '../status-board.ts';
import { Desk, gatherMsFor } from './desk.ts';
import type { Member } from './join-site.ts';
import { openPostOffice, type PostOffice } from './post-office.ts';
import { publishBeats } from './publish.ts';
import { lockOf } from './site.ts';

interface Office {
  readonly post: PostOffice;
  readonly desk: Desk;
  readonly token: number;
  renewedMs: number;
}

/** A hold is renewed three times in its length, so that one lost renewal costs nothing. */
const RENEWALS = 3;

export async function elect(context: AgentContext, relaying: Member, line: LoopLine, signal: AbortSignal) {
  const election = new Election(context, relaying, line);
  try {
    while (!signal.aborted) {
      const since = context.bell.count;
      await election.look(signal);
      await context.bell.wait({ since, ms: election.restMs, signal });
    }
  } finally {
    await election.retire();
  }
}

class Election {
  private readonly context: AgentContext;
  private readonly relaying: Member;
  private readonly line: LoopLine;
  private office: Office | undefined;

  constructor(context: AgentContext, relaying: Member, line: LoopLine) {
    this.context = context;
    this.relaying = relaying;
    this.line = line;
  }

  get restMs(): number {
    const pollMs = this.context.yard.state.yard.poll.seconds * 1000;
    return this.office ? Math.min(pollMs, this.ttlMs / RENEWALS) : pollMs;
  }

  async look(signal: AbortSignal): Promise<void> {
    const holder = this.holder();
    if (this.office) return this.keepOffice(this.office, holder);
    if (!holder || holder.holder === this.context.self.id) return this.stand(signal);
    const url = urlIn(holder);
    this.pointTo(url, url);
    this.line.doing(`commits through relay ${holder.holder}`);
  }

  /** Gives the lock back, so that the next one need not wait for its end. */
  async retire(): Promise<void> {
    const { context, office } = this;
    this.pointTo(undefined, undefined);
    if (!office) return;
    await this.closeOffice();
    await context.yard.perform('release', { ...this.lock, token: office.token, now: context.yard.now() });
  }

  private get lock() {
    return { name: lockOf(this.relaying.site), holder: this.context.self.id };
  }

  private get ttlMs(): number {
    return this.context.yard.state.yard.lease.seconds * 1000;
  }

  private holder(): LockHolder | undefined {
    const { state } = this.context.yard;
    const lock: Lock | undefined = state.locks.get(this.lock.name);
    const now = Date.parse(this.context.yard.now());
    return lock?.holders.find((it) => it.expiresAt !== null && Date.parse(it.expiresAt) > now);
  }

  private async stand(signal: AbortSignal): Promise<void> {
    const { context, relaying } = this;
    this.pointTo(undefined, undefined);
    await ourTurn(context, this.lock.name, signal);
    if (signal.aborted || (this.holder() && this.holder()?.holder !== context.self.id)) return;
    // What an earlier life of ours held says where that one listened.
    if (this.holder()) await context.yard.perform('release', { ...this.lock, token: null, now: context.yard.now() });
    const { site } = relaying;
    const { model } = beatMakerOf(context, this.line);
    const publish = (heartbeats: readonly Heartbeat[]) => publishBeats(context.yard, { heartbeats, model });
    const gather = () => pause(gatherMsFor(context.yard.connection().pushBudget.perMinute));
    const desk = new Desk({ yard: context.yard, gather, publish });
    const host = context.options.relayHost ?? ownAddress();
    const post = await openPostOffice({ site, host, answer: (question) => desk.answer(question) });
    const token = await this.acquire(post.url).catch(async (error: unknown) => {
      await post.close();
      throw error;
    });
    if (token === undefined) return post.close();
    this.office = { post, desk, token, renewedMs: monotonicMs() };
    this.pointTo(undefined, post.url);
    this.line.doing('relay of this site');
  }

  private async keepOffice(office: Office, holder: LockHolder | undefined): Promise<void> {
    const isOurs = holder?.holder === this.context.self.id && holder.token === office.token;
    if (!isOurs) return this.closeOffice();
    this.line.doing(`relay of this site, for ${office.desk.members} agents`);
    this.context.yard.pushFor(office.desk.members);
    if (monotonicMs() - office.renewedMs < this.ttlMs / RENEWALS) return;
    const askedMs = monotonicMs();
    const token = await this.acquire(office.post.url);
    if (token === office.token) office.renewedMs = askedMs;
    else await this.closeOffice();
  }

  private async acquire(url: string): Promise<number | undefined> {
    const { yard } = this.context;
    const wish = { ...this.lock, ttlMs: this.ttlMs, waitUntil: null, reason: url, now: yard.now() };
    const answer = await yard.perform('acquire', wish);
    return answer.ok && answer.result.held ? answer.result.token : undefined;
  }

  private async closeOffice(): Promise<void> {
    const { office } = this;
    this.office = undefined;
    this.context.yard.pushFor(1);
    this.pointTo(undefined, undefined);
    await office?.post.close();
  }

  /** The relay itself decides its own operations in its own store, with all that others ask of it. */
  private pointTo(url: string | undefined, threadUrl: string | undefined): void {
    this.relaying.link.use(url);
    this.relaying.way.leadTo(threadUrl);
  }
}

function beatMakerOf({ yard, self, options, lease }: AgentContext, line: LoopLine): BeatMaker {
  const onFault = (text: string) => line.failed(text, 0);
  const { version = '' } = options;
  return new BeatMaker({ yard, self, version, memory: lease.memory, isRelayed: () => false, onFault });
}

const URL_FORM = /^http:\/\/(?:[\w.-]+|\[[0-9a-f:]+\]):\d{1,5}$/i;

const urlIn = ({ reason }: LockHolder): string | undefined =>
  reason !== null && URL_FORM.test(reason) ? reason : undefined;

/** Of this machine in its network; without one, what only this machine can reach. */
function ownAddress(): string {
  const all = Object.values(networkInterfaces()).flatMap((it) => it ?? []);
  return all.find((it) => it.family === 'IPv4' && !it.internal)?.address ?? '127.0.0.1';
}
