@echo off
rem The engine starts this file on Windows, wherever it unpacked the archive.
where node >nul 2>nul
if errorlevel 1 (
  echo. 1>&2
  echo pulumi-resource-azure-backup requires Node.js, and no node is on PATH. Install it from https://nodejs.org, then run the command again. 1>&2
  exit /b 1
)
node "%~dp0plugin\index.js" %*
