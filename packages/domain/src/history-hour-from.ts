/** An hour of the history, checked: what a page asks for by itself. Apart from `validate`, so that a page carries no other validator. */

import history from '#validators/history';
import type { HistoryHour } from './entities/history-hour.ts';
import { type Validated, validateWith } from './validate-with.ts';

export const historyHourFrom = (data: unknown): Validated<HistoryHour> => validateWith<HistoryHour>(history, data);
