/** A task of the Windows Task Scheduler that keeps one agent going: at every tick, and at boot, it is begun unless it runs. */
import { LOCAL_SERVICE, type ServiceFacts } from '../facts.ts';
import { forXml } from '../quoting.ts';

/** In the past, and the same each time: an installation that changes nothing writes the same file. */
const SINCE = '2024-01-01T00:00:00';

interface Task {
  readonly name: string;
  readonly script: string;
}

export function taskXml({ id, user, intervalSeconds }: ServiceFacts, { name, script }: Task): string {
  return `${[
    '<?xml version="1.0" encoding="UTF-16"?>',
    '<Task version="1.2" xmlns="http://schemas.microsoft.com/windows/2004/02/mit/task">',
    '  <RegistrationInfo>',
    `    <Description>Gityard agent ${forXml(id)}. Made by gityard agent install, taken away by gityard agent uninstall.</Description>`,
    `    <URI>${forXml(name)}</URI>`,
    '  </RegistrationInfo>',
    '  <Triggers>',
    '    <BootTrigger>',
    '      <Enabled>true</Enabled>',
    '    </BootTrigger>',
    '    <TimeTrigger>',
    '      <Enabled>true</Enabled>',
    `      <StartBoundary>${SINCE}</StartBoundary>`,
    '      <Repetition>',
    `        <Interval>PT${intervalSeconds}S</Interval>`,
    '        <StopAtDurationEnd>false</StopAtDurationEnd>',
    '      </Repetition>',
    '    </TimeTrigger>',
    '  </Triggers>',
    '  <Principals>',
    '    <Principal id="Account">',
    `      <UserId>${forXml(user)}</UserId>`,
    ...(user === LOCAL_SERVICE ? [] : ['      <LogonType>S4U</LogonType>']),
    '      <RunLevel>LeastPrivilege</RunLevel>',
    '    </Principal>',
    '  </Principals>',
    '  <Settings>',
    '    <MultipleInstancesPolicy>IgnoreNew</MultipleInstancesPolicy>',
    '    <DisallowStartIfOnBatteries>false</DisallowStartIfOnBatteries>',
    '    <StopIfGoingOnBatteries>false</StopIfGoingOnBatteries>',
    '    <StartWhenAvailable>true</StartWhenAvailable>',
    '    <RestartOnFailure>',
    `      <Interval>PT${intervalSeconds}S</Interval>`,
    '      <Count>255</Count>',
    '    </RestartOnFailure>',
    '    <RunOnlyIfIdle>false</RunOnlyIfIdle>',
    '    <ExecutionTimeLimit>PT0S</ExecutionTimeLimit>',
    '    <Priority>6</Priority>',
    '    <Enabled>true</Enabled>',
    '  </Settings>',
    '  <Actions Context="Account">',
    '    <Exec>',
    `      <Command>${forXml('%SystemRoot%\\System32\\cmd.exe')}</Command>`,
    `      <Arguments>${forXml(`/d /c ""${script}""`)}</Arguments>`,
    '    </Exec>',
    '  </Actions>',
    '</Task>',
  ].join('\r\n')}\r\n`;
}
