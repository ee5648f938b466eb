// npm run screenshots: sets the machine up, and makes the pictures of README and walkthrough anew from a real workbench with the sandbox.
import { spawnSync } from 'node:child_process'
import { environment, root } from './place.mjs'
import { howToInstall, setUp } from './setUp.mjs'

const missing = setUp(['vscode'])
if (missing.length === 0) {
  process.exitCode = spawnSync('node', ['test/screenshots/main.ts'], { cwd: root, env: environment, stdio: 'inherit' }).status ?? 1
} else {
  console.error(`Missing: ${missing.join(', ')} (${howToInstall(missing)})`)
  process.exitCode = 1
}
