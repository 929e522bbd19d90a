/**
 * Whether this machine can give builds a network that only leads out, by a real one from which a program tries to get at a
 * service of the machine. Asked once for the life of the program.
 */
import { execFile } from 'node:child_process';
import { createServer } from 'node:net';
import { promisify } from 'node:util';
import { openOutlet, whyNoPrograms } from './outlet.ts';

/** In slirp4netns, 10.0.2.2 stands for the machine itself. */
const SCRIPT = `
for at in 127.0.0.1 10.0.2.2; do
  { exec 3<>/dev/tcp/$at/$0; } 2>/dev/null && echo "the machine is reached at $at"
done
ip route get 169.254.169.254 >/dev/null 2>&1 && echo 'there is a way to 169.254.169.254'
exit 0
`;
const PATIENCE_MS = 20_000;

let known: Promise<string | null> | undefined;

/** Null: it works. Else why it does not, in a sentence. */
export function whyNoOutlet(): Promise<string | null> {
  known ??= tried().catch((error: Error) => error.message);
  return known;
}

async function tried(): Promise<string | null> {
  const missing = whyNoPrograms();
  if (missing !== null) return missing;
  const outlet = await openOutlet({});
  let reached = false;
  const server = createServer((socket) => {
    reached = true;
    socket.destroy();
  });
  try {
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as { port: number };
    const [name = '', ...words] = [...outlet.entry, 'bash', '-c', SCRIPT, String(port)];
    const { stdout } = await promisify(execFile)(name, words, { timeout: PATIENCE_MS });
    return stdout.split('\n')[0] || (reached ? 'a service of the machine is reached' : null);
  } finally {
    server.close();
    await outlet.close();
  }
}
