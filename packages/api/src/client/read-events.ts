/** Reads a server-sent event stream: bytes in pieces of any size to events. Comments count as contact and are no events. */

export interface ServerEvent {
  readonly event: string;
  readonly id: string | undefined;
  readonly data: string;
}

/** Far above the 256 KB that a snapshot may have: a stream without a line end must not fill the memory. */
const LONGEST_EVENT_CHARS = 8 * 1024 * 1024;

export async function* readEvents(
  body: ReadableStream<Uint8Array>,
  onContact: () => void,
): AsyncGenerator<ServerEvent> {
  const reader = body.getReader();
  const decoder = new TextDecoder();
  let rest = '';
  try {
    for (let piece = await reader.read(); !piece.done; piece = await reader.read()) {
      onContact();
      const blocks = (rest + decoder.decode(piece.value, { stream: true })).replaceAll('\r\n', '\n').split('\n\n');
      rest = blocks.pop() ?? '';
      if (rest.length > LONGEST_EVENT_CHARS) throw new Error('an event of the stream is too long');
      for (const block of blocks) yield* eventIn(block);
    }
  } finally {
    reader.releaseLock();
  }
}

function* eventIn(block: string): Generator<ServerEvent> {
  const fields = block
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith(':'))
    .map(fieldOf);
  const data = fields.filter(([name]) => name === 'data').map(([, value]) => value);
  if (data.length === 0) return;
  const last = (wanted: string) => fields.findLast(([name]) => name === wanted)?.[1];
  yield { event: last('event') ?? 'message', id: last('id'), data: data.join('\n') };
}

function fieldOf(line: string): [name: string, value: string] {
  const colon = line.indexOf(':');
  if (colon === -1) return [line, ''];
  return [line.slice(0, colon), line.slice(colon + 1).replace(/^ /, '')];
}
