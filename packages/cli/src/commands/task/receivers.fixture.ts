/** A yard with quick looks, receivers and agents as processes of their own, and a person who asks them for things. */
import { chmod, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { isFinished, type Message, type State, type TaskView, taskView } from '@gityard/domain';
import { type NodeProcess, startNode, waitFor } from '@gityard/testing';
import { newId, openYard } from '@gityard/yard';
import { makeWorld, PROGRAM, type World } from '../../program.fixture.ts';

export interface Receivers {
  readonly world: World;
  /** Writes an executable script, and answers its path. */
  script(path: string, text: string): Promise<string>;
  /** A process of the program that goes on, with a home of its own. */
  start(name: string, words: readonly string[]): Promise<NodeProcess>;
  home(name: string): string;
  untilEnded(id: string): Promise<TaskView>;
  /** The answer to a message, as soon as it is there. */
  answerTo(id: string): Promise<Message>;
  send(body: string, from?: string): Promise<string>;
  close(): Promise<void>;
}

// Each beat is a push: what looks often need not beat often.
const QUICK = { name: 'acme', heartbeat: { intervalSeconds: 5 }, lease: { seconds: 30 }, poll: { seconds: 0.4 } };

export async function makeReceivers(settings: object = {}): Promise<Receivers> {
  const world = await makeWorld();
  await world.configure({ ...QUICK, ...settings });
  const running: NodeProcess[] = [];
  const home = (name: string) => join(world.folder, 'homes', name);
  // Looks on without starting a program for each look.
  const person = openYard({ address: world.yard, actor: 'person' });
  await person.refresh();
  const until = <T>(what: string, fact: (state: State) => T | undefined | false) =>
    waitFor(async () => fact(await person.refresh()), { what });
  return {
    world,
    home,
    async script(path, text) {
      const file = join(world.folder, path);
      await mkdir(join(file, '..'), { recursive: true });
      await writeFile(file, `#!/bin/sh\n${text}\n`);
      await chmod(file, 0o755);
      return file;
    },
    async start(name, words) {
      const env = {
        PATH: process.env.PATH ?? '',
        HOME: world.folder,
        GITYARD_YARD: world.yard,
        GITYARD_HOME: home(name),
        GITYARD_AGENT: name,
      };
      const started = startNode(PROGRAM, words, { env, cwd: world.folder });
      running.push(started);
      await started.waitForLine(/has joined/);
      return started;
    },
    untilEnded: (id) =>
      until(`task ${id} has ended`, ({ jobs }) => {
        const job = jobs.get(id);
        return job && isFinished(job) ? (taskView(job) ?? undefined) : undefined;
      }),
    answerTo: (id) => until(`an answer to ${id}`, ({ messages }) => [...messages].find((it) => it.replyTo === id)),
    async send(body, from = 'tester') {
      const id = newId();
      const sent = await person.perform('send', { id, message: { from, to: 'all', body }, now: person.now() });
      if (!sent.ok) throw new Error(sent.reason);
      return id;
    },
    async close() {
      await Promise.all(running.map((it) => it.dispose()));
      await person.close();
      await world.remove();
    },
  };
}
