/** Ids and nonces: sortable by time, unique per host, safe as file and ref names (INTERFACE §2). */
import { randomBytes } from 'node:crypto';
import { decodeTime, isValid, monotonicFactory } from 'ulid';

const next = monotonicFactory();

export const newId = (): string => next().toLowerCase();

/** When an id of ours was made; 0 for one that is none. */
export const bornMsOf = (id: string): number => (isValid(id.toUpperCase()) ? decodeTime(id.toUpperCase()) : 0);

/** Names one life of a process. Short, because it rides in every commit. */
export const newBoot = (): string => randomBytes(5).toString('hex');
