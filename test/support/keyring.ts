import { type SpawnSyncReturns, spawnSync } from 'node:child_process'
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'

/** The name's owner is asked for, never the name itself: that would start a second, locked keyring. */
const script = `
printf 'keyring' | gnome-keyring-daemon --foreground --unlock --components=secrets >/dev/null 2>&1 &
keyring=$!
trap 'kill $keyring' EXIT
for try in $(seq 100); do
  dbus-send --session --print-reply --dest=org.freedesktop.DBus / org.freedesktop.DBus.NameHasOwner string:org.freedesktop.secrets 2>/dev/null | grep -q true && break
  sleep 0.05
done
"$@"
`

/** Runs a command in a D-Bus session of its own with an empty, unlocked GNOME keyring; all of it is gone afterwards. */
export function inKeyringSession(home: string, command: readonly string[], input = ''): SpawnSyncReturns<string> {
  const runtime = join(home, 'runtime')
  mkdirSync(runtime, { recursive: true, mode: 0o700 })
  const env = {
    ...process.env,
    HOME: home,
    XDG_RUNTIME_DIR: runtime,
    XDG_DATA_HOME: join(home, 'data'),
    DBUS_SESSION_BUS_ADDRESS: undefined,
  }
  return spawnSync('dbus-run-session', ['--', 'sh', '-c', script, 'sh', ...command], { encoding: 'utf8', env, input, timeout: 30_000 })
}

/** The environment of a machine without a keychain: a server nobody is logged in to. */
export const withoutKeyring = (home: string): NodeJS.ProcessEnv => ({
  ...process.env,
  HOME: home,
  XDG_RUNTIME_DIR: join(home, 'none'),
  DBUS_SESSION_BUS_ADDRESS: 'unix:path=/nonexistent',
})
