import { describe, expect, it } from 'vitest';
import { readEvents, type ServerEvent } from './read-events.ts';

describe('read-events', () => {
  it('reads the same events however the bytes are cut', async () => {
    const text = ': hello\n\nevent: snapshot\r\nid: 1\r\ndata: {"a":\r\ndata: "grün"}\r\n\r\ndata:second\n\nid: 3\n\n';
    const whole = [
      { event: 'snapshot', id: '1', data: '{"a":\n"grün"}' },
      { event: 'message', id: undefined, data: 'second' },
    ];

    for (let size = 1; size <= text.length; size++)
      expect(await eventsOf(text, size), `pieces of ${size}`).toEqual(whole);
  });

  it('counts every piece as contact', async () => {
    let contacts = 0;

    for await (const _event of readEvents(streamOf(': beat\n\n', 4), () => contacts++))
      expect.unreachable('a comment is no event');

    expect(contacts).toBe(2);
  });
});

async function eventsOf(text: string, size: number): Promise<ServerEvent[]> {
  const events: ServerEvent[] = [];
  for await (const event of readEvents(streamOf(text, size), () => undefined)) events.push(event);
  return events;
}

function streamOf(text: string, size: number): ReadableStream<Uint8Array> {
  const bytes = new TextEncoder().encode(text);
  return new ReadableStream({
    start(controller) {
      for (let at = 0; at < bytes.length; at += size) controller.enqueue(bytes.slice(at, at + size));
      controller.close();
    },
  });
}
