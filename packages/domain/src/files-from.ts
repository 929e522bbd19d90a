/** Single kinds of files, checked: what a page asks for one at a time. Apart from `validate`, so that a page carries no validator but those. */

import agent from '#validators/agent';
import attemptRecord from '#validators/attempt-record';
import heartbeat from '#validators/heartbeat';
import history from '#validators/history';
import type { Agent } from './entities/agent.ts';
import type { AttemptRecord } from './entities/attempt-record.ts';
import type { Heartbeat } from './entities/heartbeat.ts';
import type { HistoryHour } from './entities/history-hour.ts';
import { type Validated, validateWith } from './validate-with.ts';

export const agentFrom = (data: unknown): Validated<Agent> => validateWith<Agent>(agent, data);
export const heartbeatFrom = (data: unknown): Validated<Heartbeat> => validateWith<Heartbeat>(heartbeat, data);
export const historyHourFrom = (data: unknown): Validated<HistoryHour> => validateWith<HistoryHour>(history, data);
export const attemptRecordFrom = (data: unknown): Validated<AttemptRecord> =>
  validateWith<AttemptRecord>(attemptRecord, data);
