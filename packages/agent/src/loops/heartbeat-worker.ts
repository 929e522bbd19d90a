/**
 * The heartbeat's thread. It has a yard of its own, over connections of its own, so that neither a busy main thread nor a
 * large fetch on its connections can keep a beat from going out.
 */
import assert from 'node:assert/strict';
import { parentPort, workerData } from 'node:worker_threads';
import { beatUntilFarewell } from './beat.ts';
import type { FromHeartbeat, HeartbeatSetup, ToHeartbeat } from './heartbeat-messages.ts';

assert(parentPort, 'this file runs as a thread');
const port = parentPort;

await beatUntilFarewell(workerData as HeartbeatSetup, {
  post: (message: FromHeartbeat) => port.postMessage(message),
  onMessage: (listener: (message: ToHeartbeat) => void) => void port.on('message', listener),
});
// An open port would keep the thread alive.
port.close();
