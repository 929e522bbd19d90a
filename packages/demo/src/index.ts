/** Fleets that never were: a past written on a clock of its own, a present that goes on in real time. */
export { Dice } from './dice.ts';
export { type LiveFleet, startLiveFleet } from './live-fleet.ts';
export { makeSyntheticYard, type SyntheticYard } from './make-yard.ts';
export { sleep } from './sleep.ts';
export { Timeline } from './timeline.ts';
