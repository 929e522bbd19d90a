/** A relay over a remote in memory, and members that reach it by real HTTP; what the remote is asked for is counted. */
import { type Heartbeat, readModel } from '@gityard/domain';
import { MemoryRemote, type Transport } from '@gityard/store';
import { type Beat, createYard, openYard, type Yard } from '@gityard/yard';
import { onTestFinished } from 'vitest';
import { Desk } from './desk.ts';
import { joinSite } from './join-site.ts';
import { openPostOffice } from './post-office.ts';
import { publishBeats } from './publish.ts';
import { siteOf } from './site.ts';

export const KEY = 'correct horse battery staple';
export const NOW = '2026-03-01T12:00:00Z';

/** Ends with the spec that it was made for. */
export async function relayWorld() {
  const remote = new MemoryRemote();
  await createYard({ address: remote.transport(), actor: 'founder' });
  const opened: Yard[] = [];
  const pushes = { state: 0, live: 0 };
  const connect = async (actor: string): Promise<Yard> => {
    const yard = openYard({ address: counting(remote.transport(), pushes), actor });
    opened.push(yard);
    await yard.refresh();
    await yard.live.refresh();
    return yard;
  };
  const yard = await connect('relay');
  let endWindow: () => void = () => undefined;
  const gather = () => new Promise<void>((resolve) => (endWindow = resolve));
  const publish = (heartbeats: readonly Heartbeat[]) => publishBeats(yard, { heartbeats, model: modelOf(yard) });
  const desk = new Desk({ yard, gather, publish });
  const post = await openPostOffice({ site: siteOf(KEY), host: '127.0.0.1', answer: (it) => desk.answer(it) });
  onTestFinished(async () => {
    await post.close();
    for (const it of opened) await it.close();
  });
  return {
    yard,
    desk,
    post,
    pushes,
    connect,
    endWindow: () => endWindow(),
    /** An agent of the site. */
    async member(actor: string) {
      const member = joinSite(KEY, await connect(actor));
      member.link.use(post.url);
      return member;
    },
  };
}

function counting(inner: Transport, pushes: { state: number; live: number }): Transport {
  return {
    name: inner.name,
    readRefs: (prefixes, signal) => inner.readRefs(prefixes, signal),
    fetchRef: (request) => inner.fetchRef(request),
    push(request) {
      const isLive = request.updates.some((it) => it.ref.endsWith('yard-live'));
      pushes[isLive ? 'live' : 'state'] += 1;
      return inner.push(request);
    },
    close: () => inner.close(),
  };
}

const modelOf =
  (yard: Yard): Beat['model'] =>
  (heartbeats, sequence) =>
    readModel({ ...yard.state, heartbeats }, { now: NOW, head: yard.head, sequence, by: 'relay', push: null });

export const heartbeatOf = (agent: string, beat: number): Heartbeat => ({
  schemaVersion: 1,
  agent,
  boot: `boot${agent}`,
  beat,
  at: NOW,
  nextBeatBy: NOW,
  host: 'h',
  pid: 1,
  version: '',
  jobs: [],
  loops: [],
  upkeep: [],
  takesNoJobs: null,
  pushes: 0,
  stopped: false,
  machine: {
    cpuPercent: 5,
    memoryPercent: 40,
    diskPercent: 60,
    diskFreeGB: 80,
    load1: 0.3,
    uptimeSeconds: 1_000,
    temperatureC: 50,
  },
  before: null,
  remoteMs: null,
  channels: [],
});
