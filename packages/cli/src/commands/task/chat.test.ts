import type { Message, TaskView } from '@gityard/domain';
/** Commands in messages, carried out by real agents. What each command may look like is said in the specs of domain/src/chat. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeReceivers, type Receivers } from './receivers.fixture.ts';

let yard: Receivers;
const json = <T = Record<string, unknown>>(...words: string[]) => yard.world.json<T>(words);

beforeAll(async () => {
  yard = await makeReceivers({ roles: { Builders: ['bot'] } });
  await yard.script(
    'homes/bot/scripts/make-task.sh',
    'printf \'/task "Build %s" tags:build,%s params:{"url":"%s"}\\n\' "$1" "$2" "$1"',
  );
  await yard.script('homes/bot/scripts/hello.sh', 'echo "hello $GITYARD_FROM, $1"');
  await yard.script('homes/bot/scripts/secret.sh', `echo ghp_${'a1B2c3D4e5F6g7H8i9J0k1L2m3N4o5P6q7R8'}`);
  await yard.script('homes/bot/scripts/forbidden.sh', 'echo "it ran"');
  await yard.world.run(['agent', 'allow', '--scripts', 'make-task.sh,hello.sh,secret.sh'], {
    env: { GITYARD_HOME: yard.home('bot') },
  });
  await Promise.all([yard.start('bot', ['agent', 'run']), yard.start('other', ['agent', 'run'])]);
});
afterAll(() => yard.close());

describe('commands in messages', () => {
  it('make a task, once, and are answered, once', async () => {
    const ids = await Promise.all(
      [1, 2, 3].map((n) =>
        yard.send(`/task "Build ${n}" tags:build,priority-${n} params:{"n":{"deep":[${n}]}}`, 'ann'),
      ),
    );

    const answers = await Promise.all(ids.map((id) => yard.answerTo(id)));

    expect(answers).toMatchObject(ids.map(() => ({ to: 'ann', automatic: true, type: 'response' })));
    const tasks = await json<TaskView[]>('task', 'list', '--tags', 'build');
    expect(tasks).toMatchObject(
      [1, 2, 3].map((n) => ({ text: `Build ${n}`, priority: n, parameters: { n: { deep: [n] } }, submittedBy: 'ann' })),
    );
    const all = await json<Message[]>('message', 'list');
    expect(all.filter((it) => it.automatic)).toHaveLength(3);
  });

  it('list tasks and tell how one stands', async () => {
    const [task] = await json<TaskView[]>('task', 'list', '--tags', 'build');

    const list = await yard.answerTo(await yard.send('/tasklist tags:build'));
    const status = await yard.answerTo(await yard.send(`/taskstatus ${task?.id}`));

    expect(list.body).toMatch(/^3 tasks with build/);
    expect(status.body).toContain('waits: no agent takes tasks; start one with gityard task receive');
  });

  it('are answered with what was wrong and an example', async () => {
    const { body } = await yard.answerTo(await yard.send('/task Build it'));

    expect(body).toBe(
      'the text of the task must stand in double quotes\nwrite it like this: /task "Build app" tags:build,npm params:{"url":"https://git.example.org/app.git","branch":"main"}',
    );
  });

  it('run a script on the agent that was asked, which may ask for a task in turn', async () => {
    const made = await yard.answerTo(
      await yard.send('/msg Bot exec make-task.sh https://git.example.org/x npm', 'Developer'),
    );
    const said = await yard.answerTo(await yard.send('/msg Builders exec hello.sh "$(id); a b"', 'Developer'));

    expect(made).toMatchObject({ from: 'bot', body: expect.stringContaining('is queued for build, npm') });
    expect(await json('task', 'list', '--tags', 'npm')).toMatchObject([
      {
        text: 'Build https://git.example.org/x',
        submittedBy: 'Developer',
        parameters: { url: 'https://git.example.org/x' },
      },
    ]);
    expect(said).toMatchObject({ from: 'bot', body: 'hello Developer, $(id); a b\n' });
  });

  it('run nothing that the owner has not allowed by name, and send no credentials', async () => {
    const bodyOf = async (command: string) => (await yard.answerTo(await yard.send(command))).body;

    expect(await bodyOf('/msg bot exec forbidden.sh')).toBe(
      'bot does not run forbidden.sh; its owner can allow it with: gityard agent allow --scripts forbidden.sh',
    );
    expect(await bodyOf('/msg bot exec ../scripts/hello.sh')).toContain('a path cannot be given');
    expect(await bodyOf('/msg other exec hello.sh')).toContain('other does not run hello.sh');
    expect(await bodyOf('/msg nobody exec hello.sh')).toContain('no agent answers to nobody');
    expect(await bodyOf('/msg bot exec secret.sh')).toBe(
      'what secret.sh printed looks like a credential (github) and is not sent',
    );
  });

  it('keep every rule', async () => {
    expect(await json('audit')).toMatchObject({ ok: true });
  });
});
