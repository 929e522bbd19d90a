import { describe, expect, it } from 'vitest';
import { type Port, patient } from './port.ts';

describe('a patient port', () => {
  it('keeps what comes before somebody listens, and says it in its order, before what comes later', async () => {
    const heard: number[] = [];
    const { port, say } = pretended();
    const line = patient(port);

    say(1);
    say(2);
    line.listen((message) => heard.push(message));
    expect(heard).toEqual([]);
    await Promise.resolve();
    say(3);

    expect(heard).toEqual([1, 2, 3]);
  });
});

function pretended(): { port: Port<number, never>; say(message: number): void } {
  let hear: (message: number) => void = () => undefined;
  const listen = (listener: (message: number) => void): void => {
    hear = listener;
  };
  return { port: { post: () => undefined, listen }, say: (message) => hear(message) };
}
