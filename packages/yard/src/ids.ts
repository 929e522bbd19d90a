/** Ids and nonces: sortable by time, unique per host, safe as file and ref names (INTERFACE §2). */
import { randomBytes } from 'node:crypto';
import { monotonicFactory } from 'ulid';

const next = monotonicFactory();

export const newId = (): string => next().toLowerCase();

/** Names one life of a process. Short, because it rides in every commit. */
export const newBoot = (): string => randomBytes(5).toString('hex');
