# Builds a folder with everything that Siamark needs, Python included: dist\siamark. For Windows 10 or later with Python 3.11.
# Nobody has tried this script yet. It does what script/portable does on Linux; tell us what goes wrong.
$ErrorActionPreference = "Stop"
Set-Location (Join-Path $PSScriptRoot "..")
$work = Join-Path ([System.IO.Path]::GetTempPath()) ([System.Guid]::NewGuid())

function Invoke-Checked { & $args[0] $args[1..($args.Length - 1)]; if ($LASTEXITCODE -ne 0) { throw "$($args[0]) failed" } }

try {
    Invoke-Checked py -3.11 -m venv "$work\venv"
    $python = "$work\venv\Scripts\python.exe"
    Invoke-Checked $python -m pip install --quiet -r requirements.txt -r requirements-portable.txt pywin32-ctypes pefile
    Invoke-Checked $python -m PyInstaller --noconfirm --log-level WARN --workpath "$work\build" script\siamark.spec

    $program = Join-Path (Get-Location) "dist\siamark\siamark.exe"
    Invoke-Checked $program --version
    Invoke-Checked $program demo --offscreen "$work\demo"
    foreach ($left in "tracks.mot.txt", "tracks.coco.json", "6-reviewed.png") {
        if (-not (Test-Path "$work\demo\$left")) { throw "the demo of the build has left no $left" }
    }
    Compress-Archive -Force -Path dist\siamark -DestinationPath dist\siamark-windows.zip
    Write-Output "portable: dist\siamark-windows.zip"
}
finally {
    Remove-Item -Recurse -Force $work -ErrorAction SilentlyContinue
}
