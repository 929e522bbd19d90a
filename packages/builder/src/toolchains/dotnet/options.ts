/** What a job says of configuration, frameworks and properties (R99), as words for the tool and as names in an input hash. */
import type { Ground } from '../toolchain.ts';
import { propertiesIn, wordIn } from '../words.ts';

type Settings = Pick<Ground, 'parameters'>;

const configurationOf = ({ parameters }: Settings): string =>
  wordIn(parameters, 'configuration', /^\w[\w .-]{0,99}$/) ?? 'Release';

export const runtimeOf = ({ parameters }: Settings): string | undefined =>
  wordIn(parameters, 'runtimeIdentifier', /^[a-z][a-z0-9.-]{0,50}$/);

/** As a property of a whole command; where a command goes over projects one by one, not of those that are made for any runtime. */
export function runtimeOptions(ground: Settings): readonly string[] {
  const runtime = runtimeOf(ground);
  return runtime === undefined ? [] : [`-p:RuntimeIdentifier=${runtime}`];
}

/** Of everything but a restore, which has to know all frameworks. */
export function optionsOf(ground: Settings): readonly string[] {
  const framework = wordIn(ground.parameters, 'targetFramework', /^net[a-z0-9][a-z0-9.-]{0,50}$/);
  return [
    '--configuration',
    configurationOf(ground),
    ...(framework === undefined ? [] : [`-p:TargetFramework=${framework}`]),
    ...propertyOptions(ground),
  ];
}

/** What decides about packages as well. */
export function propertyOptions(ground: Settings): readonly string[] {
  const platform = wordIn(ground.parameters, 'platform', /^\w[\w -]{0,49}$/);
  return [
    // "AnyCPU" is what every project is, and solutions have another word for it.
    ...(platform === undefined || /^any ?cpu$/i.test(platform) ? [] : [`-p:Platform=${platform}`]),
    ...propertiesIn(ground.parameters).map(([name, value]) => `-p:${name}=${escaped(value)}`),
  ];
}

export function settingsOf(ground: Settings): Readonly<Record<string, string>> {
  return { options: [...optionsOf(ground), ...runtimeOptions(ground)].join(' ') };
}

/** In MSBuild's own way, so that a value stays one: behind a semicolon or a comma the next property would begin. */
function escaped(value: string): string {
  return value.replaceAll(/[%;,"\n\r]/g, (it) => `%${it.charCodeAt(0).toString(16).padStart(2, '0')}`);
}
