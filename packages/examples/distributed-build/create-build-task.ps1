# create-build-task.ps1 <url> [branch] [type]: prints the command that asks for a build. Sent as a message, it becomes a task.
param(
    [Parameter(Mandatory = $true)]
    [string]$Url,
    [string]$Branch = 'main',
    [string]$Type = 'dotnet'
)

$text = "Build $Url branch $Branch" -replace '([\\"])', '\$1'
$parameters = [ordered]@{ url = $Url; branch = $Branch; buildType = $Type } | ConvertTo-Json -Compress
Write-Output "/task `"$text`" tags:build,$Type params:$parameters"
