// npm start [-- --port N --people N]: sets the machine up, packs the extension, and shows it in a VS Code for the browser with the sandbox beside it.
import { spawn } from 'node:child_process'
import { environment, root } from './place.mjs'
import { setUp } from './setUp.mjs'
import { installVsCodeServer } from './vscodeServer.mjs'

setUp([])
if (installVsCodeServer()) show()
else {
  console.error('The VS Code server can’t be installed from npm’s registry, see above.')
  process.exitCode = 1
}

/** Ctrl-C ends the editor and the sandbox; this waits for it. */
function show() {
  const child = spawn('node', ['test/start/start.ts', ...process.argv.slice(2)], { cwd: root, env: environment, stdio: 'inherit' })
  for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])) process.on(signal, () => child.kill(signal))
  child.on('close', code => {
    process.exitCode = code ?? 1
  })
}
