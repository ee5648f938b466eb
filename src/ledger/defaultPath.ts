import { homedir } from 'node:os'
import { posix, win32 } from 'node:path'

type Environment = Readonly<Record<string, string | undefined>>

/**
 * Where a person's ledger lies unless told otherwise: `$XDG_DATA_HOME` or `~/.local/share` (XDG Base Directory Specification, which
 * has relative values ignored), `~/Library/Application Support`, `%LOCALAPPDATA%` (never the roaming one: it may be a network folder).
 */
export function defaultLedgerPath(env: Environment, platform: NodeJS.Platform): string {
  if (platform === 'win32') {
    const local = env['LOCALAPPDATA'] ?? win32.join(env['USERPROFILE'] ?? homedir(), 'AppData', 'Local')
    return win32.join(local, 'Mailferry', 'ledger.db')
  }
  const home = env['HOME'] ?? homedir()
  if (platform === 'darwin') return posix.join(home, 'Library', 'Application Support', 'Mailferry', 'ledger.db')
  const xdg = env['XDG_DATA_HOME']
  const data = xdg !== undefined && posix.isAbsolute(xdg) ? xdg : posix.join(home, '.local', 'share')
  return posix.join(data, 'mailferry', 'ledger.db')
}
