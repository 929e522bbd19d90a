# notify-build.ps1 <task> <claimed|completed|failed> <worker> [en|de]: tells everybody how a build goes.
param(
    [Parameter(Mandatory = $true)]
    [string]$TaskId,
    [Parameter(Mandatory = $true)]
    [ValidateSet('claimed', 'completed', 'failed')]
    [string]$Status,
    [Parameter(Mandatory = $true)]
    [string]$Worker,
    [ValidateSet('en', 'de')]
    [string]$Language = 'en'
)

$stamp = Get-Date -Format 'yyyy-MM-dd HH:mm:ss'
# By number, because Windows PowerShell reads files without a mark as its own code page.
$hammer = [char]::ConvertFromUtf32(0x1F528)
$check = [char]::ConvertFromUtf32(0x2705)
$cross = [char]::ConvertFromUtf32(0x274C)
$ue = [char]0xFC
$text = switch ("$Language-$Status") {
    'en-claimed' { "$hammer [$stamp] Build $TaskId was taken by $Worker" }
    'en-completed' { "$check [$stamp] Build $TaskId was completed successfully by $Worker" }
    'en-failed' { "$cross [$stamp] Build $TaskId failed on $Worker" }
    'de-claimed' { "$hammer [$stamp] Build $TaskId wurde von $Worker ${ue}bernommen" }
    'de-completed' { "$check [$stamp] Build $TaskId erfolgreich von $Worker abgeschlossen" }
    'de-failed' { "$cross [$stamp] Build $TaskId ist auf $Worker fehlgeschlagen" }
}
& gityard message send --from NotificationBot --to all --subject "Build $TaskId $Status" --body $text
exit $LASTEXITCODE
