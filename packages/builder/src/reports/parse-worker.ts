/** The thread in which large reports are parsed: an XML parser holds its thread for seconds, and a heartbeat must not wait. */
import { parentPort, workerData } from 'node:worker_threads';
import { parseReport } from './parse-report.ts';

parentPort?.postMessage(await parseReport(String(workerData)));
