// npm run demo [-- office365 | imap] [options]: sets the machine up, builds, and shows a migration between two servers. Only the one between IMAP servers needs more than Node.
import { spawn } from 'node:child_process'
import { environment, root } from './place.mjs'
import { howToInstall, run, setUp } from './setUp.mjs'

const missing = setUp(process.argv.includes('imap') ? ['dovecot'] : [])
if (missing.length > 0) {
  console.error(`This demo needs real mail servers: ${howToInstall(missing)}`)
  process.exit(1)
}
if (run('node', ['scripts/build.mjs'])) show()
else process.exitCode = 1

/** Ctrl-C ends the demo, which ends its servers; this waits for it. */
function show() {
  const args = ['test/demo/demo.ts', ...process.argv.slice(2)]
  const child = spawn('node', args, { cwd: root, env: environment, stdio: 'inherit' })
  for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])) process.on(signal, () => child.kill(signal))
  child.on('close', code => {
    process.exitCode = code ?? 1
  })
}
