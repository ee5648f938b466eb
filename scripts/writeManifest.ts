// node scripts/writeManifest.ts: brings what package.json contributes in line with the tables in src/commands.
import { readFileSync, writeFileSync } from 'node:fs'
import { contributes } from './contributes.ts'

const file = new URL('../package.json', import.meta.url)
const manifest = JSON.parse(readFileSync(file, 'utf8'))
writeFileSync(file, `${JSON.stringify({ ...manifest, contributes: { ...manifest.contributes, ...contributes() } }, undefined, 2)}\n`)
