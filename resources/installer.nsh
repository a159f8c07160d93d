; Parts of the Windows installer that are the product's own (electron-builder.yml, nsis.include).

; The folder of the organisation's policy: what lies there binds every clerk, so users may read it and no more
; (S-1-5-18 is the system, S-1-5-32-544 administrators, S-1-5-32-545 users). A policy that is there stays as it is.
!macro customInstall
  SetShellVarContext all
  CreateDirectory "$APPDATA\BookingDesk"
  nsExec::ExecToLog '"$SYSDIR\icacls.exe" "$APPDATA\BookingDesk" /setowner *S-1-5-32-544 /T /C /Q'
  Pop $0
  nsExec::ExecToLog '"$SYSDIR\icacls.exe" "$APPDATA\BookingDesk" /inheritance:r /grant:r *S-1-5-18:(OI)(CI)F *S-1-5-32-544:(OI)(CI)F *S-1-5-32-545:(OI)(CI)RX /C /Q'
  Pop $0
  ${if} $0 != 0
    DetailPrint "The rights of $APPDATA\BookingDesk could not be set (icacls $0)."
    SetErrorLevel 3
  ${endif}
!macroend

; The policy and the clerks' data stay: the organisation decides when they go (docs/installing.md, "Uninstall").
