/**
 * What the page knows of the yard, and its one clock. Elements subscribe with `YardController`; pages ask the worker with
 * `yard.ask`. There is one of it, made by `main.ts`.
 */
import { type ReadModel, type Time, toTime } from '@gityard/domain';
import type { ReactiveController, ReactiveControllerHost } from 'lit';
import type { Connection, Told } from '../worker/protocol.ts';
import type { WorkerClient } from './worker-client.ts';

export interface YardView {
  readonly model: ReadModel | undefined;
  /** Its times are by the server's clock, as all that is shown. */
  readonly connection: Connection;
  /** The snapshot is from an earlier visit; nothing newer has come yet. */
  readonly isRemembered: boolean;
  readonly rewritten: boolean;
  /** A newer version of this page lies ready; `takeNewVersion` loads it. */
  readonly hasNewVersion: boolean;
}

const NOT_YET: Connection = {
  state: 'connecting',
  failure: null,
  source: null,
  commands: 'no',
  hasToken: false,
  mayKeep: true,
  budget: null,
  skewMs: 0,
  lookedAt: null,
  nextLookAt: null,
  requests: [],
};

export const NOTHING_YET: YardView = {
  model: undefined,
  connection: NOT_YET,
  isRemembered: false,
  rewritten: false,
  hasNewVersion: false,
};

/** A lost connection never takes data away. */
export function nextView(view: YardView, told: Told): YardView {
  if (told.kind === 'connection') return { ...view, connection: byServersClock(told.connection) };
  const { model, isRemembered, rewritten } = told;
  return { ...view, model, isRemembered, rewritten };
}

/** Else a page on a machine with a wrong clock would take its own looks for old ones. */
function byServersClock(connection: Connection): Connection {
  const { skewMs, lookedAt, nextLookAt, requests } = connection;
  return {
    ...connection,
    lookedAt: lookedAt && lookedAt + skewMs,
    nextLookAt: nextLookAt && nextLookAt + skewMs,
    requests: requests.map((it) => ({ ...it, at: it.at + skewMs })),
  };
}

const TICK_MS = 1_000;

export class YardOfPage {
  view: YardView = NOTHING_YET;
  readonly ask: WorkerClient['ask'];
  readonly tell: WorkerClient['tell'];
  readonly #listeners = new Set<() => void>();

  constructor(connect: (onTold: (told: Told) => void) => WorkerClient) {
    const client = connect((told) => this.#is(nextView(this.view, told)));
    this.ask = client.ask;
    this.tell = client.tell;
  }

  /** By the server's clock where it clearly differs from ours, so that ages are true on a machine with a wrong one. */
  get now(): Time {
    return toTime(Date.now() + this.view.connection.skewMs);
  }

  newVersionIsThere(): void {
    this.#is({ ...this.view, hasNewVersion: true });
  }

  onChange(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  #is(view: YardView): void {
    this.view = view;
    for (const listener of this.#listeners) listener();
  }
}

/** Draws its host anew when something was told, and every second. */
export class YardController implements ReactiveController {
  readonly #host: ReactiveControllerHost;
  readonly #yard: YardOfPage;
  #stop: (() => void) | undefined;

  constructor(host: ReactiveControllerHost, yard: YardOfPage) {
    this.#host = host;
    this.#yard = yard;
    host.addController(this);
  }

  hostConnected(): void {
    const draw = () => this.#host.requestUpdate();
    const unsubscribe = this.#yard.onChange(draw);
    const ticking = setInterval(draw, TICK_MS);
    this.#stop = () => {
      unsubscribe();
      clearInterval(ticking);
    };
  }

  hostDisconnected(): void {
    this.#stop?.();
  }
}
