/**
 * The Git server of a chaos run, in a process of its own: what is done to the agents must not reach it. Prints its address
 * and the path of the yard's repository as one JSON line, and ends with whoever started it.
 */
import { startGitServer } from '@gityard/gitserver';

const [, , root = ''] = process.argv;
const server = await startGitServer({ root });
const repository = await server.createRepository('yard');
process.on('disconnect', () => process.exit());
process.once('SIGTERM', () => void server.close().then(() => process.exit()));
console.log(JSON.stringify({ url: server.url, repository }));
