/** All toolchains. The first that recognises a checkout has it, so the more specific ones stand first. */
import { dotnet } from './dotnet/dotnet.ts';
import { make } from './make.ts';
import { maven } from './maven/maven.ts';
import { npm } from './npm/npm.ts';
import { shell } from './shell.ts';
import type { ToolchainRules } from './toolchain.ts';

export const toolchains: readonly ToolchainRules[] = [dotnet, npm, maven, make, shell];
