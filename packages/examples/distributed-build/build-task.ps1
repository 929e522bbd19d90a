# Processor of a task: gets one argument, the path of the task's JSON file; clones what its parameters name, and builds it.
# Prints the result; exit code 0 is success, 1 is failure. The parameters come from whoever may send tasks: they are only ever
# used as single words, never as code.
param(
    [Parameter(Mandatory = $true)]
    [string]$TaskFile
)

$Task = Get-Content -Raw -Encoding UTF8 -LiteralPath $TaskFile | ConvertFrom-Json
$repoUrl = [string]$Task.Parameters.url
$branch = if ($Task.Parameters.branch) { [string]$Task.Parameters.branch } else { 'main' }
$buildType = if ($Task.Parameters.buildType) { [string]$Task.Parameters.buildType } else { 'dotnet' }
$tempDir = Join-Path ([System.IO.Path]::GetTempPath()) ('build-' + [System.Guid]::NewGuid().ToString('N'))

function Invoke-Step {
    param([string]$Program, [string[]]$Words)
    & $Program @Words
    if ($LASTEXITCODE -ne 0) { throw "$Program $($Words -join ' ') ended with exit code $LASTEXITCODE" }
}

$exitCode = 0
try {
    Write-Output "Starting build for $repoUrl (branch: $branch)"
    if (-not $repoUrl) { throw 'the parameter url is missing' }

    # No transport that runs a program of the sender's.
    $env:GIT_ALLOW_PROTOCOL = 'file:git:http:https:ssh'
    Invoke-Step 'git' @('clone', '--quiet', '-b', $branch, '--', $repoUrl, $tempDir)
    Push-Location -LiteralPath $tempDir
    try {
        switch ($buildType) {
            'dotnet' {
                Invoke-Step 'dotnet' @('restore')
                Invoke-Step 'dotnet' @('build', '--configuration', 'Release')
                Invoke-Step 'dotnet' @('test')
            }
            'npm' {
                Invoke-Step 'npm' @('install')
                Invoke-Step 'npm' @('run', 'build')
                Invoke-Step 'npm' @('test')
            }
            'maven' {
                Invoke-Step 'mvn' @('clean', 'install')
            }
            default { throw "there is no build type $buildType" }
        }
    }
    finally {
        Pop-Location
    }
    Write-Output 'Build completed successfully!'
}
catch {
    Write-Output "Build failed: $($_.Exception.Message)"
    $exitCode = 1
}
finally {
    if (Test-Path -LiteralPath $tempDir) { Remove-Item -LiteralPath $tempDir -Recurse -Force }
}
exit $exitCode
