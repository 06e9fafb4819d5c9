@echo off
rem The same for Windows, where the engine looks for this name.
node "%~dp0index.js" %*
