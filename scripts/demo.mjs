// npm run demo: sets the machine up, builds, and shows a migration between two real servers.
import { howToInstall, run, setUp } from './setUp.mjs'

const missing = setUp(['dovecot'])
if (missing.length > 0) {
  console.error(`The demo needs real mail servers: ${howToInstall(missing)}`)
  process.exit(1)
}
const shown = run('node', ['scripts/build.mjs']) && run('node', ['test/demo/demo.ts', ...process.argv.slice(2)])
process.exitCode = shown ? 0 : 1
