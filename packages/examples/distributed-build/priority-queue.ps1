# priority-queue.ps1 add <project> [priority], or status: prints the command that does it. 1 goes first, 10 last.
param(
    [Parameter(Mandatory = $true)]
    [ValidateSet('add', 'status')]
    [string]$Action,
    [string]$Project,
    [ValidateRange(1, 10)]
    [int]$Priority = 5
)

switch ($Action) {
    'add' {
        if (-not $Project) { throw 'the name of a project is missing' }
        $name = $Project -replace '([\\"])', '\$1'
        Write-Output "/task `"Build $name (Priority: $Priority)`" tags:build,priority-$Priority"
    }
    'status' { Write-Output '/tasklist tags:build' }
}
