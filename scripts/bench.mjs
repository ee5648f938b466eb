// npm run bench [-- options]: sets the machine up, builds, and measures Mailferry beside its peers; `-- ledger` measures the ledger alone, `-- exchange` Exchange.
import { howToInstall, run, setUp } from './setUp.mjs'

const [what, ...options] = process.argv.slice(2)
if (what === 'ledger') {
  setUp([])
  process.exit(run('node', ['test/bench/ledger.ts', ...options]) ? 0 : 1)
}
if (what === 'exchange') {
  setUp(['mbsync'])
  process.exit(run('node', ['scripts/build.mjs']) && run('node', ['test/bench/exchange/exchangeBench.ts', ...options]) ? 0 : 1)
}

const missing = setUp(['dovecot', 'mbsync'])
if (missing.length > 0) {
  console.error(`The benchmark needs its servers and peers: ${howToInstall(missing)}`)
  process.exit(1)
}
const measured = run('node', ['scripts/build.mjs']) && run('node', ['test/bench/bench.ts', ...process.argv.slice(2)])
process.exitCode = measured ? 0 : 1
