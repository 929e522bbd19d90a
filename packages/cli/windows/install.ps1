<#
.SYNOPSIS
Keeps a Gityard agent going on this machine, by a task of the Windows Task Scheduler.

.DESCRIPTION
For whoever is used to the installer of the predecessor: -ScriptPath and -IntervalSeconds as they were. It calls
gityard agent install, which does the work; run it in a PowerShell that was started as administrator.

.PARAMETER ScriptPath
The program, main.js of the package gityard. Left out: gityard as it is found on the PATH.

.PARAMETER IntervalSeconds
How soon an agent that ended is started again.

.EXAMPLE
.\install.ps1 -Yard https://git.example.com/acme/yard.git -IntervalSeconds 60
#>
[CmdletBinding()]
param(
    [string] $ScriptPath,
    [ValidateRange(60, 2678400)]
    [int] $IntervalSeconds = 60,
    [string] $Yard,
    [string] $Id,
    [string] $User,
    [string] $TokenFile,
    [switch] $Uninstall,
    [switch] $DryRun
)
Set-StrictMode -Version Latest
$ErrorActionPreference = 'Stop'

$words = @('agent', 'install', '--with', 'schtasks', '--interval', "$IntervalSeconds")
if ($Uninstall) { $words = @('agent', 'uninstall') }
elseif (-not $Yard) { throw 'Which yard? Name it with -Yard, e.g. -Yard https://git.example.com/acme/yard.git' }
else { $words += @('--yard', $Yard) }
if ($Id) { $words += @('--id', $Id) }
if ($User -and -not $Uninstall) { $words += @('--user', $User) }
if ($TokenFile -and -not $Uninstall) { $words += @('--token-file', $TokenFile) }
if ($DryRun) { $words += '--dry-run' }

if ($ScriptPath) {
    if (-not (Test-Path -LiteralPath $ScriptPath -PathType Leaf)) { throw "There is no program $ScriptPath" }
    $node = (Get-Command node -ErrorAction Stop).Source
    & $node (Resolve-Path -LiteralPath $ScriptPath).ProviderPath @words
}
else {
    $gityard = Get-Command gityard -ErrorAction SilentlyContinue
    if (-not $gityard) { throw 'gityard is not installed: npm install --global gityard, or name it with -ScriptPath' }
    & $gityard.Source @words
}
exit $LASTEXITCODE
