#!/usr/bin/env node
/** The program `gityard` (also `git yard` and `build-cli`): hands the process to `runProgram`, and takes its exit code. */
import { endOnFailingOutput } from './failing-output.ts';
import { runProgram } from './program.ts';
import { processIo } from './start/io.ts';
import { launchAgent } from './start/launch-agent.ts';

const io = processIo();
endOnFailingOutput(io);
const words = process.argv.slice(2);
process.exitCode = (await launchAgent(words, io.env)) ?? (await runProgram(words, io));
